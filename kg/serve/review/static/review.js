// Review in the browser: shows one statement after the other and sends each decision at once.
"use strict";

const material = JSON.parse(document.getElementById("material").textContent);
const at = (id) => document.getElementById(id);
const state = { queue: [], place: 0, shown: null, stance: 0, busy: false, options: null, ask: null };

// Everything that a key does; the page lists them, and each is a button too.
const KEYS = [
  ["a", "Right", accept, true],
  ["r", "Wrong: strike out", () => decide({ act: "reject" }, true), true],
  ["s", "Turn the stance", turn],
  ["p", "Other position", () => choosePosition("Which position is it?", movePosition)],
  ["n", "One more stance", () => choosePosition("On which position?", addStance)],
  ["x", "Take stance out", () => withStance((one) => decide({ act: "no-stance", position: one.position }))],
  ["o", "Condition", condition],
  ["w", "Who said it", who],
  ["d", "Date", date],
  ["e", "Words: as selected", () => selected((start, end) => decide({ act: "content", start, end }))],
  ["/", "Split at the selection", () => selected((start) => decide({ act: "split", at: start }))],
  ["+", "Missed: add selected", () => selected((start, end) => decide({ act: "add", start, end }))],
  ["m", "Same speech as", merge],
  ["c", "Comment", () => ask("Comment", "", [], "", (comment) => decide({ act: "comment", comment }))],
  ["u", "Undo", () => decide({ act: "undo" })],
  ["U", "Redo", () => decide({ act: "redo" })],
  ["j", "Pass over", () => go(1)],
  ["k", "Back", () => go(-1)],
];
const ALSO = { Enter: "a", ArrowRight: "j", ArrowLeft: "k", Backspace: "r" };

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "class") made.className = value;
    else if (key === "onclick") made.addEventListener("click", value);
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

async function call(path, values) {
  const address = new URL(path, location.href);
  address.searchParams.set("coder", material.coder);
  const options = { headers: { "x-review-key": material.key } };
  if (values) {
    options.method = "POST";
    options.headers["content-type"] = "application/json";
    options.body = JSON.stringify(values);
  }
  let answer;
  try {
    answer = await fetch(address, options);
  } catch {
    throw new Error("The server does not answer. What was decided before is written; this was not. Start 'kg review --web' again.");
  }
  const found = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(found.error), { status: answer.status });
  return found;
}

function tell(words, done) {
  const line = at("message");
  line.hidden = !words;
  line.textContent = words || "";
  line.className = done ? "done" : "";
}

// The text of the article. Offsets are code points; a browser counts UTF-16 units.

function showText(shown) {
  const points = Array.from(shown.article.text);
  const record = shown.record;
  const spans = record.content.map((span) => [span.start, span.end, "mark"]);
  if (record.source) spans.push([record.source.start, record.source.end, "u"]);
  if (record.cue) spans.push([record.cue.start, record.cue.end, "i"]);
  spans.sort((one, other) => one[0] - other[0]);
  const parts = [];
  let from = 0;
  for (const [start, end, name] of spans) {
    if (start < from) continue;
    parts.push(points.slice(from, start).join(""));
    parts.push(element(name, {}, points.slice(start, end).join("")));
    from = end;
  }
  parts.push(points.slice(from).join(""));
  at("text").replaceChildren(...parts.filter(Boolean));
  const first = at("text").querySelector("mark");
  if (first) {
    const box = at("text");
    box.scrollTop += first.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  }
}

function codePoints(container, offset) {
  const before = document.createRange();
  before.selectNodeContents(at("text"));
  before.setEnd(container, offset);
  return Array.from(before.toString()).length;
}

function selected(use) {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed || !at("text").contains(chosen.getRangeAt(0).commonAncestorContainer)) {
    tell("First select words of the article with the mouse.");
    return;
  }
  const range = chosen.getRangeAt(0);
  use(codePoints(range.startContainer, range.startOffset), codePoints(range.endContainer, range.endOffset));
}

// The statement.

function show(shown) {
  state.shown = shown;
  state.stance = Math.min(state.stance, Math.max(0, shown.record.positions.length - 1));
  closeQuestion();
  const { record, article } = shown;
  at("headline").textContent = article.title;
  at("source").textContent = [article.publisher || "unknown outlet", article.published || "undated"].join(", ");
  showText(shown);
  showStatement();
  showProgress();
}

function showStatement() {
  const { record, status, confidence, history } = state.shown;
  const labels = Object.fromEntries(material.positions.map((one) => [one.slug, one.label]));
  const actor = record.actor ? record.actor.label : "(not named)";
  const joint = record.joint.map((other) => ` and ${other.label}`).join("");
  const behalf = record.on_behalf_of ? `for ${record.on_behalf_of.label}` : "";
  const stances = record.positions.map((one, number) =>
    element("li", { class: number === state.stance ? "chosen" : "" },
      element("kbd", {}, String(number + 1)),
      element("div", {},
        element("span", { class: `side ${one.stance}` }, { supports: "Supports", opposes: "Opposes", neutral: "Neutral on" }[one.stance]),
        ` ${labels[one.position] || one.position}`,
        one.condition ? element("div", { class: "sub" }, `if: ${one.condition}`) : "")));
  const sure = confidence === null ? "" : `, the machine is ${Math.round(confidence * 100)} % sure`;
  const kinds = { candidate: "nobody has looked at it yet", reviewed: "reviewed", rejected: "struck out" };
  const reasons = (state.queue[state.place] || { reasons: [] }).reasons;
  at("statement").replaceChildren(
    element("p", { class: "who" }, actor + joint),
    element("p", { class: "when" }, [record.office, behalf, record.said ? `said ${record.said}` : "at an unknown time"].filter(Boolean).join(", ")),
    stances.length ? element("ul", { class: "stances" }, ...stances) : element("p", {}, "No stance on any position of the codebook."),
    element("p", { class: "sub" }, `${kinds[status]}${sure}${reasons.length ? ` (${reasons.join(", ")})` : ""}`),
    element("ul", { class: "history" }, ...history.map((one) =>
      element("li", {}, `${one.time} ${one.coder}: ${one.action}${one.comment ? ` “${one.comment}”` : ""}`))));
}

function showProgress() {
  const done = state.queue.filter((one) => one.status !== "candidate").length;
  at("progress").textContent = state.queue.length ? `${state.place + 1} of ${state.queue.length}, ${done} decided` : "";
}

function showKeys() {
  const button = ([key, words, action]) => element("button", { type: "button", "data-key": key, onclick: () => { action(); } }, element("kbd", {}, key), words);
  at("keys").replaceChildren(
    element("div", { class: "main" }, ...KEYS.filter((one) => one[3]).map(button)),
    ...KEYS.filter((one) => !one[3]).map(button));
}

async function openCase(place) {
  if (!state.queue.length) {
    at("statement").replaceChildren(element("p", { class: "who" }, "Nothing waits for review."));
    return;
  }
  state.place = Math.max(0, Math.min(place, state.queue.length - 1));
  state.stance = 0;
  show(await call(`case?iri=${encodeURIComponent(state.queue[state.place].iri)}`));
}

async function go(step) {
  if (state.place + step >= state.queue.length) {
    const left = state.queue.filter((one) => one.status === "candidate").length;
    tell(left ? `That was the last one; ${left} passed over.` : "That was the last one. All are decided.", true);
    return;
  }
  tell("");
  await guarded(() => openCase(state.place + step));
}

async function guarded(action) {
  if (state.busy) return;
  state.busy = true;
  try {
    await action();
  } catch (error) {
    tell(error.message);
    if (error.status === 409) {
      const iri = state.shown.iri;
      try { show(await call(`case?iri=${encodeURIComponent(iri)}`)); } catch { /* the first message says it */ }
    }
  } finally {
    state.busy = false;
  }
}

// Decisions.

function decide(values, onward) {
  return guarded(async () => {
    const { iri, version } = state.shown;
    const answer = await call("decide", { iri, version, ...values });
    tell("");
    getSelection().removeAllRanges();
    let place = state.queue.findIndex((one) => one.iri === answer.iri);
    if (place < 0 && answer.case) {
      state.queue.splice(state.place + 1, 0, { iri: answer.iri, reasons: [], who: "", status: "reviewed" });
      place = state.place + 1;
    }
    if (!answer.case) {
      if (place >= 0) state.queue.splice(place, 1);
      await openCase(Math.max(0, place - 1));
      return;
    }
    state.queue[place].status = answer.case.status;
    state.place = place;
    show(answer.case);
    if (values.act === "undo" || values.act === "redo") tell(values.act === "undo" ? "Undone." : "Done again.", true);
    if (onward) {
      state.busy = false;
      await go(1);
    }
  });
}

function accept() {
  const mine = state.shown.history.filter((one) => one.coder === material.coder && one.action !== "comment" && one.action !== "merge");
  if (state.shown.status === "reviewed" && mine.length) return go(1);
  return decide({ act: "accept" }, true);
}

function withStance(use) {
  const one = state.shown.record.positions[state.stance];
  if (!one) tell("The statement takes no stance; n adds one.");
  else use(one);
}

function turn() {
  const next = { supports: "opposes", opposes: "neutral", neutral: "supports" };
  withStance((one) => decide({ act: "stance", position: one.position, stance: next[one.stance], condition: one.condition }));
}

function movePosition(slug) {
  withStance((one) => decide({ act: "position", position: one.position, new: slug }));
}

function addStance(slug) {
  choose("Where does the speaker stand?", ["supports", "opposes", "neutral"].map((stance) => [
    stance, () => decide({ act: "stance", position: slug, stance }).then(() => {
      state.stance = state.shown.record.positions.findIndex((one) => one.position === slug);
      showStatement();
    })]));
}

function condition() {
  withStance((one) => ask("On which condition? Nothing for none", one.condition || "", [], "", (words) =>
    decide({ act: "stance", position: one.position, stance: one.stance, condition: words })));
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
  const all = material.positions.map((one) => [one.label, () => use(one.slug), one.description]);
  choose(question, all);
}

async function merge() {
  await guarded(async () => {
    const found = await call(`wordings?iri=${encodeURIComponent(state.shown.iri)}`);
    if (!found.length) { tell("No other statement has words like these."); return; }
    const names = { first: "del", second: "ins" };
    choose("Which reports the same speech? (struck out: here alone; bold: there alone)", found.map((one) => [
      `${one.speaker}, ${one.said}`, () => decide({ act: "merge", other: one.iri }).then(() => tell("Put together: one utterance.", true)),
      element("small", {}, `${one.source}: `, ...one.differences.flatMap(([kind, words]) => [names[kind] ? element(names[kind], {}, words) : words, " "]))]));
  });
}

// Questions: a line of text, or one of several by number.

function ask(question, value, choices, hint, use) {
  closeQuestion();
  state.ask = use;
  at("question").textContent = `${question} (Enter to write, Esc to leave)`;
  at("hint").textContent = hint;
  at("choices").replaceChildren(...choices.map((one) => element("option", { value: one })));
  at("answer").value = value;
  at("ask").hidden = false;
  at("answer").focus();
  at("answer").select();
}

function choose(question, options) {
  closeQuestion();
  state.options = { all: options, at: 0 };
  at("options").replaceChildren(
    element("li", {}, element("small", {}, `${question} Arrows or number, Enter; Esc to leave`)),
    ...options.map(([words, action, more], number) => element("li", { class: number ? "" : "chosen" },
      element("button", { type: "button", onclick: () => { closeQuestion(); action(); } },
        number < 9 ? element("kbd", {}, String(number + 1)) : "", ` ${words}`,
        typeof more === "string" && more ? element("small", {}, more) : more || ""))));
  at("options").hidden = false;
  at("options").scrollIntoView({ block: "nearest" });
}

function closeQuestion() {
  state.ask = null;
  state.options = null;
  at("ask").hidden = true;
  at("options").hidden = true;
  if (document.activeElement === at("answer")) at("text").focus({ preventScroll: true });
}

function optionKey(event) {
  const { all, at: place } = state.options;
  const number = Number(event.key);
  let chosen = null;
  if (event.key === "Escape") closeQuestion();
  else if (event.key === "Enter") chosen = place;
  else if (number >= 1 && number <= Math.min(9, all.length)) chosen = number - 1;
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    state.options.at = Math.max(0, Math.min(all.length - 1, place + (event.key === "ArrowDown" ? 1 : -1)));
    [...at("options").children].slice(1).forEach((line, index) => {
      line.className = index === state.options.at ? "chosen" : "";
      if (index === state.options.at) line.scrollIntoView({ block: "nearest" });
    });
  } else return;
  event.preventDefault();
  if (chosen !== null) { closeQuestion(); all[chosen][1](); }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (state.ask) {
    if (event.key === "Escape") { event.preventDefault(); closeQuestion(); }
    return;
  }
  if (state.options) { optionKey(event); return; }
  if (!state.shown || event.target.closest("button") && event.key === "Enter") return;
  const number = Number(event.key);
  if (number >= 1 && number <= state.shown.record.positions.length) {
    state.stance = number - 1;
    showStatement();
    event.preventDefault();
    return;
  }
  const key = ALSO[event.key] || event.key;
  const found = KEYS.find((one) => one[0] === key);
  if (found) { event.preventDefault(); found[2](); }
});

at("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const use = state.ask;
  const value = at("answer").value.trim();
  closeQuestion();
  if (use) use(value);
});

showKeys();
guarded(async () => {
  state.queue = await call("queue");
  await openCase(0);
});
