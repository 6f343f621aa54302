// The source of a citation. Any button with data-document, data-start, data-end, data-n and data-digest opens it, wherever it stands.
vv.parts.evidence = (element, trigger, props, watch) => {
  const panel = element.querySelector(".vv-evidence");
  vv.fill(element);
  const body = panel.querySelector(".vv-evidence-body");
  let opener = null;
  let view = "page"; // as the visitor last chose, and so is the size
  let large = false;

  const beside = () => ["vv-head", "vv-tabs"].map((id) => document.getElementById(id)).filter(Boolean);
  const modal = () => {
    const covers = !panel.hidden && vv.narrow.matches;
    beside().forEach((part) => (part.inert = covers));
    panel.setAttribute("role", covers ? "dialog" : "complementary");
    if (covers) panel.setAttribute("aria-modal", "true");
    else panel.removeAttribute("aria-modal");
  };

  const open = (button) => {
    if (opener) opener.setAttribute("aria-expanded", "false");
    opener = button;
    opener.setAttribute("aria-expanded", "true");
    body.replaceChildren(vv.make("p", { className: "vv-waiting", textContent: vv.word("opening_source") }));
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
    if (opener && opener.isConnected) opener.focus({ preventScroll: vv.narrow.matches });
    if (opener) opener.setAttribute("aria-expanded", "false");
    opener = null;
  };

  const render = () => {
    if (!props.value || panel.hidden) return;
    body.replaceChildren(...vv.nodesOf(props.value.html));
    vv.report(opener, body);
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
    if (waiting) waiting.textContent = vv.word("source_unavailable");
  });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-document]");
    if (!button) return;
    open(button);
    document.dispatchEvent(new Event("vv-asked"));
    trigger("click", { profile: button.closest("[data-profile]").dataset.profile, ...button.dataset });
  });
  document.addEventListener("vv-close", close);
  vv.narrow.addEventListener("change", modal);
  watch("value", render);
};
