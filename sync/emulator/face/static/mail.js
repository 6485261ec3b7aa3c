// Mail that would have gone out: nothing leaves this machine, everything can be read.
import { control, make } from "./api.js";
import { initials, namesByEmail } from "./people.js";

/** `address(changes)` makes the address of this page with other words; `everyone` shows the mail of all. */
export async function showMail(main, person, { everyone, address }) {
  document.title = "Mail - Local Workspace";
  const [mails, names] = await Promise.all([control("outbox"), namesByEmail()]);
  const who = (email) => names.get(email) || (email?.endsWith("group.calendar.google.com") ? "The visits calendar" : email) || "";
  const shown = mails.filter((mail) => everyone || mail.to === person).reverse();
  main.replaceChildren(make("div", { class: "page" }, make("h1", {}, everyone ? "All mail that would have gone out" : `Mail to ${who(person)}`),
    make("p", {}, "Nothing leaves this machine. ", make("a", { href: address({ view: "outbox", ...(everyone ? {} : { of: "everyone" }) }) }, everyone ? "Show only mine" : "Show everyone's")),
    shown.length ? make("ul", { class: "mails" }, shown.map((mail) => make("li", {}, letter(mail, who, everyone)))) : make("p", {}, "No mail yet.")));
}

function letter(mail, who, everyone) {
  const when = new Date(mail.at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  const people = everyone ? [who(mail.sender), make("span", { class: "hint" }, ` to ${who(mail.to)}`)] : who(mail.sender);
  const text = mail.body || mail.message || `${mail.subject || mail.kind}\nFrom ${who(mail.sender)} to ${who(mail.to)}`;
  return make("details", {}, make("summary", {}, initials(who(mail.sender)), make("span", {}, people), make("b", {}, mail.subject || mail.kind), make("small", {}, when)), make("p", { class: "letter" }, text));
}
