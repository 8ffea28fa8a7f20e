/* Who stands where as of a day: the latest stances of each actor by what was said until then. */
"use strict";
(() => {
  const raw = kg.data("stances"), slider = document.getElementById("slider");
  if (!raw || !slider) return;
  const stances = kg.stances(raw).filter((one) => one.at);
  // The days on which anything can change are those on which a stance may first have been taken.
  const days = [...new Set(stances.map((one) => one.earliest).filter(Boolean))].sort();
  if (days.length < 2) return;
  const input = document.getElementById("as-of"), output = document.getElementById("as-of-day");
  const words = d3.utcFormat("%-d %B %Y");

  /** As the query `latest`: replaced only by what is certainly later. */
  function latest(until) {
    const known = stances.filter((one) => !one.earliest || one.earliest <= until);
    return d3.groups(known, (one) => one.holder.path).flatMap(([, group]) => {
      const newest = d3.max(group, (one) => one.earliest || "");
      return group.filter((one) => !one.latest || one.latest >= newest);
    });
  }
  function update() {
    const until = days[+input.value], now = kg.once(latest(until));
    output.textContent = +input.value === days.length - 1 ? words(new Date(until)) + " (all)" : words(new Date(until));
    input.setAttribute("aria-valuetext", output.textContent);
    for (const camp of document.querySelectorAll("#camps .camp")) {
      const sign = { supports: 1, neutral: 0, opposes: -1 }[camp.dataset.side];
      const mine = now.filter((one) => one.sign === sign);
      camp.querySelector("h3 .sub").textContent = mine.length;
      camp.querySelector("ul").replaceChildren(...mine.map((one) => kg.element("li", {}, kg.icon(one), kg.link(one.holder.path, one.holder.label), " ",
        kg.link(one.page, one.date, { class: "sub" }), one.condition ? " " : null, one.condition ? kg.element("span", { class: "condition" }, one.condition) : null)));
    }
  }
  input.max = days.length - 1;
  input.value = days.length - 1;
  input.addEventListener("input", update);
  slider.hidden = false;
  update();
})();
