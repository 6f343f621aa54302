// The Recruiter tab: sends the pasted text or the chosen file, shows the report, and saves it as a file. Nothing is kept.

const MOST_BYTES = 700_000;
let last = null; // the downloads of the report that is shown
let asked = 0; // the newest request; what an older one answers is dropped

const part = (root, name) => root.querySelector(`.vv-match-${name}`);

const tell = (root, words, isError = false) => {
  const status = part(root, "status");
  status.textContent = words;
  status.classList.toggle("vv-match-error", isError);
};

const inBase64 = (file) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",", 2)[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

const send = async (root) => {
  const text = root.querySelector("#vv-match-text").value;
  const file = root.querySelector("#vv-match-file").files[0];
  if (!file && !text.trim()) return tell(root, vv.word("match_empty"), true);
  if (file && file.size > MOST_BYTES) return tell(root, vv.word("match_too_large"), true);
  const mine = ++asked;
  const button = part(root, "send");
  button.disabled = true;
  tell(root, vv.word("match_busy"));
  try {
    const { profile, language } = root.dataset;
    const body = { profile, language, ...(file ? { file: { name: file.name, base64: await inBase64(file) } } : { text }) };
    const response = await vv.post("v1/match/view", body);
    const said = await response.json();
    if (mine !== asked) return;
    const wait = response.status === 429 && vv.word("wait", { wait: vv.spoken(response.headers.get("retry-after")) });
    if (!response.ok) return tell(root, wait || said.error.message, true);
    last = said;
    const report = part(root, "report");
    report.replaceChildren(...vv.nodesOf(said.html));
    tell(root, "");
    report.focus({ preventScroll: true });
    report.scrollIntoView({ block: "start" });
  } catch {
    if (mine === asked) tell(root, vv.word("match_lost"), true);
  } finally {
    if (mine === asked) button.disabled = false;
  }
};

const save = (kind, profile) => {
  const [type, ending] = kind === "page" ? ["text/html", "html"] : ["text/markdown", "md"];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([last[kind]], { type: `${type};charset=utf-8` }));
  link.download = `match-${profile}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

vv.parts.recruiter = (element) => {
  element.addEventListener("submit", (event) => {
    const root = event.target.closest(".vv-match");
    if (!root) return;
    event.preventDefault();
    send(root);
  });
  element.addEventListener("reset", (event) => {
    const root = event.target.closest(".vv-match");
    if (!root) return;
    asked += 1;
    last = null;
    part(root, "send").disabled = false;
    part(root, "report").replaceChildren();
    tell(root, "");
  });
  element.addEventListener("click", (event) => {
    const button = event.target.closest("[data-download]");
    if (button && last) save(button.dataset.download, button.closest("[data-profile]").dataset.profile);
  });
};
