// data-pick="group" on a row's box, data-pick-all="group" on the head's, data-bulk="group" on the bar.
// The bar says how many are chosen and shows only while something is; data-bulk-none clears the choice.
import { all, each, on } from "./dom.js";

const boxes = (group) => all(`input[data-pick="${group}"]`);

function show(group) {
  const chosen = boxes(group).filter((box) => box.checked);
  for (const box of boxes(group)) box.closest("tr, li")?.classList.toggle("is-chosen", box.checked);
  for (const head of all(`input[data-pick-all="${group}"]`)) {
    head.checked = chosen.length > 0 && chosen.length === boxes(group).length;
    head.indeterminate = chosen.length > 0 && !head.checked;
  }
  for (const bar of all(`[data-bulk="${group}"]`)) {
    bar.hidden = chosen.length === 0;
    for (const count of all("[data-bulk-count]", bar)) count.textContent = chosen.length;
  }
}

export function start() {
  let last = null;
  each("[data-bulk]", (bar) => show(bar.dataset.bulk));
  on("click", "input[data-pick]", (event, box) => {
    const row = boxes(box.dataset.pick);
    if (event.shiftKey && last && row.includes(last)) {
      const [from, to] = [row.indexOf(last), row.indexOf(box)].sort((a, b) => a - b);
      for (const between of row.slice(from, to + 1)) between.checked = box.checked;
    }
    last = box;
    show(box.dataset.pick);
  });
  on("change", "input[data-pick]", (event, box) => show(box.dataset.pick));
  on("change", "input[data-pick-all]", (event, head) => {
    for (const box of boxes(head.dataset.pickAll)) box.checked = head.checked;
    show(head.dataset.pickAll);
  });
  on("click", "[data-bulk-none]", (event, button) => {
    event.preventDefault();
    const group = button.closest("[data-bulk]").dataset.bulk;
    for (const box of boxes(group)) box.checked = false;
    show(group);
  });
}
