// Finding and making elements of the page, and asking the server.

export const material = JSON.parse(document.getElementById("material").textContent);
export const WAITS = "candidate"; // the status of what nobody has decided on
export const at = (id) => document.getElementById(id);

export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "class") made.className = value;
    else if (key === "onclick") made.addEventListener("click", value);
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

export async function call(path, mode, values) {
  const address = new URL(path, location.href);
  address.searchParams.set("coder", material.coder);
  if (mode) address.searchParams.set("mode", mode); // without one the server keeps to its own
  const options = { headers: { "x-review-key": material.key } };
  if (values) {
    options.method = "POST";
    options.headers["content-type"] = "application/json";
    options.body = JSON.stringify(values);
  }
  let answer;
  try {
    answer = await fetch(address, options);
  } catch {
    throw new Error("The server does not answer. What was decided before is written; this was not. Start 'kg review --web' again.");
  }
  const found = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(found.error), { status: answer.status });
  return found;
}

export function tell(words, done) {
  const line = at("message");
  line.hidden = !words;
  line.textContent = words || "";
  line.className = done ? "done" : "";
}
