// form[data-draft]: what is typed is kept in this browser per account and address, so that a lost session, a
// closed tab or a fallen line costs nothing. data-draft="tab" keeps it only as long as the tab (confidential
// pages). It goes away when the form was accepted, after seven days, or when the person drops it.
import { whose } from "./csrf.js";
import { all, each, make } from "./dom.js";

const WEEK = 7 * 24 * 3600 * 1000;
const signedOut = () => document.body.hasAttribute("data-signed-out");
const store = (form) => (form.dataset.draft === "tab" ? sessionStorage : localStorage);
const key = (form) => `b-draft:${whose()}:${form.dataset.draftKey || new URL(form.action, location.href).pathname}`;
// Back or reload after a failed sending is no sign that the form was accepted; a fresh page is.
const returned = () => ["back_forward", "reload"].includes(performance.getEntriesByType("navigation")[0]?.type);
const SKIP = new Set(["hidden", "password", "file", "submit", "button", "reset"]);

function fields(form) {
  return all("input, select, textarea", form).filter((f) => f.name && (!SKIP.has(f.type) || f.hasAttribute("data-draft-too")));
}

function read(form) {
  const values = {};
  for (const field of fields(form)) {
    const list = (values[field.name] ||= []);
    if (field.type === "checkbox" || field.type === "radio") { if (field.checked) list.push(field.value); }
    else if (field.multiple) list.push(...[...field.selectedOptions].map((option) => option.value));
    else list.push(field.value);
  }
  return values;
}

function write(form, values) {
  const taken = {};
  for (const field of fields(form)) {
    const list = values[field.name];
    if (!list) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = list.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = list.includes(option.value);
    else {
      const place = (taken[field.name] = (taken[field.name] ?? -1) + 1);
      if (list[place] !== undefined) field.value = list[place];
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

export const length = (values) => Object.values(values).flat().join("").length;

export function saveAll() {
  let signs = 0;
  for (const form of all("form[data-draft]")) if (form.bDirty) { keep(form); signs += length(read(form)); }
  return signs;
}

function keep(form, sent = false) {
  try {
    store(form).setItem(key(form), JSON.stringify({ at: Date.now(), values: read(form), sent }));
  } catch (error) { /* a full or closed store must not stop anybody from typing */ }
}

function note(form, draft) {
  const time = new Date(draft.at);
  const clock = `${time.getMonth() + 1}月${time.getDate()}日 ${String(time.getHours()).padStart(2, "0")}:${String(time.getMinutes()).padStart(2, "0")}`;
  const drop = make("button", { type: "button" }, "不要了，重新填");
  const line = make("div", { class: "b-draft-note", role: "status" }, make("span", {}, `${clock} 没提交的内容还在，已经填回来了。`), drop);
  drop.addEventListener("click", () => {
    store(form).removeItem(key(form));
    form.reset();
    form.bDirty = false;
    line.remove();
  });
  form.prepend(line);
}

function watch(form) {
  form.bDirty = false;
  const kept = JSON.parse(store(form).getItem(key(form)) || "null");
  const rejected = form.querySelector(".is-wrong, .b-form-errors");
  const accepted = kept?.sent && !returned();
  if (kept && (accepted || Date.now() - kept.at > WEEK) && !rejected) store(form).removeItem(key(form));
  else if (kept && !rejected && JSON.stringify(kept.values) !== JSON.stringify(read(form))) {
    write(form, kept.values);
    form.bDirty = true;
    note(form, kept);
  }
  let wait = 0;
  const later = (event) => {
    if (!event.isTrusted && event.type === "input") return;
    form.bDirty = true;
    clearTimeout(wait);
    wait = setTimeout(() => keep(form), 600);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  // Leaving the page keeps what is unsent; what has just been sent is none of it, or it would come back as a draft.
  form.addEventListener("submit", (event) => {
    clearTimeout(wait);
    if (event.defaultPrevented) return;
    keep(form, true);
    form.bDirty = false;
    form.bSent = true;
  });
}

// Whoever lands at the sign-in or an error page after sending was not heard: the draft counts as unsent again.
function unsend() {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith("b-draft:")) continue;
    const kept = JSON.parse(localStorage.getItem(name));
    if (kept.sent && Date.now() - kept.at < 600000) localStorage.setItem(name, JSON.stringify({ ...kept, sent: false }));
  }
}

// A form that was accepted is gone from its page: forget it when the next page of this account opens.
function sweep() {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(`b-draft:${whose()}:`)) continue;
    const kept = JSON.parse(localStorage.getItem(name));
    const here = all("form[data-draft]").some((form) => key(form) === name);
    if (!here && (kept.sent || Date.now() - kept.at > WEEK)) localStorage.removeItem(name);
  }
}

export function start() {
  if (signedOut() || document.body.hasAttribute("data-failed")) return unsend();
  each("form[data-draft]", watch);
  sweep();
  window.addEventListener("pagehide", saveAll);
  // Back from an answer that never came: the form is as it was, and so is what it still owes.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of all("form[data-draft]")) if (form.bSent) form.bDirty = true;
  });
}
