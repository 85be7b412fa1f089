// The control calls of the local Bot API, and its events.

import { toast } from "./dom.js";

/** Make a control call; what goes wrong is said in a toast unless `quiet`, and null returned. */
export async function call(method, path, body, quiet) {
  const asked = { method };
  if (body instanceof FormData) asked.body = body;
  else if (method !== "GET") Object.assign(asked, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}) });
  let sentence = "La démonstration ne répond plus. Relancez « make demo » : rien n'est perdu.";
  try {
    const answer = await fetch(`/control/${path}`, asked);
    const said = await answer.json();
    if (answer.ok) return said;
    sentence = said.error;
  } catch { /* the demo has stopped, or was stopping */ }
  if (!quiet) toast(sentence);
  return null;
}

export const get = (path, quiet) => call("GET", path, null, quiet);
export const post = (path, body, quiet) => call("POST", path, body, quiet);

/** Listen to the events: `kinds` has a function for each. It comes back by itself after a cut. */
export function listen(kinds, cut) {
  const source = new EventSource("/control/events");
  for (const [kind, hear] of Object.entries(kinds)) source.addEventListener(kind, (event) => hear(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    cut();
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(kinds, cut), 1000);
  });
}
