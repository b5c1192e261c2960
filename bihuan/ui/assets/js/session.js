// The session ends on the server after body[data-session-seconds] without a request. Before a form is sent into
// the void, or when the server answers 401, a window asks for the password over the form, which stays as it is.
import { added, icon, make } from "./dom.js";
import { renewForms, token } from "./csrf.js";
import { saveAll } from "./drafts.js";
import { say } from "./toasts.js";

const SEEN = "b-last-request";
const NAME = "b-username";
const limit = () => Number(document.body.dataset.sessionSeconds || 0) * 1000;
const touch = () => localStorage.setItem(SEEN, String(Date.now()));
const idle = () => Date.now() - Number(localStorage.getItem(SEEN) || Date.now());
const end = () => localStorage.setItem(SEEN, "1"); // the server has said so: whatever the clock says, the next sending asks
const over = () => limit() > 0 && idle() > limit();
let waiting = null;
let down = false;

// Pressing a button leaves the field before it, which may ask the server and hear 401 before the finger is up.
// A window that opened at once would swallow the click, and what was to be sent would silently not be.
const handsOff = () => new Promise((done) => {
  if (!down) return done();
  for (const up of ["pointerup", "pointercancel"]) addEventListener(up, () => setTimeout(done, 50), { once: true, capture: true });
});

async function signIn(form, error) {
  const data = new URLSearchParams(new FormData(form));
  data.set("csrfmiddlewaretoken", token());
  data.set("next", location.pathname);
  data.set("again", document.body.dataset.account || "");
  const answer = await fetch(document.body.dataset.signin, {
    method: "POST", body: data, redirect: "manual", credentials: "same-origin", headers: { "X-CSRFToken": token() },
  }).catch(() => null);
  if (!answer) { error.textContent = "连不上服务器，填的都还在。网络好了再点一次。"; return false; }
  if (answer.type === "opaqueredirect" || answer.status === 204) return true;
  if (answer.status === 428) {
    form.querySelector("[data-again-code]").hidden = false;
    error.textContent = "再输一个动态码，或备用码。";
    return "code";
  }
  if (answer.status === 422 || (answer.status === 409 && answer.headers.get("content-type")?.startsWith("text/plain"))) {
    error.textContent = await answer.text();
    return answer.status === 422 ? "code" : false;
  }
  if (answer.status === 409) {
    error.textContent = "这一页是另一个账号填的，只有那个账号能接着交。要换人，点下面的“换人登录”。";
    return false;
  }
  error.textContent = answer.status === 429 || answer.status === 403
    ? "错的次数多了，账号暂时锁住。过一刻钟再试，或找管理员解锁。" : "账号或密码不对，再输一次。";
  return false;
}

function askAgain() {
  if (waiting) return waiting;
  end();
  waiting = new Promise((done) => {
    const signs = saveAll();
    const name = sessionStorage.getItem(NAME) || "";
    const person = document.body.dataset.person || "";
    const error = make("p", { class: "b-field__error", role: "alert" });
    const user = make("input", { name: "username", value: name, autocomplete: "username", required: true });
    const secret = make("input", { name: "password", type: "password", autocomplete: "current-password", required: true, id: "b-again-password" });
    const code = make("input", { name: "code", autocomplete: "one-time-code", maxlength: 40 });
    const form = make("form", { class: "b-dialog__body", "data-again": true },
      make("h2", {}, icon("lock"), "登录过期了，填的都还在。"),
      make("p", {}, signs ? `已经存下 ${signs} 个字，登录后接着填，不用重来。` : "登录后回到这一页，不用重来。"),
      name ? make("input", { type: "hidden", name: "username", value: name }) : make("label", { class: "b-field" }, make("span", { class: "b-field__label" }, "账号"), user),
      make("div", { class: "b-dialog__row" },
        make("label", { class: "b-field" }, make("span", { class: "b-field__label" }, person ? `${person}的密码` : "密码"), secret),
        make("button", { class: "b-btn b-btn--primary" }, "登录，接着填")),
      make("label", { class: "b-field", hidden: true, "data-again-code": true }, make("span", { class: "b-field__label" }, "动态码"), code),
      error,
      make("div", { class: "b-dialog__foot" }, make("small", {}, `${Math.round(limit() / 60000)} 分钟没动会自动退出`), make("a", { class: "b-link", href: document.body.dataset.signin }, "换人登录")));
    const dialog = make("dialog", { class: "b-dialog", "data-keep": true }, form);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      const went = await signIn(form, error);
      if (went !== true) { (went === "code" ? code : secret).select(); return; }
      touch();
      renewForms();
      if (name === "") sessionStorage.setItem(NAME, user.value);
      dialog.close("in");
    });
    dialog.addEventListener("close", () => { dialog.remove(); waiting = null; done(dialog.returnValue === "in"); });
    document.body.append(dialog);
    added(dialog);
    dialog.showModal();
    secret.focus();
  });
  return waiting;
}

function warn() {
  if (!limit() || document.querySelector("dialog[open]")) return;
  if (over()) return void askAgain();
  if (limit() - idle() < 120000 && !warn.said) {
    warn.said = true;
    const toast = say("两分钟后自动退出，填的都会留着。", { more: "点一下页面上的任何链接就继续。", seconds: 115 });
    setTimeout(() => { warn.said = false; toast.remove(); }, 120000);
  }
}

export function start() {
  if (document.body.hasAttribute("data-signed-out")) {
    document.addEventListener("submit", (event) => {
      const field = event.target.querySelector("input[name=username]");
      if (field) sessionStorage.setItem(NAME, field.value);
    });
    return;
  }
  touch();
  addEventListener("pointerdown", () => { down = true; }, true);
  for (const up of ["pointerup", "pointercancel"]) addEventListener(up, () => { down = false; }, true);
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) touch(); });
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status !== 401) return;
    const { elt } = event.detail;
    end();
    handsOff().then(askAgain).then((back) => { if (back && window.htmx) window.htmx.trigger(elt, "b:again"); });
  });
  document.addEventListener("b:signed-out", askAgain);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || !over() || form.hasAttribute("data-again")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    askAgain().then((back) => { if (back) form.requestSubmit(submitter || undefined); });
  }, true);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-signout]")) sessionStorage.removeItem(NAME);
  });
  setInterval(warn, 20000);
}
