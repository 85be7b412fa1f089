// The control calls of the local Bot API, and its events.

import { toast } from "./dom.js";

const GONE = "La démonstration ne répond plus. Relancez « make demo » : rien n'est perdu.";

/** Make a control call; what goes wrong is said in a toast, and null returned. */
export async function call(method, path, body, { quiet = false } = {}) {
  const asked = { method };
  if (body instanceof FormData) asked.body = body;
  else if (method !== "GET") {
    asked.headers = { "Content-Type": "application/json" };
    asked.body = JSON.stringify(body ?? {});
  }
  let answer;
  try {
    answer = await fetch(`/control/${path}`, asked);
  } catch {
    if (!quiet) toast(GONE);
    return null;
  }
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  if (!quiet) toast(said.error ?? "Cela n'a pas marché. Rechargez la page.");
  return null;
}

export const get = (path, more) => call("GET", path, null, more);
export const post = (path, body, more) => call("POST", path, body, more);
export const remove = (path) => call("DELETE", path);

/** What somebody does on her phone: `act(7, "send", { text: "…" })`. */
export const act = (person, what, body) => post(`people/${person}/${what}`, body);

/** Listen to the events: `kinds` gives a function for each. Comes back by itself after a cut. */
export function listen(kinds, cut) {
  const source = new EventSource("/control/events");
  for (const [kind, hear] of Object.entries(kinds)) source.addEventListener(kind, (event) => hear(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    cut();
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => listen(kinds, cut), 1000);
  });
}
