// details[data-load="address"]: what is inside comes when it is opened first, so that a page stays light.
// form[data-go]: a changed select or box sends the form at once.
import { added, on } from "./dom.js";

export function start() {
  document.addEventListener("toggle", async (event) => {
    const box = event.target;
    if (!(box instanceof Element) || !box.open || !box.dataset.load) return;
    const room = box.querySelector("[data-load-into]");
    const answer = await fetch(box.dataset.load, { headers: { "HX-Request": "true" }, credentials: "same-origin" }).catch(() => null);
    if (!answer || !answer.ok) return;
    delete box.dataset.load;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    room.replaceChildren(...[...page.body.childNodes].map((node) => document.importNode(node, true)));
    added(room);
    room.querySelector("input:not([type=hidden])")?.focus();
  }, true);
  on("change", "form[data-go]", (event, form) => form.requestSubmit());
}
