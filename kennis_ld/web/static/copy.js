/* A button beside each text that is there to be copied. Without this script one click chooses the whole text. */
"use strict";

for (const place of document.querySelectorAll("[data-copy]")) {
  const text = place.querySelector("code");
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = place.dataset.copy;
  button.setAttribute("aria-label", `${place.dataset.copy}: ${text.textContent}`);
  button.addEventListener("click", async () => {
    let isCopied = true;
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch {
      // Over http there is no clipboard, but the older way still works.
      getSelection().selectAllChildren(text);
      isCopied = document.execCommand("copy");
    }
    status.textContent = isCopied ? place.dataset.copied : "";
  });
  place.append(" ", button, " ", status);
}
