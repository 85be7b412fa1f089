// A phone: its chat, its writing field, what one does with a bubble, and its lock screen.

import { act, get, post, remove } from "./api.js";
import { carried, hideSpoilers, keys, quoted, reactions, stamp, words } from "./bubble.js";
import { ask, calm, el, icon, iconButton, memory, menu, toast, wait } from "./dom.js";
import { Lock } from "./lock.js";
import { SAMPLES, ownFiles } from "./samples.js";
import { day } from "./when.js";

const REACTIONS = ["👍", "❤", "🙏", "👏", "😢"];
const SWIPE = 48; // pixels to the left that mean « répondre »
const NOT_YET = "Le bot ne répond pas pour l'instant. Votre geste l'attend.";

export class Phone {
  /** `person`: as the control API shows her; `role`: { label, code? }. `desk`: what the page offers to a phone. */
  constructor(person, role, desk) {
    Object.assign(this, { id: person.id, person, role, desk });
    this.bubbles = new Map();
    this.shown = new Set(); // bubbles whose spoilers she has touched
    this.reply = null;
    this.editing = null;
    this.keyboard = null;
    this.build();
    this.lock = new Lock(this.lockBox);
  }

  // its parts

  build() {
    const title = `phone-${this.id}`;
    this.status = el("small", {}, "");
    this.list = el("ol.chat", { role: "log", tabindex: 0, "aria-label": `Messages de ${this.person.name}` });
    this.field = el("textarea", { rows: 1, placeholder: "Message", "aria-label": `Message de ${this.person.name}`, maxlength: 20000 });
    this.about = el("div.about", { hidden: true });
    this.keyBox = el("div.reply-keys", { hidden: true });
    this.startBox = el("div.start", { hidden: true });
    this.fileField = el("input", { type: "file", multiple: true, hidden: true, "aria-hidden": "true", tabindex: -1 });
    const attach = iconButton("clip", "Joindre", () => this.attach(attach), { "aria-haspopup": "menu", "aria-expanded": "false" });
    const commands = iconButton("slash", "Commandes du bot", () => this.commandMenu(commands), { "aria-haspopup": "menu", "aria-expanded": "false" });
    this.form = el("form.composer", {}, this.about,
      el("div.line", {}, commands, this.field, attach, el("button.icon.send", { type: "submit", "aria-label": "Envoyer", title: "Envoyer" }, icon("send"))));
    const more = iconButton("dots", `Réglages du téléphone de ${this.person.name}`, () => this.phoneMenu(more), { "aria-haspopup": "menu", "aria-expanded": "false" });
    this.frame = el("div.phone", {},
      el("div.bar", {}, el("span.face", { "aria-hidden": "true" }, "P"), el("div", {}, el("strong", {}, "Passerelle"), this.status), more),
      this.list, this.startBox, this.keyBox, this.form, this.fileField);
    this.lockBox = el("div.lock", { role: "group", "aria-label": `Écran verrouillé de ${this.person.name}` });
    this.box = el("section.place", { "aria-labelledby": title, id: `place-${this.id}` },
      el("h2", { id: title }, this.person.name, " ", el("small", {}, this.role.label)), this.frame, this.lockBox);
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.field.addEventListener("keydown", (event) => this.typed(event));
    this.field.addEventListener("input", () => { this.grow(); memory.set(`draft:${this.id}`, this.editing ? null : this.field.value || null); });
    this.fileField.addEventListener("change", () => this.sendFiles());
    this.list.addEventListener("keydown", (event) => this.walk(event));
    this.frame.addEventListener("pointerdown", () => this.look());
    this.frame.addEventListener("focusin", (event) => { if (event.target.matches(":focus-visible")) this.look(); });
    this.swipes();
  }

  // what it shows

  async load() {
    const chat = await get(`people/${this.id}/chat?limit=60`);
    const lines = await get(`people/${this.id}/notifications?limit=4`);
    if (!chat || !lines) return;
    this.commands = chat.commands;
    this.bubbles = new Map(chat.bubbles.map((bubble) => [bubble.id, bubble]));
    this.more = chat.more;
    this.redraw();
    this.setKeyboard(chat.keyboard);
    this.setPerson(this.person);
    this.lock.set(lines.slice(0, this.person.unread), lines.length);
    if (chat.typing) this.setAction(chat.typing, 5);
    const draft = memory.get(`draft:${this.id}`);
    if (draft && !this.field.value) this.write(draft);
  }

  redraw() {
    this.list.replaceChildren();
    if (this.more) this.list.append(el("li.earlier", {}, el("button", { type: "button", onclick: () => this.earlier() }, "Messages précédents")));
    for (const bubble of this.bubbles.values()) this.draw(bubble);
    this.bottom();
  }

  async earlier() {
    const first = this.bubbles.keys().next().value;
    const chat = await get(`people/${this.id}/chat?limit=60&before=${first}`);
    if (!chat) return;
    this.bubbles = new Map([...chat.bubbles.map((bubble) => [bubble.id, bubble]), ...this.bubbles]);
    this.more = chat.more;
    this.redraw();
    document.getElementById(this.key(first))?.scrollIntoView();
  }

  /** A bubble is new, or looks different. */
  place(bubble) {
    if (bubble.chat_id !== this.id) return;
    const known = this.bubbles.has(bubble.id);
    if (!known && this.bubbles.size && bubble.id < this.bubbles.keys().next().value) return; // older than what is shown
    const low = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 80;
    this.bubbles.set(bubble.id, bubble);
    this.draw(bubble);
    if (!known && !bubble.mine) this.setAction(null);
    if (low || (!known && bubble.mine)) this.bottom();
  }

  gone(ids) {
    for (const id of ids) {
      const bubble = this.bubbles.get(id);
      this.bubbles.delete(id);
      const rest = bubble?.album && this.albumOf(bubble)[0];
      if (rest) this.draw(rest);
      else document.getElementById(this.key(id))?.remove();
    }
  }

  albumOf(bubble) {
    return [...this.bubbles.values()].filter((one) => one.album === bubble.album);
  }

  key(id) {
    const album = this.bubbles.get(id)?.album;
    return album ? `album-${this.id}-${album}` : `bubble-${this.id}-${id}`;
  }

  draw(bubble) {
    const items = bubble.album ? this.albumOf(bubble) : [bubble];
    const head = items[0];
    const made = head.kind === "service" ? el("li.service", {}, head.text) : this.drawn(head, items);
    made.id = this.key(bubble.id);
    const before = document.getElementById(made.id);
    if (before) { before.replaceWith(made); return; }
    const date = day(head.date);
    if (date !== this.list.lastElementChild?.dataset.day) this.list.append(el("li.day", {}, date));
    made.dataset.day = date;
    this.list.append(made);
  }

  drawn(bubble, items) {
    const does = { vote: (index) => this.act("vote", { message_id: bubble.id, options: [index] }) };
    const media = items.map((one) => carried(one, does)).filter(Boolean);
    const box = el("div.box", {},
      bubble.forwarded_from ? el("small.from", {}, `Transféré de ${bubble.forwarded_from}`) : null,
      quoted(bubble, (id) => this.go(id)),
      media.length > 1 ? el("div.album", {}, ...media) : media[0] ?? null,
      bubble.text ? el("p", {}, words(bubble.text, bubble.entities, bubble.mine ? null : (text) => this.act("send", { text }))) : null,
      reactions(bubble, (emoji) => this.act("react", { message_id: bubble.id, emoji })), stamp(bubble));
    hideSpoilers(box, this.shown.has(bubble.id), () => { this.shown.add(bubble.id); this.draw(bubble); });
    const tools = el("div.tools", {}, iconButton("reply", "Répondre", () => this.replyTo(bubble)),
      iconButton("dots", "Autres gestes", (event) => this.bubbleMenu(event.currentTarget, bubble), { "aria-haspopup": "menu", "aria-expanded": "false" }));
    return el(`li.bubble.${bubble.mine ? "mine" : "theirs"}.${bubble.kind}`, { tabindex: -1, "data-id": bubble.id },
      el("span.said", {}, bubble.mine ? "Vous : " : `${bubble.from.name} : `), box, keys(bubble, (button, key) => this.press(bubble, button, key)), tools);
  }

  bottom() {
    this.list.scrollTop = this.list.scrollHeight;
  }

  go(id) {
    const box = document.getElementById(this.key(id));
    if (!box) { toast("Ce message n'est plus là."); return; }
    box.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    box.focus();
    box.classList.add("lit");
    setTimeout(() => box.classList.remove("lit"), 1200);
  }

  setAction(action, seconds = 5) {
    clearTimeout(this.acting);
    this.doing = action ? (action === "typing" ? "écrit…" : "envoie un fichier…") : null;
    if (action) this.acting = setTimeout(() => this.setAction(null), seconds * 1000);
    this.setStatus();
  }

  setStatus() {
    this.status.textContent = this.person.blocked ? "bot bloqué" : this.doing ?? "bot";
    this.status.classList.toggle("doing", Boolean(this.doing));
  }

  setPerson(person) {
    this.person = person;
    this.setStatus();
    const ready = person.started && !person.blocked;
    this.form.hidden = !ready;
    this.startBox.hidden = ready;
    if (!ready) this.drawStart();
    if (person.unread === 0) this.lock.clear();
  }

  drawStart() {
    if (this.startBox.childElementCount && this.startBox.dataset.blocked === String(this.person.blocked)) return;
    this.startBox.dataset.blocked = String(this.person.blocked);
    if (this.person.blocked) {
      this.startBox.replaceChildren(el("button.main", { type: "button", onclick: () => this.act("unblock", {}) }, "Débloquer le bot"));
      return;
    }
    const field = el("input", { id: `code-${this.id}`, placeholder: "Code ou lien", autocomplete: "off", spellcheck: "false" });
    const form = el("form", {}, el("label", { for: field.id }, "Le lien ou le code de l'invitation"), field,
      el("div.ends", {},
        this.role.code ? el("button", { type: "button", onclick: () => { field.value = this.role.code; field.focus(); } }, icon("scan"), "Scanner l'affiche") : null,
        el("button.main", { type: "submit" }, "Démarrer")));
    form.addEventListener("submit", (event) => { event.preventDefault(); this.act("open", { link: field.value }); });
    this.startBox.replaceChildren(form);
  }

  setKeyboard(keyboard) {
    this.keyboard = keyboard;
    this.keyBox.hidden = !keyboard;
    this.keyBox.replaceChildren(...(keyboard?.rows ?? []).map((row) => el("div", {}, ...row.map((key) =>
      el("button", { type: "button", onclick: () => this.act("press", { button: key.text }) }, key.text)))));
    this.field.placeholder = keyboard?.placeholder || "Message";
  }

  // what she does

  act(what, body) {
    return act(this.id, what, body);
  }

  /** She looks at her phone: nothing is unread any more. */
  look() {
    if (this.person.unread === 0 && this.lock.empty) return;
    this.person.unread = 0;
    this.lock.clear();
    post(`people/${this.id}/read`, {}, { quiet: true });
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 140)}px`;
  }

  write(text) {
    this.field.value = text;
    this.grow();
  }

  typed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(); }
    if (event.key === "Escape") this.setAbout(null);
    if (event.key === "ArrowUp" && !this.field.value) {
      const last = [...this.bubbles.values()].findLast((bubble) => bubble.mine && bubble.text);
      if (last) { event.preventDefault(); this.edit(last); }
    }
  }

  async send() {
    const text = this.field.value;
    if (!text.trim()) { this.field.focus(); return; }
    this.look();
    const done = this.editing
      ? await this.act("edit", { message_id: this.editing.id, text })
      : await this.act("send", { text, reply_to: this.reply?.id ?? null });
    if (!done) return;
    this.write("");
    memory.set(`draft:${this.id}`, null);
    this.setAbout(null);
    this.desk.sent(this);
  }

  /** `what`: null, or "reply" or "edit" with its bubble. */
  setAbout(what, bubble = null) {
    if (this.editing && what !== "edit") this.write("");
    this.reply = what === "reply" ? bubble : null;
    this.editing = what === "edit" ? bubble : null;
    this.about.hidden = !what;
    if (!what) return;
    const title = what === "edit" ? "Modifier le message" : `Répondre à ${bubble.mine ? "soi-même" : bubble.from.name}`;
    const hidden = bubble.entities.some(({ type }) => type === "spoiler") && !this.shown.has(bubble.id);
    this.about.replaceChildren(icon(what === "edit" ? "pen" : "reply"), el("div", {}, el("strong", {}, title),
      el("span", {}, hidden ? bubble.text.split("\n")[0] : bubble.text || bubble.kind)),
      iconButton("close", "Annuler", () => { this.setAbout(null); this.field.focus(); }));
  }

  replyTo(bubble) {
    this.setAbout("reply", bubble);
    this.field.focus({ preventScroll: true });
  }

  edit(bubble) {
    this.setAbout("edit", bubble);
    this.write(bubble.text);
    this.field.focus({ preventScroll: true });
  }

  async press(bubble, button, key) {
    key.classList.add("waiting");
    key.setAttribute("aria-busy", "true");
    const said = await this.act("press", { message_id: bubble.id, button, wait: 6 });
    key.classList.remove("waiting");
    key.removeAttribute("aria-busy");
    if (!said) return;
    if (said.kind === "copy") { await navigator.clipboard?.writeText(said.copy).catch(() => null); toast("Copié."); }
    else if (said.kind === "url") ask("Ce bouton ouvre une page", [], null, said.url);
    else if (said.kind === "callback" && !said.answered) toast(NOT_YET);
    else if (said.alert) ask(said.text, [], null);
    else if (said.text) toast(said.text);
  }

  bubbleMenu(anchor, bubble) {
    const items = [{ title: "Réagir", row: REACTIONS.map((emoji) => [emoji, () => this.act("react", { message_id: bubble.id, emoji })]) },
      ["Répondre", () => this.replyTo(bubble), { icon: "reply" }]];
    const quote = String(getSelection()).trim();
    if (quote && bubble.text.includes(quote)) items.push(["Répondre au passage choisi", () => this.quote(bubble, quote), { icon: "reply" }]);
    if (bubble.mine && (bubble.text || bubble.media)) items.push(["Modifier", () => this.edit(bubble), { icon: "pen" }]);
    if (bubble.text) items.push(["Copier", () => navigator.clipboard?.writeText(bubble.text).then(() => toast("Copié.")), { icon: "copy" }]);
    if (!bubble.protected) items.push(["Transférer ici", () => this.act("forward", { message_id: bubble.id }), { icon: "out" }]);
    items.push(["Supprimer", () => this.act("delete", { message_ids: bubble.album ? this.albumOf(bubble).map(({ id }) => id) : [bubble.id] }), { icon: "close", danger: true }]);
    menu(anchor, "Gestes sur ce message", items);
  }

  async quote(bubble, quote) {
    const given = await ask("Répondre au passage", [["text", `« ${quote} »`, ""]], "Envoyer");
    if (given) this.act("send", { text: given.text, reply_to: bubble.id, quote });
  }

  attach(anchor) {
    menu(anchor, "Joindre", [...SAMPLES.map(([label, name, make]) => [label, () => this.sendSample(make), { icon: name }]),
      ["Depuis cet appareil…", () => this.fileField.click(), { icon: "clip" }]]);
  }

  async sendSample(make) {
    this.look();
    const body = await make();
    const reply = this.reply?.id;
    if (reply && body instanceof FormData) body.set("args", JSON.stringify({ ...JSON.parse(body.get("args")), reply_to: reply }));
    if (await this.act("send", body instanceof FormData ? body : { ...body, reply_to: reply })) this.setAbout(null);
  }

  async sendFiles() {
    const files = [...this.fileField.files];
    this.fileField.value = "";
    if (files.length) await this.act("send", ownFiles(files));
  }

  commandMenu(anchor) {
    if (!this.commands?.length) { toast("Le bot n'a pas encore dit ses commandes."); return; }
    menu(anchor, "Commandes du bot", this.commands.map(({ command, description }) =>
      [`/${command} : ${description}`, () => this.act("send", { text: `/${command}` })]));
  }

  phoneMenu(anchor) {
    menu(anchor, "Ce téléphone", [
      this.person.blocked ? ["Débloquer le bot", () => this.act("unblock", {})] : ["Bloquer le bot", () => this.act("block", {}), { icon: "close" }],
      ["Retirer ce téléphone", () => remove(`people/${this.id}`), { icon: "close", danger: true }]]);
  }

  // by keyboard and by swiping

  walk(event) {
    const all = [...this.list.querySelectorAll(".bubble")];
    const here = all.indexOf(event.target.closest(".bubble"));
    if (event.target !== this.list && event.target !== all[here]) return;
    const bubble = this.bubbles.get(Number(all[here]?.dataset.id));
    if (event.key === "ArrowUp") all[here < 0 ? all.length - 1 : Math.max(0, here - 1)]?.focus();
    else if (event.key === "ArrowDown") all[Math.min(all.length - 1, here + 1)]?.focus();
    else if (event.key === "r" && bubble) this.replyTo(bubble);
    else if (event.key === "Enter" && bubble) this.bubbleMenu(all[here].querySelector(".tools button:last-child"), bubble);
    else return;
    event.preventDefault();
  }

  swipes() {
    let from = null;
    const stop = () => { if (from) from.box.style.translate = ""; from = null; };
    this.list.addEventListener("pointerdown", (event) => {
      const box = event.target.closest(".bubble");
      if (box && event.isPrimary && !event.target.closest("button, audio, video, a, .spoiler:not(.shown)")) from = { box, x: event.clientX, y: event.clientY };
    });
    this.list.addEventListener("pointermove", (event) => {
      if (!from) return;
      const [x, y] = [event.clientX - from.x, event.clientY - from.y];
      if (Math.abs(y) > 24 && Math.abs(y) > Math.abs(x)) stop();
      else from.box.style.translate = `${Math.max(-SWIPE * 1.3, Math.min(0, x))}px`;
    });
    this.list.addEventListener("pointerup", (event) => {
      if (from && event.clientX - from.x < -SWIPE) this.replyTo(this.bubbles.get(Number(from.box.dataset.id)));
      stop();
    });
    this.list.addEventListener("pointercancel", stop);
  }

  /** Play a swipe on a bubble, for those who watch. */
  async swipe(bubble) {
    const box = document.getElementById(this.key(bubble.id));
    if (box && !calm()) {
      await box.animate([{ translate: "0" }, { translate: `-${SWIPE}px` }, { translate: "0" }], { duration: 700, easing: "ease-in-out" }).finished;
    }
    this.setAbout("reply", bubble);
    await wait(200);
  }
}
