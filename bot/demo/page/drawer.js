// « Ce qui se passe dessous »: the life of the last message, without a word of it, and what can be unplugged.

import { call, get, post } from "./api.js";
import { el } from "./dom.js";
import { exact } from "./when.js";

const STATES = { waiting: "attend", sending: "part", sent: "parti", done: "fait", refused: "refusé", dropped: "laissé", aside: "mis de côté" };
const CALLS = {
  send: "message", edit: "mise à jour", buttons: "boutons", copy: "copie", album: "album", delete: "retrait",
  react: "réaction", toast: "réponse au bouton", leave: "départ du groupe", file: "fichier",
};
const FAULTS = { drop: "réseau coupé", too_many_requests: "429", server_error: "500", lose_answer: "réponse perdue", hang: "sans réponse" };
const PLUGS = [
  ["Couper le réseau", { kind: "drop", probability: 1 }],
  ["Trop de messages (429)", { kind: "too_many_requests", times: 3, retry_after: 3, methods: ["sendMessage", "editMessageText", "copyMessage"] }],
  ["Panne de Telegram (500)", { kind: "server_error", times: 3, methods: ["sendMessage", "editMessageText", "copyMessage"] }],
  ["Perdre une réponse", { kind: "lose_answer", times: 1, methods: ["sendMessage", "copyMessage"] }],
];
const UP = { up: "Le bot tourne.", starting: "Le bot redémarre…", down: "Le bot est arrêté : il redémarre tout seul." };

export class Drawer {
  constructor(box) {
    this.box = box;
    this.life = el("ol.life");
    this.state = el("p", { role: "status" });
    this.faults = el("p.faults");
    box.append(el("h2", {}, "Ce qui se passe dessous"), this.state,
      el("h3", {}, "La vie du dernier message"), el("p.small", {}, "Des heures et des états, jamais le contenu."), this.life,
      el("h3", {}, "Débrancher"), el("p.small", {}, "Coupez, écrivez, rétablissez : rien ne se perd."),
      el("div.plugs", {}, ...PLUGS.map(([label, fault]) => el("button", { type: "button", onclick: () => post("faults", fault) }, label)),
        el("button.danger", { type: "button", onclick: () => post("demo/kill", {}) }, "Tuer le bot (kill -9)"),
        el("button.main", { type: "button", onclick: () => call("DELETE", "faults") }, "Tout rétablir")), this.faults);
  }

  toggle() {
    this.box.hidden = !this.box.hidden;
    clearInterval(this.watch);
    if (this.box.hidden) return false;
    this.refresh();
    this.watch = setInterval(() => this.refresh(), 700);
    return true;
  }

  setFaults(faults) {
    this.faults.textContent = faults.length
      ? `En panne : ${faults.map(({ kind, left }) => FAULTS[kind] + (left ? ` (encore ${left})` : "")).join(", ")}.` : "Tout est branché.";
    this.box.classList.toggle("broken", faults.length > 0);
  }

  async refresh() {
    const life = await get("demo/life", { quiet: true });
    if (!life) { this.state.textContent = "La démonstration ne répond plus."; return; }
    this.state.textContent = UP[life.bot] + (life.waiting ? ` ${life.waiting} ${life.waiting > 1 ? "gestes attendent" : "geste attend"} chez Telegram.` : "");
    const steps = [];
    const step = (title, state, ...lines) => steps.push(el("li", { class: state }, el("strong", {}, title), ...lines.map((line) => el("span", {}, line))));
    if (life.inbox) {
      const { received_at: received, handled_at: handled, state, attempts, from } = life.inbox;
      step("1. Arrivée", "ok", `${exact(received)} : écrit dans la base avant d'être lu, de ${from}.`);
      step("2. Décision", handled ? "ok" : "waits", handled ? `${exact(handled)} : ${ms(handled - received)} plus tard, en une seule transaction.` : `${STATES[state]}${attempts ? `, ${attempts} essais` : ""}`);
      const left = life.outbox.filter(({ state: one }) => one === "waiting" || one === "sending").length;
      step("3. Départ", left ? "waits" : "ok", ...life.outbox.map((row) => `${CALLS[row.call] ?? row.call} → ${row.to} : ${STATES[row.state]}${row.done_at ? ` à ${exact(row.done_at)}` : ""}${row.attempts > 1 ? `, ${row.attempts} essais` : ""}`),
        ...(life.outbox.length ? [] : ["rien à envoyer"]));
      step("4. Telegram", "ok", ...life.calls.map((one) => `${one.method} → ${one.to} : ${one.fault ? FAULTS[one.fault] ?? one.fault : one.status ?? "en cours"}${one.ms === null ? "" : `, ${ms(one.ms / 1000)}`}`));
    } else step("Rien encore", "waits", "Écrivez un message sur un téléphone.");
    this.life.replaceChildren(...steps);
  }
}

const ms = (seconds) => seconds < 1 ? `${Math.max(1, Math.round(seconds * 1000))} ms` : `${seconds.toFixed(1).replace(".", ",")} s`;
