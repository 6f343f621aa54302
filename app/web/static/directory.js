// The directory: finds people as one types, and compares two that are ticked.
vv.parts.directory = (element, trigger, props, watch) => {
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const find = () => {
    const words = folded(element.querySelector("#vv-search")?.value || "").split(/\s+/);
    let found = 0;
    element.querySelectorAll(".vv-person").forEach((person) => {
      const fits = words.every((word) => folded(person.dataset.found).includes(word));
      person.hidden = !fits && !person.querySelector(":checked");
      found += !person.hidden;
    });
    element.querySelector(".vv-none")?.toggleAttribute("hidden", found > 0);
  };

  const compare = () => {
    const ticks = [...element.querySelectorAll(".vv-tick input")];
    const [first, second] = ticks.filter((t) => t.checked);
    const desk = element.querySelector(".vv-compare");
    if (!desk) return;
    ticks.forEach((t) => (t.disabled = Boolean(second) && !t.checked));
    desk.hidden = !first;
    desk.querySelector("[data-compare]").disabled = !second;
    if (!first) return;
    const names = { name: first.value, first: first.value, second: second?.value };
    desk.querySelector(".vv-compared").textContent = vv.word(second ? "compare_two" : "compare_one", names);
  };

  element.addEventListener("input", find);
  element.addEventListener("change", () => {
    compare();
    find();
  });
  element.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-compare]")) return;
    const [first, second] = element.querySelectorAll(".vv-tick input:checked");
    const question = vv.word("compare_question", { first: first.value, second: second.value });
    vv.go(first.dataset.slug, question);
  });
};
