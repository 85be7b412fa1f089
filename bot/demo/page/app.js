// The page of phones: who is on it, what time it is, which chapter plays.

import { get, listen, post } from "./api.js";
import { ANSWER, CHAPTERS, TYPED, tomorrow } from "./chapters.js";
import { ask, calm, el, icon, menu, toast } from "./dom.js";
import { Drawer } from "./drawer.js";
import { setSounds } from "./lock.js";
import { Phone } from "./phone.js";
import { Stage, Stopped } from "./stage.js";
import { at, friday, moment } from "./when.js";

const by = (id) => document.getElementById(id);
const phones = new Map();
const clock = { now: 0, read: 0, running: true };
let demo = { people: {}, offers: [] };
let playing = null; // the AbortController of the chapter that plays
let guided = false; // somebody follows « Un soir » by hand

const desk = {
  now: () => clock.now + (clock.running ? (performance.now() - clock.read) / 1000 : 0),
  phoneOf: (role) => [...phones.values()].find((phone) => phone.role.role === role),
  say(caption, ...more) {
    by("caption").replaceChildren(caption ? el("span", {}, caption) : "", ...more);
  },
  spot(phone) {
    for (const one of phones.values()) one.box.classList.toggle("spot", one === phone);
    phone.box.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "nearest", inline: "center" });
  },
  sent: (phone) => guide(phone),
};
const drawer = new Drawer(by("drawer"));

// the clock

function setClock({ now, running }) {
  Object.assign(clock, { now, running, read: performance.now() });
  tick();
}

function tick() {
  const now = desk.now();
  by("clock-time").textContent = moment(now);
  for (const phone of phones.values()) phone.lock.tick(now);
}

function clockMenu() {
  const move = (to) => () => post("clock", typeof to === "number" ? { advance: to } : { set: to(desk.now()) });
  menu(by("clock"), "Avancer l'horloge", [
    ["1 minute", move(60)], ["10 minutes", move(600)], ["1 heure", move(3600)],
    ["Demain, 9 h", move((now) => at(now, 1, 9))], ["Vendredi, 14 h", move((now) => friday(now, 14))],
    ["Une semaine", move(7 * 86400)]]);
}

// the phones

async function reload() {
  const [state, setting] = await Promise.all([get("state"), get("demo")]);
  if (!state || !setting) return;
  setDemo(setting);
  setClock(state.clock);
  drawer.setFaults(state.faults);
  for (const phone of phones.values()) phone.box.remove();
  phones.clear();
  await Promise.all(state.people.map((person) => arrive(person)));
  if (demo.fresh) desk.phoneOf("diallo")?.field.value || desk.phoneOf("diallo")?.write(TYPED);
  document.body.classList.add("ready");
}

async function arrive(person) {
  const role = demo.people[person.id];
  if (!role || phones.has(person.id)) return;
  const phone = new Phone(person, role, desk);
  phones.set(person.id, phone);
  const after = [...phones.values()].find((one) => one.role.rank > role.rank && one.box.isConnected);
  by("phones").insertBefore(phone.box, after?.box ?? null);
  drawTabs();
  await phone.load();
  tick();
}

function leave(id) {
  phones.get(id)?.box.remove();
  phones.delete(id);
  drawTabs();
}

function drawTabs() {
  const shown = [...phones.values()].filter((phone) => phone.box.isConnected).sort((a, b) => a.role.rank - b.role.rank);
  by("tabs").replaceChildren(...shown.map((phone) => el("button", { type: "button", onclick: () => desk.spot(phone) },
    phone.person.name, phone.person.unread ? el("span.badge", { "aria-label": "non lus" }, String(phone.person.unread)) : null)));
}

function addMenu() {
  menu(by("add"), "Ajouter un téléphone", demo.offers.map(({ role, name, label }) =>
    [label ? `${name}, ${label}` : name, () => post("demo/phones", { role }), { icon: "plus" }]));
}

function setDemo(setting) {
  demo = setting;
  document.body.dataset.bot = setting.bot;
  drawer.refreshing = setting.bot;
}

// chapters

async function play(chapter) {
  playing?.abort();
  const mine = new AbortController();
  playing = mine;
  guided = false;
  drawChapters(chapter.key);
  desk.say("La scène se prépare…");
  try {
    if (!await post("demo/scene", { chapter: chapter.key })) return;
    await reload();
    await chapter.play(new Stage(desk, mine.signal));
    desk.say(null);
  } catch (error) {
    if (mine.signal.aborted) return;
    desk.say(null);
    toast(error instanceof Stopped ? "Il manque un téléphone à cette scène. « Recommencer » le ramène." : "La scène s'est arrêtée. Relancez-la.");
  } finally {
    if (playing === mine) { playing = null; drawChapters(null); }
    for (const phone of phones.values()) phone.box.classList.remove("spot");
  }
}

function stop() {
  playing?.abort();
  playing = null;
  desk.say(null);
  drawChapters(null);
}

function drawChapters(current) {
  by("chapters").replaceChildren(...CHAPTERS.filter(({ key }) => demo.chapters?.includes(key)).map((chapter) => el("button", {
    type: "button", class: chapter.key === current ? "playing" : null, onclick: () => (chapter.key === current ? stop() : play(chapter)),
  }, icon(chapter.key === current ? "stop" : "play"), chapter.key === current ? `Arrêter « ${chapter.title} »` : chapter.title)));
}

/** Somebody plays « Un soir » by hand: one caption, one button, one answer already typed. */
function guide(phone) {
  if (playing || !demo.fresh) return;
  if (phone.role.role === "diallo") {
    guided = true;
    desk.say("Reçu. Chantal ne sonne pas : centre fermé.",
      el("button.main", { type: "button", onclick: guideOn }, icon("clock"), "Avancer à demain, 9 h"));
  } else if (guided) {
    guided = false;
    desk.say("C'est chez Mme Diallo, avant la date promise.");
    setTimeout(() => { if (!playing) desk.say(null); }, 6000);
  }
}

async function guideOn() {
  await post("clock", { set: tomorrow(desk.now()) });
  const chantal = desk.phoneOf("chantal");
  const card = chantal && [...chantal.bubbles.values()].findLast((bubble) => !bubble.mine && bubble.buttons.length);
  if (!card) { desk.say(null); return; }
  desk.say("Chantal glisse la carte et répond : touchez Envoyer.");
  desk.spot(chantal);
  chantal.shown.add(card.id);
  chantal.draw(card);
  chantal.setAbout("reply", card);
  chantal.write(ANSWER);
  chantal.field.focus();
}

async function again() {
  if (!await ask("Recommencer", [], "Recommencer", "Tous les messages disparaissent, l'horloge revient au mardi 24 novembre.")) return;
  stop();
  desk.say("La scène se prépare…");
  await post("demo/scene", { chapter: "soir" });
  desk.say(null);
  await reload();
}

// beginning

function button(id, name, label, onclick) {
  by(id).append(icon(name), el("span", {}, label));
  by(id).addEventListener("click", onclick);
}

by("clock").append(icon("clock"), el("span", { id: "clock-time" }, "…"));
by("clock").addEventListener("click", clockMenu);
button("add", "plus", "Téléphone", addMenu);
button("again", "again", "Recommencer", again);
button("sound", "bell", "Son", () => {
  const on = by("sound").getAttribute("aria-pressed") !== "true";
  by("sound").setAttribute("aria-pressed", String(on));
  setSounds(on);
});
button("under", "under", "Dessous", () => by("under").setAttribute("aria-expanded", String(drawer.toggle())));
by("under").setAttribute("aria-label", "Ce qui se passe dessous");
setInterval(tick, 1000);

let epoch = null;
const heard = (data, does) => { const phone = phones.get(data.person); if (phone) does(phone); };
listen({
  async hello(said) { epoch = said.epoch; document.body.classList.remove("cut"); await reload(); drawChapters(null); },
  message: (data) => heard(data, (phone) => { phone.place(data.bubble); if (demo.fresh && data.bubble.mine && !playing && !guided) demo.fresh = phone.role.role === "diallo"; }),
  edited: (data) => heard(data, (phone) => phone.place(data.bubble)),
  deleted: (data) => heard(data, (phone) => phone.gone(data.message_ids)),
  keyboard: (data) => heard(data, (phone) => phone.setKeyboard(data.keyboard)),
  action: (data) => heard(data, (phone) => phone.setAction(data.action, data.seconds)),
  notification: (data) => heard(data, (phone) => { phone.person.unread += 1; phone.lock.add(data); drawTabs(); }),
  person: (person) => { const phone = phones.get(person.id); if (phone) { phone.setPerson(person); drawTabs(); } else arrive(person); },
  person_gone: ({ id }) => leave(id),
  clock: setClock,
  faults: (faults) => drawer.setFaults(faults),
  commands: (commands) => { for (const phone of phones.values()) phone.commands = commands; },
  demo: setDemo,
  reset: (said) => { if (said.epoch !== epoch) { epoch = said.epoch; for (const id of [...phones.keys()]) leave(id); } },
}, () => document.body.classList.add("cut"));
