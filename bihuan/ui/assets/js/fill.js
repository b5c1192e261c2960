// data-fill="id_person" data-value="2001" on a link: puts the value into the field instead of asking for the page
// again with it, so that nothing typed is lost. Without scripts the link asks for the page.
import { on } from "./dom.js";

export function start() {
  on("click", "a[data-fill]", (event, link) => {
    const field = document.getElementById(link.dataset.fill);
    if (!field || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    field.value = link.dataset.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}
