// The panel in which an owner puts together the lines for another page: a page of its own in a dialog, loaded when it is asked for.
let dialog = null;

const open = () => {
  dialog?.remove();
  const address = `embed/${encodeURIComponent(vv.visit.profile)}/panel?language=${vv.language}`;
  const close = vv.make("button", { type: "button", className: "vv-close", textContent: "✕" });
  close.setAttribute("aria-label", vv.word("embed_close"));
  close.addEventListener("click", () => dialog.close());
  dialog = vv.make("dialog", { className: "vv-embed" }, close, vv.make("iframe", { src: address, title: vv.word("embed_title") }));
  dialog.setAttribute("aria-label", vv.word("embed_title"));
  document.querySelector(".gradio-container").append(dialog);
  dialog.showModal();
};

document.addEventListener("click", ({ target }) => target.closest(".vv-embed-open") && open());
