// The Record tab: filters that hide and show rows by the rules of the API, bars and picture that set them, and links that download what is shown.

const FILTERS = ["q", "year", "venue", "position", "status", "co_author"];
const chosen = { q: "", year: "", venue: "", position: "", status: "", co_author: "" };
const FIRST = 30; // rows shown before the visitor asks for the rest
let unfolded = false;
let coAuthor = ""; // the printed name behind the key in `chosen`

// As `ingest.extract.words.fold`: small letters without their accents.
const plain = (char) => {
  const [letter, ...marks] = char.normalize("NFKD");
  return marks.length && marks.every((mark) => /\p{M}/u.test(mark)) ? letter : char;
};
const folded = (text) => [...text.toLowerCase()].map(plain).join("");

const list = () => document.querySelector(".vv-record [data-part=list]");

const fits = (row) => {
  const { year, venue, position, status, people, text } = row.dataset;
  return (
    (!chosen.year || chosen.year === year) &&
    (!chosen.venue || chosen.venue === venue) &&
    (!chosen.position || position.split(" ").includes(chosen.position)) &&
    (!chosen.status || chosen.status === status) &&
    (!chosen.co_author || people.split("\n").includes(chosen.co_author)) &&
    folded(chosen.q).split(/\s+/).every((word) => text.includes(word))
  );
};

const show = () => {
  const part = list();
  const rows = [...part.querySelectorAll("tbody tr")];
  if (!rows.length) return;
  const fitting = rows.filter(fits);
  const shown = fitting.length;
  const some = new Set(unfolded || shown <= FIRST + 5 ? fitting : fitting.slice(0, FIRST));
  rows.forEach((row) => (row.hidden = !some.has(row)));
  const rest = part.querySelector("[data-rest]");
  rest.hidden = some.size === shown;
  rest.textContent = rest.dataset.words.replace("{n}", shown - some.size);
  const asked = FILTERS.filter((name) => chosen[name].trim());
  const status = part.querySelector("[role=status]");
  status.textContent = asked.length ? status.dataset.some.replace("{n}", shown) : status.dataset.all;
  part.querySelector(".vv-record-nothing").hidden = shown > 0;
  part.querySelector(".vv-record-table").hidden = !shown;
  part.querySelector("[data-clear]").hidden = !asked.length;
  part.querySelectorAll(".vv-record-filters [data-filter]").forEach((input) => {
    if (input.value !== chosen[input.dataset.filter]) input.value = chosen[input.dataset.filter];
  });
  const chip = part.querySelector("[data-remove]");
  chip.hidden = !chosen.co_author;
  chip.textContent = `${chip.dataset.words.replace("{name}", coAuthor)} ✕`;
  chip.setAttribute("aria-label", chip.dataset.label.replace("{name}", coAuthor));
  document.querySelectorAll(".vv-record :is(.vv-record-bar, .vv-record-year, .vv-record-node)").forEach((button) => {
    button.setAttribute("aria-pressed", chosen[button.dataset.filter] === (button.dataset.key || button.dataset.value));
  });
  const query = new URLSearchParams(asked.map((name) => [name, name === "co_author" ? coAuthor : chosen[name].trim()]));
  part.querySelectorAll("a[data-base]").forEach((link) => {
    link.href = asked.length ? `${link.dataset.base}?${query}` : link.dataset.base;
  });
};

const reach = (name) => {
  const heading = document.querySelector(`.vv-record [data-part=${name}] h2`);
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "start", behavior: vv.reduced.matches ? "auto" : "smooth" });
};

const clear = () => FILTERS.forEach((name) => (chosen[name] = ""));

// One bar asks for its own publications, not for those that an earlier one left; the same bar again takes it back.
const pick = ({ filter: name, value, key = value }) => {
  const again = chosen[name] === key;
  clear();
  chosen[name] = again ? "" : key;
  coAuthor = name === "co_author" ? value : "";
  show();
  if (!again) reach("list");
};

const sort = (button) => {
  const name = button.dataset.sort;
  const head = button.closest("th");
  const up = head.getAttribute("aria-sort") !== "ascending";
  const body = list().querySelector("tbody");
  const of = (row) => (name === "year" ? Number(row.dataset.year) || 0 : row.dataset[name]);
  const unstated = (row) => row.dataset[name] === "not_stated";
  const rows = [...body.children].sort((a, b) => {
    if (unstated(a) !== unstated(b)) return unstated(a) ? 1 : -1;
    const [x, y] = [of(a), of(b)];
    const order = name === "year" ? x - y : x.localeCompare(y);
    return (up ? order : -order) || a.dataset.n - b.dataset.n;
  });
  head.parentElement.querySelectorAll("[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  body.append(...rows);
  show();
};

// Arrow keys walk over the people of the picture, the nearest in that direction next; one of them at a time can be tabbed to.
const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const walk = (node, [dx, dy]) => {
  const at = (other) => {
    const circle = other.querySelector("circle");
    return [circle.cx.baseVal.value, circle.cy.baseVal.value];
  };
  const [x, y] = at(node);
  const far = (other) => {
    const [along, across] = [(at(other)[0] - x) * dx + (at(other)[1] - y) * dy, (at(other)[0] - x) * dy + (at(other)[1] - y) * dx];
    return along > 0.5 ? along + 2 * Math.abs(across) : Infinity;
  };
  const others = [...node.parentElement.querySelectorAll(".vv-record-node")].filter((other) => other !== node && far(other) < Infinity);
  if (!others.length) return;
  const next = others.reduce((best, other) => (far(other) < far(best) ? other : best));
  node.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
};

document.addEventListener("click", ({ target }) => {
  const bar = target.closest(".vv-record [data-filter][data-value]");
  if (bar) pick(bar.dataset);
  const column = target.closest("#vv-record-plot path[aria-roledescription=bar]");
  const year = column?.__data__?.datum?.year;
  const same = year !== undefined && [...document.querySelectorAll(".vv-record-year")].find((b) => b.dataset.shown === String(year));
  if (same) same.click();
  if (!target.closest(".vv-record")) return;
  if (target.closest("[data-jump]")) reach(target.closest("[data-jump]").dataset.jump);
  if (target.closest("[data-rest]")) {
    const next = [...list().querySelectorAll("tbody tr")].find((row) => row.hidden && fits(row));
    unfolded = true;
    show();
    next.querySelector("button").focus();
  }
  if (target.closest("[data-sort]")) sort(target.closest("[data-sort]"));
  if (target.closest("[data-remove]")) {
    chosen.co_author = "";
    show();
    list().querySelector("input[type=search]").focus();
  }
  if (target.closest("[data-clear]")) {
    clear();
    show();
    list().querySelector("input[type=search]").focus();
  }
});

document.addEventListener("input", ({ target }) => {
  if (!target.matches(".vv-record-filters [data-filter]")) return;
  chosen[target.dataset.filter] = target.value;
  show();
});

document.addEventListener("keydown", (event) => {
  const node = event.target.closest?.(".vv-record-node");
  if (!node) return;
  if (STEPS[event.key]) walk(node, STEPS[event.key]);
  else if (event.key === "Enter" || event.key === " ") pick(node.dataset);
  else return;
  event.preventDefault();
});

vv.parts.record = (element, trigger, props, watch) => {
  const frame = element.querySelector(".vv-record");
  const place = () => {
    const { profile, html } = props.value || {};
    if (html === undefined) return;
    frame.dataset.profile = profile;
    frame.replaceChildren(...vv.nodesOf(html));
    if (!frame.querySelector("[data-part=list] tbody")) return;
    unfolded = false;
    clear();
    show();
  };
  watch("value", place);
  place();
};
