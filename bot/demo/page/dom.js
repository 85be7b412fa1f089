// Making elements, icons, menus and small dialogs.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: `el("p.note", { title: "…" }, "words", child)`. Null children and attributes are left out. */
export function el(what, attributes = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const made = document.createElement(tag);
  if (classes.length) made.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** A button that shows an icon and says `label` to a screen reader. */
export function iconButton(name, label, onclick, more = {}) {
  return el("button.icon", { type: "button", "aria-label": label, title: label, onclick, ...more }, icon(name));
}

export const wait = (ms) => new Promise((done) => setTimeout(done, ms));

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Remember a little in this browser; a browser that refuses forgets, and nothing else changes. */
export const memory = {
  get(key) {
    try { return JSON.parse(localStorage.getItem(`passerelle:${key}`)); } catch { return null; }
  },
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(`passerelle:${key}`);
      else localStorage.setItem(`passerelle:${key}`, JSON.stringify(value));
    } catch { /* private browsing: drafts do not survive a reload */ }
  },
};

let opened = null;

/** Open a menu beside `anchor`. `items`: [label, action, {icon?, danger?}?] or a row of short buttons {row: [[label, action]…]}. */
export function menu(anchor, title, items) {
  opened?.hidePopover();
  const box = el("div.menu", { popover: "auto", role: "menu", "aria-label": title });
  const choose = (action) => () => { box.hidePopover(); action(); };
  for (const item of items) {
    if (item.row) {
      box.append(el("div.row", { role: "group", "aria-label": item.title },
        ...item.row.map(([label, action]) => el("button", { type: "button", role: "menuitem", onclick: choose(action) }, label))));
    } else {
      const [label, action, more = {}] = item;
      box.append(el(more.danger ? "button.danger" : "button", { type: "button", role: "menuitem", onclick: choose(action) },
        more.icon ? icon(more.icon) : null, label));
    }
  }
  box.addEventListener("keydown", (event) => {
    const all = [...box.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
  });
  box.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    box.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (opened === box) opened = null;
    if (document.activeElement === document.body) anchor.focus();
  });
  document.body.append(box);
  box.showPopover();
  opened = box;
  anchor.setAttribute("aria-expanded", "true");
  beside(box, anchor.getBoundingClientRect());
  box.querySelector("button")?.focus();
}

function beside(box, place) {
  const { width, height } = box.getBoundingClientRect();
  const left = Math.max(8, Math.min(place.left, innerWidth - width - 8));
  const below = place.bottom + height + 8 < innerHeight;
  box.style.left = `${left}px`;
  box.style.top = `${Math.max(8, below ? place.bottom + 4 : place.top - height - 4)}px`;
}

/** Ask in a dialog. `fields`: [name, label, value]. Resolves to the values by name, or null. */
export function ask(title, fields, yes, note = "") {
  return new Promise((resolve) => {
    const form = el("form", { method: "dialog" }, el("h2", {}, title), note ? el("p", {}, note) : null,
      ...fields.map(([name, label, value]) => el("label", {}, label, el("input", { name, value, required: true, autocomplete: "off" }))),
      el("div.ends", {},
        el("button", { type: "submit", value: "", formnovalidate: true }, fields.length || note ? "Annuler" : "Fermer"),
        yes ? el("button.main", { type: "submit", value: "yes" }, yes) : null));
    const box = el("dialog", { "aria-label": title }, form);
    box.addEventListener("close", () => {
      box.remove();
      resolve(box.returnValue === "yes" ? Object.fromEntries(new FormData(form)) : null);
    });
    document.body.append(box);
    box.showModal();
    (form.querySelector("input") ?? form.querySelector(".main") ?? form.querySelector("button")).focus();
  });
}

let fading = 0;

/** Say a sentence at the bottom of the page for a few seconds. */
export function toast(sentence) {
  const box = document.getElementById("toast");
  box.textContent = sentence;
  box.classList.add("shown");
  clearTimeout(fading);
  fading = setTimeout(() => box.classList.remove("shown"), 2500 + 50 * sentence.length);
}
