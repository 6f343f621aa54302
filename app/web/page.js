// The browser's half of the page. Gradio runs this once for each of our two components, with `element`, `trigger`, `props`, `watch`.
// It places what the server rendered (escaped there), keeps the conversation, moves the focus, and sends clicks back.

const reduced = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 60rem)");

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

// The conversation, by profile: what was shown and what was said. It lives in this tab only, and survives a reload of it.
const KEPT = "vivavoce";
const BOX = "#vv-question textarea";
const LOST = "The connection is lost. The page comes back by itself as soon as the server does, with all that was said.";
const memory = (() => {
  let kept = { people: {}, draft: "" };
  try {
    kept = JSON.parse(sessionStorage.getItem(KEPT)) || kept;
  } catch {
    // No storage, or not ours: the page works without.
  }
  const of = (profile) => (kept.people[profile] ??= { shown: [], turns: [] });
  const save = () => {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
    } catch {
      // Full or forbidden: this tab still holds it until it is reloaded.
    }
  };
  const draft = (text) => {
    if (text === undefined) return kept.draft;
    kept.draft = text;
    return save();
  };
  return { of, save, profiles: () => Object.keys(kept.people), draft };
})();

const transcript = (log) => {
  const busy = () => [...log.querySelectorAll("[aria-busy=true]")];
  const offerClear = () => document.querySelectorAll(".vv-clear").forEach((b) => (b.hidden = !memory.of(profile).shown.length));
  let profile = "";
  let watching = 0;
  let chosen = false; // whether the question on its way was a button's, so that what stands in the box is not it

  const threadOf = (slug) => {
    let thread = [...log.children].find((t) => t.dataset.profile === slug);
    if (!thread) {
      thread = Object.assign(document.createElement("div"), { className: "vv-thread", hidden: true });
      thread.dataset.profile = slug;
      log.append(thread);
    }
    return thread;
  };

  const place = (slug, id, html) => {
    const thread = threadOf(slug);
    const known = [...thread.children].find((e) => e.dataset.id === id);
    const entry = known || document.createElement("div");
    entry.dataset.id = id;
    patch(entry, nodesOf(html));
    if (!html) entry.remove();
    else if (!known && id === "start") thread.prepend(entry);
    else if (!known) thread.append(entry);
    return known ? null : entry;
  };

  const keep = (slug, id, html, turns) => {
    const own = memory.of(slug);
    own.shown = own.shown.filter(([other]) => other !== id);
    if (html) own.shown.push([id, html]);
    if (turns) own.turns = turns;
    memory.save();
    offerClear();
  };

  // Marks what was being answered as cut off, with a way to ask again.
  const cut = () =>
    busy().forEach((exchange) => {
      exchange.setAttribute("aria-busy", "false");
      exchange.vvSource = null;
      const waiting = exchange.querySelector(".vv-waiting");
      const again = Object.assign(document.createElement("button"), { type: "button", className: "vv-chip", textContent: "Ask again" });
      again.dataset.ask = exchange.querySelector(".vv-asked").textContent;
      waiting.replaceChildren("The answer was cut off here. ", again);
      keep(exchange.dataset.profile, exchange.parentElement.dataset.id, exchange.outerHTML);
    });

  // After every request, and as long as an answer is on its way: a server that is gone does not say so itself.
  // Gradio reloads the page when it is back; what was being typed is kept for then.
  const watchServer = () => {
    watching ||= setInterval(async () => {
      const gone = await fetch("health", { cache: "no-store" }).then(() => false, () => true);
      document.querySelector(".vv-lost").textContent = gone ? LOST : "";
      if (gone) {
        const typed = document.querySelector(BOX)?.value; // Gradio empties the box when it begins to reload
        if (typed) memory.draft(typed);
        document.dispatchEvent(new Event("vv-failed"));
      } else if (!busy().length) watching = clearInterval(watching) || 0;
    }, 1500);
  };

  // Puts back what was being typed. Gradio may empty the box once more while it starts, so it is looked at for a while.
  const resume = (looks = 12) => {
    const box = document.querySelector(BOX);
    const draft = memory.draft();
    if (!draft || !box) return;
    if (!box.value) {
      box.value = draft;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (looks) setTimeout(resume, 250, looks - 1);
    else memory.draft("");
  };

  const show = ({ profile: slug, title }) => {
    const address = new URL(location.href);
    const first = !log.dataset.shown;
    log.dataset.shown = profile = slug;
    document.title = title;
    [...log.children].forEach((t) => (t.hidden = t.dataset.profile !== slug));
    offerClear();
    document.dispatchEvent(new Event("vv-close"));
    resume();
    if (first && memory.of(slug).shown.length) threadOf(slug).lastElementChild.scrollIntoView({ block: "start" });
    if (!slug || (first && !address.searchParams.has("profile"))) return;
    address.searchParams.set("profile", slug);
    history.replaceState(null, "", address);
  };

  const render = () => {
    const { profile: slug, id, html, turns, title } = props.value || {};
    if (id === undefined) return;
    if (id === "start") cut();
    const fresh = place(slug, id, html);
    if (title) return show(props.value);
    if (fresh && html) fresh.scrollIntoView({ block: "start", behavior: reduced.matches ? "auto" : "smooth" });
    if (!busy().length) keep(slug, id, html, turns);
  };

  log.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const { ask, choose } = button.dataset;
    if (ask || choose || button.dataset.document) watchServer();
    chosen = Boolean(ask);
    if (ask) trigger("submit", { question: ask });
    else if (choose) trigger("select", { profile: choose });
    else if (button.dataset.document) {
      document.dispatchEvent(new CustomEvent("vv-open", { detail: button }));
      trigger("click", { profile: button.closest("[data-profile]").dataset.profile, ...button.dataset });
    }
  });
  document.addEventListener("click", ({ target }) => {
    if (!target.closest(".vv-clear") || busy().length) return;
    Object.assign(memory.of(profile), { shown: [], turns: [] });
    memory.save();
    threadOf(profile).querySelectorAll(":scope > div:not([data-id=start])").forEach((e) => e.remove());
    offerClear();
    document.dispatchEvent(new Event("vv-close"));
    document.querySelector(BOX).focus();
  });
  document.addEventListener("vv-failed", cut);
  window.vvAsk = (slug) => {
    if (!chosen) memory.draft("");
    chosen = false;
    watchServer();
    return memory.of(slug).turns;
  };
  memory.profiles().forEach((slug) => memory.of(slug).shown.forEach(([id, html]) => place(slug, id, html)));
  watch("value", render);
  render();
};

const evidence = (panel) => {
  const body = panel.querySelector(".vv-evidence-body");
  let opener = null;
  let view = "page"; // as the visitor last chose, and so is the size
  let large = false;

  const beside = () => ["vv-head", "vv-desk"].map((id) => document.getElementById(id)).filter(Boolean);
  const modal = () => {
    const covers = !panel.hidden && narrow.matches;
    beside().forEach((part) => (part.inert = covers));
    panel.setAttribute("role", covers ? "dialog" : "complementary");
    if (covers) panel.setAttribute("aria-modal", "true");
    else panel.removeAttribute("aria-modal");
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
    arrange();
  };

  // The page or the text, at its size, with the marked words in the middle.
  const arrange = () => {
    const views = [...body.querySelectorAll("[name=vv-view]")];
    views.forEach((radio) => (radio.checked = radio.value === view));
    const shows = views.length ? view : "text";
    body.querySelectorAll(".vv-pages, .vv-zoom").forEach((part) => (part.hidden = shows !== "page"));
    body.querySelector(".vv-document")?.toggleAttribute("hidden", shows !== "text");
    body.querySelector(".vv-zoom")?.setAttribute("aria-pressed", large);
    body.querySelector(".vv-pages")?.classList.toggle("vv-large", large);
    const mark = body.querySelector(shows === "page" ? ".vv-box" : "mark");
    if (!mark) return;
    const middle = (body.clientHeight - Math.min(mark.offsetHeight, body.clientHeight)) / 2;
    body.scrollTop += mark.getBoundingClientRect().top - body.getBoundingClientRect().top - Math.max(middle, 24);
    const pages = mark.closest(".vv-pages");
    if (!pages) return;
    const aside = (pages.clientWidth - mark.offsetWidth) / 2;
    pages.scrollLeft += mark.getBoundingClientRect().left - pages.getBoundingClientRect().left - Math.max(aside, pages.clientWidth / 9);
  };

  body.addEventListener("change", ({ target }) => {
    if (target.name !== "vv-view") return;
    view = target.value;
    arrange();
  });
  body.addEventListener("click", ({ target }) => {
    if (!target.closest(".vv-zoom")) return;
    large = !large;
    arrange();
  });
  // A page that cannot be had: the text says the same. Such an event does not bubble.
  body.addEventListener(
    "error",
    ({ target }) => {
      if (!target.matches(".vv-paper img")) return;
      body.querySelectorAll(".vv-views, .vv-pages").forEach((part) => part.remove());
      arrange();
    },
    true,
  );

  panel.querySelector(".vv-close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  document.addEventListener("vv-failed", () => {
    const waiting = body.querySelector(".vv-waiting");
    if (waiting) waiting.textContent = "The source cannot be opened just now.";
  });
  document.addEventListener("vv-open", open);
  document.addEventListener("vv-close", close);
  narrow.addEventListener("change", modal);
  watch("value", render);
};

const part = element.querySelector("[data-part]");
({ transcript, evidence })[part.dataset.part](part);
