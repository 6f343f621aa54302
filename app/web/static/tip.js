// What a citation leads to, shown beside its number while the mouse or the focus is on it; it can be pointed at, and Escape hides it.
const tip = vv.make("div", { className: "vv-tip", id: "vv-tip", hidden: true });
tip.setAttribute("role", "tooltip");
let chip = null;
let leaving = 0;

const hide = () => {
  clearTimeout(leaving);
  tip.hidden = true;
  chip?.removeAttribute("aria-describedby");
  chip = null;
};

const show = (next) => {
  clearTimeout(leaving);
  if (chip === next) return;
  hide();
  chip = next;
  const where = vv.make("span", { className: "vv-where", textContent: chip.dataset.where });
  const quote = vv.make("span", { className: "vv-quote", textContent: chip.dataset.quote });
  tip.replaceChildren(where, quote);
  chip.setAttribute("aria-describedby", "vv-tip");
  if (!tip.isConnected) document.querySelector(".gradio-container").append(tip);
  tip.hidden = false;
  const at = chip.getBoundingClientRect();
  const size = tip.getBoundingClientRect();
  const above = at.top > size.height + 16;
  const left = Math.min(Math.max(at.left + at.width / 2 - size.width / 2, 12), document.documentElement.clientWidth - size.width - 12);
  tip.style.left = `${left}px`;
  tip.style.top = `${above ? at.top - size.height - 6 : at.bottom + 6}px`;
};

const leave = () => {
  clearTimeout(leaving);
  leaving = setTimeout(hide, 160);
};

document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType !== "mouse") return;
  const next = target.closest?.(".vv-cite[data-quote]");
  if (next) show(next);
  else if (tip.contains(target)) clearTimeout(leaving);
  else if (chip && !chip.matches(":focus-visible")) leave();
});
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".vv-cite[data-quote]:focus-visible")) show(target);
  else hide();
});
document.addEventListener("focusout", () => chip && leave());
document.addEventListener("click", hide);
document.addEventListener("scroll", hide, { passive: true, capture: true });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || tip.hidden) return;
  hide();
  event.stopImmediatePropagation();
});
