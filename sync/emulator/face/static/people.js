// The people of this Workspace: who they are, and the round sign with their initials.
import { control, make } from "./api.js";

const COLOURS = ["#0b57d0", "#146c2e", "#8430ce", "#b3261e", "#7d4a00", "#00639b", "#9a1f6b", "#4a5a00"];

let known;

/** Everybody who can sign in, asked for once. */
export function everybody() {
  known ||= control("people").then(({ people }) => people);
  return known;
}

/** E-mail -> name, for everybody. */
export const namesByEmail = async () => new Map((await everybody()).map(({ email, name }) => [email, name || email]));

/** A round sign, for eyes only: the name always stands beside it. */
export function initials(name) {
  const words = name.split(/[\s.@]+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : ""].map((word) => [...word][0] || "").join("").toUpperCase();
  const colour = COLOURS[[...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7) % COLOURS.length];
  return make("span", { class: "initials", style: `background:${colour}`, "aria-hidden": "true", "data-letters": letters });
}
