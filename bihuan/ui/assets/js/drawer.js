// a[data-drawer]: the page behind the link opens at the side; without scripts it opens as a page.
// data-open="id" opens a <dialog> that is already in the page, data-close closes the one around it.
import { added, icon, make, on } from "./dom.js";

function frame() {
  const dialog = make("dialog", { class: "b-drawer", "aria-live": "polite" });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  return dialog;
}

async function openLink(link) {
  const answer = await fetch(link.href, { headers: { "HX-Request": "true", "X-Bihuan-Drawer": "1" }, credentials: "same-origin" });
  if (answer.status === 401) return document.dispatchEvent(new CustomEvent("b:signed-out"));
  if (!answer.ok || answer.redirected) return window.location.assign(link.href);
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const dialog = frame();
  const body = make("div", { class: "b-drawer__body" });
  const content = page.querySelector("[data-fragment]") || page.querySelector("#main") || page.body;
  const title = content.querySelector("h1");
  const close = make("button", { class: "b-btn b-btn--quiet b-btn--icon", type: "button", "data-close": true, "aria-label": "关闭" }, icon("x"));
  dialog.append(make("div", { class: "b-drawer__head" }, make("h2", {}, title ? title.textContent.trim() : link.textContent.trim()), close), body);
  body.append(...[...content.childNodes].map((node) => document.importNode(node, true)));
  body.querySelector(".b-head")?.remove();
  // A form without an address of its own must go to the drawer's address, not to the page below.
  for (const form of body.querySelectorAll("form:not([action])")) form.action = link.href;
  dialog.showModal();
  added(dialog);
  body.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

export function start() {
  on("click", "a[data-drawer]", (event, link) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    openLink(link).catch(() => window.location.assign(link.href));
  });
  on("click", "[data-open]", (event, button) => {
    const dialog = document.getElementById(button.dataset.open);
    if (!dialog?.showModal) return;
    event.preventDefault();
    dialog.showModal();
  });
  on("click", "[data-close]", (event, button) => {
    event.preventDefault();
    button.closest("dialog")?.close();
  });
  on("click", "dialog", (event, dialog) => {
    if (event.target === dialog && !dialog.hasAttribute("data-keep")) dialog.close();
  });
}
