// A phone: its chat, its writing field, what one does with a bubble, and its lock screen.

import { call, get, post } from "./api.js";
import { carried, hideSpoilers, keys, quoted, reactions, stamp, words } from "./bubble.js";
import { ask, calm, el, icon, menu, remember, toast, wait } from "./dom.js";
import { Lock } from "./lock.js";
import { SAMPLES, ownFiles } from "./samples.js";
import { day } from "./when.js";

const REACTIONS = [["👍", "Pouce levé"], ["❤", "Cœur"], ["🙏", "Merci"], ["👏", "Bravo"], ["😢", "Tristesse"]];
const SWIPE = 48; // pixels to the left that mean « répondre »
const PAGE = 60; // bubbles read at a time

export class Phone {
  /** `person`: as the control API shows her; `role`: as /control/demo does. `desk`: what the page offers to a phone. */
  constructor(person, role, desk) {
    Object.assign(this, { id: person.id, chat: person.id, person, role, desk, bubbles: new Map(), low: true, reply: null, editing: null });
    this.shown = new Set(); // bubbles whose spoilers she has touched
    this.box = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.box.setAttribute("aria-label", `Téléphone de ${person.name}`);
    this.part("who").textContent = person.name;
    this.part("label").textContent = role.label;
    this.list = this.part("chat");
    this.list.setAttribute("aria-label", `Messages de ${person.name}`);
    this.field = this.box.querySelector("textarea");
    this.field.setAttribute("aria-label", `Message de ${person.name}`);
    this.lock = new Lock(this.part("lock"));
    this.part("lock").setAttribute("aria-label", `Écran verrouillé de ${person.name}`);
    this.listen();
  }

  part(name) {
    return this.box.querySelector(`.${name}`);
  }

  listen() {
    const on = (name, kind, does) => this.part(name).addEventListener(kind, (event) => { if (kind === "submit") event.preventDefault(); does(event.currentTarget); });
    const code = this.part("start").querySelector("input");
    on("composer", "submit", () => this.send());
    on("start", "submit", () => this.act("open", { link: code.value }));
    on("scan", "click", async () => {
      if (await ask("L'affiche de l'invitation", { picture: `/control/demo/poster/${this.id}`, yes: "Scanner" })) code.value = this.role.code;
      this.box.querySelector(".start .main").focus();
    });
    on("chats", "change", (field) => this.show(Number(field.value)));
    on("unblock", "click", () => this.act("unblock"));
    on("attach", "click", (anchor) => menu(anchor, [...SAMPLES.map(([label, name, body]) => [label, () => this.attach({ ...body, ...this.about() }), name]),
      ["Depuis cet appareil…", () => this.part("files").click(), "clip"]]));
    on("commands", "click", (anchor) => this.commands?.length && menu(anchor, this.commands.map(({ command, description }) => [`/${command} : ${description}`, () => this.say(`/${command}`)])));
    on("more", "click", (anchor) => menu(anchor, [this.person.blocked ? ["Débloquer le bot", () => this.act("unblock")] : ["Bloquer le bot", () => this.act("block"), "mute"],
      ["Retirer ce téléphone", () => call("DELETE", `people/${this.id}`), "close", "danger"]]));
    on("forget", "click", () => { this.setAbout(null); this.field.focus(); });
    on("files", "change", (field) => { this.attach(ownFiles([...field.files], this.about())); field.value = ""; });
    on("phone", "pointerdown", () => this.look());
    on("chat", "scroll", () => { this.low = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60; });
    this.field.addEventListener("keydown", (event) => this.typed(event));
    this.field.addEventListener("input", () => { this.grow(); if (!this.editing) remember(`draft ${this.id}`, this.field.value); });
    this.list.addEventListener("keydown", (event) => this.walk(event));
    new ResizeObserver(() => this.low && this.bottom()).observe(this.list);
    this.swipes();
  }

  // What it shows

  read(more = "") {
    return get(`people/${this.id}/chat?chat_id=${this.chat}&limit=${PAGE}${more}`);
  }

  async load() {
    const meanwhile = this.meanwhile = []; // what happens while the answer travels may not be in it
    const [chat, lines] = await Promise.all([this.read(), get(`people/${this.id}/notifications?limit=4`)]);
    if (this.meanwhile !== meanwhile) return; // it has been read again since
    this.meanwhile = null;
    if (!chat || !lines) return;
    this.commands = chat.commands;
    this.bubbles = new Map(chat.bubbles.map((bubble) => [bubble.id, bubble]));
    this.redraw(chat.more);
    this.bottom();
    this.setKeyboard(chat.keyboard);
    this.setPerson(this.person);
    this.lock.set(lines.slice(0, this.person.unread));
    if (!this.field.value) this.write(remember(`draft ${this.id}`) ?? "");
    for (const happens of meanwhile) happens();
  }

  /** Something happens in the chat it shows. */
  hear(happens) {
    happens();
    this.meanwhile?.push(happens);
  }

  /** Show another of her chats: the bot's, or a group's. */
  async show(chat) {
    this.chat = chat;
    this.setAbout(null);
    this.setAction(null);
    await this.load();
    this.part("chats").value = chat;
  }

  /** Groups she is in. */
  setGroups(groups) {
    const hers = groups.filter(({ members }) => members.includes(this.id));
    this.part("chats").replaceChildren(...[{ id: this.id, title: "Passerelle" }, ...hers].map(({ id, title }) => el("option", { value: id, selected: id === this.chat }, title)));
    this.part("chats").hidden = !hers.length;
    this.part("title").hidden = hers.length > 0;
  }

  redraw(more) {
    this.list.replaceChildren();
    if (more) this.list.append(el("li.earlier", null, el("button", { onclick: () => this.earlier() }, "Messages précédents")));
    for (const bubble of this.bubbles.values()) this.draw(bubble);
  }

  async earlier() {
    const first = this.bubbles.keys().next().value;
    const chat = await this.read(`&before=${first}`);
    if (!chat) return;
    this.bubbles = new Map([...chat.bubbles.map((bubble) => [bubble.id, bubble]), ...this.bubbles]);
    this.redraw(chat.more);
    this.find(first).scrollIntoView();
  }

  /** A bubble is new, or looks different. */
  place(bubble) {
    const known = this.bubbles.has(bubble.id);
    if (!known && bubble.id < this.bubbles.keys().next().value) return; // older than what is shown
    const low = this.low;
    this.bubbles.set(bubble.id, bubble);
    this.draw(bubble);
    if (!known) this.setAction(null);
    if (low || (!known && bubble.mine)) this.bottom();
  }

  gone(ids) {
    for (const id of ids) {
      const [bubble, box] = [this.bubbles.get(id), this.find(id)];
      this.bubbles.delete(id);
      const rest = bubble?.album ? this.album(bubble) : [];
      if (rest.length) this.draw(rest[0]);
      else box?.remove();
    }
  }

  /** The bubbles that stand together: an album's, or one alone. */
  album(bubble) {
    return bubble.album ? [...this.bubbles.values()].filter(({ album }) => album === bubble.album) : [bubble];
  }

  find(id) {
    const bubble = this.bubbles.get(id);
    return bubble && this.list.querySelector(`[data-key="${bubble.album ?? id}"]`);
  }

  draw(bubble) {
    const items = this.album(bubble);
    const made = bubble.kind === "service" ? el("li.service", null, bubble.text) : this.drawn(items[0], items);
    const before = this.find(bubble.id);
    made.dataset.key = bubble.album ?? bubble.id;
    made.dataset.day = day(items[0].date);
    if (before) {
      const held = before.contains(document.activeElement); // what she stands on may change while she reads
      before.replaceWith(made);
      if (held) made.focus({ preventScroll: true });
      return;
    }
    if (made.dataset.day !== this.list.lastElementChild?.dataset.day) this.list.append(el("li.day", null, made.dataset.day));
    this.list.append(made);
  }

  drawn(bubble, items) {
    const { id } = bubble;
    const media = items.map((one) => carried(one, (index) => this.act("vote", { message_id: one.id, options: [index] }))).filter(Boolean);
    const box = el("div.box", null,
      this.chat < 0 && !bubble.mine && el("strong.from", null, bubble.from.name),
      bubble.forwarded_from && el("small.from", null, `Transféré de ${bubble.forwarded_from}`), quoted(bubble, (to) => this.go(to)),
      media.length > 1 ? el("div.album", null, ...media) : media[0],
      bubble.text && el("p", null, ...words(bubble, bubble.mine ? null : (text) => this.say(text))),
      bubble.reactions.length > 0 && reactions(bubble, (emoji) => this.act("react", { message_id: id, emoji })), stamp(bubble));
    if (!this.shown.has(id)) hideSpoilers(box, () => this.reveal(bubble));
    const tool = (name, label, onclick) => el("button.icon", { "aria-label": label, onclick }, icon(name));
    return el(bubble.mine ? "li.bubble.mine" : "li.bubble.theirs", { tabindex: "-1", "data-id": id },
      el("span.said", null, bubble.mine ? "Vous : " : `${bubble.from.name} : `), box,
      bubble.buttons.length > 0 && keys(bubble, (button, key) => this.press(id, button, key)),
      el("div.tools", null, tool("reply", "Répondre", () => this.setAbout("reply", bubble)), tool("dots", "Autres gestes", (event) => this.bubbleMenu(event.currentTarget, bubble))));
  }

  reveal(bubble) {
    this.shown.add(bubble.id);
    this.draw(bubble);
  }

  bottom() {
    this.list.scrollTop = this.list.scrollHeight;
  }

  go(id) {
    const box = this.find(id);
    if (!box) { toast("Ce message n'est plus là."); return; }
    box.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    box.focus();
    box.classList.add("lit");
    setTimeout(() => box.classList.remove("lit"), 1200);
  }

  setAction(action, seconds) {
    clearTimeout(this.acting);
    if (action) this.acting = setTimeout(() => this.setAction(null), seconds * 1000);
    this.part("status").textContent = this.person.blocked ? "bot bloqué" : { typing: "écrit…" }[action] ?? (action ? "envoie un fichier…" : this.chat < 0 ? "groupe" : "bot");
    this.part("status").classList.toggle("doing", Boolean(action));
  }

  setPerson(person) {
    this.person = person;
    this.setAction(null);
    this.part("composer").hidden = !person.started || person.blocked;
    this.part("start").hidden = person.started;
    this.part("unblock").hidden = !person.blocked;
    this.part("scan").hidden = !this.role.code;
    if (person.unread === 0) this.lock.set([]);
  }

  setKeyboard(keyboard) {
    this.part("reply-keys").hidden = !keyboard;
    this.part("reply-keys").replaceChildren(...(keyboard?.rows ?? []).map((row) => el("div", null, ...row.map(({ text }) => el("button", { onclick: () => this.act("press", { button: text }) }, text)))));
    this.field.placeholder = keyboard?.placeholder || "Message";
  }

  // What she does

  act(what, body) {
    this.desk.acted(body?.text);
    return post(`people/${this.id}/${what}`, body instanceof FormData ? body : { chat_id: this.chat, ...body });
  }

  /** Where a message goes: the chat, and what it replies to. */
  about() {
    return { chat_id: this.chat, reply_to: this.reply?.id, quote: this.quote };
  }

  say(text) {
    return this.act("send", { text });
  }

  /** She looks at her phone: nothing is unread any more. */
  look() {
    if (!this.person.unread) return;
    this.person.unread = 0;
    this.lock.set([]);
    post(`people/${this.id}/read`, {}, true);
  }

  write(text) {
    this.field.value = text;
    this.grow();
  }

  grow() {
    this.field.style.height = "auto";
    if (this.field.scrollHeight) this.field.style.height = `${this.field.scrollHeight + 2}px`; // 0 while it is hidden
    if (this.low) this.bottom(); // now: a late look would take the list, already shorter, for one that she has scrolled up
  }

  typed(event) {
    const last = event.key === "ArrowUp" && !this.field.value && [...this.bubbles.values()].findLast(({ mine, text }) => mine && text);
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.send();
    else if (event.key === "Escape") this.setAbout(null);
    else if (last) this.setAbout("edit", last);
    else return;
    event.preventDefault();
  }

  async send() {
    const text = this.field.value;
    if (!text.trim()) return;
    this.look();
    const done = this.editing ? await this.act("edit", { message_id: this.editing.id, text }) : await this.act("send", { text, ...this.about() });
    if (!done) return;
    this.setAbout(null);
    this.write("");
    remember(`draft ${this.id}`, "");
    this.desk.sent(text);
  }

  /** `what`: null, or "reply" or "edit" with its bubble; `quote`: the passage she replies to. */
  setAbout(what, bubble, quote) {
    if (this.editing) this.write("");
    Object.assign(this, { reply: what === "reply" ? bubble : null, editing: what === "edit" ? bubble : null, quote });
    this.part("about").hidden = !what;
    if (!what) return;
    const masked = bubble.entities.some(({ type }) => type === "spoiler") && !this.shown.has(bubble.id);
    this.part("about").querySelector("strong").textContent = what === "edit" ? "Modifier le message" : `Répondre à ${bubble.from.name}`;
    this.part("about").querySelector("div span").textContent = quote ?? (masked ? bubble.text.split("\n")[0] : bubble.text);
    if (what === "edit") this.write(bubble.text);
    this.field.focus({ preventScroll: true });
  }

  async press(id, button, key) {
    key.ariaBusy = "true";
    const said = await this.act("press", { message_id: id, button, wait: 6 });
    key.ariaBusy = null;
    if (!said) return;
    if (said.kind === "copy") this.copy(said.copy);
    else if (said.url) ask("Ce bouton ouvre une page", { note: said.url });
    else if (said.answered === false) toast("Le bot ne répond pas pour l'instant. Votre geste l'attend.");
    else if (said.alert) ask(said.text);
    else if (said.text) toast(said.text);
  }

  async copy(text) {
    await navigator.clipboard.writeText(text);
    toast("Copié.");
  }

  bubbleMenu(anchor, bubble) {
    const [about, selected] = [{ message_id: bubble.id }, String(getSelection()).trim()];
    menu(anchor, [
      REACTIONS.map(([emoji, name]) => [emoji, () => this.act("react", { ...about, emoji }), null, null, name]),
      ["Répondre", () => this.setAbout("reply", bubble), "reply"],
      selected && bubble.text.includes(selected) && ["Répondre au passage choisi", () => this.setAbout("reply", bubble, selected), "reply"],
      bubble.mine && ["Modifier", () => this.setAbout("edit", bubble), "pen"],
      bubble.text && ["Copier", () => this.copy(bubble.text), "copy"],
      !bubble.protected && ["Transférer au bot", () => this.act("forward", { ...about, from_chat_id: this.chat, chat_id: this.id }), "out"],
      ["Supprimer", () => this.act("delete", { message_ids: this.album(bubble).map(({ id }) => id) }), "close", "danger"],
    ].filter(Boolean));
  }

  async attach(body) {
    this.look();
    if (await this.act("send", body)) this.setAbout(null);
  }

  // By keyboard and by swiping

  walk(event) {
    const all = [...this.list.querySelectorAll(".bubble")];
    const here = all.indexOf(event.target);
    if (here < 0 && event.target !== this.list) return;
    const bubble = this.bubbles.get(Number(all[here]?.dataset.id));
    if (event.key === "ArrowUp") all.at(here < 0 ? -1 : Math.max(0, here - 1))?.focus();
    else if (event.key === "ArrowDown") all[here + 1]?.focus();
    else if (event.key === "r" && bubble) this.setAbout("reply", bubble);
    else if (event.key === "Enter" && bubble) this.bubbleMenu(all[here].querySelector(".tools :last-child"), bubble);
    else return;
    event.preventDefault();
  }

  swipes() {
    let from = null;
    const on = (kind, does) => this.list.addEventListener(kind, does);
    const stop = () => { if (from) from.box.style.translate = ""; from = null; };
    on("pointerdown", (event) => {
      const box = event.target.closest(".bubble");
      if (box && event.isPrimary && !event.target.closest("button, audio, video, a, [role]:not(ol)")) from = { box, x: event.clientX, y: event.clientY };
    });
    on("pointermove", (event) => {
      if (!from) return;
      const [x, y] = [event.clientX - from.x, event.clientY - from.y];
      if (Math.abs(y) > 24 && Math.abs(y) > Math.abs(x)) stop();
      else from.box.style.translate = `${Math.max(-SWIPE * 1.3, Math.min(0, x))}px`;
    });
    on("pointerup", (event) => {
      if (from && event.clientX - from.x < -SWIPE) this.setAbout("reply", this.bubbles.get(Number(from.box.dataset.id)));
      stop();
    });
    on("pointercancel", stop);
  }

  /** Play a swipe on a bubble, for those who watch. */
  async swipe(bubble) {
    if (!calm()) await this.find(bubble.id)?.animate([{ translate: "0" }, { translate: `-${SWIPE}px` }, { translate: "0" }], { duration: 700 }).finished;
    this.setAbout("reply", bubble);
    await wait(200);
  }
}
