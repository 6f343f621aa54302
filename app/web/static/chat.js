// The conversation: places the exchanges, asks, and keeps watch over answers on their way.
const BOX = "#vv-question textarea";

vv.parts.chat = (element, trigger, props, watch) => {
  const { memory } = vv;
  const log = element.querySelector(".vv-log");
  vv.fill(element);
  const busy = () => [...log.querySelectorAll("[aria-busy=true]")];
  const tellFoot = () => document.dispatchEvent(new CustomEvent("vv-talk", { detail: memory.of(profile).shown.length > 0 }));
  let profile = "";
  let watching = 0;
  let sent = false; // whether a question has left of which nothing is shown yet
  let chosen = false; // whether the question on its way was a button's, so that what stands in the box is not it
  let replaced = null; // the entry that the next question takes the place of, with all that followed it

  const threadOf = (slug) => {
    let thread = [...log.children].find((t) => t.dataset.profile === slug);
    if (!thread) {
      thread = vv.make("div", { className: "vv-thread", hidden: true });
      thread.dataset.profile = slug;
      log.append(thread);
    }
    return thread;
  };

  const entryOf = (thread, id) => [...thread.children].find((e) => e.dataset.id === id);

  const place = (slug, id, html) => {
    const thread = threadOf(slug);
    const known = entryOf(thread, id);
    const entry = known || document.createElement("div");
    entry.dataset.id = id;
    vv.patch(entry, vv.nodesOf(html));
    if (!html) entry.remove();
    else if (!known && id === "start") thread.prepend(entry);
    else if (!known) thread.append(entry);
    return known ? null : entry;
  };

  const keep = (slug, id, html, turns) => {
    memory.put(slug, id, html, turns);
    tellFoot();
  };

  // What is asked instead of an earlier question takes its place as soon as it is on its way.
  const replace = (slug, id) => {
    if (!replaced) return;
    const old = replaced;
    vv.replacing(null);
    const entries = [...threadOf(slug).children];
    const from = entries.findIndex((e) => e.dataset.id === old);
    if (from < 0) return;
    entries.slice(from).forEach((e) => e.dataset.id !== id && e.remove());
    memory.cut(slug, old);
  };

  // Marks what was being answered as cut off, with a way to ask again.
  const cut = () =>
    busy().forEach((exchange) => {
      exchange.setAttribute("aria-busy", "false");
      exchange.vvSource = null;
      const again = vv.make("button", { type: "button", className: "vv-chip", textContent: vv.word("ask_again") });
      again.dataset.ask = exchange.querySelector(".vv-asked").textContent;
      exchange.querySelector(".vv-waiting").replaceChildren(`${vv.word("cut_off")} `, again);
      keep(exchange.dataset.profile, exchange.parentElement.dataset.id, exchange.outerHTML);
    });

  // After every request, and as long as an answer is on its way: a server that is gone does not say so itself.
  // Gradio reloads the page when it is back; what was being typed is kept for then.
  const watchServer = () => {
    watching ||= setInterval(async () => {
      const gone = await fetch("health", { cache: "no-store" }).then(() => false, () => true);
      document.querySelectorAll(".vv-lost").forEach((e) => (e.textContent = gone ? vv.word("connection_lost") : ""));
      if (gone) {
        const typed = document.querySelector(BOX)?.value; // Gradio empties the box when it begins to reload
        if (typed) memory.draft(typed);
        document.dispatchEvent(new Event("vv-failed"));
      } else if (!busy().length) watching = clearInterval(watching) || 0;
    }, 1500);
  };

  // Puts text into the box as if it had been typed.
  vv.type = (text) => {
    const box = document.querySelector(BOX);
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    return box;
  };

  // Puts back what was being typed. Gradio may empty the box once more while it starts, so it is looked at for a while.
  const resume = (looks = 12) => {
    const box = document.querySelector(BOX);
    const draft = memory.draft();
    if (!draft || !box) return;
    if (!box.value) vv.type(draft);
    if (looks) setTimeout(resume, 250, looks - 1);
    else memory.draft("");
  };

  const ask = (question, linked) => {
    if (sent || busy().length) return;
    document.querySelector("#vv-tabs [role=tab][aria-selected=false]:first-child")?.click();
    watchServer();
    chosen = true;
    trigger("submit", { question, linked });
  };
  vv.ask = ask;
  vv.replacing = (id) => {
    replaced = id;
    document.dispatchEvent(new CustomEvent("vv-replacing", { detail: id }));
  };

  // A question that stands in the address is asked once; the address is then the profile's again.
  const answerAddress = (address) => {
    const question = vv.next || address.searchParams.get("q");
    const linked = vv.next ? null : address.searchParams.get("c");
    vv.next = "";
    ["q", "c"].forEach((name) => address.searchParams.delete(name));
    history.replaceState(null, "", address);
    if (question) setTimeout(ask, 0, question, linked);
  };

  const show = ({ profile: slug, title }) => {
    const address = new URL(location.href);
    const first = !log.dataset.shown;
    profile = slug;
    log.dataset.shown = slug || "-";
    vv.visit = { profile: slug };
    document.title = title;
    document.body.dataset.vvView = slug ? "person" : "directory";
    [...log.children].forEach((t) => (t.hidden = t.dataset.profile !== slug));
    vv.replacing(null);
    tellFoot();
    document.dispatchEvent(new Event("vv-close"));
    resume();
    if (!slug) return;
    if (first && memory.of(slug).shown.length) threadOf(slug).lastElementChild.scrollIntoView({ block: "start" });
    answerAddress(address);
  };

  const render = () => {
    const { profile: slug, id, html, turns, title } = props.value || {};
    if (id === undefined) return;
    if (id === "start") cut();
    else replace(slug, id);
    sent = false;
    const fresh = place(slug, id, html);
    if (title) return show(props.value);
    if (fresh && html) fresh.scrollIntoView({ block: "start", behavior: vv.reduced.matches ? "auto" : "smooth" });
    if (!busy().length) keep(slug, id, html, turns);
  };

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-ask]");
    if (button) ask(button.dataset.ask);
  });
  document.addEventListener("vv-clear", () => {
    if (busy().length) return;
    memory.clear(profile);
    threadOf(profile).querySelectorAll(":scope > div:not([data-id=start])").forEach((e) => e.remove());
    vv.replacing(null);
    tellFoot();
    document.dispatchEvent(new Event("vv-close"));
    document.querySelector(BOX).focus();
  });
  document.addEventListener("vv-failed", cut);
  document.addEventListener("vv-asked", watchServer);
  // Gradio sends whatever it is told to: one question at a time is our rule, and one that is pressed too early stays in the box.
  const hold = (event) => {
    if (!sent && !busy().length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && event.target.matches(BOX)) hold(event);
  }, true);
  document.addEventListener("click", (event) => event.target.closest("#vv-send") && hold(event), true);
  vv.settled = () => (sent = false);
  vv.asking = ({ profile: slug }) => {
    sent = true;
    if (!chosen) memory.draft("");
    chosen = false;
    watchServer();
    const { turns } = memory.of(slug);
    return replaced ? turns.slice(0, memory.before(replaced)) : turns;
  };
  memory.profiles().forEach((slug) => memory.of(slug).shown.forEach(([id, html]) => place(slug, id, html)));
  watch("value", render);
  render();
};
