// data-confirm="问什么" (data-confirm-more, data-confirm-yes) on a form or its button: asks before it is sent.
import { added, make } from "./dom.js";

function ask(words, more, yes) {
  return new Promise((answer) => {
    const agree = make("button", { class: "b-btn b-btn--primary", value: "yes" }, yes || "确定");
    const dialog = make("dialog", { class: "b-dialog", "aria-labelledby": "b-confirm-title" },
      make("form", { method: "dialog", class: "b-dialog__body" },
        make("h2", { id: "b-confirm-title" }, words),
        more ? make("p", {}, more) : null,
        make("div", { class: "b-dialog__foot" }, make("button", { class: "b-btn", value: "no" }, "先不办"), agree)));
    dialog.addEventListener("close", () => { answer(dialog.returnValue === "yes"); dialog.remove(); });
    document.body.append(dialog);
    added(dialog);
    dialog.showModal();
  });
}

export function start() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const holder = event.submitter?.dataset.confirm ? event.submitter : form;
    if (!holder.dataset.confirm || form.dataset.agreed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    if (!(await ask(holder.dataset.confirm, holder.dataset.confirmMore, holder.dataset.confirmYes))) return;
    form.dataset.agreed = "yes";
    form.requestSubmit(submitter || undefined);
    delete form.dataset.agreed;
  }, true);
}
