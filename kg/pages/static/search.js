/* Search in a file of names and quotes: every word must be found; arrows move through what was found. */
"use strict";
(() => {
  const form = document.getElementById("search"), field = document.getElementById("q");
  const status = document.getElementById("search-status"), hits = document.getElementById("hits");
  const root = document.documentElement.dataset.root || "", MOST = 60;
  const letters = { ł: "l", ø: "o", đ: "d", ı: "i", æ: "ae", œ: "oe", ß: "ss" };
  const plain = (text) => text.toLowerCase().replace(/[łøđıæœß]/g, (char) => letters[char]).normalize("NFKD").replace(/\p{M}/gu, "").replace(/['’‘`.]/g, "").replace(/[-_\s]+/g, " ");
  let entries = null, loading = null;

  function load() {
    loading ??= fetch(form.dataset.file).then((answer) => { if (!answer.ok) throw new Error(answer.statusText); return answer.json(); })
      .then((list) => { entries = list.map(([label, path, kind, more]) => ({ label, path, kind, more, name: plain(label), words: plain(label + " " + more) })); });
    return loading;
  }
  const score = (entry, words, whole) => {
    if (!words.every((word) => entry.words.includes(word))) return 0;
    if (entry.name === whole) return 5;
    if (entry.kind === "statement") return words.every((word) => (" " + entry.words).includes(" " + word)) ? 2 : 1;
    return entry.name.startsWith(whole) ? 4 : words.every((word) => (" " + entry.name).includes(" " + word)) ? 3 : 1.5;
  };
  function address(path) {
    const [file, fragment] = path.split("#");
    return root + file.split("/").map(encodeURIComponent).join("/") + (fragment ? "#" + encodeURIComponent(fragment) : "");
  }
  function item(entry) {
    const line = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span");
    link.href = address(entry.path);
    link.textContent = entry.label;
    kind.className = "kind";
    kind.textContent = entry.kind;
    line.append(link, kind);
    if (entry.more) {
      const more = document.createElement("span");
      more.className = "more";
      more.textContent = entry.more;
      line.append(more);
    }
    return line;
  }
  async function search() {
    const whole = plain(field.value.trim()), words = whole.split(" ").filter(Boolean);
    if (!words.length) { hits.replaceChildren(); status.textContent = ""; return; }
    try { await load(); } catch { status.textContent = "The index could not be loaded; try again, or look at the lists of actors and positions."; loading = null; return; }
    if (whole !== plain(field.value.trim())) return;
    const found = entries.map((entry, place) => [score(entry, words, whole), place, entry]).filter(([points]) => points).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    hits.replaceChildren(...found.slice(0, MOST).map(([, , entry]) => item(entry)));
    status.textContent = found.length ? `${found.length} found` + (found.length > MOST ? `, the first ${MOST} shown` : "") + "." : "Nothing found.";
  }
  let waiting = 0;
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 80); });
  form.addEventListener("submit", (event) => { event.preventDefault(); history.replaceState(null, "", "?q=" + encodeURIComponent(field.value)); search(); });
  document.addEventListener("keydown", (event) => {
    const links = [...hits.querySelectorAll("a")], place = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && (document.activeElement === field || place >= 0)) { links[place + 1]?.focus(); event.preventDefault(); }
    if (event.key === "ArrowUp" && place >= 0) { (links[place - 1] || field).focus(); event.preventDefault(); }
  });
  const given = new URLSearchParams(location.search).get("q");
  if (given) { field.value = given; search(); }
})();
