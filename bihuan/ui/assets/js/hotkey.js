// data-hotkey="/" on a field: the key puts the cursor there, unless somebody is typing.
import { all } from "./dom.js";

const typing = (element) => element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

export function start() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    const field = all("[data-hotkey]").find((candidate) => candidate.dataset.hotkey === event.key);
    if (!field || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    field.focus();
    if (field.select) field.select();
  });
}
