// A refused button tells its reason on tap too: hover and focus are CSS, a finger has neither.
import { all, on } from "./dom.js";

export function start() {
  on("click", "[aria-disabled=true]", (event, button) => {
    event.preventDefault();
    event.stopPropagation();
    const holder = button.closest(".b-act");
    for (const other of all(".b-act.is-told")) if (other !== holder) other.classList.remove("is-told");
    holder?.classList.toggle("is-told");
  }, true);
  document.addEventListener("click", (event) => {
    for (const told of all(".b-act.is-told")) if (!told.contains(event.target)) told.classList.remove("is-told");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const told of all(".b-act.is-told")) told.classList.remove("is-told");
  });
}
