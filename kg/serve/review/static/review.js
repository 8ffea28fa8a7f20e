// Review in the browser: shows one statement or passage after the other and sends each decision at once.

import { moved, selection, showText, spansOf } from "./article.js";
import { estimates } from "./estimates.js";
import { WAITS, at, call, element, material, tell } from "./page.js";
import { ask, choose, closeQuestion, questionKey } from "./questions.js";
import { linesOf, passageView, showHead, statementView } from "./views.js";

// `shown` is the statement that keys act on: the one of the queue, or the one that is picked of a `passage`.
const state = { mode: material.mode, queue: [], place: 0, done: 0, articles: [], shown: null, passage: null, stance: 0, pending: null, busy: false };
const TURN = { supports: "opposes", opposes: "supports", neutral: "supports" };

// Everything that a key does; the page lists them, and each is a button too.
const OF_STATEMENT = [
  ["a", "Right", accept, true],
  ["r", "Wrong: strike out", () => decide({ act: "reject" }, true), true],
  ["s", "Turn: for, against", () => turn(TURN)],
  ["0", "Neutral", () => turn({})],
  ["p", "Other position", () => choosePosition("Which position is it?", movePosition)],
  ["n", "One more stance", () => choosePosition("On which position?", addStance)],
  ["x", "Take stance out", () => withStance((one) => decide({ act: "no-stance", position: one.position }))],
  ["o", "Condition", condition],
  ["w", "Who said it", who],
  ["d", "Date", date],
  ["e", "Words: as selected", () => selected((start, end) => decide({ act: "content", start, end }))],
  ["[", "Begin a word earlier", () => widen(0, -1)],
  ["]", "End a word later", () => widen(1, 1)],
  ["{", "Begin a word later", () => widen(0, 1)],
  ["}", "End a word earlier", () => widen(1, -1)],
  ["/", "Split at the selection", () => selected(split)],
  ["+", "Missed: add selected", () => selected(addMissed)],
  ["m", "Same speech as", merge],
  ["c", "Comment", () => ask("Comment", "", [], "", (comment) => comment && decide({ act: "comment", comment }))],
  ["u", "Undo", () => decide({ act: "undo" })],
  ["U", "Redo", () => decide({ act: "redo" })],
  ["j", "Pass over", () => go(1)],
  ["k", "Back", () => go(-1)],
];
const OF_PASSAGE = [
  ["a", "All of it is here, and right", look, true],
  ["r", "Wrong: strike out", () => state.shown && decide({ act: "reject" }), true],
  ["+", "Missed: add selected", () => selected(addMissed)],
];
const ALWAYS = "[]{}+uUjk"; // what a passage without any statement offers
const ADOPT = ["v", "Take a coder's version", adopt, true];
const ALSO = { Enter: "a", ArrowRight: "j", ArrowLeft: "k" };
const WIDENING = "[]{}";

function keys() {
  if (state.passage) {
    const own = OF_PASSAGE.map(([key]) => key);
    const rest = OF_STATEMENT.filter(([key]) => !own.includes(key) && (state.shown || ALWAYS.includes(key)));
    return [...OF_PASSAGE.filter(([key]) => key !== "r" || state.shown), ...rest];
  }
  if (!state.shown) return [];
  const many = state.shown.versions.length > 1;
  return many ? [...OF_STATEMENT.slice(0, 2), ADOPT, ...OF_STATEMENT.slice(2)] : OF_STATEMENT;
}

// Does what a key does. Words that were moved come first: they are written or left, never dropped in silence.
function act(key, action) {
  const uses = "e/+".includes(key) && !selection();
  if (!state.pending || uses || WIDENING.includes(key) || key === "Escape") action();
  else if (key === "a" && state.shown) decide({ act: "content", start: state.pending[0], end: state.pending[1] });
  else tell(`First ${state.shown ? "Enter to write" : "+ to add"} these words, or Esc to leave them as they were.`);
}

function selected(use) {
  const found = selection() || state.pending;
  if (found) use(...found);
  else tell("First select words of the article with the mouse, or move the ends of the words with [ ] { }.");
}

// What is shown.

function show(shown) {
  Object.assign(state, { shown, pending: null });
  state.stance = Math.min(state.stance, Math.max(0, shown.record.positions.length - 1));
  showHead(shown.article);
  showText(shown.article.text, spansOf(shown.record), null);
  showStatement();
  showKeys();
  showProgress();
}

function showStatement() {
  at("statement").dataset.iri = state.shown.iri;
  delete at("statement").dataset.passage;
  at("statement").replaceChildren(...statementView(state.shown, state.stance, (state.queue[state.place] || {}).reasons || []));
}

function showPassage(passage, iri) {
  Object.assign(state, { passage, pending: null });
  const kept = passage.cases.find((one) => one.iri === iri);
  if (!kept) { // what was asked was about another one
    state.stance = 0;
    closeQuestion();
  }
  state.shown = kept || passage.cases[0] || null;
  if (state.shown) state.stance = Math.min(state.stance, Math.max(0, state.shown.record.positions.length - 1));
  showHead(passage.article);
  showText(passage.article.text, passage.cases.flatMap((one) => spansOf(one.record)), [passage.start, passage.end]);
  showLines();
  showKeys();
  showProgress();
}

function showLines() {
  if (state.shown) at("statement").dataset.iri = state.shown.iri;
  else delete at("statement").dataset.iri;
  at("statement").dataset.passage = [state.queue[state.place].article, state.passage.start, state.passage.end].join(" ");
  at("statement").replaceChildren(...passageView(state.passage, state.shown, state.stance, (index) => act(String(index + 1), () => pick(index))));
}

function pick(index) {
  const line = linesOf(state.passage)[index];
  if (!line) return;
  closeQuestion();
  state.shown = line.one;
  state.stance = line.number;
  showLines();
}

function showProgress() {
  const decided = state.done + state.queue.filter((one) => one.status !== WAITS).length;
  const all = state.done + state.queue.length;
  at("done").max = Math.max(1, all);
  at("done").value = decided;
  const kind = state.passage ? "passage " : "";
  const left = state.mode === "articles" && state.articles.length ? `; then ${state.articles.length} more article${state.articles.length > 1 ? "s" : ""}` : "";
  at("progress").textContent = state.queue.length ? `${kind}${state.done + state.place + 1} of ${all}, ${decided} decided${left}` : "";
}

function showKeys() {
  const own = state.shown && !state.passage && isMine(state.shown);
  const button = ([key, words, action]) => {
    const shown = key === "a" && own ? "Done: the next one" : words;
    return element("button", { type: "button", "data-key": key, onclick: () => { act(key, action); } }, element("kbd", {}, key === "a" ? "Enter" : key), shown);
  };
  const main = keys().filter((one) => one[3]);
  at("keys").replaceChildren(
    ...(main.length ? [element("div", { class: "main" }, ...main.map(button))] : []),
    ...keys().filter((one) => !one[3]).map(button));
}

// Where one is.

async function load(mode) {
  state.mode = mode;
  Object.assign(state, { queue: [], place: 0, done: 0, articles: [], shown: null, passage: null });
  for (const one of document.querySelectorAll("[data-mode]")) {
    if (one.dataset.mode === mode) one.setAttribute("aria-current", "page");
    else one.removeAttribute("aria-current");
  }
  at("filters").hidden = mode !== "queue";
  if (mode === "sample") await loadSample();
  else if (mode === "articles") {
    state.articles = (await call("choices", mode)).article.map((one) => one.iri);
    await nextArticle();
  }
  else {
    const chosen = new URLSearchParams(new FormData(at("filters")));
    state.queue = await call(mode === "queue" ? `queue?${chosen}` : "queue", mode);
    if (mode === "disputes") for (const one of state.queue) one.status = WAITS;
  }
  await openItem(0);
}

async function loadSample() {
  const found = await call("sample", state.mode);
  state.done = found.done;
  state.size = found.size;
  state.queue = [...found.statements.map((iri) => ({ iri, status: WAITS })), ...found.passages.map((one) => ({ ...one, status: WAITS }))];
}

// Fills the queue with the passages of the next article that has statements waiting.
async function nextArticle() {
  state.queue = [];
  while (state.articles.length && !state.queue.length) {
    const article = state.articles.shift();
    const found = await call(`passages?${new URLSearchParams({ article })}`, state.mode);
    state.queue = found.map((one) => ({ ...one, status: WAITS }));
  }
}

async function openItem(place) {
  closeQuestion();
  state.stance = 0;
  if (!state.queue.length) { await showEnd(); return; }
  state.place = Math.max(0, Math.min(place, state.queue.length - 1));
  const item = state.queue[state.place];
  state.passage = null;
  if (item.start === undefined) show(await call(`case?iri=${encodeURIComponent(item.iri)}`, state.mode));
  else showPassage(await passageOf(item));
}

function passageOf({ article, start, end }) {
  return call(`passage?${new URLSearchParams({ article, start, end })}`, state.mode);
}

async function showAgain(iri) {
  showPassage(await passageOf(state.queue[state.place]), iri);
}

// What to say when there is nothing to look at, or no more.
async function showEnd() {
  Object.assign(state, { shown: null, passage: null, pending: null });
  const ends = { queue: "Nothing waits for review.", articles: "No article has statements that wait.", sample: "All of the sample is looked at.", disputes: "Coders agree on all that they both decided, or it is settled." };
  let more = [], shown = [];
  if (state.mode === "sample" && !state.size) {
    more = [element("p", {}, "A random sample tells how far all that was read can be trusted: so many stances are drawn, and as many passages to be read in full."),
      element("div", { class: "main" }, element("button", { type: "button", "data-key": "a", onclick: drawOne }, element("kbd", {}, "d"), "Draw a sample"))];
  } else if (state.mode === "sample") {
    shown = estimates(await call("estimates", state.mode));
    more = [element("div", { class: "main" }, element("button", { type: "button", onclick: drawOne }, element("kbd", {}, "d"), "Draw a larger sample"))];
  }
  delete at("statement").dataset.iri;
  at("headline").textContent = shown.length ? "What the sample says" : "Review";
  at("source").textContent = "";
  at("text").replaceChildren(...shown);
  at("statement").replaceChildren(element("p", { class: "who" }, state.mode === "sample" && !state.size ? "No sample was drawn yet" : ends[state.mode]), ...more);
  showKeys();
  showProgress();
}

function drawOne() {
  ask("How many stances, and as many passages?", String(Math.max(50, 2 * (state.size || 0))), [], "A larger sample holds the smaller one. Fifty take half an hour.", (size) => {
    if (/^[1-9]\d{0,4}$/.test(size)) return guarded(async () => {
      tell("");
      await call("decide", state.mode, { act: "draw", size: Number(size), seed: 0 });
      await load("sample");
    });
    tell("That is no number.");
    return true;
  });
}

function go(step) {
  return guarded(async () => {
    tell("");
    if (state.place + step < state.queue.length) { await openItem(state.place + step); return; }
    const left = state.queue.filter((one) => one.status === WAITS).length;
    if (state.mode === "sample" && !left) { state.done += state.queue.length; state.queue = []; await showEnd(); return; }
    if (state.mode === "articles" && step > 0 && state.articles.length) {
      await nextArticle();
      await openItem(0);
      return;
    }
    tell(left ? `That was the last one; ${left} passed over.` : "That was the last one. All are decided.", true);
  });
}

function busy(now) {
  state.busy = now;
  document.body.dataset.busy = now ? "yes" : "no";
}

// Does one thing at a time: keys that come meanwhile are let go, for they would decide on what nobody has seen.
// Says whether it was done; where it was not, nothing may come after it.
async function guarded(action) {
  if (state.busy) return false;
  busy(true);
  try {
    await action();
    return true;
  } catch (error) {
    tell(error.message);
    if (error.status === 409) {
      try {
        if (state.passage) await showAgain(state.shown && state.shown.iri);
        else show(await call(`case?iri=${encodeURIComponent(state.shown.iri)}`, state.mode));
      } catch { /* the first message says it */ }
    }
    return false;
  } finally {
    busy(false);
  }
}

// What was chosen with the mouse, and decides on nothing, waits its turn instead.
async function whenFree(action) {
  while (state.busy) await new Promise((again) => { setTimeout(again, 20); });
  const dropped = state.pending;
  if (await guarded(action) && dropped) tell("The words that were moved are not written.");
}

// Decisions.

async function onward() {
  busy(false);
  await go(1);
}

function decide(values, further) {
  return guarded(async () => {
    const turning = values.act === "undo" || values.act === "redo";
    const { iri, version } = state.shown || {};
    const answer = await call("decide", state.mode, { iri, version, ...values });
    tell("");
    closeQuestion();
    getSelection().removeAllRanges();
    if (turning) { await turned(values.act, answer); return; }
    if (state.passage) { await showAgain(answer.iri); return; }
    place(answer);
    show(answer.case);
    if (further) await onward();
  });
}

// Puts the queue where a decision was made or taken back. What it split off comes next: nobody has looked at that yet.
function place(answer, undone) {
  state.queue = state.queue.filter((one) => !answer.split_off.includes(one.iri));
  let found = state.queue.findIndex((one) => one.iri === answer.iri);
  if (found < 0) {
    found = state.place + 1;
    state.queue.splice(found, 0, { iri: answer.iri, reasons: [], status: "reviewed" });
  }
  state.queue[found].status = answer.case.status;
  state.place = found;
  const reasons = ["it was split off, with the stances of the whole"];
  if (!undone) state.queue.splice(found + 1, 0, ...answer.split_off.map((iri) => ({ iri, reasons, status: WAITS })));
}

async function turned(act, answer) {
  const words = act === "undo" ? "Undone." : "Done again.";
  const start = answer.passage ? answer.passage.start : answer.case && answer.case.record.content[0].start;
  const article = answer.passage ? answer.passage.article : answer.article;
  let found = state.queue.findIndex((one) => one.iri === answer.iri);
  if (found < 0) found = state.queue.findIndex((one) => one.article === article && one.start <= start && start < one.end);
  if (answer.passage && found < 0) {
    found = state.place;
    state.queue.splice(found, 0, { ...answer.passage });
  }
  if (found >= 0 && state.queue[found].start !== undefined) { // a passage, or a statement in it
    if (answer.passage) state.queue[found].status = act === "undo" ? WAITS : "read";
    state.place = found;
    await showAgain(answer.iri);
  } else if (!answer.case) { // what was added is gone again
    if (state.passage && found < 0) await showAgain(null);
    else {
      if (found >= 0) state.queue.splice(found, 1);
      await openItem(Math.max(0, found - 1));
    }
  } else {
    state.passage = null;
    place(answer, act === "undo");
    show(answer.case);
  }
  tell(words, true);
}

function look() {
  return guarded(async () => {
    const { start, end, version } = state.passage;
    const item = state.queue[state.place];
    await call("decide", state.mode, { act: "look", article: item.article, start, end, version });
    item.status = "read";
    await onward();
  });
}

// A statement that was missed needs a speaker and a position: asks for them one after the other.
async function addMissed(start, end) {
  const values = { act: "add", start, end };
  if (state.passage) values.article = state.queue[state.place].article;
  if (!await decide(values)) return;
  ask("Who said it?", "", material.actors, "(description) in brackets for somebody unnamed.", (name) => name && nameSpeaker(name));
}

async function nameSpeaker(name) {
  if (await decide({ act: "actor", name })) choosePosition("On which position? Esc for none.", addStance);
}

// Splits where the words begin or, where the statement begins with them, where they end.
function split(start, end) {
  return decide({ act: "split", at: start > state.shown.record.content[0].start ? start : end });
}

function isMine({ status, history }) {
  const mine = history.filter((one) => one.coder === material.coder && !["comment", "merge", "differ"].includes(one.action));
  return status === "reviewed" && mine.length > 0 && history.at(-1).coder === material.coder;
}

function accept() {
  if (state.mode !== "disputes" && isMine(state.shown)) return go(1);
  return decide({ act: "accept" }, true);
}

function adopt() {
  choose("Whose version is right?", state.shown.versions.map((one) => [
    `${one.coder}: ${one.words.join(", ")}`, () => decide({ act: "adopt", decision: one.decision }, true)]));
}

function withStance(use) {
  const one = state.shown.record.positions[state.stance];
  if (!one) tell("The statement takes no stance; n adds one.");
  else use(one);
}

function turn(to) {
  withStance((one) => decide({ act: "stance", position: one.position, stance: to[one.stance] || "neutral", condition: one.condition }));
}

function movePosition(slug) {
  withStance((one) => decide({ act: "position", position: one.position, new: slug }));
}

function addStance(slug) {
  choose("Where does the speaker stand?", ["supports", "opposes", "neutral"].map((stance) => [
    stance, async () => {
      if (!await decide({ act: "stance", position: slug, stance })) return;
      state.stance = Math.max(0, state.shown.record.positions.findIndex((one) => one.position === slug));
      if (state.passage) showLines();
      else showStatement();
    }]));
}

function condition() {
  withStance(({ position, condition }) => ask("On which condition? Nothing for none", condition || "", [], "", (words) => {
    const now = state.shown.record.positions.find((one) => one.position === position); // somebody may have turned it
    if (now) return decide({ act: "stance", position, stance: now.stance, condition: words });
    tell("The statement takes no stance on that any more.");
    return true;
  }));
}

function who() {
  const actor = state.shown.record.actor;
  ask("Who said it?", "", material.actors, `Now: ${actor ? actor.label : "nobody"}. (description) in brackets for somebody unnamed.`,
    (name) => name && decide({ act: "actor", name }));
}

function date() {
  ask("Said when?", state.shown.record.said || "", [], "2009-09-18, 2009-09, 2009-09-17/2009-09-18; nothing for unknown", (said) => decide({ act: "date", said }));
}

function choosePosition(question, use) {
  choose(question, material.positions.map((one) => [one.label, () => use(one.slug), one.description]));
}

async function merge() {
  if (state.shown.status === "rejected") { tell("It is struck out, so it reports no speech; Enter takes it in again."); return; }
  await guarded(async () => {
    const found = await call(`wordings?iri=${encodeURIComponent(state.shown.iri)}`, state.mode);
    if (!found.length) { tell("No other statement has words like these."); return; }
    const names = { first: "del", second: "ins" };
    choose("Which reports the same speech? (struck out: here alone; bold: there alone)", found.map((one) => [
      `${one.speaker}, ${one.said}`, async () => { if (await decide({ act: "merge", other: one.iri })) tell("Put together: one utterance.", true); },
      element("small", {}, `${one.source}: `, ...one.differences.flatMap(([kind, words]) => [names[kind] ? element(names[kind], {}, words) : words, " "]))]));
  });
}

// Moves an end of the words by a word; nothing is written before Enter. Where a passage has no statement, they grow from
// its beginning.
function widen(which, step) {
  const { text } = (state.passage || state.shown).article;
  const content = state.shown ? state.shown.record.content : [{ start: state.passage.start, end: state.passage.start }];
  if (content.length > 1) { tell("These words stand in several pieces: select them with the mouse, then press e."); return; }
  const ends = moved(text, state.pending || [content[0].start, content[0].end], which, step);
  if (ends[0] === ends[1]) return;
  state.pending = ends;
  const rest = (state.shown ? spansOf(state.shown.record) : []).filter((span) => span[2] !== "mark" && (span[1] <= state.pending[0] || span[0] >= state.pending[1]));
  showText(text, [[...state.pending, "mark"], ...rest], state.passage && [state.passage.start, state.passage.end]);
  tell(`${state.shown ? "Enter writes these words, / splits there, + adds them as another statement" : "+ adds these words"}; Esc leaves them as they were.`, true);
}

function leaveWords() {
  tell("");
  if (state.passage) showPassage(state.passage, state.shown && state.shown.iri);
  else show(state.shown);
}

document.addEventListener("keydown", (event) => {
  // Some keyboards have the brackets on the key Option.
  if (event.ctrlKey || event.metaKey || event.altKey && !WIDENING.includes(event.key)) return;
  if (questionKey(event) || event.target.closest("select")) return;
  if (event.target.closest("button") && event.key === "Enter" && !state.pending) return;
  const key = ALSO[event.key] || event.key;
  const number = Number(key);
  let found = null;
  if (state.pending && key === "Escape") found = leaveWords;
  else if (state.passage && number >= 1) found = () => pick(number - 1);
  else if (state.shown && number >= 1 && number <= state.shown.record.positions.length) {
    found = () => { state.stance = number - 1; showStatement(); };
  } else if (!state.shown && !state.passage && state.mode === "sample" && key === "d") found = drawOne;
  else {
    const one = keys().find(([name]) => name === key);
    found = one && one[2];
  }
  if (found) { event.preventDefault(); act(key, found); }
});

for (const one of document.querySelectorAll("[data-mode]")) {
  one.addEventListener("click", () => { tell(""); one.blur(); whenFree(() => load(one.dataset.mode)); });
}
let byKeys = false; // who goes through a filter by keys stays in it; after the mouse, keys are the page's again
at("filters").addEventListener("keydown", () => { byKeys = true; });
at("filters").addEventListener("pointerdown", () => { byKeys = false; });
at("filters").addEventListener("change", (event) => {
  if (!byKeys) event.target.blur();
  tell("");
  whenFree(() => load("queue"));
});

guarded(async () => {
  await load(state.mode);
  const choices = await call("choices", "queue");
  for (const [kind, found] of Object.entries(choices)) {
    const select = at("filters").elements[kind];
    const open = [...select.options].map((one) => one.value); // what the address asked for is there already
    select.append(...found.filter((one) => !open.includes(one.iri)).map((one) => element("option", { value: one.iri }, `${one.label} (${one.number})`)));
  }
});
