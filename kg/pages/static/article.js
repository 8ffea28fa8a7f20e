/* Joins the highlights of an article with its list of statements: hover lights up both, click leads there. */
"use strict";
(() => {
  const text = document.getElementById("text"), cards = document.querySelectorAll(".cards > li");
  const marks = [...text.querySelectorAll("mark")];
  const numbers = (mark) => mark.dataset.passages.split(" ").map((word) => word.split("-"));
  function light(number) {
    for (const mark of marks) mark.classList.toggle("lit", number !== null && numbers(mark).some(([one]) => one === number));
    for (const card of cards) card.classList.toggle("lit", card.dataset.number === number);
  }
  // Of passages over each other the innermost content counts, which comes last.
  const innermost = (mark) => { const all = numbers(mark), contents = all.filter(([, part]) => part === "content"); return (contents.length ? contents : all).at(-1)[0]; };
  text.addEventListener("mouseover", (event) => { const mark = event.target.closest("mark"); light(mark ? innermost(mark) : null); });
  text.addEventListener("mouseleave", () => light(null));
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (!mark || String(getSelection())) return;
    const card = document.getElementById("statement-" + innermost(mark));
    location.hash = card.id;
    card.querySelector("a").focus({ preventScroll: true });
  });
  for (const card of cards) {
    card.addEventListener("mouseenter", () => light(card.dataset.number));
    card.addEventListener("mouseleave", () => light(null));
    card.addEventListener("focusin", () => light(card.dataset.number));
  }
  text.addEventListener("focusin", (event) => { if (event.target.dataset.number) light(event.target.dataset.number); });
})();
