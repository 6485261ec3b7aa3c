// Nothing is drawn anew under somebody's hands: a click belongs to what was pressed, and the focus stays where it is.

let pressed = false;
const waiting = [];
const OVER = ["pointerup", "pointercancel", "dragend", "change", "keydown"];

addEventListener("pointerdown", () => { pressed = true; }, true);
for (const over of OVER) addEventListener(over, () => { if (pressed) setTimeout(release); }, true);

// In a task of its own: the click that belongs to a `pointerup` comes before it.
function release() {
  pressed = false;
  waiting.splice(0).forEach((go) => go());
}

/** Resolves when no mouse button or finger is down. */
export const handsOff = () => (pressed ? new Promise((go) => { waiting.push(go); }) : Promise.resolve());

/** Fills `place` anew, unless it holds the same already; a control that had the focus hands it to the one in its place. */
export function refill(place, ...nodes) {
  const fresh = document.createElement(place.tagName);
  fresh.append(...nodes.flat());
  if (fresh.innerHTML === place.innerHTML) return;
  const controls = () => [...place.querySelectorAll("button, select, input")];
  const held = controls().indexOf(document.activeElement);
  place.replaceChildren(...fresh.childNodes);
  controls()[held]?.focus({ preventScroll: true });
}
