// One message on a phone: its words, what it carries, its buttons and reactions.

import { el, icon } from "./dom.js";
import { hour } from "./when.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", spoiler: "span.spoiler",
  text_link: "span.link", url: "span.link", phone_number: "span.link", email: "span.link",
};
const COMMAND = /(?<![\w/])(\/[a-z_]{2,32})\b/;

/** Words with their entities (offsets in UTF-16 units, as strings count here); commands can be touched. */
export function words({ text, entities }, onCommand) {
  const cuts = new Set([0, text.length]);
  for (const { offset, length } of entities) cuts.add(offset).add(offset + length);
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(1).flatMap((end, n) => {
    const start = places[n];
    const over = entities.filter(({ offset, length, type }) => TAGS[type] && offset <= start && end <= offset + length);
    const plain = text.slice(start, end).split(COMMAND).map((piece, odd) => (odd % 2 && onCommand ? el("button.command", { onclick: () => onCommand(piece) }, piece) : piece));
    return over.reduce((inside, { type, url }) => [el(TAGS[type], { title: url }, ...inside)], plain);
  });
}

/** Hide the spoilers of a bubble behind one touch, from eyes and from screen readers. */
export function hideSpoilers(box, onShow) {
  for (const one of box.querySelectorAll(".spoiler")) {
    const reveal = (event) => {
      if (event.key && event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      onShow();
    };
    const hidden = el("span", { "aria-hidden": "true" }, ...one.childNodes);
    one.append(hidden);
    one.tabIndex = 0;
    one.role = "button";
    one.ariaLabel = "Texte masqué : touchez pour lire";
    one.addEventListener("click", reveal);
    one.addEventListener("keydown", reveal);
  }
}

const length = ({ duration }) => `${Math.floor((duration ?? 0) / 60)}:${String((duration ?? 0) % 60).padStart(2, "0")}`;
const weight = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1000)} Ko` : `${(bytes / 1e6).toFixed(1).replace(".", ",")} Mo`);
const card = (name, title, more) => el("div.card", null, icon(name), el("span", null, el("strong", null, title), el("small", null, more)));

function player(what, media, label) {
  return el("figure", null, el(what, { src: media.url, controls: true, preload: "metadata", "aria-label": label }), el("figcaption", null, label));
}

const MEDIA = {
  photo: (media) => el("img.photo", { src: media.url, alt: "Photo", width: media.width, height: media.height }),
  sticker: (media) => el("img.sticker", { src: media.url, alt: `Sticker ${media.emoji ?? ""}` }),
  voice: (media) => player("audio", media, `Message vocal, ${length(media)}`),
  audio: (media) => player("audio", media, media.file_name),
  video: (media) => player("video", media, `Vidéo, ${length(media)}`),
  animation: (media) => player("video", media, "Image animée"),
  video_note: (media) => player("video.round", media, `Message vidéo, ${length(media)}`),
  document: (media) => el("a", { href: media.url, download: media.file_name }, card("file", media.file_name, weight(media.size))),
};

function poll(asked, onVote) {
  const total = asked.options.reduce((sum, option) => sum + option.voters, 0);
  return el("div.poll", null, el("strong", null, asked.question), el("small", null, asked.closed ? "Sondage clos" : "Sondage"),
    ...asked.options.map(({ text, voters, chosen }, index) => {
      const share = total ? Math.round((100 * voters) / total) : 0;
      return el("button", { disabled: asked.closed, "aria-pressed": String(chosen), onclick: () => onVote(index) },
        el("span", null, chosen ? "✓ " : "", text), el("span", null, `${share} %`), el("meter", { max: 100, value: String(share), "aria-hidden": "true" }));
    }));
}

/** What a bubble carries besides its words, or null. */
export function carried({ kind, media, location, contact, poll: asked, dice }, onVote) {
  if (media) return MEDIA[kind](media);
  if (location) {
    const { latitude, longitude, title, address } = location;
    return el("div", null, el("div.map", null, icon("pin")), card("pin", title ?? "Position", address ?? `${latitude} ; ${longitude}`.replaceAll(".", ",")));
  }
  if (contact) return card("person", `${contact.first_name} ${contact.last_name ?? ""}`, contact.phone_number);
  if (asked) return poll(asked, onVote);
  return dice ? el("span.huge", null, dice.emoji, el("small", null, ` ${dice.value}`)) : null;
}

/** The quoted message above a reply, or null. */
export function quoted({ reply_to: to, quote }, onGo) {
  return to && el("button.quoted", { "aria-label": `En réponse à ${to.name}. Y aller`, onclick: () => onGo(to.id) },
    el("strong", null, to.name), el("span", null, quote ?? to.text));
}

/** Time, « modifié », the tick of one's own. */
export const stamp = ({ edited, date, mine }) => el("span.stamp", null, edited ? "modifié " : "", el("time", null, hour(date)), mine ? " ✓" : "");

/** Inline buttons under a bubble. */
export function keys({ buttons }, onPress) {
  return el("div.keys", null, ...buttons.map((row, line) => el("div", null, ...row.map(({ text, kind }, column) =>
    el("button", { onclick: (event) => onPress([line, column], event.currentTarget) }, text, kind !== "callback" && icon(kind === "copy" ? "copy" : "out"))))));
}

/** Reactions under a bubble. */
export function reactions(bubble, onReact) {
  return el("div.reactions", null, ...bubble.reactions.map(({ emoji, count, mine, bot }) => el("button", {
    "aria-pressed": String(mine), "aria-label": `Réaction ${emoji}, ${count}${bot ? ", du bot" : ""}`, onclick: () => onReact(mine ? null : emoji),
  }, emoji, count > 1 ? ` ${count}` : "")));
}
