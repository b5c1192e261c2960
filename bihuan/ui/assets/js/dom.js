// What several modules need of the page; nothing here knows a behaviour.
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

export function on(type, selector, act, options) {
  document.addEventListener(type, (event) => {
    const hit = event.target instanceof Element ? event.target.closest(selector) : null;
    if (hit) act(event, hit);
  }, options);
}

// Calls back for what is on the page now and for what htmx or a drawer brings later.
export function each(selector, act) {
  const seen = new WeakSet();
  const look = (root) => {
    const hits = all(selector, root);
    if (root instanceof Element && root.matches(selector)) hits.push(root);
    for (const hit of hits) if (!seen.has(hit)) { seen.add(hit); act(hit); }
  };
  look(document);
  document.addEventListener("b:added", (event) => look(event.target));
  document.addEventListener("htmx:afterSettle", (event) => look(event.target));
}

export function added(element) {
  element.dispatchEvent(new CustomEvent("b:added", { bubbles: true }));
  if (window.htmx) window.htmx.process(element);
}

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

const spriteUrl = () => document.body.dataset.icons || "";

export function icon(name, extra = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", `b-icon ${extra}`.trim());
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${spriteUrl()}#${name}`);
  svg.append(use);
  return svg;
}
