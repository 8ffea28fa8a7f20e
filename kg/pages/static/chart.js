/* What all charts share: the page's data, marks, the evidence panel, and stances on lanes.
   Everything is put into the page as text and attributes, never as markup. */
"use strict";
const kg = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const root = document.documentElement.dataset.root || "";
  const day = 86400000;

  /** The value of a JSON element of the page, or null. */
  function data(id) {
    const element = document.getElementById("data-" + id);
    return element ? JSON.parse(element.textContent) : null;
  }

  /** Stances as objects, from the compact lists that the page or a file has. */
  function stances(raw) {
    const names = raw.names.map(([label, path]) => ({ label, path }));
    return raw.stances.map((list) => {
      const one = {};
      for (let place = 0; place < list.length; place++) one[raw.fields[place]] = list[place];
      for (const field of ["holder", "position", "article"]) one[field] = names[one[field]];
      one.belongs = one.belongs.map((place) => names[place].path);
      one.topics = one.topics.map((place) => names[place].path);
      one.from = one.earliest ? new Date(one.earliest + "T00:00:00Z") : null;
      one.to = one.latest ? new Date(one.latest + "T23:59:59Z") : null;
      const [a, z] = [one.from || one.to, one.to || one.from];
      one.at = a ? new Date((+a + +z) / 2) : null;
      one.shade = ["opposes", "neutral", "supports"][one.sign + 1] + (one.condition && one.sign ? "-if" : "");
      one.words = ["opposes", "neutral", "supports"][one.sign + 1];
      return one;
    });
  }

  /** One of all reports of a stance in one utterance, the reviewed before others, with how many they are. */
  function once(all) {
    const found = new Map();
    for (const one of all) {
      const key = [one.utterance, one.holder.path, one.position.path, one.shade].join("|");
      const before = found.get(key);
      const kept = !before || one.reviewed > before.reviewed ? one : before;
      kept.reports = (before ? before.reports : 0) + 1;
      found.set(key, kept);
    }
    return [...found.values()];
  }

  /** An element with attributes and contents; null contents are left out. */
  function element(name, attributes = {}, ...contents) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
    made.append(...contents.filter((one) => one !== null));
    return made;
  }

  const shape = (sign) => sign === 0 ? null : sign > 0 ? "M0,-7L6.6,5L-6.6,5Z" : "M0,7L6.6,-5L-6.6,-5Z";

  /** Draws a stance's mark into a d3 selection. */
  function glyph(selection, one, size = 1) {
    const classes = one.shade + (one.reviewed ? "" : " open");
    if (one.sign === 0) selection.append("circle").attr("class", classes).attr("r", 5.6 * size);
    else selection.append("path").attr("class", classes).attr("d", shape(one.sign)).attr("transform", `scale(${size})`);
    if (one.sign && one.condition)
      selection.append("path").attr("class", one.shade + " bar").attr("d", one.sign > 0 ? "M-6,8H6" : "M-6,-8H6");
  }

  /** The same mark as an element of its own, for text. */
  function icon(one) {
    const svg = document.createElementNS(SVG, "svg");
    for (const [key, value] of [["class", "mark"], ["width", 16], ["height", 16], ["viewBox", "-8 -8 16 16"], ["aria-hidden", "true"]])
      svg.setAttribute(key, value);
    glyph(d3.select(svg), one, .9);
    return svg;
  }

  const link = (path, words, attributes = {}) => element("a", { href: root + encode(path), ...attributes }, words);
  const encode = (path) => {
    const [file, ...fragment] = path.split("#");
    return file.split("/").map(encodeURIComponent).join("/") + (fragment.length ? "#" + encodeURIComponent(fragment.join("#")) : "");
  };

  /** A chart of Observable Plot as one picture for screen readers: its words say what is in it. */
  function picture(svg, label, words) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", `${label}: ${words}`);
    for (const part of svg.querySelectorAll("[aria-label], [aria-description]")) {
      part.removeAttribute("aria-label");
      part.removeAttribute("aria-description");
    }
    return svg;
  }

  /** Shows a stance's evidence beside the chart. */
  function show(panel, one) {
    panel.className = "evidence " + one.shade;
    const facts = element("dl");
    const add = (name, value) => facts.append(element("dt", {}, name), element("dd", {}, value));
    add("Reviewed", one.reviewed ? "by a person" : "not yet; read by machine" + (one.confidence === null ? "" : `, confidence ${one.confidence.toFixed(2)}`));
    add("Voice", one.official ? "official" : "not official");
    if (one.reports > 1) add("Reports", `${one.reports} of one speech act`);
    panel.replaceChildren(
      element("p", { class: "who" }, link(one.holder.path, one.holder.label)),
      element("p", { class: "when" }, one.date + (one.office ? "; " + one.office : "")),
      element("p", { class: "st" }, icon(one), one.words),
      one.condition ? element("p", { class: "condition" }, one.condition) : "",
      element("p", { class: "position" }, link(one.position.path, one.position.label)),
      element("blockquote", { lang: one.language }, one.quote || one.claim),
      element("p", { class: "src" }, link(one.article.path, one.article.label), ", " + one.source),
      facts,
      element("p", { class: "links" }, link(one.page, "Evidence page"), link(one.statement, "Statement and other wordings")),
    );
  }

  /** Shows several stances that one mark stands for. */
  function showMany(panel, title, many) {
    panel.className = "evidence";
    const list = element("ul");
    for (const one of many.slice(0, 25))
      list.append(element("li", {}, icon(one), link(one.page, one.date), ` ${one.holder.label}: `, link(one.position.path, one.position.label)));
    panel.replaceChildren(
      element("p", { class: "who" }, title),
      element("p", { class: "when" }, `${many.length} stances` + (many.length > 25 ? ", the first 25" : "")),
      list,
    );
  }

  return { data, stances, once, element, glyph, icon, link, encode, picture, show, showMany, root, day };
})();
