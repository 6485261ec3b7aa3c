// Google's own questions to a person: which scopes to grant, one by one, and whether an add-on may use the open file.
import { make } from "./api.js";

const WORDS = [
  [/calendar\.addons\.execute$/, "Run beside Google Calendar"], [/current\.event\.read$/, "See the event you have open"], [/current\.event\.write$/, "Change the event you have open"],
  [/calendar\.(events\.)?readonly$/, "See your calendars and events"], [/drive\.file$/, "Use the files you choose"], [/userinfo\.email$|\/email$/, "See your e-mail address"],
  [/openid$/, "Know who you are"], [/script\.locale$/, "See your language and time zone"],
];

/** A scope in words, where there are any; its short name otherwise. */
const inWords = (scope) => WORDS.find(([known]) => known.test(scope))?.[1];

export function consentTo(scopes, { yes, no }) {
  const boxes = scopes.map((scope) => {
    const short = scope.replace("https://www.googleapis.com/auth/", "");
    const words = inWords(scope);
    return make("label", { class: "tick" }, make("input", { type: "checkbox", value: scope, checked: true }), ` ${words || short}`, words ? make("small", { class: "hint" }, ` ${short}`) : "");
  });
  const ticked = () => boxes.map((label) => label.firstChild).filter((box) => box.checked).map((box) => box.value);
  return question("More access is needed", make("p", {}, "The add-on asks you to allow:"), boxes, { yes: () => yes(ticked()), no });
}

export function mayUseFile(title, { yes, no }) {
  return question("Let the add-on use this file?", make("p", {}, make("b", {}, title), make("br"), "It sees and changes only this one; you can take that back."), [], { yes, no });
}

function question(title, words, choices, { yes, no }) {
  return make("div", { class: "card" }, make("header", {}, make("h2", {}, title)), make("section", {}, words, choices,
    make("div", { class: "buttons" }, make("button", { type: "button", class: "button filled", onclick: yes }, "Allow"), make("button", { type: "button", class: "button", onclick: no }, "Not now"))));
}
