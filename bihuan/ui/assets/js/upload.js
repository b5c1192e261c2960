// input[type=file][data-upload="address"]: each file is sent at once with its progress; the answer
// {"id": …, "name": …, "url": …} becomes a hidden field (data-upload-name) of the form, so that a form sent later
// carries only ids. Refusals come as {"reason": …}. Without scripts the field is an ordinary file field.
// Evidence goes as the camera took it (its hash is the receipt, its time and place are read out of it); only with
// data-shrink are photos made smaller first, with or without data-upload.
import { all, each, icon, make, on } from "./dom.js";
import { token, whose } from "./csrf.js";
import { shrink } from "./shrink.js";

const size = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

function line(input, file) {
  let shelf = input.closest(".b-drop, label, .b-field").parentElement.querySelector("[data-uploads]");
  if (!shelf) {
    shelf = make("div", { class: "b-uploads", "data-uploads": true, role: "status" });
    input.closest(".b-drop, label").after(shelf);
  }
  const bar = make("progress", { max: 100, value: 0 });
  const end = make("small", {}, size(file.size));
  const item = make("div", { class: "b-file" }, icon(file.type.startsWith("image/") ? "photo" : "file"), make("span", {}, file.name), bar, end);
  shelf.append(item);
  return { item, bar, end };
}

function send(input, file, { item, bar, end }) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const data = new FormData();
    data.append("file", file, file.name);
    if (file.lastModified) data.append("captured_at", new Date(file.lastModified).toISOString());
    request.open("POST", input.dataset.upload);
    request.setRequestHeader("X-CSRFToken", token());
    if (whose()) request.setRequestHeader("X-Bihuan-Account", whose());
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = (event.loaded / event.total) * 100; });
    const wrong = (words) => {
      item.classList.add("is-wrong");
      bar.remove();
      const retry = make("button", { type: "button", class: "b-link" }, "再传");
      retry.addEventListener("click", () => { item.remove(); take(input, [file]); });
      end.replaceChildren(words, " ", retry);
      done();
    };
    request.addEventListener("error", () => wrong("没传上去，网络断了"));
    request.addEventListener("load", () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch (error) { answer = {}; }
      if (request.status === 401) { document.dispatchEvent(new CustomEvent("b:signed-out")); return wrong("登录过期，没传上去"); }
      if (request.status >= 400 || answer.id === undefined) return wrong(answer.reason || "没传上去");
      bar.remove();
      const drop = make("button", { type: "button", class: "b-link", "aria-label": `去掉 ${file.name}` }, icon("x"));
      drop.addEventListener("click", () => item.remove());
      end.replaceChildren("已传 ", drop);
      item.append(make("input", { type: "hidden", name: input.dataset.uploadName || "files", value: answer.id }));
      done();
    });
    request.send(data);
  });
}

async function take(input, files) {
  for (const original of files) {
    const file = input.hasAttribute("data-shrink") ? await shrink(original) : original;
    await send(input, file, line(input, file));
  }
}

export function start() {
  on("change", "input[type=file][data-upload]", (event, input) => {
    const files = [...input.files];
    input.value = "";
    take(input, files);
  });
  on("change", "input[type=file][data-shrink]:not([data-upload])", async (event, input) => {
    const small = new DataTransfer();
    for (const file of input.files) small.items.add(await shrink(file));
    input.files = small.files;
  });
  each(".b-drop", (drop) => {
    for (const type of ["dragenter", "dragover"]) drop.addEventListener(type, () => drop.classList.add("is-over"));
    for (const type of ["dragleave", "drop"]) drop.addEventListener(type, () => drop.classList.remove("is-over"));
    const input = drop.querySelector("input[type=file]:not([data-upload])");
    const say = drop.querySelector("[data-file-names]");
    if (input && say) input.addEventListener("change", () => { say.textContent = all("input", drop).flatMap((f) => [...f.files]).map((f) => f.name).join("、"); });
  });
}
