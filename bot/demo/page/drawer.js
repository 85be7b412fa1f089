// « Ce qui se passe dessous »: the life of the last gesture, without a word of it, and what can be unplugged.

import { call, get, post } from "./api.js";
import { el } from "./dom.js";
import { exact } from "./when.js";

const STATES = { waiting: "attend", sending: "part", sent: "parti", refused: "refusé", dropped: "laissé", aside: "mis de côté" };
const CALLS = {
  send: "message", edit: "mise à jour", buttons: "boutons", copy: "copie", album: "album", delete: "retrait",
  react: "réaction", toast: "réponse au bouton", leave: "départ du groupe", file: "fichier",
};
const FAULTS = { drop: "réseau coupé", too_many_requests: "429", server_error: "500", lose_answer: "réponse perdue" };
const BOT = { up: "Le bot tourne.", starting: "Le bot redémarre…", down: "Le bot est arrêté, il redémarre tout seul." };

const ms = (seconds) => seconds < 1 ? `${Math.max(1, Math.round(seconds * 1000))} ms` : `${seconds.toFixed(1).replace(".", ",")} s`;
const tries = (row) => (row.attempts > 1 ? `, ${row.attempts} essais` : "");

export class Drawer {
  constructor(box) {
    this.box = box;
    for (const button of box.querySelectorAll("[data-fault]")) button.addEventListener("click", () => post("faults", JSON.parse(button.dataset.fault)));
    box.querySelector(".kill").addEventListener("click", () => post("demo/kill"));
    box.querySelector(".mend").addEventListener("click", () => call("DELETE", "faults"));
  }

  /** Open or close; says which. */
  toggle() {
    this.box.hidden = !this.box.hidden;
    clearInterval(this.watch);
    if (!this.box.hidden) this.watch = setInterval(() => this.refresh(), 600);
    this.refresh();
    return !this.box.hidden;
  }

  setFaults(faults) {
    this.box.classList.toggle("broken", faults.length > 0);
    this.write(".faults", faults.length ? `En panne : ${faults.map(({ kind, left }) => FAULTS[kind] + (left ? ` (encore ${left})` : "")).join(", ")}.` : "Tout est branché.");
  }

  write(part, text) {
    const place = this.box.querySelector(part);
    if (place.textContent !== text) place.textContent = text;
  }

  async refresh() {
    const life = await get("demo/life", true);
    if (!life) return;
    this.write(".state", BOT[life.bot] + (life.waiting ? ` Chez Telegram, ${life.waiting} ${life.waiting > 1 ? "gestes attendent" : "geste attend"}.` : ""));
    this.box.querySelector(".life").replaceChildren(...steps(life).map(([title, done, lines]) =>
      el(done ? "li" : "li.waits", null, el("strong", null, title), ...lines.map((line) => el("span", null, line)))));
  }
}

/** The four steps: title, whether it is done, lines. */
function steps({ inbox, outbox, calls }) {
  if (!inbox) return [["Rien encore", false, ["Écrivez un message sur un téléphone."]]];
  const { from, received_at: received, handled_at: handled } = inbox;
  return [
    ["1. Arrivée", true, [`${exact(received)} : de ${from}, gardé avant d'être lu`]],
    ["2. Décision", handled, [handled ? `${exact(handled)} : ${ms(handled - received)} plus tard, en une fois` : STATES[inbox.state] + tries(inbox)]],
    ["3. Départ", outbox.every((row) => row.done_at), outbox.map((row) =>
      `${CALLS[row.call] ?? row.call} pour ${row.to} : ${STATES[row.state]}${row.done_at ? ` à ${exact(row.done_at)}` : ""}${tries(row)}`)],
    ["4. Telegram", true, calls.map((one) =>
      `${one.method}, ${one.to} : ${FAULTS[one.fault] ?? one.status ?? "en cours"}${one.ms === null ? "" : `, ${ms(one.ms / 1000)}`}`)],
  ];
}
