// details[data-menu]: closes on a click outside, on Escape, and when another one opens.
import { all, on } from "./dom.js";

const open = () => all("details[data-menu][open]");

export function start() {
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (!(menu instanceof Element) || !menu.matches("details[data-menu]")) return;
    menu.closest(".b-chips")?.classList.toggle("is-open", menu.open);
    if (!menu.open) return;
    for (const other of open()) if (other !== menu && !other.contains(menu)) other.open = false;
    menu.querySelector(".b-menu__list input:not([type=hidden]), .b-menu__list a, .b-menu__list button")?.focus({ preventScroll: true });
    keepInSight(menu.querySelector(".b-menu__list"));
  }, true);
  // A long list of choices gets a field that narrows it.
  on("input", "[data-narrow]", (event, field) => {
    const wanted = field.value.trim().toLowerCase();
    for (const label of all("label", document.getElementById(field.dataset.narrow))) {
      label.hidden = wanted !== "" && !label.textContent.toLowerCase().includes(wanted);
    }
  });
}

function keepInSight(list) {
  if (!list || getComputedStyle(list).position === "fixed") return;
  list.classList.remove("b-flip");
  const box = list.getBoundingClientRect();
  if (box.right > window.innerWidth - 8) { list.style.left = "auto"; list.style.right = "0"; }
  if (box.left < 8) { list.style.left = "0"; list.style.right = "auto"; }
}
