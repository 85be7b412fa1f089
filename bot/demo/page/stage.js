// Playing a chapter: phones that act by themselves, a clock that moves, captions.

import { post } from "./api.js";
import { calm, wait } from "./dom.js";

/** Thrown when somebody stops a chapter. */
export class Stopped extends Error {}

const PATIENCE = 12000; // ms that a chapter waits for something to appear

export class Stage {
  /** `desk`: the page (phones by role, caption, clock). `signal`: aborted when the chapter is stopped. */
  constructor(desk, signal) {
    this.desk = desk;
    this.signal = signal;
  }

  goOn() {
    if (this.signal.aborted) throw new Stopped();
  }

  async pause(ms) {
    await wait(ms);
    this.goOn();
  }

  phone(role) {
    this.goOn();
    const found = this.desk.phoneOf(role);
    if (!found) throw new Stopped(role);
    return found;
  }

  /** Show a caption for `ms`, and look at a phone. */
  async say(caption, ms, role = null) {
    this.goOn();
    this.desk.say(caption);
    if (role) this.desk.spot(this.phone(role));
    await this.pause(ms);
  }

  async type(role, text, { instant = false } = {}) {
    const phone = this.phone(role);
    this.desk.spot(phone);
    if (instant && phone.field.value === text) return;
    const step = calm() || instant ? text.length : 3;
    for (let end = 0; end < text.length;) {
      end = Math.min(text.length, end + step);
      phone.write(text.slice(0, end));
      await this.pause(30);
    }
    await this.pause(300);
  }

  async send(role) {
    const phone = this.phone(role);
    phone.form.querySelector(".send").classList.add("pressed");
    await this.pause(350);
    phone.form.querySelector(".send").classList.remove("pressed");
    await phone.send();
  }

  /** Wait for a bubble of somebody else that shows this, and return the newest. */
  async sees(role, fragment) {
    for (const end = Date.now() + PATIENCE; Date.now() < end;) {
      const found = [...this.phone(role).bubbles.values()].findLast((bubble) => !bubble.mine && bubble.text.includes(fragment));
      if (found) return found;
      await this.pause(40);
    }
    throw new Error(fragment);
  }

  async clock(when) {
    this.goOn();
    await post("clock", { set: when(this.desk.now()) });
    await this.pause(600);
  }

  async reveal(role, fragment) {
    const bubble = await this.sees(role, fragment);
    const phone = this.phone(role);
    phone.shown.add(bubble.id);
    phone.draw(bubble);
    await this.pause(1500);
  }

  async reply(role, fragment, text) {
    const phone = this.phone(role);
    await phone.swipe(await this.sees(role, fragment));
    await this.type(role, text);
    await this.send(role);
  }

  async press(role, label) {
    const phone = this.phone(role);
    this.desk.spot(phone);
    for (const end = Date.now() + PATIENCE; Date.now() < end;) {
      const key = [...phone.list.querySelectorAll(".keys button")].findLast((one) => one.textContent === label);
      if (key) {
        key.scrollIntoView({ block: "nearest" });
        key.classList.add("pressed");
        await this.pause(400);
        phone.look();
        key.click();
        return;
      }
      await this.pause(40);
    }
    throw new Error(label);
  }
}
