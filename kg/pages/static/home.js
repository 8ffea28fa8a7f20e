/* Stances by year on the first page: for above the line, against below, with the articles read. */
"use strict";
(() => {
  const place = document.getElementById("years-chart"), raw = kg.data("years");
  if (!place || !raw.sides.length) return;
  const width = Math.max(320, Math.min(1000, place.clientWidth || 920)), narrow = width < 640;
  const read = Object.keys(raw.articles).map(Number), said = raw.sides.map(([year]) => +year);
  const years = d3.range(d3.min([...read, ...said]), d3.max([...read, ...said]) + 1).map(String);
  const bars = raw.sides.filter(([, side]) => side !== "neutral").map(([year, side, count]) => ({ year, side, count: side === "opposes" ? -count : count }));
  const between = raw.sides.filter(([, side]) => side === "neutral");
  const domain = narrow && years.length > 8 ? years.filter((year, place) => place % Math.ceil(years.length / 6) === 0) : years;
  const style = { fontSize: "13px", fontFamily: "inherit", overflow: "visible" };
  const common = { className: "plot", width, marginLeft: narrow ? 4 : 120, marginRight: 8, style };
  const axis = { domain: years, label: null, tickSize: 0, padding: .18 };
  const label = (words, more) => Plot.text([words], { frameAnchor: "left", dx: narrow ? 0 : -120, textAnchor: "start", fill: "#525b65", lineHeight: 1.3, ...more });
  place.append(kg.picture(Plot.plot({
    ...common, height: 190, marginTop: 20, marginBottom: 12,
    x: { ...axis, axis: null }, y: { axis: null },
    marks: [
      Plot.barY(bars, { x: "year", y: "count", fill: (one) => one.count > 0 ? "#0a3d7c" : "#a34200" }),
      ...[1, -1].map((sign) => Plot.text(bars, { x: "year", y: "count", text: (one) => String(Math.abs(one.count)), dy: -9 * sign, filter: (one) => Math.sign(one.count) === sign && years.length < 26, fontSize: 12 })),
      Plot.ruleY([0], { stroke: "#6a7078" }),
      Plot.dot(between, { x: "0", y: () => 0, r: 4, fill: "#6a7078", stroke: "#fff" }),
      narrow ? null : label("for", { frameAnchor: "top-left", dy: 14 }), narrow ? null : label("against", { frameAnchor: "bottom-left", dy: -14 }),
    ],
  }), "Stances by year", raw.sides.map(([year, side, count]) => `${year}: ${count} ${side}`).join(", ")), kg.picture(Plot.plot({
    ...common, height: 82, marginTop: 22, marginBottom: 26,
    x: { ...axis, tickPadding: 8, ticks: domain }, y: { axis: null },
    marks: [
      Plot.barY(years, { x: (year) => year, y: (year) => raw.articles[year] || 0, fill: "#cfd5dc" }),
      Plot.text(years, { x: (year) => year, y: (year) => raw.articles[year] || 0, text: (year) => String(raw.articles[year] || 0), dy: -8, fontSize: 12, fill: "#525b65", filter: () => years.length < 26 }),
      Plot.ruleY([0], { stroke: "#a9b1ba" }),
      narrow ? label("Articles read a year", { frameAnchor: "top-left", dy: -20 }) : label("Articles read\na year", {}),
    ],
  }), "Articles read a year", years.map((year) => `${year}: ${raw.articles[year] || 0}`).join(", ")));
})();
