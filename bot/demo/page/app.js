// The page of phones: who is on it, what time it is, which chapter plays.

import { get, listen, post } from "./api.js";
import { ask, calm, el, icon, menu, remember, toast } from "./dom.js";
import { Drawer } from "./drawer.js";
import { setSounds } from "./lock.js";
import { Phone } from "./phone.js";
import { Stage } from "./stage.js";
import { at, friday, moment } from "./when.js";

const by = (id) => document.getElementById(id);
const phones = new Map();
const clock = { now: 0, read: 0, running: true };
const narrow = matchMedia("(max-width: 1160px)"); // no room for the lock screens beside the phones
const asking = fetch("chapters.json").then((answer) => answer.json());
let script = null;
let demo = { people: {} };
let groups = [];
let playing = null; // the AbortController of the chapter that plays
let guided = false; // somebody follows « Un soir » by hand
let epoch = null;

const desk = {
  now: () => clock.now + (clock.running ? (performance.now() - clock.read) / 1000 : 0),
  phoneOf: (role) => [...phones.values()].find((phone) => phone.role.role === role),
  say: (...caption) => by("caption").replaceChildren(...caption),
  spot(phone) {
    for (const one of phones.values()) one.box.classList.toggle("spot", one === phone);
    phone.box.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "nearest", inline: "center" });
  },
  sent: guide,
  /** What people do by themselves is not erased without asking. */
  acted(text) {
    if (!playing && text !== script.typed && text !== script.answer) remember("acted", "yes");
  },
};
const drawer = new Drawer(by("drawer"));

// The clock

function setClock({ now, running }) {
  Object.assign(clock, { now, running, read: performance.now() });
  tick();
}

function tick() {
  by("clock-time").textContent = moment(desk.now());
  for (const phone of phones.values()) phone.lock.tick(desk.now());
}

function clockMenu() {
  const advance = (label, seconds) => [label, () => post("clock", { advance: seconds })];
  const set = (label, when) => [label, () => post("clock", { set: when(desk.now()) })];
  menu(by("clock"), [advance("+ 1 minute", 60), advance("+ 10 minutes", 600), advance("+ 1 heure", 3600),
    set("Demain, 9 h", (now) => at(now, 1, 9)), set("Vendredi, 14 h", (now) => friday(now, 14)), advance("+ 1 semaine", 7 * 86400)]);
}

// The phones

async function reload() {
  const [state, setting] = await Promise.all([get("state"), get("demo"), asking.then((read) => { script = read; })]);
  if (!state || !setting) return;
  demo = setting;
  groups = state.groups;
  setClock(state.clock);
  drawer.setFaults(state.faults);
  [...phones.keys()].forEach(leave);
  await Promise.all(state.people.map(arrive));
  const diallo = desk.phoneOf("diallo");
  if (demo.fresh && diallo && !diallo.field.value) diallo.write(script.typed);
  if (!playing) drawChapters();
  by("cut").hidden = true;
  document.body.className = "ready";
}

async function arrive(person) {
  const role = demo.people[person.id];
  if (!role || phones.has(person.id)) return;
  const phone = new Phone(person, role, desk);
  phones.set(person.id, phone);
  const next = [...phones.values()].find((one) => one.role.rank > role.rank && one.box.isConnected);
  by("phones").insertBefore(phone.box, next?.box ?? null);
  phone.setGroups(groups);
  drawTabs();
  tick();
  await phone.load();
}

function leave(id) {
  phones.get(id)?.box.remove();
  phones.delete(id);
  drawTabs();
}

function addMenu() {
  menu(by("add"), [...demo.offers.map(({ role, name, label }) => [`${name}, ${label}`, () => { desk.acted(); post("demo/phones", { role }); }, "plus"]),
    ["Un groupe avec le bot", async () => {
      desk.acted();
      const group = await post("groups", { title: "Équipe des Tilleuls", members: [...phones.keys()] });
      if (group) setGroup(group);
      for (const phone of group ? phones.values() : []) phone.show(group.id);
    }, "person"]]);
}

function setGroup(group) {
  groups = [...groups.filter(({ id }) => id !== group.id), group];
  for (const phone of phones.values()) phone.setGroups(groups);
}

function drawTabs() {
  by("phones").classList.toggle("many", phones.size > 2 || narrow.matches);
  by("tabs").replaceChildren(...[...phones.values()].sort((a, b) => a.role.rank - b.role.rank).map((phone) =>
    el("button", { onclick: () => desk.spot(phone) }, phone.person.name, phone.person.unread > 0 && el("span.badge", { "aria-label": "non lus" }, String(phone.person.unread)))));
}

// Chapters

async function play(chapter) {
  if (remember("acted") && !await ask(chapter.title, { note: "Ce que vous avez essayé par vous-même disparaît.", yes: "Commencer" })) return;
  stop();
  const mine = new AbortController();
  playing = mine;
  guided = false;
  drawChapters(chapter);
  desk.say("La scène se prépare…");
  try {
    if (!await begin(chapter.key)) return;
    await reload();
    mine.signal.throwIfAborted();
    await new Stage(desk, script, mine.signal).play(chapter);
    stop();
    tomorrow();
  } catch (error) {
    if (!mine.signal.aborted) toast("La scène s'est arrêtée. Relancez-la.");
  } finally {
    if (playing === mine) stop();
  }
}

async function begin(chapter) {
  const done = await post("demo/scene", { chapter });
  if (done) remember("acted", "");
  return done;
}

function stop() {
  playing?.abort();
  playing = null;
  desk.say();
  drawChapters();
  for (const phone of phones.values()) phone.box.classList.remove("spot");
}

function drawChapters(current) {
  by("chapters").replaceChildren(...script.chapters.map((chapter) => chapter === current
    ? el("button.playing", { onclick: stop, "aria-label": `Arrêter « ${chapter.title} »` }, icon("stop"), "Arrêter")
    : el("button", { onclick: () => play(chapter) }, icon("play"), chapter.title)));
}

/** What is left to do, once the demonstration has been seen. */
function tomorrow() {
  desk.say(el("button", { popovertarget: "tomorrow" }, "Et demain ?"));
}

/** Somebody plays « Un soir » by hand: one caption, one button, one answer already typed. */
function guide(text) {
  if (playing) return;
  if (demo.fresh && text === script.typed) {
    guided = true;
    desk.say("Reçu. Chantal ne sonne pas : centre fermé.", el("button", { onclick: guideOn }, icon("clock"), "Avancer à demain, 9 h"));
  } else {
    desk.say(guided ? "C'est chez Mme Diallo, avant la date promise." : "");
    if (guided) setTimeout(() => playing || tomorrow(), 6000);
    guided = false;
  }
  demo.fresh = false;
}

async function guideOn() {
  await post("clock", { set: at(desk.now(), 1, 9, 5) });
  const chantal = desk.phoneOf("chantal");
  const card = chantal && [...chantal.bubbles.values()].findLast(({ mine, buttons }) => !mine && buttons.length);
  if (!card) { desk.say(); return; }
  desk.say("Chantal glisse la carte et répond : touchez Envoyer.");
  desk.spot(chantal);
  chantal.reveal(card);
  chantal.setAbout("reply", card);
  chantal.write(script.answer);
}

async function again() {
  if (!await ask("Recommencer", { note: "Tous les messages disparaissent, l'horloge revient au mardi 24 novembre.", yes: "Recommencer" })) return;
  stop();
  desk.say("La scène se prépare…");
  await begin("soir");
  desk.say();
  await reload();
}

// Beginning

by("clock").addEventListener("click", clockMenu);
by("add").addEventListener("click", addMenu);
by("again").addEventListener("click", again);
by("sound").addEventListener("click", ({ currentTarget: button }) => {
  button.ariaPressed = String(button.ariaPressed !== "true");
  setSounds(button.ariaPressed === "true");
});
by("under").addEventListener("click", () => { by("under").ariaExpanded = String(drawer.toggle()); });
narrow.addEventListener("change", drawTabs);
setInterval(tick, 1000);

const hers = (does) => (data) => { const phone = phones.get(data.person); if (phone) does(phone, data); };
const shown = (does) => hers((phone, data) => { if ((data.bubble ?? data).chat_id === phone.chat) phone.hear(() => does(phone, data)); });
listen({
  hello(said) { epoch = said.epoch; reload(); },
  reset(said) { if (said.epoch !== epoch) { epoch = said.epoch; [...phones.keys()].forEach(leave); } },
  message: shown((phone, { bubble }) => phone.place(bubble)),
  edited: shown((phone, { bubble }) => phone.place(bubble)),
  deleted: shown((phone, { message_ids: ids }) => phone.gone(ids)),
  keyboard: shown((phone, { keyboard }) => phone.setKeyboard(keyboard)),
  action: shown((phone, { action, seconds }) => phone.setAction(action, seconds)),
  notification: hers((phone, line) => { phone.person.unread += 1; phone.lock.add(line); drawTabs(); }),
  person(person) { const phone = phones.get(person.id); if (phone) { phone.setPerson(person); drawTabs(); } else arrive(person); },
  person_gone: ({ id }) => leave(id),
  group: setGroup,
  clock: setClock,
  faults: (faults) => drawer.setFaults(faults),
  commands: (commands) => { for (const phone of phones.values()) phone.commands = commands; },
  demo(setting) { demo = { ...setting, fresh: demo.fresh && setting.fresh }; },
}, () => { by("cut").hidden = false; });
