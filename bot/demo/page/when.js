// Dates and hours of Paris, as French people write them.

const ZONE = { timeZone: "Europe/Paris" };
const DAY = new Intl.DateTimeFormat("fr-FR", { ...ZONE, weekday: "long", day: "numeric", month: "long" });
const PARTS = new Intl.DateTimeFormat("en-CA", {
  ...ZONE, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
});

const parts = (unix) => Object.fromEntries(PARTS.formatToParts(unix * 1000).map(({ type, value }) => [type, value]));

/** « mardi 24 novembre », « mardi 1er décembre ». */
export const day = (unix) => DAY.format(unix * 1000).replace(" 1 ", " 1er ");

/** « 19:42 », as a chat shows it. */
export const hour = (unix) => { const at = parts(unix); return `${at.hour}:${at.minute}`; };

/** « mardi 24 novembre, 19 h 42 ». */
export function moment(unix) {
  const at = parts(unix);
  return `${day(unix)}, ${Number(at.hour)} h ${at.minute}`.replace(/ 00$/, "");
}

/** « 19:42:07,120 », for the drawer. */
export const exact = (unix) => `${hour(unix)}:${parts(unix).second},${String(Math.floor((unix % 1) * 1000)).padStart(3, "0")}`;

/** The unix second of an hour in Paris, `days` after the day of `unix`. */
export function at(unix, days, hours, minutes = 0) {
  const wall = (moment) => { const seen = parts(moment); return Date.UTC(seen.year, seen.month - 1, seen.day, seen.hour, seen.minute) / 1000; };
  const today = parts(unix);
  const wanted = Date.UTC(today.year, today.month - 1, Number(today.day) + days, hours, minutes) / 1000;
  const guess = wanted - (wall(wanted) - wanted);
  return guess - (wall(guess) - wanted);
}

/** The next Friday at this hour, strictly after `unix`. */
export function friday(unix, hours) {
  for (let days = 0; ; days += 1) {
    const found = at(unix, days, hours);
    if (found > unix && day(found).startsWith("ven")) return found;
  }
}
