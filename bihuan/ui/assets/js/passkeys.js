// Passkeys (WebAuthn). form[data-passkey] carries data-passkey="create" or "get", data-options (where the ceremony's
// options come from) and its action (where the device's answer goes); the answer of the server says where to go on.
// [data-passkey-why] inside it says why it cannot work here: passkeys need HTTPS or localhost, and a name. With
// data-passkey-quiet the form is simply not shown there.
import { each, on } from "./dom.js";
import { token, whose } from "./csrf.js";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const able = () => window.isSecureContext && Boolean(window.PublicKeyCredential);

async function ask(url, body) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() };
  if (whose()) headers["X-Bihuan-Account"] = whose();
  const answer = await fetch(url, { method: "POST", credentials: "same-origin", headers, body: JSON.stringify(body) });
  if (answer.redirected) { location.assign(answer.url); return null; }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error([told.reason, told.todo].filter(Boolean).join("，") || "没有办成，再试一次");
  return told;
}

function ready(options) {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const list of [options.allowCredentials, options.excludeCredentials]) for (const one of list || []) one.id = bytes(one.id);
  return options;
}

function told(credential) {
  const { response } = credential;
  const said = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) if (response[name]) said[name] = text(response[name]);
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: said, clientExtensionResults: {} };
}

async function run(form) {
  const options = await ask(form.dataset.options, {});
  if (!options) return;
  const publicKey = ready(options);
  const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
  const name = form.querySelector("[name=name]")?.value || "";
  const done = await ask(form.action, { ...told(credential), name });
  if (done) location.assign(done.url);
}

// What the browser throws is English; people read what happened and what to do.
function words(error) {
  if (error.name === "NotAllowedError") return "没有验证：取消了，或等得太久。再点一次。";
  if (error.name === "InvalidStateError") return "这台设备已经登记过。";
  if (error.name === "SecurityError") return "这个地址用不了通行密钥，要用 https 的域名打开。";
  if (error instanceof TypeError) return "连不上服务器，再点一次。";
  return error.message;
}

export function start() {
  each("form[data-passkey]", (form) => {
    if (form.hasAttribute("data-passkey-quiet")) { form.hidden = !able(); return; }
    if (able()) return;
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    const why = form.querySelector("[data-passkey-why]");
    if (why) why.hidden = false;
  });
  on("submit", "form[data-passkey]", async (event, form) => {
    event.preventDefault();
    const button = form.querySelector("button"), said = form.querySelector("[data-passkey-said]");
    button.disabled = true;
    said.textContent = "";
    try { await run(form); } catch (error) { said.textContent = words(error); }
    button.disabled = false;
  });
}
