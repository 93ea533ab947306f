// Searches without a server, in a site that was exported: finds the things of zoeken.json that have every word asked for.
(async () => {
  "use strict";
  const most = 100;
  const place = document.getElementById("antwoord");
  const asked = new URLSearchParams(location.search).get("q") || "";
  document.getElementById("q").value = asked;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain(asked).match(/[\p{L}\p{N}]+/gu) || [];
  if (!words.length) return;

  // Of a thing the names weigh most, and of those a whole name; a word counts from its beginning.
  const weight = (thing) => {
    let sum = 0;
    const names = thing.names.map(plain);
    const parts = names.join(" ").split(/[^\p{L}\p{N}]+/u);
    const rest = ` ${thing.words.map(plain).join(" ").replace(/[^\p{L}\p{N}]+/gu, " ")}`;
    for (const word of words) {
      if (parts.includes(word)) sum += 8;
      else if (parts.some((part) => part.startsWith(word))) sum += 4;
      else if (rest.includes(` ${word}`)) sum += 1;
      else return 0;
    }
    return names.includes(plain(asked.trim())) ? sum + 100 : sum;
  };

  const language = document.documentElement.lang;
  const things = await (await fetch(place.dataset.index)).json();
  const found = things
    .map((thing) => [weight(thing), thing])
    .filter(([sum]) => sum > 0)
    .sort(([one], [other]) => other - one);
  const list = document.createElement("ul");
  list.className = "hits";
  for (const [, thing] of found.slice(0, most)) {
    const link = document.createElement("a");
    link.href = thing.to[language];
    link.textContent = thing.name[language];
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  const said = document.createElement("p");
  said.textContent = found.length ? (found.length > most ? place.dataset.more : "") : place.dataset.nothing;
  place.append(said, list);
})();
