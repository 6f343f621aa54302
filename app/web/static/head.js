// The head: who is visited, the way to others and back, the language. The address follows, and the browser's back button.
vv.parts.head = (element, trigger, props, watch) => {
  const go = (profile) => {
    document.dispatchEvent(new Event("vv-asked"));
    trigger("select", { profile });
  };

  // Opens a profile, or the directory; `question` is asked there.
  vv.go = (profile, question = "") => {
    if (profile === vv.visit.profile && !question) return;
    const address = new URL(location.pathname, location.origin);
    if (profile) address.searchParams.set("profile", profile);
    history.pushState(null, "", address);
    vv.next = question;
    go(profile);
    scrollTo(0, 0);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-choose]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    vv.go(link.dataset.choose);
  });
  addEventListener("popstate", () => {
    const profile = new URL(location.href).searchParams.get("profile") || "";
    if (profile !== vv.visit.profile) go(profile);
  });
  element.addEventListener("click", ({ target }) => {
    if (target.closest(".vv-tongue")) vv.speak(vv.language === "zh" ? "en" : "zh");
  });
  const render = () => vv.fill(element);
  watch("value", render);
  render();
};
