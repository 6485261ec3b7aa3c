// Moving and resizing with the pointer. Nothing is sent before the pointer is let go; Escape puts the event back.

const STEP = 5;
const THRESHOLD = 4;
const GRIP = 8;

/** Lets `node` be dragged. `grid` says where things are: {hour (px), columns: [{node, day}]}; `done({days, minutes, longer})` is told once. */
export function draggable(node, grid, done) {
  node.addEventListener("pointerdown", (down) => {
    if (down.button !== 0) return;
    const resize = down.clientY > node.getBoundingClientRect().bottom - GRIP;
    const home = columnAt(grid, down.clientX);
    const start = { top: node.offsetTop, height: node.offsetHeight };
    let moved = false;
    let change = { days: 0, minutes: 0, longer: 0 };

    const follow = (move) => {
      const far = Math.hypot(move.clientX - down.clientX, move.clientY - down.clientY);
      if (!moved && far < THRESHOLD) return;
      if (!moved) { moved = true; node.classList.add("dragged"); node.setPointerCapture(down.pointerId); }
      const minutes = Math.round((((move.clientY - down.clientY) / grid.hour) * 60) / STEP) * STEP;
      const days = resize ? 0 : Math.max(0, columnAt(grid, move.clientX)) - home;
      change = resize ? { days: 0, minutes: 0, longer: minutes } : { days, minutes, longer: 0 };
      preview(node, grid, start, change, home);
    };
    const stop = (kept) => {
      document.removeEventListener("pointermove", follow);
      document.removeEventListener("pointerup", drop);
      document.removeEventListener("pointercancel", cancel);
      document.removeEventListener("keydown", escape);
      if (!moved) return;
      // The click that ends a drag is no click on the event.
      node.addEventListener("click", (click) => click.stopImmediatePropagation(), { capture: true, once: true });
      setTimeout(() => node.classList.remove("dragged"));
      done(kept ? change : { days: 0, minutes: 0, longer: 0 });
    };
    const drop = () => stop(true);
    const cancel = () => stop(false);
    const escape = (key) => { if (key.key === "Escape") stop(false); };
    document.addEventListener("pointermove", follow);
    document.addEventListener("pointerup", drop);
    document.addEventListener("pointercancel", cancel);
    document.addEventListener("keydown", escape);
  });
}

function columnAt(grid, x) {
  return grid.columns.findIndex(({ node }) => { const box = node.getBoundingClientRect(); return x >= box.left && x < box.right; });
}

function preview(node, grid, start, { days, minutes, longer }, home) {
  const column = grid.columns[home + days]?.node;
  if (column && node.parentElement !== column) {
    const shift = column.getBoundingClientRect().left - grid.columns[home].node.getBoundingClientRect().left;
    node.style.transform = `translateX(${shift}px)`;
  } else node.style.transform = "";
  node.style.top = `${start.top + (minutes / 60) * grid.hour}px`;
  node.style.height = `${Math.max(grid.hour / 6, start.height + (longer / 60) * grid.hour)}px`;
}
