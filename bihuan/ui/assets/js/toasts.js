// say("…"): a short word at the edge. Messages of the server stay in the page until they are put away.
import { icon, make, on } from "./dom.js";

const looks = { success: "circle-check", error: "alert-circle", warning: "alert-triangle", info: "info-circle" };

export function say(words, { kind = "info", more = "", seconds = 8 } = {}) {
  let shelf = document.querySelector(".b-toasts");
  if (!shelf) {
    shelf = make("div", { class: "b-toasts", role: "status", "aria-live": "polite" });
    document.body.append(shelf);
  }
  const close = make("button", { type: "button", "aria-label": "收起" }, icon("x"));
  const toast = make("div", { class: `b-toast b-message--${kind}` }, icon(looks[kind] || looks.info),
    make("span", {}, words, more ? make("small", {}, more) : ""), close);
  close.addEventListener("click", () => toast.remove());
  shelf.append(toast);
  if (seconds) setTimeout(() => toast.remove(), seconds * 1000);
  return toast;
}

export function start() {
  on("click", "[data-away]", (event, button) => button.closest("li, .b-toast").remove());
  // The server may send HX-Trigger: {"b-say": {"words": "...", "kind": "success"}} with a fragment.
  document.addEventListener("b-say", (event) => say(event.detail.words || event.detail.value, event.detail));
}
