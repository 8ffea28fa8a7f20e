/* The network of actors by agreement, laid out by forces: who agrees is drawn together. The same each time. */
"use strict";
(() => {
  const place = document.getElementById("network-chart"), parts = kg.data("network");
  const form = document.getElementById("network-form"), status = document.getElementById("network-status");
  const of = document.getElementById("network-of"), least = document.getElementById("network-least");

  function draw() {
    const { nodes: all, links: every } = parts[+of.value];
    const atLeast = Math.max(1, +least.value || 1);
    const links = every.map(([source, target, agree, differ, balance]) => ({ source, target, agree, differ, balance })).filter((one) => one.agree + one.differ >= atLeast);
    const used = new Set(links.flatMap((one) => [one.source, one.target]));
    const nodes = all.map(([label, path, count], index) => ({ label, path, count, index, id: index })).filter((one) => used.has(one.id));
    const width = Math.max(320, Math.min(1256, place.clientWidth || 920)), narrow = width < 640;
    const height = Math.max(360, Math.min(760, 200 + nodes.length * 12));
    place.replaceChildren();
    status.textContent = `${nodes.length} actors, ${links.length} pairs` + (nodes.length === 60 ? "; those heard most often" : "") + ".";
    if (!nodes.length) return;
    const most = d3.max(nodes, (one) => one.count), radius = (one) => 5 + 13 * Math.sqrt(one.count / most);
    const side = (one) => one.balance > 0 ? "agree" : one.balance < 0 ? "differ" : "both";
    const simulation = d3.forceSimulation(nodes)
      .force("link", d3.forceLink(links).id((one) => one.id).distance((one) => one.balance > 0 ? 90 : one.balance < 0 ? 260 : 170)
        .strength((one) => (one.balance > 0 ? .5 : .04) * Math.min(1, (one.agree + one.differ) / 3)))
      .force("charge", d3.forceManyBody().strength(narrow ? -160 : -420))
      .force("x", d3.forceX(0).strength(.06)).force("y", d3.forceY(0).strength(narrow ? .05 : .13))
      .force("collide", d3.forceCollide((one) => radius(one) + (narrow ? 12 : 22)))
      .stop();
    simulation.tick(320);
    // Stretch the layout over the place, with room for names.
    const [ax, zx] = d3.extent(nodes, (one) => one.x), [ay, zy] = d3.extent(nodes, (one) => one.y), margin = narrow ? 40 : 90;
    const x = d3.scaleLinear([ax, zx], ax === zx ? [width / 2, width / 2] : [margin, width - margin]);
    const y = d3.scaleLinear([ay, zy], ay === zy ? [height / 2, height / 2] : [36, height - 36]);
    const svg = d3.create("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height)
      .attr("role", "group").attr("aria-label", "Network of actors; the tables below have the same pairs");
    const lines = svg.append("g").selectAll("path").data(d3.sort(links, (one) => Math.abs(one.balance))).join("path")
      .attr("class", side).attr("stroke-opacity", (one) => .25 + .6 * Math.min(1, Math.abs(one.balance) * 2))
      .attr("d", (one) => `M${x(one.source.x)},${y(one.source.y)}L${x(one.target.x)},${y(one.target.y)}`);
    lines.append("title").text((one) => `${one.source.label} and ${one.target.label}: agree on ${one.agree}, differ on ${one.differ}`);
    const words = (one) => {
      const mine = links.filter((line) => line.source === one || line.target === one);
      const names = (sign) => mine.filter((line) => Math.sign(line.balance) === sign).map((line) => (line.source === one ? line.target : line.source).label);
      const [allies, opponents] = [names(1), names(-1)];
      return `${one.label}: ${one.count} utterances.` + (allies.length ? ` Mostly agrees with ${allies.join(", ")}.` : "") + (opponents.length ? ` Mostly differs from ${opponents.join(", ")}.` : "");
    };
    const points = svg.append("g").attr("role", "list").attr("aria-label", "Actors").selectAll("g").data(nodes).join("g").attr("role", "listitem")
      .append("a").attr("class", "node").attr("href", (one) => kg.root + kg.encode(one.path)).attr("aria-label", words)
      .attr("transform", (one) => `translate(${x(one.x)},${y(one.y)})`);
    points.append("circle").attr("r", radius);
    points.append("text").attr("y", (one) => radius(one) + 14).attr("text-anchor", "middle").text((one) => one.label.length > 26 ? one.label.slice(0, 25) + "…" : one.label);
    const near = (one) => new Set(links.flatMap((line) => line.source === one ? [line.target] : line.target === one ? [line.source] : []).concat(one));
    const focus = (one) => {
      const kept = one && near(one);
      points.classed("faded", (other) => one && !kept.has(other));
      lines.classed("faded", (line) => one && line.source !== one && line.target !== one);
      if (one) status.textContent = words(one);
    };
    points.on("mouseenter focus", (event, one) => focus(one)).on("mouseleave blur", () => focus(null));
    place.append(svg.node());
  }
  if (!parts[0].nodes.length) of.value = "1";
  for (const input of [of, least]) input.addEventListener("input", draw);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  document.getElementById("network-key").hidden = false;
  draw();
  let waiting = 0;
  addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(draw, 150); });
})();
