/* Suggestions while somebody types in a search field: a combobox with a list (ARIA APG, "editable combobox with list
   autocomplete"). Without this script the form works as any form. */
"use strict";

for (const form of document.querySelectorAll("form[data-suggestions]")) {
  const field = form.querySelector("input");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  let chosen = -1;
  let waiting;
  let asking = new AbortController();

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.autocomplete = "off";

  const choose = (place) => {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = place;
    const option = list.children[chosen];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  };

  const close = () => {
    clearTimeout(waiting);
    asking.abort();
    choose(-1);
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
  };

  const show = (found) => {
    list.replaceChildren(
      ...found.map((each, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.to = each.to;
        const name = document.createElement("bdi");
        name.textContent = each.name;
        if (each.language) name.lang = each.language;
        const kind = document.createElement("span");
        kind.className = "count";
        kind.textContent = each.kind;
        option.append(name, " ", kind);
        return option;
      }),
    );
    choose(-1);
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(!!found.length));
    const words = found.length === 1 ? form.dataset.one : form.dataset.many;
    status.textContent = found.length ? words.replace("{number}", found.length) : form.dataset.none;
  };

  const ask = async () => {
    asking = new AbortController();
    try {
      const address = `${form.dataset.suggestions}?q=${encodeURIComponent(field.value)}`;
      const answer = await fetch(address, { signal: asking.signal });
      if (answer.ok) show(await answer.json());
      else close();
    } catch {
      // Stopped by the next letter, or offline: there are no suggestions, and the form still works.
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    asking.abort();
    if (field.value.trim().length < 2) close();
    else waiting = setTimeout(ask, 150);
  });

  field.addEventListener("keydown", (event) => {
    const size = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape" && size) close();
    else if (event.key === "ArrowDown" && size) choose((chosen + 1) % size);
    else if (event.key === "ArrowUp" && size) choose((Math.max(chosen, 0) - 1 + size) % size);
    else if (event.key === "Enter" && size && chosen >= 0) location.assign(list.children[chosen].dataset.to);
    else return;
    event.preventDefault();
  });

  // On mousedown, for the field loses focus before a click.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.to);
  });
  field.addEventListener("blur", close);
}
