// What can be done with an answer: copy it, link to it, edit the question, ask it again.
const entryOf = (button) => {
  const exchange = button.closest(".vv-exchange");
  return { exchange, id: exchange.parentElement.dataset.id, question: exchange.querySelector(".vv-asked").textContent };
};

// The clipboard is there on safe origins only; elsewhere the old way is tried.
const toClipboard = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = vv.make("textarea", { value: text, className: "vv-unseen" });
    document.querySelector(".gradio-container").append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
};

const address = (exchange, question) => {
  const link = new URL(location.pathname, location.origin);
  link.searchParams.set("profile", exchange.dataset.profile);
  link.searchParams.set("q", question);
  link.searchParams.set("c", exchange.dataset.fingerprint.slice(0, 12));
  return link.href;
};

// Says for a moment in the button itself that it is done; the button gets its words back.
const confirm = (button, done) => {
  const words = button.dataset.words || button.textContent;
  button.dataset.words = words;
  button.textContent = vv.word(done ? "copied" : "not_copied");
  button.setAttribute("aria-live", "polite");
  setTimeout(() => (button.textContent = words), 1800);
};

const edit = ({ id, question }) => {
  vv.replacing(id);
  const box = vv.type(question);
  box.focus();
  box.setSelectionRange(question.length, question.length);
};

const acts = {
  copy: async (button, { exchange, question }) => confirm(button, await toClipboard(`${question}\n\n${exchange.dataset.text}`)),
  copy_markdown: async (button, { exchange, question }) =>
    confirm(button, await toClipboard(`**${question.replace(/([\\`*_[\]<>#|~])/g, "\\$1")}**\n\n${exchange.dataset.markdown}\n`)),
  copy_link: async (button, { exchange, question }) => confirm(button, await toClipboard(address(exchange, question))),
  edit: (_, entry) => edit(entry),
  retry: (_, { id, question }) => {
    vv.replacing(id);
    vv.ask(question);
  },
  helpful: (button, { exchange }) => vv.vote(button, exchange, true),
  unhelpful: (button, { exchange }) => vv.vote(button, exchange, false),
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button[data-do]");
  if (button) acts[button.dataset.do](button, entryOf(button));
});

// While a question is edited, a line above the box says what asking will do.
document.addEventListener("vv-replacing", ({ detail: id }) => {
  document.querySelectorAll(".vv-edited").forEach((e) => e.classList.remove("vv-edited"));
  document.querySelector(".vv-editing")?.remove();
  if (!id) return;
  document.querySelector(`.vv-thread:not([hidden]) > [data-id="${CSS.escape(id)}"]`)?.classList.add("vv-edited");
  const cancel = vv.make("button", { type: "button", className: "vv-link", textContent: vv.word("cancel") });
  cancel.addEventListener("click", () => {
    vv.replacing(null);
    vv.type("").focus();
  });
  const line = vv.make("p", { className: "vv-editing" }, `${vv.word("editing")} `, cancel);
  document.getElementById("vv-ask")?.before(line);
});
