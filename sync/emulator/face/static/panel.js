// The side panel: Google's part for an add-on. Keeps the card stacks and plays triggers and actions through /_local/addon.
import { control, make, toast } from "./api.js";
import { sign } from "./signs.js";
import { card, formInputs } from "./widgets.js";

const APPS = { CALENDAR: "Calendar", SHEETS: "Sheets", DOCS: "Docs" };

export class Panel {
  /** `app` CALENDAR|SHEETS|DOCS; `onDone` is told after every call, so that the page beside can look again. */
  constructor(place, { person, app, event = {}, onDone = () => {}, onOpen = () => {} }) {
    Object.assign(this, { place, person, app, event, onDone, onOpen, stack: [], inputs: [] });
    place.hidden = false;
  }

  /** Whether the card that is shown is the one that a trigger brought. */
  get atRoot() { return this.stack.length === 1; }

  home() {
    this.context = undefined;
    return this.trigger("homepage", this.event);
  }

  openEvent(calendarEvent) {
    this.context = { calendar: calendarEvent };
    return this.trigger("eventOpen", this.context);
  }

  fileScopeGranted(event) {
    this.context = event;
    return this.trigger("fileScopeGranted", event);
  }

  trigger(name, event) {
    this.again = () => this.trigger(name, event);
    return this.play({ trigger: name, event }, () => { this.stack = []; });
  }

  run(action, origin) {
    const form = origin?.closest?.("form") || this.place.querySelector("form.card");
    const parameters = Object.fromEntries((action.parameters || []).map(({ key, value }) => [key, value]));
    const inputs = form ? formInputs(form) : {};
    return this.play({ trigger: "action", url: action.function, parameters, formInputs: inputs, event: this.context || this.event });
  }

  suggest(action, input) {
    clearTimeout(this.typing);
    this.typing = setTimeout(async () => {
      const parameters = Object.fromEntries((action.parameters || []).map(({ key, value }) => [key, value]));
      const answer = await control("addon", this.ask({ trigger: "autocomplete", url: action.function, parameters, formInputs: formInputs(input.closest("form")) }));
      const items = answer.answer?.autoComplete?.items || [];
      input.list?.replaceChildren(...items.map((item) => make("option", { value: item.text })));
    }, 250);
  }

  ask(words) {
    return { as: this.person, app: this.app, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, locale: navigator.language, ...words };
  }

  async play(words, before = () => {}) {
    if (this.busy) return;
    this.busy = true;
    if (!this.place.querySelector(".stack")) this.frame(make("p", { class: "loading" }, "One moment ..."));
    this.place.querySelector(".stack")?.classList.add("busy");
    this.place.querySelector(".wait")?.removeAttribute("hidden");
    try {
      const { status, answer, problems } = await control("addon", this.ask(words));
      if (status !== 200 || problems.length) this.broken(status, problems);
      else {
        before();
        this.follow(answer);
      }
    } catch (error) {
      this.broken(0, [error.message]);
    } finally {
      this.busy = false;
      this.onDone(words);
    }
  }

  follow(answer) {
    const asked = answer.requesting_google_scopes;
    if (asked) return this.consent(asked);
    const { action = {}, hostAppAction } = answer.renderActions || answer;
    if (hostAppAction?.editorAction) return this.fileConsent();
    if (hostAppAction?.calendarAction) toast("The add-on changed the open event; Calendar keeps it when you press Save.");
    for (const step of action.navigations || []) this.step(step);
    if (action.notification) toast(action.notification.text);
    if (action.link) this.open(action.link);
    this.draw();
  }

  step(step) {
    if (step.pushCard) this.stack.push(step.pushCard);
    else if (step.updateCard) this.stack.splice(-1, 1, step.updateCard);
    else if (step.pop) this.stack.pop();
    else if (step.popToRoot) this.stack.splice(1);
    else if (step.popToCard) this.stack.splice(this.stack.findIndex((one) => one.name === step.popToCard) + 1 || this.stack.length);
  }

  push(one) {
    this.stack.push(one);
    this.draw();
  }

  open(link) {
    if (!this.onOpen(link.url)) window.open(link.url, "_blank", "noopener");
    if (link.onClose === "RELOAD") this.again();
  }

  consent(asked) {
    const list = asked.all_scopes ? ["everything this add-on asks for"] : asked.scopes;
    this.frame(make("div", { class: "card" }, make("header", {}, make("h2", {}, "More access is needed")),
      make("section", {}, make("p", {}, "The add-on asks you to allow:"), make("ul", {}, list.map((scope) => make("li", {}, scope))),
        make("button", { type: "button", class: "button filled", onclick: async () => {
          await control("addon/consent", { as: this.person, scopes: list });
          this.again();
        } }, "Allow"))));
  }

  fileConsent() {
    this.frame(make("div", { class: "card" }, make("header", {}, make("h2", {}, "Let the add-on use this file?")),
      make("section", {}, make("button", { type: "button", class: "button filled", onclick: () => {
        const kind = this.app.toLowerCase();
        this.fileScopeGranted({ [kind]: { ...(this.event[kind] || {}), addonHasFileScopePermission: true } });
      } }, "Allow"))));
  }

  broken(status, problems) {
    this.frame(this.stack.length ? undefined : make("div"), make("div", { class: "problems", role: "alert" },
      make("b", {}, "Google would say: “Something went wrong with the add-on.”"),
      make("ul", {}, (problems.length ? problems : [`The service answered ${status}.`]).map((one) => make("li", {}, one)))));
  }

  draw() {
    const top = this.stack.at(-1);
    this.frame(top ? card(top, this) : make("p", { class: "problems" }, "The add-on showed no card."));
    this.place.querySelector(".stack h2, .stack section")?.scrollIntoView({ block: "nearest" });
  }

  frame(content, note) {
    const back = this.stack.length > 1 ? make("button", { type: "button", class: "icon-button", "aria-label": "Back", onclick: () => { this.stack.pop(); this.draw(); } }, sign("back")) : "";
    const refresh = make("button", { type: "button", class: "icon-button", "aria-label": "Refresh", title: "Refresh", onclick: () => this.again?.() }, sign("refresh"));
    const house = this.context ? make("button", { type: "button", class: "icon-button", "aria-label": "Add-on home", title: "Add-on home", onclick: () => this.home() }, sign("home")) : "";
    const kept = content || this.place.querySelector(".stack")?.firstChild || make("div");
    this.place.replaceChildren(
      make("div", { class: "panel-head" }, back, make("strong", {}, `Add-on in ${APPS[this.app]}`), house, refresh),
      make("div", { class: "spinner wait", hidden: true }), note || "", make("div", { class: "stack" }, kept));
  }
}
