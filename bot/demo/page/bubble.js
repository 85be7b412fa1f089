// One message on a phone: its words, what it carries, its buttons and reactions.

import { el, icon } from "./dom.js";
import { hour } from "./when.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote" };
const COMMAND = /(?<![\w/])\/[a-z_]{2,32}\b/g;

/** Words with their entities (offsets in UTF-16 units, as strings count here). Spoilers stay hidden until touched. */
export function words(text, entities, onCommand) {
  const cuts = new Set([0, text.length]);
  for (const { offset, length } of entities) cuts.add(offset).add(offset + length);
  const places = [...cuts].sort((a, b) => a - b);
  const made = document.createDocumentFragment();
  for (let n = 0; n + 1 < places.length; n += 1) {
    const [start, end] = [places[n], places[n + 1]];
    const over = entities.filter(({ offset, length }) => offset <= start && end <= offset + length);
    const plain = text.slice(start, end);
    let node = onCommand ? commands(plain, onCommand) : document.createTextNode(plain);
    for (const entity of over) {
      if (entity.type === "spoiler") node = el("span.spoiler", {}, node);
      else if (TAGS[entity.type]) node = el(TAGS[entity.type], {}, node);
      else if (["text_link", "url", "phone_number", "email"].includes(entity.type)) node = el("span.link", { title: entity.url }, node);
    }
    made.append(node);
  }
  return made;
}

function commands(text, onCommand) {
  const made = document.createDocumentFragment();
  let from = 0;
  for (const found of text.matchAll(COMMAND)) {
    made.append(text.slice(from, found.index), el("button.command", { type: "button", onclick: () => onCommand(found[0]) }, found[0]));
    from = found.index + found[0].length;
  }
  made.append(text.slice(from));
  return made;
}

/** Hide the spoilers of a bubble behind one touch, from eyes and from screen readers. */
export function hideSpoilers(box, shown, onShow) {
  for (const one of box.querySelectorAll(".spoiler")) {
    if (shown) { one.classList.add("shown"); continue; }
    const reveal = (event) => {
      if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      onShow();
    };
    const hidden = el("span.hidden", { "aria-hidden": "true" });
    hidden.append(...one.childNodes);
    one.append(hidden);
    for (const [name, value] of Object.entries({ role: "button", tabindex: 0, "aria-label": "Texte masqué : touchez pour lire" })) one.setAttribute(name, value);
    one.addEventListener("click", reveal);
    one.addEventListener("keydown", reveal);
  }
}

const seconds = (count) => `${Math.floor(count / 60)}:${String(Math.round(count % 60)).padStart(2, "0")}`;
const weight = (bytes) => bytes < 1024 ? `${bytes} o` : bytes < 1048576 ? `${Math.round(bytes / 1024)} Ko` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} Mo`;

const MEDIA = {
  photo: (media) => el("img.photo", { src: media.url, alt: "Photo", loading: "lazy", width: media.width, height: media.height }),
  sticker: (media) => media.mime_type?.startsWith("image/")
    ? el("img.sticker", { src: media.url, alt: `Sticker ${media.emoji ?? ""}` }) : el("span.huge", {}, media.emoji ?? "🙂"),
  voice: (media) => player("audio", media, `Message vocal, ${seconds(media.duration ?? 0)}`),
  audio: (media) => player("audio", media, media.file_name ?? "Audio"),
  video: (media) => player("video", media, `Vidéo, ${seconds(media.duration ?? 0)}`),
  animation: (media) => player("video", media, "Image animée"),
  video_note: (media) => player("video.round", media, `Message vidéo, ${seconds(media.duration ?? 0)}`),
  document: (media) => el("a.file", { href: media.url, download: media.file_name ?? "document" },
    icon("file"), el("span", {}, media.file_name ?? "document", el("small", {}, weight(media.size ?? 0)))),
};

function player(what, media, label) {
  return el("figure", {}, el(what, { src: media.url, controls: true, preload: "metadata", "aria-label": label }), el("figcaption", {}, label));
}

function place({ latitude, longitude, title, address }) {
  const where = `${latitude.toFixed(4).replace(".", ",")} ; ${longitude.toFixed(4).replace(".", ",")}`;
  return el("div.place-card", {}, el("div.map", { role: "img", "aria-label": "Plan" }, icon("pin")),
    el("strong", {}, title ?? "Position"), el("small", {}, address ?? where));
}

function poll(asked, onVote) {
  const total = asked.options.reduce((sum, option) => sum + option.voters, 0);
  return el("div.poll", {}, el("strong", {}, asked.question),
    el("small", {}, asked.closed ? "Sondage clos" : asked.multiple ? "Plusieurs réponses possibles" : "Sondage"),
    ...asked.options.map((option, index) => {
      const share = total ? Math.round((100 * option.voters) / total) : 0;
      const bar = el("meter", { min: 0, max: 100, value: share, "aria-hidden": "true" });
      return el("button", { type: "button", disabled: asked.closed, "aria-pressed": String(option.chosen), onclick: () => onVote(index) },
        el("span", {}, option.chosen ? "✓ " : "", option.text), el("span", {}, total ? `${share} %` : ""), bar);
    }));
}

/** What a bubble carries besides its words, or null. */
export function carried(bubble, does) {
  if (bubble.media) return MEDIA[bubble.kind]?.(bubble.media) ?? null;
  if (bubble.location) return place(bubble.location);
  if (bubble.contact) {
    const { first_name: first, last_name: last, phone_number: number } = bubble.contact;
    return el("div.contact", {}, icon("person"), el("span", {}, el("strong", {}, [first, last].filter(Boolean).join(" ")), el("small", {}, number)));
  }
  if (bubble.poll) return poll(bubble.poll, does.vote);
  if (bubble.dice) return el("span.huge", { role: "img", "aria-label": `${bubble.dice.emoji} : ${bubble.dice.value}` }, bubble.dice.emoji, el("small", {}, String(bubble.dice.value)));
  return null;
}

/** The quoted message above a reply, or null. */
export function quoted(bubble, onGo) {
  if (!bubble.reply_to) return null;
  const { id, name, text } = bubble.reply_to;
  return el("button.quoted", { type: "button", "aria-label": `En réponse à ${name}. Y aller`, onclick: () => onGo(id) },
    el("strong", {}, name), el("span", {}, bubble.quote ?? text));
}

/** Time, « modifié », the tick of one's own. */
export function stamp(bubble) {
  return el("span.stamp", {}, bubble.edited ? "modifié " : "", el("time", {}, hour(bubble.date)), bubble.mine ? " ✓" : "");
}

/** Inline buttons under a bubble, or null. */
export function keys(bubble, onPress) {
  if (!bubble.buttons.length) return null;
  return el("div.keys", {}, ...bubble.buttons.map((row, line) => el("div", {},
    ...row.map((key, column) => el("button", { type: "button", onclick: (event) => onPress([line, column], event.currentTarget) },
      key.text, key.kind === "callback" ? null : icon(key.kind === "copy" ? "copy" : "out"))))));
}

/** Reactions under a bubble, or null. */
export function reactions(bubble, onReact) {
  if (!bubble.reactions.length) return null;
  return el("div.reactions", {}, ...bubble.reactions.map(({ emoji, count, mine, bot }) => el("button", {
    type: "button", "aria-pressed": String(mine), "aria-label": `${emoji}, ${count}${bot ? ", du bot" : ""}`, onclick: () => onReact(mine ? null : emoji),
  }, emoji, count > 1 ? ` ${count}` : "")));
}
