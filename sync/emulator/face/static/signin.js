// The first page: who are you today?
import { make } from "./api.js";
import { field } from "./dialog.js";
import { everybody, initials } from "./people.js";

export async function signIn(main) {
  const people = await everybody();
  const rows = people.map((person) => make("li", { "data-words": `${person.name} ${person.email} ${person.note}`.toLowerCase() },
    make("a", { href: `/?as=${encodeURIComponent(person.email)}&view=calendar` }, initials(person.name || person.email), make("span", {}, person.name || person.email, make("small", {}, person.note || person.email)))));
  const search = make("input", { type: "search", autocomplete: "off", oninput: () => rows.forEach((row) => { row.hidden = !row.dataset.words.includes(search.value.trim().toLowerCase()); }) });
  const found = field("Find by name, role or subject", search);
  found.classList.add("search");
  document.title = "Sign in - Local Workspace";
  main.replaceChildren(make("div", { class: "welcome" }, make("h1", {}, "Who are you today?"),
    make("p", {}, "Everyone here lives on this machine. Choose a person to see their week, their Docs and the add-on beside them."),
    people.length ? [found, make("ul", { class: "people" }, rows)] : make("p", {}, "Nobody yet: people appear once a school has been set up or a client has signed in.")));
}
