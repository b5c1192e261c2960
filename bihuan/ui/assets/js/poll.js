// data-poll="address" (data-poll-every seconds, 2 by default): the element is replaced by what the server sends,
// until what it sends no longer carries data-poll. Waits longer while the tab is hidden or the line is down.
import { added, each } from "./dom.js";

function follow(element) {
  let pause = Number(element.dataset.pollEvery || 2) * 1000;
  const again = () => setTimeout(step, document.hidden ? pause * 5 : pause);
  async function step() {
    if (!element.isConnected) return;
    try {
      const answer = await fetch(element.dataset.poll, { headers: { "HX-Request": "true", "X-Bihuan-Quiet": "1" }, credentials: "same-origin" });
      if (answer.status === 401) return;
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.body.firstElementChild;
        if (!fresh) return;
        const node = document.importNode(fresh, true);
        element.replaceWith(node);
        added(node);
        if (node.dataset.pollGo) window.location.assign(node.dataset.pollGo);
        return;
      }
    } catch (error) {
      pause = Math.min(pause * 2, 30000);
    }
    again();
  }
  again();
}

export const start = () => each("[data-poll]", follow);
