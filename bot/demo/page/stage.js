// Playing a chapter of chapters.json: phones that act by themselves, a clock that moves, captions of eight words at most.

import { post } from "./api.js";
import { calm, wait } from "./dom.js";
import { at } from "./when.js";

const PATIENCE = 12000; // ms that a chapter waits for something to appear

/** Each step of a chapter is a method: ["say", caption, ms, role?] calls `say`. All throw when the chapter is stopped. */
export class Stage {
  constructor(desk, script, signal) {
    Object.assign(this, { desk, script, signal });
  }

  async play(chapter) {
    for (const [step, ...given] of chapter.steps) await this[step](...given);
  }

  async pause(ms) {
    await wait(ms);
    this.signal.throwIfAborted();
  }

  phone(role) {
    const found = this.desk.phoneOf(role);
    if (!found) throw new Error(role);
    return found;
  }

  async say(caption, ms, role) {
    this.desk.say(caption);
    if (role) this.desk.spot(this.phone(role));
    await this.pause(ms);
  }

  typed(role) {
    this.phone(role).write(this.script.typed);
  }

  async type(role, text) {
    const phone = this.phone(role);
    this.desk.spot(phone);
    for (let end = 0; end < text.length; await this.pause(30)) {
      end = calm() ? text.length : end + 3;
      phone.write(text.slice(0, end));
    }
    await this.pause(300);
  }

  async send(role) {
    const phone = this.phone(role);
    await this.touch(phone.part("send"));
    await phone.send();
  }

  async touch(button) {
    button.classList.add("pressed");
    await this.pause(400);
    button.classList.remove("pressed");
  }

  /** Look again and again until `find` finds something. */
  async until(find) {
    for (const end = Date.now() + PATIENCE; Date.now() < end; await this.pause(40)) {
      const found = find();
      if (found) return found;
    }
    throw new Error("nothing came");
  }

  /** Wait for a bubble of somebody else that shows this: the newest. */
  sees(role, fragment) {
    const plain = (text) => text.replaceAll("\u00a0", " ");
    return this.until(() => [...this.phone(role).bubbles.values()].findLast(({ mine, text }) => !mine && plain(text).includes(plain(fragment))));
  }

  async clock(days, hours, minutes) {
    await post("clock", { set: at(this.desk.now(), days, hours, minutes) });
    await this.pause(600);
  }

  async advance(seconds) {
    await post("clock", { advance: seconds });
    await this.pause(300);
  }

  async reveal(role, fragment) {
    this.phone(role).reveal(await this.sees(role, fragment));
    await this.pause(1500);
  }

  async reply(role, fragment) {
    await this.phone(role).swipe(await this.sees(role, fragment));
    await this.type(role, this.script.answer);
    await this.send(role);
  }

  async press(role, label) {
    const phone = this.phone(role);
    this.desk.spot(phone);
    const key = await this.until(() => [...phone.list.querySelectorAll(".keys button")].findLast((one) => one.textContent === label));
    key.scrollIntoView({ block: "nearest" });
    await this.touch(key);
    phone.look();
    key.click();
  }
}
