/* The timeline's filters: actors to compare, topic, position, time, review, voices. The address keeps them. */
"use strict";
(async () => {
  const form = document.getElementById("filters"), place = document.getElementById("chart");
  const panel = document.getElementById("evidence"), status = document.getElementById("status");
  const chosen = document.getElementById("chosen"), table = document.querySelector("#stances tbody");
  const $ = (id) => document.getElementById(id);
  const MOST_ROWS = 400, MOST_LANES = 12;

  let raw = kg.data("stances");
  if (!raw) {
    status.textContent = "Loading …";
    try {
      const answer = await fetch(form.dataset.file);
      if (!answer.ok) throw new Error(answer.statusText);
      raw = await answer.json();
    } catch (error) {
      status.textContent = "The chart's data could not be loaded; the tables by year have all stances.";
      return;
    }
  }
  const first = kg.data("lanes"), stances = kg.stances(raw);
  const label = new Map(raw.names.map(([name, path]) => [path, name]));
  const actors = new Map();
  for (const one of stances) for (const path of one.belongs) actors.set(path, label.get(path));
  const byName = new Map([...actors].map(([path, name]) => [name.toLowerCase(), path]));
  $("actor-names").append(...[...actors.values()].sort(d3.ascending).map((name) => kg.element("option", { value: name })));
  const positions = d3.sort(new Map(stances.map((one) => [one.position.path, one])).values(), (one) => one.position.label);

  // The filters are those of the address, so that a view can be sent to somebody.
  const state = { actors: [], topic: "", position: "", since: "", until: "", review: "", voice: "" };
  function read() {
    const given = new URLSearchParams(location.hash.slice(1));
    state.actors = given.getAll("actor").filter((path) => actors.has(path));
    for (const name of ["topic", "position", "since", "until", "review", "voice"]) state[name] = given.get(name) || "";
    for (const name of ["topic", "since", "until", "review", "voice"]) $(name).value = state[name];
    fillPositions();
  }
  function write() {
    const given = new URLSearchParams(state.actors.map((path) => ["actor", path]));
    for (const name of ["topic", "position", "since", "until", "review", "voice"]) if (state[name]) given.set(name, state[name]);
    history.replaceState(null, "", given.size ? "#" + given : location.pathname + location.search);
  }
  function fillPositions() {
    const fitting = positions.filter((one) => !state.topic || one.topics.includes(state.topic));
    $("position").replaceChildren(kg.element("option", { value: "" }, "any"), ...fitting.map((one) => kg.element("option", { value: one.position.path }, one.position.label)));
    if (!fitting.some((one) => one.position.path === state.position)) state.position = "";
    $("position").value = state.position;
  }

  // "2008" is its first day where something begins and its last where something ends.
  const start = (text) => text ? (text + "-01-01").slice(0, 10) : "";
  const end = (text) => text.length === 4 ? text + "-12-31" : text.length === 7 ? text + "-31" : text;

  function fits(one) {
    return (!state.topic || one.topics.includes(state.topic))
      && (!state.position || one.position.path === state.position)
      && (!state.review || one.reviewed === +state.review)
      && (!state.voice || one.official === +state.voice)
      && (!state.since || !one.latest || one.latest >= start(state.since))
      && (!state.until || !one.earliest || one.earliest <= end(state.until))
      && (!state.actors.length || state.actors.some((path) => one.belongs.includes(path)));
  }

  /** One chosen actor shows who speaks for it; several are compared, a lane each. */
  function lanes(found) {
    if (state.actors.length === 1) return kg.lanes.grouped(found, "holder", MOST_LANES);
    const whom = state.actors.length ? state.actors : first;
    return whom.map((path) => ({ label: label.get(path) || path, path, sub: "", has: (one) => one.belongs.includes(path) }))
      .filter((lane) => state.actors.length || found.some(lane.has));
  }

  function rows(found) {
    const cell = (...contents) => kg.element("td", {}, ...contents);
    const shown = found.slice(-MOST_ROWS);
    table.replaceChildren(...shown.map((one) => kg.element("tr", {},
      kg.element("td", { class: "date" }, kg.link(one.page, one.date)),
      cell(kg.link(one.holder.path, one.holder.label), ...(one.office ? [kg.element("br"), kg.element("span", { class: "sub" }, one.office)] : []), ...(one.official ? [] : [kg.element("br"), kg.element("span", { class: "sub" }, "not official")])),
      cell(kg.element("span", { class: "side" }, kg.icon(one), one.words), one.condition ? " " : null, one.condition ? kg.element("span", { class: "condition" }, one.condition) : null, one.reviewed ? null : kg.element("span", { class: "unseen" }, " (not reviewed)")),
      cell(kg.link(one.position.path, one.position.label)),
      cell(kg.link(one.statement, one.claim)),
      cell(kg.link(one.article.path, one.source)))));
    return shown.length;
  }

  let drawn = 0, before = JSON.stringify(state);
  function update(everything = true) {
    const found = stances.filter(fits), list = lanes(found);
    const plain = JSON.stringify(state) === before;
    drawn = place.clientWidth;
    const bounds = state.since && state.until && start(state.since) < end(state.until)
      ? [new Date(start(state.since)), d3.utcDay.offset(new Date(end(state.until).replace(/-31$/, "-28")), 4)] : null;
    kg.lanes.draw(place, found, list, { articles: raw.articles, panel, domain: bounds });
    if (!everything) return;
    const undated = found.filter((one) => !one.at).length;
    const off = found.filter((one) => one.at && !list.some((lane) => lane.has(one))).length;
    const shown = plain ? table.rows.length : rows(found);
    status.textContent = `${found.length} of ${stances.length} stances in ${new Set(found.map((one) => one.utterance)).size} utterances`
      + (undated ? `, ${undated} of them without a date and in the table alone` : "")
      + (off ? `, ${off} on lanes that are not shown: add the actor` : "")
      + (shown < found.length ? `. The table has the newest ${shown}.` : ".");
    before = plain ? before : "";
    chosen.replaceChildren(...state.actors.map((path) => {
      const button = kg.element("button", { type: "button", "aria-label": `Remove ${actors.get(path)}` }, actors.get(path));
      button.addEventListener("click", () => { state.actors = state.actors.filter((other) => other !== path); change(); $("actor").focus(); });
      return kg.element("li", {}, button);
    }));
  }
  function change() { write(); update(); }

  function add() {
    const path = byName.get($("actor").value.trim().toLowerCase());
    if (!path) return;
    $("actor").value = "";
    if (!state.actors.includes(path)) { state.actors.push(path); change(); }
  }
  $("actor").addEventListener("input", (event) => { if (event.inputType === "insertReplacementText" || event.inputType === undefined) add(); });
  $("actor").addEventListener("change", add);
  $("actor").addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); add(); } });
  for (const name of ["topic", "position", "review", "voice"]) $(name).addEventListener("change", () => { state[name] = $(name).value; if (name === "topic") fillPositions(); change(); });
  for (const name of ["since", "until"]) $(name).addEventListener("input", () => { const text = $(name).value.trim(); if (!text || /^\d{4}(-\d\d(-\d\d)?)?$/.test(text)) { state[name] = text; change(); } });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { Object.assign(state, { actors: [], topic: "", position: "", since: "", until: "", review: "", voice: "" }); fillPositions(); change(); }));
  addEventListener("hashchange", () => { read(); update(); });
  let waiting = 0;
  addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(() => place.clientWidth !== drawn && update(false), 150); });

  read();
  form.hidden = false;
  update();
})();
