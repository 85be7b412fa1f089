// The lock screen beside a phone: exactly what somebody who looks over her shoulder would see.

import { calm, el, icon } from "./dom.js";
import { hour } from "./when.js";

let sounds = false;
let audio = null;

/** Whether sounding notifications are heard in this browser. */
export function setSounds(on) {
  sounds = on;
  if (on) audio ??= new AudioContext();
}

function ring() {
  if (!sounds) return;
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
    this.lines = [];
    this.now = 0;
    this.draw();
  }

  get empty() {
    return this.lines.length === 0;
  }

  /** Show these notifications, newest first. */
  set(lines) {
    this.lines = lines.slice(0, 4);
    this.draw();
  }

  add(line) {
    this.lines = [line, ...this.lines].slice(0, 4);
    this.draw();
    if (!line.sound) return;
    ring();
    if (!calm()) this.box.animate([{ rotate: "0deg" }, { rotate: "-2deg" }, { rotate: "2deg" }, { rotate: "0deg" }], { duration: 140, iterations: 4 });
  }

  clear() {
    if (!this.empty) this.set([]);
  }

  tick(now) {
    this.now = now;
    this.clock.textContent = hour(now);
  }

  draw() {
    this.clock = el("time", {}, this.now ? hour(this.now) : "");
    this.box.replaceChildren(el("span.locked", {}, icon("lock"), "Écran verrouillé"), this.clock,
      ...(this.empty ? [el("p.nothing", {}, "Aucune notification")] : this.lines.map((line) => el("div.note", {},
        el("span.how", { class: `how ${line.sound ? "rings" : "quiet"}` }, icon(line.sound ? "bell" : "mute"), line.sound ? "sonne" : "sans sonner", el("time", {}, hour(line.date))),
        el("strong", {}, line.title), el("p", {}, line.text)))));
  }
}
