// Shows in the frame what is chosen, and asks the server for the lines that make it so.
const form = document.querySelector("form");
const frame = document.querySelector("iframe");
const status = document.querySelector("[role=status]");
const part = (name) => document.querySelector(`.${name}`);
const base = new URL("../../", location.href).href;
let asked = 0;

const looks = () => {
  const { own, color, position, language, theme, heading } = form.elements;
  const chosen = { color: own.checked ? color.value : "", language: language.value, theme: theme.value, heading: heading.value.trim() };
  if (position.value === "left") chosen.position = "left";
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value));
};

const dress = () => {
  const chat = frame.contentDocument?.querySelector("vivavoce-chat");
  const chosen = looks();
  if (!chat) return;
  const kind = form.elements.kind.value;
  chat.setAttribute("mode", kind === "script" || kind === "pinned" ? "launcher" : "page");
  ["color", "position", "language", "theme", "heading"].forEach((name) => {
    if (chat.getAttribute(name) === (chosen[name] ?? null)) return;
    if (chosen[name]) chat.setAttribute(name, chosen[name]);
    else chat.removeAttribute(name);
  });
};

const write = async () => {
  const mine = ++asked;
  const kind = form.elements.kind.value;
  part("pinned").hidden = kind !== "pinned";
  form.elements.color.disabled = !form.elements.own.checked;
  form.elements.position.forEach((input) => (input.disabled = kind === "element" || kind === "frame"));
  dress();
  const said = await fetch(`lines?${new URLSearchParams({ base, ...looks() })}`).then((reply) => (reply.ok ? reply.json() : null), () => null);
  if (mine !== asked) return;
  part("lines").textContent = said ? said[kind] : document.body.dataset.failed;
  part("policy").textContent = said ? said[kind === "frame" ? "frame_policy" : "policy"] : "";
  part("origins").textContent = said ? said.origins : "";
  status.textContent = "";
};

form.addEventListener("input", write);
form.addEventListener("submit", (event) => event.preventDefault());
frame.addEventListener("load", dress);
document.querySelector("button").addEventListener("click", async () => {
  const done = await navigator.clipboard?.writeText(part("lines").textContent).then(() => true, () => false);
  status.textContent = document.body.dataset[done ? "copied" : "uncopied"];
});
write();
