// The text of an article and what is marked in it. Offsets are code points; a browser counts UTF-16 units.

import { at, element } from "./page.js";

// Shows a text with the passages of a statement; `whole` is a passage that is to be read in full.
export function showText(text, spans, whole) {
  const points = Array.from(text);
  const sorted = [...spans].sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const marked = (from, to) => {
    const parts = [];
    let place = from;
    for (const [start, end, name] of sorted) {
      if (start < place || end > to) continue;
      parts.push(points.slice(place, start).join(""), element(name, {}, points.slice(start, end).join("")));
      place = end;
    }
    parts.push(points.slice(place, to).join(""));
    return parts.filter(Boolean);
  };
  const box = at("text");
  if (whole) {
    const inside = element("span", { class: "whole" }, ...marked(whole[0], whole[1]));
    box.replaceChildren(...marked(0, whole[0]), inside, ...marked(whole[1], points.length));
  } else {
    box.replaceChildren(...marked(0, points.length));
  }
  const first = box.querySelector(whole ? ".whole" : "mark");
  if (first) box.scrollTop += first.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
}

// The passages of a statement as [start, end, element].
export function spansOf(record) {
  const spans = record.content.map((span) => [span.start, span.end, "mark"]);
  if (record.source) spans.push([record.source.start, record.source.end, "u"]);
  if (record.cue) spans.push([record.cue.start, record.cue.end, "i"]);
  return spans;
}

function codePoints(container, offset) {
  const before = document.createRange();
  before.selectNodeContents(at("text"));
  before.setEnd(container, offset);
  return Array.from(before.toString()).length;
}

// [start, end] of the words that are selected in the text; null where none are. Three clicks on the last line select beyond
// the text: what is outside of it is left out.
export function selection() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0).cloneRange();
  const text = document.createRange();
  text.selectNodeContents(at("text"));
  if (range.compareBoundaryPoints(Range.START_TO_START, text) < 0) range.setStart(text.startContainer, text.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, text) > 0) range.setEnd(text.endContainer, text.endOffset);
  const [start, end] = [codePoints(range.startContainer, range.startOffset), codePoints(range.endContainer, range.endOffset)];
  return start < end ? [start, end] : null;
}

// [start, end] of a passage with one end (0 or 1) moved by a word, to the left (-1) or to the right (1).
export function moved(text, ends, which, step) {
  const points = Array.from(text);
  const blank = (index) => /\s/.test(points[index]);
  const found = [...ends];
  let place = ends[which];
  const skip = step < 0
    ? (test) => { while (place > 0 && test(place - 1)) place -= 1; }
    : (test) => { while (place < points.length && test(place)) place += 1; };
  const words = (index) => !blank(index);
  // Growing stops at the far side of the next word, shrinking at the near side of the next one.
  for (const test of (which === 0) === (step < 0) ? [blank, words] : [words, blank]) skip(test);
  found[which] = place;
  return found[0] < found[1] ? found : ends;
}
