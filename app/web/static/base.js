// What every part of the browser's half shares. The files of this folder are joined into one script, each in a scope of its own;
// a part registers itself as `vv.parts.name`, which Gradio calls with `element`, `trigger`, `props`, `watch` when its component is shown.
// Parts place what the server rendered (escaped there) and send clicks back.

window.vv = { parts: {}, visit: { profile: "" } };

vv.reduced = matchMedia("(prefers-reduced-motion: reduce)");
vv.narrow = matchMedia("(max-width: 60rem)");

// Storage that may be full or forbidden; the page works without.
vv.stored = (storage, key, value) => {
  try {
    if (value === undefined) return storage().getItem(key);
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, value);
  } catch {
    // Nothing is kept.
  }
  return null;
};

// The language of the page's own words: the visitor's choice, else the first of the browser's that there is.
const TONGUE = "vivavoce-language";
const local = () => localStorage;
const spoken = ["en", "zh"];
const preferred = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => spoken.includes(tag));
const chosen = vv.stored(local, TONGUE);
vv.language = spoken.includes(chosen) ? chosen : preferred || "en";
document.documentElement.lang = vv.language === "zh" ? "zh-CN" : "en";
// Gradio asks the browser for the language of its own words; both must speak the same.
Object.defineProperty(navigator, "language", { configurable: true, get: () => document.documentElement.lang });

vv.speak = (language) => {
  vv.stored(local, TONGUE, language);
  location.reload();
};

vv.word = (key, values = {}) => {
  const words = window.gradio_config.i18n_translations[vv.language];
  return words[key].replace(/\$(\w+)/g, (_, name) => values[name]);
};

// Says what the templates leave to be said.
vv.fill = (root) => {
  root.querySelectorAll("[data-word]").forEach((e) => (e.textContent = vv.word(e.dataset.word)));
  root.querySelectorAll("[data-word-label]").forEach((e) => e.setAttribute("aria-label", vv.word(e.dataset.wordLabel)));
};

// Posts to the API. Where it wants a pass, it gives one to its own pages.
let pass = {};
vv.post = async (path, body) => {
  const send = () => fetch(path, { method: "POST", headers: { "content-type": "application/json", ...pass }, body: JSON.stringify(body) });
  const reply = await send();
  if (reply.status !== 401) return reply;
  const { token } = await (await fetch("v1/session", { method: "POST" })).json();
  pass = { authorization: `Bearer ${token}` };
  return send();
};

// A time to wait, as the server tells it, for people.
vv.spoken = (seconds) => {
  const minutes = Math.ceil(seconds / 60);
  return seconds < 100 ? `${seconds} s` : minutes < 100 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
};

vv.make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

vv.nodesOf = (html) => {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return [...holder.content.children];
};

// The markup a node came from, kept beside it: what the visitor does to a node (opens a list, a source) is no change of ours.
const remember = (node) => {
  node.vvSource = node.outerHTML;
  [...node.children].forEach(remember);
  return node;
};

const elementsOnly = (node) => [...node.childNodes].every((n) => n.nodeType === Node.ELEMENT_NODE);

// Replaces only what changed, so that a screen reader hears each sentence once and nothing jumps.
vv.patch = (target, wanted) => {
  wanted.forEach((next, i) => {
    const now = target.children[i];
    const source = next.outerHTML;
    if (now && now.vvSource === source) return;
    if (now && now.tagName === next.tagName && elementsOnly(now) && elementsOnly(next)) {
      [...next.attributes].forEach((a) => now.setAttribute(a.name, a.value));
      now.vvSource = source;
      vv.patch(now, [...next.children]);
    } else if (now) now.replaceWith(remember(next.cloneNode(true)));
    else target.append(remember(next.cloneNode(true)));
  });
  while (target.children.length > wanted.length) target.lastElementChild.remove();
};

// Gradio's own words for what went wrong are not shown; these are.
vv.failed = () => {
  document.dispatchEvent(new Event("vv-failed"));
  return vv.word("busy");
};
