// Days and clocks: a day is "2026-11-23", a time of day is minutes after midnight, a zone is an IANA name.

export const DAY = 86400000;
const noon = (day) => new Date(`${day}T12:00:00Z`);
const shown = (day, options) => noon(day).toLocaleDateString(undefined, { timeZone: "UTC", ...options });

export const plusDays = (day, days) => new Date(noon(day).getTime() + days * DAY).toISOString().slice(0, 10);

export const isWeekend = (day) => [0, 6].includes(noon(day).getUTCDay());

export function monday(day) {
  return plusDays(day, -((noon(day).getUTCDay() + 6) % 7));
}

export const dayIn = (zone, moment) => wall(moment, zone).date;

/** The wall clock of a moment in a zone: `{date, minutes}`. */
export function wall(moment, zone) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat("en-CA", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" })
    .formatToParts(new Date(moment)).map(({ type, value }) => [type, value]));
  return { date: `${parts.year}-${parts.month}-${parts.day}`, minutes: Number(parts.hour) * 60 + Number(parts.minute) };
}

/** The moment at which a zone's wall clock shows these minutes after midnight of a day. */
export function moment(day, minutes, zone) {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minutes * 60000;
  let guess = wanted;
  // Twice, because the first correction may step over a change of the clocks.
  for (let turn = 0; turn < 2; turn += 1) {
    const seen = wall(guess, zone);
    guess += wanted - (Date.parse(`${seen.date}T00:00:00Z`) + seen.minutes * 60000);
  }
  return new Date(guess);
}

const clockAt = (minutes, options) => new Date(minutes * 60000).toLocaleTimeString(undefined, { timeZone: "UTC", ...options });
/** `9:55 – 10:40 AM` or `9:55 – 10:40`, as this browser's language writes it. */
export const clockRange = (from, to) => new Intl.DateTimeFormat(undefined, { timeZone: "UTC", hour: "numeric", minute: "2-digit" }).formatRange(from * 60000, to * 60000);
export const hourName = (hour) => clockAt(hour * 60, { hour: "numeric" });
export const hhmm = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
export const minutesOf = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

export const weekday = (day) => shown(day, { weekday: "short" });
export const dayOfMonth = (day) => String(noon(day).getUTCDate());
export const longDay = (day) => shown(day, { weekday: "long", month: "long", day: "numeric" });

export function weekTitle(first) {
  const format = new Intl.DateTimeFormat(undefined, { timeZone: "UTC", year: "numeric", month: "long", day: "numeric" });
  return format.formatRange(noon(first), noon(plusDays(first, 6)));
}
