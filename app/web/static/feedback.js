// Whether an answer helped, and what is wrong with one of its sources: sent to this server, for the owner of the profile.
const send = (body) =>
  fetch("v1/feedback", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }).then(
    (reply) => reply.ok,
    () => false,
  );

const about = (exchange) => ({ profile: exchange.dataset.profile, fingerprint: exchange.dataset.fingerprint });
const WORDS = 1000;
const REASONS = ["wrong", "incomplete", "off_point", "unclear", "other"];

const status = (after, key) => {
  let line = after.parentElement.querySelector(":scope > .vv-thanks");
  if (!line) {
    line = vv.make("p", { className: "vv-thanks" });
    line.setAttribute("role", "status");
    after.after(line);
  }
  line.textContent = vv.word(key);
};

const labelled = (input, words) => vv.make("label", {}, input, vv.make("span", { textContent: words }));

// A form that ends with what is kept of it; `body` says what is sent. Resolves to whether it was.
const form = ({ title, reasons, question, privacy, body, after, done }) => {
  const fields = vv.make("form", { className: "vv-feedback" });
  const own = vv.make("fieldset", {}, vv.make("legend", { textContent: vv.word(title) }));
  reasons.forEach((reason) => {
    const input = vv.make("input", { type: "radio", name: "reason", value: reason, required: true });
    own.append(labelled(input, vv.word(`feedback_${reason}`)));
  });
  const words = vv.make("textarea", { name: "words", rows: 2, maxLength: WORDS, required: !reasons.length });
  const text = vv.make("label", { className: "vv-words" }, vv.make("span", { textContent: vv.word("feedback_words") }), words);
  if (!reasons.length) text.firstChild.remove();
  if (!reasons.length) words.setAttribute("aria-label", vv.word(title));
  const along = vv.make("input", { type: "checkbox", name: "question" });
  const close = () => {
    fields.remove();
    after.focus?.();
  };
  const cancel = vv.make("button", { type: "button", className: "vv-link", textContent: vv.word("cancel") });
  cancel.addEventListener("click", close);
  const submit = vv.make("button", { type: "submit", className: "vv-primary", textContent: vv.word("feedback_send") });
  fields.append(own, text, ...(question ? [labelled(along, vv.word("feedback_keep_question"))] : []));
  fields.append(vv.make("p", { className: "vv-privacy", textContent: vv.word(privacy) }));
  fields.append(vv.make("div", { className: "vv-buttons" }, submit, cancel));
  fields.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    const chosen = fields.elements.reason ? { reason: fields.elements.reason.value } : {};
    const sent = await send({ ...body, ...chosen, words: words.value.trim(), ...(along.checked ? { question } : {}) });
    submit.disabled = false;
    status(fields, sent ? "feedback_thanks" : "feedback_failed");
    if (!sent) return;
    fields.remove();
    done();
  });
  fields.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  return fields;
};

const press = (button) => {
  const tools = button.closest(".vv-votes");
  tools.querySelectorAll("[aria-pressed]").forEach((b) => b.setAttribute("aria-pressed", b === button));
  const exchange = button.closest(".vv-exchange");
  const bare = exchange.cloneNode(true);
  bare.querySelectorAll(".vv-feedback, .vv-thanks").forEach((e) => e.remove());
  vv.memory.put(exchange.dataset.profile, exchange.parentElement.dataset.id, bare.outerHTML);
};

vv.vote = async (button, exchange, helped) => {
  const tools = button.closest(".vv-tools");
  const open = exchange.querySelector(".vv-feedback");
  open?.remove();
  exchange.querySelector(".vv-thanks")?.remove();
  if (helped) {
    const sent = await send({ ...about(exchange), verdict: "helpful" });
    if (sent) press(button);
    return status(tools, sent ? "feedback_thanks" : "feedback_failed");
  }
  if (open) return undefined;
  const body = { ...about(exchange), verdict: "unhelpful" };
  const question = exchange.querySelector(".vv-asked").textContent;
  const done = () => press(button);
  const fields = form({ title: "feedback_title", reasons: REASONS, question, privacy: "feedback_privacy", body, after: button, done });
  tools.after(fields);
  fields.querySelector("input").focus({ preventScroll: true });
  return fields.scrollIntoView({ block: "nearest", behavior: vv.reduced.matches ? "auto" : "smooth" });
};

// In the evidence view: this source does not say what the sentence says.
vv.report = (opener, body) => {
  const exchange = opener.closest(".vv-exchange");
  if (!exchange?.dataset.fingerprint) return;
  const button = vv.make("button", { type: "button", className: "vv-link vv-report", textContent: vv.word("report_source") });
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    const open = body.querySelector(".vv-feedback");
    button.setAttribute("aria-expanded", !open);
    if (open) return open.remove();
    body.querySelector(".vv-thanks")?.remove();
    const { n, document: source, start, end } = opener.dataset;
    const citation = { n: Number(n), document: source, start: Number(start), end: Number(end) };
    const whose = opener.dataset.profile || exchange.dataset.profile;
    const report = { ...about(exchange), profile: whose, verdict: "wrong_citation", citation };
    const done = () => button.remove();
    const fields = form({ title: "report_title", reasons: [], privacy: "report_privacy", body: report, after: button, done });
    line.after(fields);
    return fields.querySelector("textarea").focus();
  });
  const line = vv.make("p", { className: "vv-reporting" }, button);
  body.querySelector(".vv-where")?.after(line);
};
