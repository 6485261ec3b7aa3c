// The face is one more client of the Workspace: it signs in as a person and speaks Google's REST.

const tokens = new Map();

async function token(person) {
  if (!tokens.has(person)) {
    const answer = await fetch("/_local/token", post({ as: person }));
    if (!answer.ok) throw new Error(`Nobody can sign in as ${person} here.`);
    tokens.set(person, (await answer.json()).access_token);
  }
  return tokens.get(person);
}

function post(body) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function sentence(answer) {
  try {
    return (await answer.json()).error.message;
  } catch {
    return `The Workspace answered ${answer.status}.`;
  }
}

export async function call(person, path, options = {}) {
  const answer = await fetch(path, {
    ...options,
    headers: { ...(options.headers || {}), Authorization: `Bearer ${await token(person)}` },
  });
  if (answer.status === 401 && tokens.delete(person) && !options.again) return call(person, path, { ...options, again: true });
  if (!answer.ok) throw new Error(await sentence(answer));
  return answer.status === 204 ? {} : answer.json();
}

export const send = (person, path, method, body) => call(person, path, { ...post(body), method });

export async function pages(person, path, key) {
  const found = [];
  let next = "";
  do {
    const answer = await call(person, path + (next ? `&pageToken=${encodeURIComponent(next)}` : ""));
    found.push(...(answer[key] || []));
    next = answer.nextPageToken;
  } while (next);
  return found;
}

export async function control(path, body) {
  const answer = await fetch(`/_local/${path}`, body ? post(body) : {});
  if (!answer.ok) throw new Error(await sentence(answer));
  return answer.json();
}

/** Tells when somebody has changed a file, as an open Doc or Sheet would show at once; asks only while `free()`, and again where `changed` says false: it could not show it. */
export function whenChanged(person, id, free, changed) {
  let seen;
  setInterval(async () => {
    if (document.hidden || !free()) return;
    const { version } = await call(person, `/drive/v3/files/${id}?fields=version`).catch(() => ({ version: seen }));
    if (seen !== undefined && version !== seen && (!free() || (await changed()) === false)) return;
    seen = version;
  }, 4000);
}

export function toast(text) {
  const place = document.getElementById("toast");
  place.textContent = text;
  place.classList.add("shown");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => place.classList.remove("shown"), 6000);
}

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== ""));
  return node;
}
