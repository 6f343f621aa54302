// The conversation, by profile: what was shown and what was said. It lives in this tab only and survives a reload of it,
// unless the visitor wants nothing kept; then it ends with the page.
const KEPT = "vivavoce";
const WISH = "vivavoce-keep";
const session = () => sessionStorage;
const local = () => localStorage;

let kept = { people: {}, draft: "" };
try {
  kept = JSON.parse(vv.stored(session, KEPT)) || kept;
} catch {
  // Not ours.
}

const memory = { keeps: vv.stored(local, WISH) !== "no" };
memory.of = (profile) => (kept.people[profile] ??= { shown: [], turns: [] });
memory.profiles = () => Object.keys(kept.people);
memory.save = () => vv.stored(session, KEPT, memory.keeps ? JSON.stringify(kept) : null);
memory.wish = (keeps) => {
  memory.keeps = keeps;
  vv.stored(local, WISH, keeps ? null : "no");
  memory.save();
};
memory.draft = (text) => {
  if (text === undefined) return kept.draft;
  kept.draft = text;
  return memory.save();
};
// How many turns were said before an entry; its id begins with that number.
memory.before = (id) => Number.parseInt(id, 10);
memory.put = (profile, id, html, turns) => {
  const own = memory.of(profile);
  const at = own.shown.findIndex(([other]) => other === id);
  if (html && at >= 0) own.shown[at] = [id, html];
  else if (html) own.shown.push([id, html]);
  else if (at >= 0) own.shown.splice(at, 1);
  if (turns) own.turns = turns;
  memory.save();
};
// Forgets an entry and what followed it.
memory.cut = (profile, id) => {
  const own = memory.of(profile);
  const at = own.shown.findIndex(([other]) => other === id);
  if (at >= 0) own.shown.length = at;
  own.turns.length = Math.min(own.turns.length, memory.before(id));
  memory.save();
};
memory.clear = (profile) => {
  kept.people[profile] = { shown: [], turns: [] };
  memory.save();
};
vv.memory = memory;
