// a[data-photo]: the photo opens over the page; arrow keys walk through the photos of the same data-photo group.
import { all, icon, make, on } from "./dom.js";

function open(links, at) {
  const image = make("img", { alt: "" });
  const words = make("figcaption", {});
  const dialog = make("dialog", { class: "b-lightbox", "aria-label": "照片" }, make("figure", {}, image, words),
    make("button", { type: "button", class: "b-lightbox__close", "data-close": true, "aria-label": "关闭" }, icon("x")));
  const show = (to) => {
    at = (to + links.length) % links.length;
    image.src = links[at].href;
    words.textContent = links[at].dataset.caption || links[at].querySelector("img")?.alt || "";
  };
  if (links.length > 1) {
    for (const [name, by, sign, label] of [["prev", -1, "chevron-left", "上一张"], ["next", 1, "chevron-right", "下一张"]]) {
      const button = make("button", { type: "button", class: `b-lightbox__${name}`, "aria-label": label }, icon(sign));
      button.addEventListener("click", () => show(at + by));
      dialog.append(button);
    }
  }
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(at - 1);
    if (event.key === "ArrowRight") show(at + 1);
  });
  dialog.addEventListener("close", () => dialog.remove());
  show(at);
  document.body.append(dialog);
  dialog.showModal();
}

export function start() {
  on("click", "a[data-photo]", (event, link) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const links = all(`a[data-photo="${CSS.escape(link.dataset.photo)}"]`);
    open(links, links.indexOf(link));
  });
}
