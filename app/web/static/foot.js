// Below the question box: what answers are made of, whether the conversation is kept, print, clear.
vv.parts.foot = (element, trigger, props, watch) => {
  let talk = false;

  const render = () => {
    vv.fill(element);
    element.querySelector(".vv-keeps").checked = vv.memory.keeps;
    element.querySelector(".vv-with-talk").hidden = !talk;
  };
  document.addEventListener("vv-talk", ({ detail }) => {
    talk = detail;
    render();
  });
  element.addEventListener("change", ({ target }) => target.matches(".vv-keeps") && vv.memory.wish(target.checked));
  element.addEventListener("click", ({ target }) => {
    if (target.closest(".vv-clear")) document.dispatchEvent(new Event("vv-clear"));
    if (target.closest(".vv-print")) print();
  });

  // On paper every source is listed, and where the page is.
  let opened = [];
  let address = null;
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(".vv-sources:not([open])")];
    opened.forEach((list) => (list.open = true));
    address = vv.make("p", { className: "vv-printed", textContent: vv.word("printed_from", { address: location.href }) });
    element.append(address);
  });
  addEventListener("afterprint", () => {
    opened.forEach((list) => (list.open = false));
    address?.remove();
  });
  watch("value", render);
  render();
};
