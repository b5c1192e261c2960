// A form that was sent is not sent twice: its button says so until the page changes.
import { each } from "./dom.js";

export function start() {
  // The browser's own bubbles speak its language and vanish; the server's words stand at the field and stay.
  each("form.b-form", (form) => { form.noValidate = true; });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-again")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    event.submitter?.classList.add("is-busy");
    setTimeout(() => { delete form.dataset.sent; event.submitter?.classList.remove("is-busy"); }, 8000);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll(".is-busy")) button.classList.remove("is-busy");
  });
}
