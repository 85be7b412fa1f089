// Making elements, icons, menus and small dialogs.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: `el("p.note", { title: "…" }, "words", child)`. Empty children and attributes are left out. */
export function el(what, attributes, ...children) {
  const [tag, ...classes] = what.split(".");
  const made = document.createElement(tag);
  if (tag === "button") made.type = "button";
  if (classes.length) made.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter(Boolean));
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

export const wait = (ms) => new Promise((done) => setTimeout(done, ms));

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Remember a little in this browser; one that refuses forgets, and nothing else changes. */
export function remember(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(key);
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch { /* private browsing: drafts do not survive a reload */ }
  return null;
}

/** Open a menu beside `anchor`. `items`: [label, action, icon?, class?, name?], or an array of short ones to stand in a row. */
export function menu(anchor, items) {
  const box = el("div.menu", { popover: "auto", role: "menu", "aria-label": anchor.getAttribute("aria-label") ?? anchor.title });
  const item = ([label, action, drawing, look, name]) => el("button", {
    role: "menuitem", class: look, "aria-label": name, onclick() { box.hidePopover(); action(); },
  }, drawing && icon(drawing), label);
  box.append(...items.map((one) => Array.isArray(one[0]) ? el("div.row", null, ...one.map(item)) : item(one)));
  box.addEventListener("keydown", (event) => {
    const all = [...box.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
  });
  box.addEventListener("toggle", ({ newState }) => {
    anchor.setAttribute("aria-expanded", String(newState === "open"));
    if (newState === "open") return;
    if (box.contains(document.activeElement) || document.activeElement === document.body) anchor.focus();
    box.remove();
  });
  document.body.append(box);
  box.showPopover();
  const place = anchor.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const below = place.bottom + height + 8 < innerHeight;
  box.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
  box.style.top = `${Math.max(8, below ? place.bottom + 4 : place.top - height - 4)}px`;
  box.querySelector("button").focus();
}

/** Ask in a dialog; says whether the answer was `yes`. */
export function ask(title, { note, picture, yes } = {}) {
  return new Promise((resolve) => {
    const box = el("dialog", { "aria-label": title }, el("form", { method: "dialog" }, el("h2", null, title), note && el("p", null, note), picture && el("img", { src: picture, alt: title }),
      el("div.ends", null, el("button", { onclick: () => box.close() }, yes ? "Annuler" : "Fermer"), yes && el("button.main", { type: "submit", value: "yes" }, yes))));
    box.addEventListener("close", () => { box.remove(); resolve(Boolean(box.returnValue)); });
    document.body.append(box);
    box.showModal();
    box.querySelector("button:last-child").focus();
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
