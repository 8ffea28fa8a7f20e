/* Draws stances on lanes: marks at their dates, intervals as intervals, many marks as counts. */
"use strict";
kg.lanes = (() => {
  const MOST_MARKS = 700, LANE = 60, COVERAGE = 62, AXIS = 26, TOP = 14;

  const short = (text, most) => text.length > most ? text.slice(0, most - 1).trimEnd() + "…" : text;
  const full = d3.utcFormat("%-d %B %Y");

  /** Words on one or two lines that fit into so many characters each. */
  function wrapped(text, most) {
    if (text.length <= most) return [text];
    const cut = text.lastIndexOf(" ", most);
    const at = cut > most / 2 ? cut : most;
    return [text.slice(0, at).trimEnd(), short(text.slice(at).trimStart(), most)];
  }

  /** Puts marks of a lane side by side: offsets in lines above and below the middle. */
  function dodge(marks, least) {
    const rows = [];
    for (const one of marks) {
      const [a, z] = [Math.min(one.x - 9, one.x1), Math.max(one.x + 9, one.x2)];
      let row = rows.findIndex((end) => end + least < a);
      if (row < 0) row = rows.push(-Infinity) - 1;
      rows[row] = z;
      one.row = row;
    }
    return rows.length;
  }

  /**
   * Draws a chart.
   * @param {Element} place where
   * @param {Object[]} stances those to show
   * @param {{label: string, sub: string, path: ?string, has: function}[]} lanes the lanes; a stance may be on several
   * @param {{articles: Object, panel: Element, pinned: ?string}} options articles read by year, evidence panel
   */
  function draw(place, stances, lanes, { articles = {}, panel, domain = null }) {
    const width = Math.max(320, Math.min(1000, place.clientWidth || 920));
    const narrow = width < 640;
    const long = lanes.some((lane) => lane.label.length > 44);
    const left = narrow ? 10 : long ? 262 : 172, right = 14;
    const dated = kg.once(stances).filter((one) => one.at);
    place.replaceChildren();
    if (!dated.length) {
      place.append(kg.element("p", { class: "note" }, stances.length ? "None of these stances has a date." : "No stance fits."));
      panel.replaceChildren();
      panel.className = "evidence";
      return;
    }
    const years = Object.keys(articles).map(Number);
    const first = d3.min(dated, (one) => one.from || one.to), last = d3.max(dated, (one) => one.to || one.from);
    const [x0, x1] = domain || [d3.utcYear.floor(first), d3.utcYear.ceil(last)];
    const x = d3.scaleUtc([x0, x1], [left + 8, width - right - 8]);
    const svg = d3.create("svg").attr("class", "lanes").attr("role", "group").attr("aria-label", "Stances on lanes; arrow keys move between the marks");

    const counts = lanes.map((lane) => dated.filter(lane.has));
    const many = d3.sum(counts, (list) => list.length) > MOST_MARKS;
    let y = TOP;
    const grid = svg.append("g");
    const body = svg.append("g");
    const glyphs = [];
    lanes.forEach((lane, number) => {
      const marks = counts[number].map((one) => ({
        one,
        x: x(one.at),
        x1: one.from ? x(one.from) : Math.max(left + 4, x(one.at) - 34),
        x2: one.to ? x(one.to) : Math.min(width - right - 4, x(one.at) + 34),
      })).sort((a, b) => a.x - b.x);
      const rows = many ? 1 : dodge(marks, 1);
      const gap = rows > 12 ? 10 : 14;
      const label = narrow ? 26 : 0;
      const height = many ? LANE + label : Math.max(LANE, 26 + (rows - 1) * gap) + label;
      const group = body.append("g");
      const middle = y + label + (height - label) / 2;
      name(group, lane, narrow, left, narrow ? y + 16 : middle, marks.length);
      const list = () => group.append("g").attr("role", "list").attr("aria-label", lane.label);
      if (!marks.length) glyphs.push([]);
      else if (many) glyphs.push(bars(list(), marks, x, middle, lane));
      else {
        if (new Set(marks.map((mark) => mark.one.position.path)).size === 1) bands(group, marks, middle);
        spans(group, marks, middle, gap);
        glyphs.push(dots(list(), marks, middle, gap));
      }
      y += height;
      body.append("line").attr("class", "rule").attr("x1", narrow ? 0 : left).attr("x2", width - right).attr("y1", y).attr("y2", y);
    });
    const bottom = y;
    const ticks = x.ticks(narrow ? 4 : 8);
    grid.selectAll("line").data(ticks).join("line").attr("class", "grid").attr("x1", x).attr("x2", x).attr("y1", TOP).attr("y2", bottom);
    place.append(svg.attr("viewBox", `0 0 ${width} ${bottom + 1}`).attr("width", width).attr("height", bottom + 1).node());
    place.append(coverage(articles, years, [x0, x1], width, left, right, narrow));
    keyboard(svg.node(), glyphs, panel, many);
  }

  function name(group, lane, narrow, left, y, count) {
    const holder = lane.path ? group.append("a").attr("class", "lane").attr("href", kg.root + kg.encode(lane.path)) : group.append("g");
    const lines = narrow ? [short(lane.label, 44)] : wrapped(lane.label, Math.round(left / 7.3));
    const top = y - (lines.length - 1) * 9 - (narrow ? 0 : 3);
    lines.forEach((line, number) => holder.append("text").attr("class", "lane-name").attr("x", 0).attr("y", top + number * 18).text(line));
    if (lane.label !== lines.join(" ")) holder.append("title").text(lane.label);
    const sub = lane.sub || (count === 1 ? "1 stance" : `${count} stances`);
    const under = group.append("text").attr("class", "lane-sub").text(short(sub, narrow ? 30 : 26));
    if (narrow) under.attr("x", lines[0].length * 7.6 + 10).attr("y", y);
    else under.attr("x", 0).attr("y", top + lines.length * 18 - 1);
  }

  /** The last stance, carried on to the next one: where one lane is about one thing alone. */
  function bands(group, marks, middle) {
    const sorted = marks.filter((mark) => mark.one.to);
    sorted.forEach((mark, number) => {
      const next = sorted[number + 1];
      if (next && next.x > mark.x + 4)
        group.append("rect").attr("class", "band " + mark.one.shade).attr("stroke", "none").attr("x", mark.x).attr("width", next.x - mark.x).attr("y", middle - 4).attr("height", 8);
    });
  }

  /** The first line of marks is in the middle of the lane, the next ones are above and below in turn. */
  const line = (mark, middle, gap) => middle + (mark.row % 2 ? -1 : 1) * Math.ceil(mark.row / 2) * gap;

  /** How far a date is known, where that is wider than a mark. */
  function spans(group, marks, middle, gap) {
    for (const mark of marks) {
      const { one } = mark, y = line(mark, middle, gap);
      if (mark.x2 - mark.x1 > 16 || !one.from || !one.to)
        group.append("path").attr("class", `span ${one.shade}${one.from && one.to ? "" : " vague"}`)
          .attr("d", `M${mark.x1},${y}H${mark.x2}` + (one.from ? `M${mark.x1},${y - 4}V${y + 4}` : "") + (one.to ? `M${mark.x2},${y - 4}V${y + 4}` : ""));
    }
  }

  function dots(group, marks, middle, gap) {
    return marks.map((mark) => {
      const { one } = mark;
      const item = group.append("g").attr("role", "listitem");
      const mine = item.append("a").attr("class", "glyph").attr("href", kg.root + kg.encode(one.page)).attr("tabindex", -1)
        .attr("transform", `translate(${mark.x},${line(mark, middle, gap)})`)
        .attr("aria-label", `${one.holder.label}, ${one.date}: ${one.words}${one.condition ? " on a condition" : ""}${one.reviewed ? "" : ", not reviewed"}. ${one.position.label}`);
      mine.append("circle").attr("class", "halo").attr("r", 11);
      kg.glyph(mine, one);
      return { node: mine.node(), x: mark.x, stances: [one], title: "" };
    });
  }

  /** Counts for and against by stretch of time, where single marks would hide each other. */
  function bars(group, marks, x, middle, lane) {
    const months = [1, 2, 3, 6, 12, 24].find((count) => x(d3.utcMonth.offset(x.domain()[0], count)) - x.range()[0] > 13) || 60;
    const bin = (date) => { const index = date.getUTCFullYear() * 12 + date.getUTCMonth(); return index - index % months; };
    const bins = d3.groups(marks, (mark) => bin(mark.one.at)).sort((a, b) => a[0] - b[0]);
    const most = d3.max(bins, ([, list]) => Math.max(d3.sum(list, (m) => m.one.sign > 0), d3.sum(list, (m) => m.one.sign < 0)));
    const height = (count) => count ? Math.max(3, 24 * count / most) : 0;
    return bins.map(([index, list]) => {
      const from = new Date(Date.UTC(Math.floor(index / 12), index % 12, 1)), to = d3.utcMonth.offset(from, months);
      const [a, z] = [x(from) + .75, x(to) - .75];
      const counts = [-1, 0, 1].map((sign) => list.filter((mark) => mark.one.sign === sign).length);
      const title = `${lane.label}, ${full(from)} to ${full(new Date(+to - kg.day))}`;
      const mine = group.append("g").attr("role", "listitem").append("a").attr("class", "glyph").attr("href", "#chart-section").attr("tabindex", -1)
        .attr("aria-label", `${title}: ${counts[2]} for, ${counts[1]} neutral, ${counts[0]} against`);
      mine.append("rect").attr("class", "halo").attr("x", a - 2).attr("width", z - a + 4).attr("y", middle - 28).attr("height", 56);
      const bar = (shade, y, tall) => tall && mine.append("rect").attr("class", shade).attr("stroke", "none").attr("x", a).attr("width", z - a).attr("y", y).attr("height", tall);
      bar("supports", middle - 1.5 - height(counts[2]), height(counts[2]));
      bar("opposes", middle + 1.5, height(counts[0]));
      if (counts[1]) mine.append("circle").attr("class", "neutral").attr("r", 2.2).attr("cx", (a + z) / 2).attr("cy", middle);
      return { node: mine.node(), x: (a + z) / 2, stances: list.map((mark) => mark.one), title };
    });
  }

  /** How many articles were read a year: where few were, a gap is no silence. */
  function coverage(articles, years, domain, width, left, right, narrow) {
    const rows = years.map((year) => ({ from: new Date(Date.UTC(year, 0, 1)), to: new Date(Date.UTC(year + 1, 0, 1)), count: articles[year] }))
      .filter((row) => row.to > domain[0] && row.from < domain[1]);
    const inside = (date) => new Date(Math.min(Math.max(+date, +domain[0]), +domain[1]));
    const label = { frameAnchor: "left", dx: narrow ? 0 : -left - 8, textAnchor: "start", fontSize: 13, fill: "#525b65" };
    return kg.picture(Plot.plot({
      className: "plot", width, height: COVERAGE + AXIS + (narrow ? 18 : 0), marginLeft: left + 8, marginRight: right + 8, marginTop: narrow ? 34 : 20, marginBottom: AXIS,
      style: { fontSize: "13px", fontFamily: "inherit", overflow: "visible" },
      x: { type: "utc", domain, label: null, ticks: narrow ? 4 : 8, tickSize: 0, tickPadding: 8 }, y: { axis: null },
      marks: [
        Plot.rectY(rows, { x1: (row) => inside(row.from), x2: (row) => inside(row.to), y: "count", fill: "#cfd5dc", insetLeft: 1, insetRight: 1 }),
        Plot.text(rows, { x: (row) => new Date((+inside(row.from) + +inside(row.to)) / 2), y: "count", text: "count", dy: -7, fontSize: 11.5, fill: "#525b65", filter: (row) => row.count > 0 && rows.length < 26 }),
        Plot.ruleY([0], { stroke: "#a9b1ba" }),
        narrow ? Plot.text(["Articles read a year"], { ...label, frameAnchor: "top-left", dy: -30 }) : Plot.text(["Articles read\na year"], { ...label, lineHeight: 1.3 }),
      ],
    }), "Articles read a year", rows.map((row) => `${row.from.getUTCFullYear()}: ${row.count}`).join(", "));
  }

  /** One tab stop; arrows move between marks; hover and focus show the evidence, click and Enter keep it. */
  function keyboard(svg, lanes, panel, many) {
    const all = lanes.flat();
    if (!all.length) return;
    const of = new Map(all.map((glyph) => [glyph.node, glyph]));
    let pinned = all.find((glyph) => glyph.stances.length === 1 && "#" + id(glyph) === location.hash) || d3.greatest(all, (glyph) => glyph.x);
    let stop = pinned;
    const show = (glyph) => many || glyph.stances.length > 1 ? kg.showMany(panel, glyph.title, glyph.stances) : kg.show(panel, glyph.stances[0]);
    const pin = (glyph) => {
      for (const other of all) other.node.classList.toggle("pinned", other === glyph);
      pinned = glyph;
      show(glyph);
    };
    const move = (glyph) => { stop.node.setAttribute("tabindex", -1); stop = glyph; glyph.node.setAttribute("tabindex", 0); glyph.node.focus(); };
    stop.node.setAttribute("tabindex", 0);
    pin(pinned);
    svg.addEventListener("mouseover", (event) => { const glyph = of.get(event.target.closest(".glyph")); if (glyph) show(glyph); });
    svg.addEventListener("mouseout", (event) => { if (event.target.closest(".glyph")) show(pinned); });
    svg.addEventListener("focusin", (event) => { const glyph = of.get(event.target.closest(".glyph")); if (glyph) show(glyph); });
    svg.addEventListener("click", (event) => {
      const glyph = of.get(event.target.closest(".glyph"));
      if (!glyph || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      pin(glyph);
      if (glyph.stances.length === 1 && !document.getElementById("filters")) history.replaceState(null, "", "#" + id(glyph));
    });
    svg.addEventListener("keydown", (event) => {
      const glyph = of.get(document.activeElement);
      if (!glyph) return;
      const lane = lanes.findIndex((list) => list.includes(glyph)), list = lanes[lane], place = list.indexOf(glyph);
      const near = (step) => { for (let at = lane + step; lanes[at]; at += step) if (lanes[at].length) return d3.least(lanes[at], (other) => Math.abs(other.x - glyph.x)); };
      const next = { ArrowRight: list[place + 1], ArrowLeft: list[place - 1], Home: list[0], End: list[list.length - 1], ArrowDown: near(1), ArrowUp: near(-1) }[event.key];
      if (next) { event.preventDefault(); move(next); }
    });
  }

  const id = (glyph) => glyph.stances[0].page.replace(/^.*\/|\.html$/g, "");

  /** Lanes for a way of grouping: by holder, position, or whom the holder belonged to at the top. */
  function grouped(stances, by, most = 12) {
    const key = by === "position" ? (one) => one.position : (one) => one.holder;
    const groups = d3.rollups(stances, (list) => list.length, (one) => key(one).path).sort((a, b) => b[1] - a[1] || d3.ascending(a[0], b[0]));
    return groups.slice(0, most).map(([path]) => {
      const named = key(stances.find((one) => key(one).path === path));
      return { label: named.label, path, sub: "", has: (one) => key(one).path === path };
    });
  }

  return { draw, grouped };
})();

/* The chart of an actor's, a position's or a topic's page. */
(() => {
  const place = document.getElementById("chart"), raw = kg.data("stances");
  if (!place || !raw || document.getElementById("filters")) return;
  const stances = kg.stances(raw), panel = document.getElementById("evidence");
  const by = place.dataset.lanes;
  let most = 12, drawn = 0;
  const every = kg.lanes.grouped(stances, by, Infinity).length;
  const redraw = () => {
    drawn = place.clientWidth;
    kg.lanes.draw(place, stances, kg.lanes.grouped(stances, by, most), { articles: raw.articles, panel });
    if (every > most) {
      const more = kg.element("button", { type: "button", class: "plain" }, `Show all ${every} lanes`);
      more.addEventListener("click", () => { most = Infinity; redraw(); });
      place.append(more);
    }
  };
  redraw();
  let waiting = 0;
  addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(() => place.clientWidth !== drawn && redraw(), 150); });
})();

/* Offices as bars over time, above their table. */
(() => {
  const place = document.getElementById("offices-chart"), offices = kg.data("offices");
  if (!place || !offices) return;
  const rows = offices.filter(([, , from, to]) => from || to);
  if (!rows.length) return;
  const width = Math.max(320, Math.min(1000, place.clientWidth || 920)), narrow = width < 640;
  const days = rows.flatMap(([, , from, to]) => [from, to]).filter(Boolean).map((text) => new Date(text + "T00:00:00Z"));
  const [a, z] = [d3.utcYear.offset(d3.min(days), -1), d3.utcYear.offset(d3.max(days), 1)];
  const data = rows.map(([what, body, from, to], number) => ({
    row: String(number), label: body && what !== "member" ? `${what}, ${body}` : body,
    from: from ? new Date(from) : a, to: to ? new Date(to) : z, open: !from || !to,
  }));
  place.append(kg.picture(Plot.plot({
    className: "plot", width, height: 34 + data.length * (narrow ? 40 : 26), marginLeft: narrow ? 4 : 330, marginRight: 14, marginTop: 6, marginBottom: 28,
    style: { fontSize: "13px", fontFamily: "inherit", overflow: "visible" },
    x: { type: "utc", domain: [a, z], label: null, ticks: narrow ? 4 : 8, tickSize: 0, tickPadding: 8 }, y: { axis: null, domain: data.map((one) => one.row) },
    marks: [
      Plot.gridX({ stroke: "#eceff2", strokeOpacity: 1, ticks: narrow ? 4 : 8 }),
      Plot.barX(data, { x1: "from", x2: "to", y: "row", fill: "#5b7fa6", fillOpacity: (one) => one.open ? .55 : 1, insetTop: narrow ? 20 : 6, insetBottom: narrow ? 8 : 6, rx: 2 }),
      Plot.text(data, { y: "row", text: (one) => one.label.length > 52 ? one.label.slice(0, 51) + "…" : one.label, frameAnchor: "left", dx: narrow ? 0 : -330, dy: narrow ? -11 : 0, textAnchor: "start", fontSize: 14 }),
    ],
  }), "Offices over time", "the table below has them"));
})();
