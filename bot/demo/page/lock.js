// The lock screen beside a phone: exactly what somebody who looks over her shoulder would see.

import { calm, el, icon } from "./dom.js";
import { hour } from "./when.js";

const SHOWN = 4;
let audio = null;

/** Whether sounding notifications are heard in this browser. */
export function setSounds(on) {
  audio = on ? new AudioContext() : null;
}

function ring() {
  const tone = audio.createOscillator();
  const level = audio.createGain();
  tone.frequency.setValueAtTime(880, audio.currentTime);
  tone.frequency.setValueAtTime(1175, audio.currentTime + 0.12);
  level.gain.setValueAtTime(0.15, audio.currentTime);
  level.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.5);
  tone.connect(level).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.5);
}

export class Lock {
  constructor(box) {
    this.box = box;
    this.notes = box.querySelector(".notes");
    this.clock = box.querySelector("time");
  }

  /** Show these notifications, newest first. */
  set(lines) {
    this.notes.replaceChildren(...lines.slice(0, SHOWN).map((line) => this.drawn(line)));
    this.box.querySelector(".nothing").hidden = lines.length > 0;
  }

  add(line) {
    this.box.querySelector(".nothing").hidden = true;
    this.notes.prepend(this.drawn(line));
    this.notes.children[SHOWN]?.remove();
    if (!line.sound) return;
    if (audio) ring();
    if (!calm()) this.box.animate([{ rotate: "0deg" }, { rotate: "-2deg" }, { rotate: "2deg" }, { rotate: "0deg" }], { duration: 140, iterations: 4 });
  }

  tick(now) {
    this.clock.textContent = hour(now);
  }

  drawn({ sound, date, title, text }) {
    return el("div.note", null,
      el(sound ? "span.how.rings" : "span.how.quiet", null, icon(sound ? "bell" : "mute"), sound ? "sonne" : "sans sonner", el("time", null, hour(date))),
      el("strong", null, title), el("p", null, text));
  }
}
