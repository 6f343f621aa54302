// The browser's half of the page. Gradio runs this once for each of our two components, with `element`, `trigger`, `props`, `watch`.
// It places what the server rendered (escaped there), keeps the conversation, moves the focus, and sends clicks back.

const reduced = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 60rem)");
const CITE = ".vv-cite, .vv-source";

const nodesOf = (html) => {
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
const patch = (target, wanted) => {
  wanted.forEach((next, i) => {
    const now = target.children[i];
    const source = next.outerHTML;
    if (now && now.vvSource === source) return;
    if (now && now.tagName === next.tagName && elementsOnly(now) && elementsOnly(next)) {
      [...next.attributes].forEach((a) => now.setAttribute(a.name, a.value));
      now.vvSource = source;
      patch(now, [...next.children]);
    } else if (now) now.replaceWith(remember(next.cloneNode(true)));
    else target.append(remember(next.cloneNode(true)));
  });
  while (target.children.length > wanted.length) target.lastElementChild.remove();
};

const transcript = (log) => {
  const threadOf = (profile) => {
    let thread = [...log.children].find((t) => t.dataset.profile === profile);
    if (!thread) {
      thread = Object.assign(document.createElement("div"), { className: "vv-thread" });
      thread.dataset.profile = profile;
      log.append(thread);
    }
    return thread;
  };

  const show = ({ profile, title }) => {
    const first = !log.dataset.shown;
    const address = new URL(location.href);
    log.dataset.shown = profile || "nobody";
    document.title = title;
    [...log.children].forEach((t) => (t.hidden = t.dataset.profile !== profile));
    log.querySelectorAll("[aria-busy=true]").forEach((e) => cut(e, "Stopped here."));
    document.dispatchEvent(new Event("vv-close"));
    if (!profile || (first && !address.searchParams.has("profile"))) return;
    address.searchParams.set("profile", profile);
    history.replaceState(null, "", address);
  };

  const cut = (exchange, words) => {
    exchange.setAttribute("aria-busy", "false");
    exchange.vvSource = null;
    const waiting = exchange.querySelector(".vv-waiting");
    if (waiting) waiting.textContent = words;
  };

  const render = () => {
    const value = props.value;
    if (!value || !value.id) return;
    const thread = threadOf(value.profile);
    const known = [...thread.children].find((e) => e.dataset.id === value.id);
    if (value.id === "start" && known && !value.fresh) return show(value);
    const entry = known || document.createElement("div");
    entry.dataset.id = value.id;
    patch(entry, nodesOf(value.html));
    if (!value.html) entry.remove();
    else if (!known) thread.append(entry);
    if (value.id === "start") show(value);
    else if (!known) entry.scrollIntoView({ block: "start", behavior: reduced.matches ? "auto" : "smooth" });
  };

  log.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { ask, choose } = button.dataset;
    if (ask) trigger("submit", { question: ask });
    else if (choose) trigger("select", { profile: choose });
    else if (button.matches(CITE)) {
      document.dispatchEvent(new CustomEvent("vv-open", { detail: button }));
      const profile = button.closest("[data-profile]").dataset.profile;
      trigger("click", { profile, ...button.dataset });
    }
  });
  document.addEventListener("vv-failed", () => log.querySelectorAll("[aria-busy=true]").forEach((e) => cut(e, "The answer was cut off here.")));
  watch("value", render);
  render();
};

const evidence = (panel) => {
  const body = panel.querySelector(".vv-evidence-body");
  let opener = null;

  const beside = () => ["vv-head", "vv-desk"].map((id) => document.getElementById(id)).filter(Boolean);
  const modal = () => {
    const covers = !panel.hidden && narrow.matches;
    beside().forEach((part) => (part.inert = covers));
    panel.setAttribute("role", covers ? "dialog" : "complementary");
    panel.toggleAttribute("aria-modal", covers);
    if (covers) panel.setAttribute("aria-modal", "true");
  };

  const open = ({ detail }) => {
    if (opener) opener.setAttribute("aria-expanded", "false");
    opener = detail;
    opener.setAttribute("aria-expanded", "true");
    body.innerHTML = '<p class="vv-waiting">Opening the source</p>';
    panel.hidden = false;
    document.body.classList.add("vv-reading");
    modal();
    panel.querySelector(".vv-evidence-title").focus({ preventScroll: true });
  };

  const close = () => {
    if (panel.hidden) return;
    panel.hidden = true;
    document.body.classList.remove("vv-reading");
    modal();
    if (opener && opener.isConnected) opener.focus({ preventScroll: narrow.matches });
    if (opener) opener.setAttribute("aria-expanded", "false");
    opener = null;
  };

  const render = () => {
    if (!props.value || panel.hidden) return;
    body.replaceChildren(...nodesOf(props.value.html));
    const mark = body.querySelector("mark");
    if (!mark) return;
    const middle = (body.clientHeight - Math.min(mark.offsetHeight, body.clientHeight)) / 2;
    body.scrollTop += mark.getBoundingClientRect().top - body.getBoundingClientRect().top - Math.max(middle, 24);
  };

  panel.querySelector(".vv-close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  document.addEventListener("vv-open", open);
  document.addEventListener("vv-close", close);
  narrow.addEventListener("change", modal);
  watch("value", render);
};

const part = element.querySelector("[data-part]");
({ transcript, evidence })[part.dataset.part](part);
