// What a random sample tells so far.

import { element } from "./page.js";

const percent = (value) => Math.round(100 * value);

function share(one) {
  if (!one) return "";
  if (one.too_few) return "too few to say";
  const ends = one.low === one.high ? "" : ` (${percent(one.low)} to ${percent(one.high)})`;
  return `${percent(one.estimate)} %${ends}`;
}

function row(name, number, one) {
  return element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, String(number)),
    ...["right", "reversed", "missed"].map((kind) => element("td", {}, share(one[kind]))));
}

export function estimates(found) {
  if (!found) return [];
  const head = ["Of", "Stances", "Right", "The opposite", "Missed"].map((name) => element("th", { scope: "col" }, name));
  const rows = [row("All", found.stances, found)];
  for (const [kind, groups] of Object.entries(found.by)) {
    rows.push(element("tr", { class: "kind" }, element("th", { colspan: "5", scope: "colgroup" }, `By ${kind}`)));
    rows.push(...groups.map((one) => row(one.of, one.stances, one)));
  }
  const table = element("table", { class: "estimates" }, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows));
  const since = found.changed_since ? "; articles came, went or were read again since" : "";
  return [
    element("p", {}, found.text ? `So far: ${found.text}.` : "Nothing counts yet: a sample counts from the beginning of its random order on."),
    element("p", { class: "sub" }, `Drawn from ${found.articles} articles (${found.coding})${since}.`),
    found.text ? table : "",
  ].filter(Boolean);
}
