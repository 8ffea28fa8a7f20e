// Which statements report one utterance: shows two wordings side by side, and sends each decision at once.
import { at, call, element, tell } from "./page.js";

const state = { list: "pairs", items: [], since: 0, place: 0, shown: null, chosen: 0, comment: null, done: [], undone: [], busy: false };

const LISTS = { pairs: "Pairs that may be one", groups: "Put together", disputes: "To settle" };
const KEYS = [
  ["s", "Same utterance", () => judge("same"), "pairs"],
  ["d", "Different utterances", () => judge("different"), "pairs"],
  ["t", "Take the chosen one out", takeOut, "groups"],
  ["c", "Comment", comment],
  ["u", "Undo", () => turn("undo")],
  ["U", "Redo", () => turn("redo")],
  ["j", "Skip", () => go(1)],
  ["k", "Back", () => go(-1)],
  ["g", "Other list", nextList],
];
const ALSO = { ArrowRight: "j", ArrowLeft: "k" };

const ask = (path, values) => call(path, state.list === "disputes" ? "disputes" : null, values);

async function guarded(action) {
  if (state.busy) return;
  state.busy = true;
  document.body.classList.add("busy");
  try {
    await action();
  } catch (error) {
    tell(error.message);
  } finally {
    state.busy = false;
    document.body.classList.remove("busy");
  }
}

// What is shown.

async function load(list, place) {
  state.list = list;
  showKeys();
  at("progress").textContent = "looking for them …";
  const found = await ask(`utterances/list?list=${list}`);
  Object.assign(state, { items: found.items, since: found.since, done: [], undone: [] });
  await open(place || 0);
}

async function open(place) {
  state.place = Math.max(0, Math.min(place, state.items.length - 1));
  state.chosen = 0;
  const item = state.items[state.place];
  if (!item) {
    state.shown = null;
    at("sides").replaceChildren(element("p", { class: "who" }, { pairs: "No pair waits for a decision.", groups: "No utterance has several statements.", disputes: "Nothing is to be settled." }[state.list]));
    at("why").textContent = "";
    at("progress").textContent = "";
    return;
  }
  const path = state.list === "groups"
    ? `utterances/group?iri=${encodeURIComponent(item.iri)}`
    : `utterances/pair?one=${encodeURIComponent(item.one)}&other=${encodeURIComponent(item.other)}`;
  state.shown = await ask(path);
  show();
  if (state.shown.together) tell("These two are one utterance by now.", true);
}

function show() {
  const item = state.items[state.place];
  const groups = state.list === "groups";
  at("progress").textContent = `${state.place + 1} of ${state.items.length}, ${state.done.length} decided`;
  at("why").replaceChildren(...(groups
    ? [`${state.shown.sides.length} statements of one utterance, put together ${item.by_people ? "by people" : "by the rule"}. Choose one, or type its number.`]
    : [`Likeness ${item.likeness.toFixed(2)}: ${item.reasons.join("; ")}. `,
      item.cautions.length ? element("b", { class: "but" }, `But: ${item.cautions.join("; ")}. `) : "",
      ...item.said.map(([coder, what]) => element("span", { class: "told" }, `${coder}: ${what}. `))]));
  at("sides").className = groups ? "many" : "two";
  at("sides").replaceChildren(...state.shown.sides.map((side, number) => sideOf(side, number, groups)));
  if (state.comment) tell(`Comment for the next decision: ${state.comment}`, true);
}

function sideOf(side, number, groups) {
  const words = side.pieces.flatMap(([common, text], place) =>
    [place ? " " : "", common ? text : element("mark", { class: number && !groups ? "there" : "here" }, text)]);
  const stances = side.positions.map((one) => `${one.stance} ${one.position}`).join(", ");
  return element("article", { class: groups && number === state.chosen ? "report picked" : "report" },
    groups ? choice(number) : "",
    element("p", { class: "sub" }, `${side.outlet || "unknown outlet"}, ${side.published || "undated"}`),
    element("h2", {}, side.title),
    element("p", { class: "who" }, side.who),
    element("p", { class: "when" }, [side.office, side.said ? `said ${side.said}` : "at an unknown time", `${side.quote} speech`].filter(Boolean).join(", ")),
    element("p", { class: "saying" }, element("span", { class: "around" }, `…${side.before}`), ...words, element("span", { class: "around" }, `${side.after}…`)),
    stances ? element("p", { class: "sub" }, stances) : "",
    side.others.length ? element("div", { class: "others" }, element("p", { class: "sub" }, `In one utterance with it (${side.others.length}):`),
      element("ul", {}, ...side.others.map((one) => element("li", {}, element("span", { class: "sub" }, `${one.source}: `), one.words)))) : "");
}

// Keys reach the first nine alone, and a mouse or a finger none.
function choice(number) {
  return element("button", { type: "button", class: "choice", "aria-pressed": String(number === state.chosen), onclick: () => choose(number) },
    element("kbd", {}, String(number + 1)), "Choose");
}

function choose(number) {
  state.chosen = number;
  show();
  document.querySelectorAll(".choice")[number].focus();
}

function showKeys() {
  const here = state.list === "groups" ? "groups" : "pairs";
  const button = ([key, words, action]) => element("button", { type: "button", "data-key": key, onclick: () => { action(); } }, element("kbd", {}, key), words);
  const mine = KEYS.filter((one) => !one[3] || one[3] === here);
  at("keys").replaceChildren(
    element("div", { class: "main" }, ...mine.filter((one) => one[3]).map(button)),
    ...mine.filter((one) => !one[3]).map(button));
  at("lists").replaceChildren(...Object.entries(LISTS).map(([list, words]) =>
    element("button", { type: "button", "aria-pressed": String(list === state.list), onclick: () => guarded(() => { tell(""); return load(list); }) }, words)));
}

// What is done.

async function go(step) {
  if (state.place + step >= state.items.length) { tell("That was the last one.", true); return; }
  tell("");
  await guarded(() => open(state.place + step));
}

function judge(act) {
  if (!state.shown) return;
  guarded(async () => {
    const statements = state.shown.sides.map(({ iri, version }) => ({ iri, version }));
    await send({ act, statements });
    if (state.place + 1 < state.items.length) await open(state.place + 1);
    else show();
  });
}

function takeOut() {
  if (!state.shown) return;
  guarded(async () => {
    const { iri, version } = state.shown.sides[state.chosen];
    const left = state.shown.sides.find((side) => side.iri !== iri);
    await send({ act: "out", statements: [{ iri, version }] });
    if (left) state.items[state.place].iri = left.iri;
    await open(state.place);
  });
}

async function send(values) {
  try {
    const answer = await ask("utterances/decide", { ...values, since: state.since, comment: state.comment });
    state.comment = null;
    state.done.push(state.place);
    state.undone = [];
    tell(`${answer.told[0].toUpperCase()}${answer.told.slice(1)}.`, true);
  } catch (error) {
    if (error.status === 409) await load(state.list, state.place);
    throw error;
  }
}

function turn(act) {
  guarded(async () => {
    await ask("utterances/decide", { act });
    const [from, to] = act === "undo" ? [state.done, state.undone] : [state.undone, state.done];
    const place = from.length ? from.pop() : null;
    if (place === null) await load(state.list, state.place);
    else { to.push(place); await open(place); }
    tell(act === "undo" ? "Undone." : "Done again.", true);
  });
}

function nextList() {
  const lists = Object.keys(LISTS);
  guarded(() => { tell(""); return load(lists[(lists.indexOf(state.list) + 1) % lists.length]); });
}

function comment() {
  at("ask").hidden = false;
  at("answer").value = state.comment || "";
  at("answer").focus();
}

function closeComment() {
  at("ask").hidden = true;
  at("answer").blur();
}

at("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  state.comment = at("answer").value.trim() || null;
  closeComment();
  if (state.shown) show();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (!at("ask").hidden) {
    if (event.key === "Escape") closeComment();
    return;
  }
  const number = Number(event.key);
  if (state.list === "groups" && state.shown && number >= 1 && number <= Math.min(9, state.shown.sides.length)) {
    choose(number - 1);
    event.preventDefault();
    return;
  }
  const key = ALSO[event.key] || event.key;
  const here = state.list === "groups" ? "groups" : "pairs";
  const found = KEYS.find((one) => one[0] === key && (!one[3] || one[3] === here));
  if (found) { event.preventDefault(); found[2](); }
});

guarded(() => load("pairs"));
