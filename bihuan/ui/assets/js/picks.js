// data-picks: a list of boxes that is narrowed by a name and says how many are chosen.
import { all, each } from "./dom.js";

export function start() {
  each("[data-picks]", (picks) => {
    const [bar, list, none] = picks.children;
    const find = picks.querySelector("[data-picks-find]");
    const count = picks.querySelector("[data-picks-count]");
    const labels = all("label", list);
    const narrow = () => {
      const words = find.value.trim();
      let shown = 0;
      for (const label of labels) shown += !(label.hidden = !label.textContent.includes(words));
      none.hidden = shown > 0;
    };
    bar.hidden = false;
    list.addEventListener("change", () => { count.textContent = all("input:checked", list).length; });
    find.addEventListener("input", narrow);
    // Enter looks for a name here, it does not send the form
    find.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  });
}
