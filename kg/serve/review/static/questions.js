// Questions: a line of text, or one of several by number.

import { at, element, tell } from "./page.js";

let asked = null; // what takes the line that is typed
let offered = null; // { all, at } of what can be chosen

// `use` is given what was typed, and returns nothing where there is nothing to do with it. The question stays open until
// something else is shown: what is refused can be sent again.
export function ask(question, value, choices, hint, use) {
  closeQuestion();
  tell("");
  asked = use;
  at("question").textContent = `${question} (Enter to write, Esc to leave)`;
  at("hint").textContent = hint;
  at("choices").replaceChildren(...choices.map((one) => element("option", { value: one })));
  at("answer").value = value;
  at("ask").hidden = false;
  at("answer").focus();
  at("answer").select();
}

// Options are [words, action, more]. Letters that are typed narrow them down.
export function choose(question, options) {
  closeQuestion();
  tell("");
  offered = { question, all: options, shown: options, at: 0, typed: "" };
  list();
  at("options").hidden = false;
  at("options").scrollIntoView({ block: "nearest" });
}

function list() {
  const { question, all, shown, at: place, typed } = offered;
  const narrow = all.length > 9 ? "Type some letters, then " : "";
  const hint = `${question} ${narrow}${narrow ? "number" : "Number"}, or arrows and Enter; Esc to leave`;
  at("options").replaceChildren(
    element("li", {}, element("small", {}, typed ? `${question} “${typed}”: ${shown.length} of ${all.length}` : hint)),
    ...shown.map(([words, action, more], number) => element("li", { class: number === place ? "chosen" : "" },
      element("button", { type: "button", onclick: () => { closeQuestion(); action(); } },
        number < 9 ? element("kbd", {}, String(number + 1)) : "", ` ${words}`,
        typeof more === "string" && more ? element("small", {}, more) : more || ""))));
}

function narrowed(typed) {
  const wanted = typed.toLowerCase().split(" ").filter(Boolean);
  const fits = ([words, , more]) => {
    const text = `${words} ${typeof more === "string" ? more : ""}`.toLowerCase();
    return wanted.every((one) => text.includes(one));
  };
  // Those whose own words fit come before those whose description does.
  const found = offered.all.filter(fits);
  const first = found.filter(([words]) => wanted.every((one) => words.toLowerCase().includes(one)));
  Object.assign(offered, { typed, at: 0, shown: [...first, ...found.filter((one) => !first.includes(one))] });
  list();
}

export function closeQuestion() {
  asked = null;
  offered = null;
  at("ask").hidden = true;
  at("options").hidden = true;
  if (document.activeElement === at("answer")) at("text").focus({ preventScroll: true });
}

// Takes a key while a question is open; says whether one was.
export function questionKey(event) {
  if (asked) {
    if (event.key === "Escape") { event.preventDefault(); closeQuestion(); }
    return true;
  }
  if (!offered) return false;
  const { shown, at: place, typed } = offered;
  const number = Number(event.key);
  let chosen = null;
  if (event.key === "Escape") closeQuestion();
  else if (event.key === "Enter") chosen = shown[place];
  else if (number >= 1 && number <= Math.min(9, shown.length)) chosen = shown[number - 1];
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    offered.at = Math.max(0, Math.min(shown.length - 1, place + (event.key === "ArrowDown" ? 1 : -1)));
    list();
    at("options").querySelector(".chosen").scrollIntoView({ block: "nearest" });
  } else if (event.key === "Backspace") narrowed(typed.slice(0, -1));
  else if (event.key.length === 1 && number !== number) narrowed(typed + event.key);
  else return true;
  event.preventDefault();
  if (chosen) { closeQuestion(); chosen[1](); }
  return true;
}

at("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  if (!asked(at("answer").value.trim())) closeQuestion();
});
