// What a statement and a passage look like in the panel.

import { WAITS, at, element, material } from "./page.js";

const SIDES = { supports: "Supports", opposes: "Opposes", neutral: "Neutral on" };
const WHY = {
  uncertain: "the machine is not sure",
  contradictory: "the same speaker says the opposite elsewhere",
  "decides alone": "it alone decides where an official voice stands",
};
const labels = Object.fromEntries(material.positions.map((one) => [one.slug, one.label]));

function stanceLine(one) {
  return [element("span", { class: `side ${one.stance}` }, SIDES[one.stance]), ` ${labels[one.position] || one.position}`,
    one.condition ? element("div", { class: "sub" }, `if: ${one.condition}`) : ""];
}

function speakers(record) {
  return (record.actor ? record.actor.label : "(not named)") + record.joint.map((other) => ` and ${other.label}`).join("");
}

export function showHead(article) {
  at("headline").textContent = article.title;
  at("source").textContent = [article.publisher || "unknown outlet", article.published || "undated"].join(", ");
}

// A statement with its stances, of which one is chosen, and why it is worth a look.
export function statementView({ record, status, confidence, history, versions }, chosen, reasons) {
  const behalf = record.on_behalf_of ? `for ${record.on_behalf_of.label}` : "";
  const stances = record.positions.map((one, number) =>
    element("li", { class: number === chosen ? "chosen" : "" }, element("kbd", {}, String(number + 1)), element("div", {}, ...stanceLine(one))));
  const sure = confidence === null ? "" : ` The machine is ${Math.round(confidence * 100)} % sure.`;
  const kinds = { candidate: "Nobody has looked at it yet.", reviewed: "Reviewed.", rejected: "Struck out." };
  const why = reasons.map((one) => WHY[one] || one);
  return [
    element("p", { class: "who" }, speakers(record)),
    element("p", { class: "when" }, [record.office, behalf, record.said ? `said ${record.said}` : "at an unknown time"].filter(Boolean).join(", ")),
    stances.length ? element("ul", { class: "stances" }, ...stances) : element("p", {}, "No stance on any position of the codebook."),
    versions.length > 1 ? element("ul", { class: "versions" }, ...versions.map((one) =>
      element("li", {}, element("b", {}, one.coder), `: ${one.words.join(", ")}`))) : "",
    element("p", { class: "sub" }, kinds[status] + sure),
    why.length ? element("p", { class: "sub" }, `Worth a look: ${why.join(", ")}.`) : "",
    history.length ? element("ul", { class: "history" }, ...history.map((one) =>
      element("li", {}, `${one.time} ${one.coder}: ${one.action}${one.comment ? ` “${one.comment}”` : ""}`))) : "",
  ].filter(Boolean);
}

// The stances of a passage one after the other, and the statements without one: what a number picks.
export function linesOf(passage) {
  return passage.cases.flatMap((one) => (one.record.positions.length
    ? one.record.positions.map((stance, number) => ({ one, stance, number }))
    : [{ one, stance: null, number: 0 }]));
}

// The statements of a passage, one line a stance; `pick` is told which line was clicked.
export function passageView(passage, shown, chosen, pick) {
  const lines = linesOf(passage).map(({ one, stance, number }, index) => {
    const { record, status } = one;
    const decided = status === WAITS ? "" : `, ${status}`;
    const head = number ? [] : [
      element("div", {}, element("b", {}, speakers(record)), element("span", { class: "sub" }, ` ${record.said || "at an unknown time"}${decided}`)),
      element("div", { class: "sub" }, `“${record.content.map((span) => span.text).join(" … ")}”`)];
    const words = stance ? stanceLine(stance) : ["no stance"];
    return element("li", { class: one === shown && number === chosen ? "chosen" : "" },
      element("kbd", {}, index < 9 ? String(index + 1) : "–"),
      element("div", {}, ...head, element("button", { type: "button", class: "pick", onclick: () => pick(index) }, ...words)));
  });
  return [
    element("p", { class: "who" }, "The passage with the line beside it"),
    element("p", { class: "sub" }, "Is every stance that somebody takes in it listed here, and right? A number picks a line to mend."),
    lines.length ? element("ul", { class: "stances" }, ...lines) : element("p", {}, "The machine found no statement in it."),
  ];
}
