// The side panel: Google's part for an add-on. Keeps the card stacks and plays triggers and actions through /_local/addon.
import { control, make, toast } from "./api.js";
import { sign } from "./signs.js";
import { card, formInputs } from "./widgets.js";

const APPS = { CALENDAR: "Calendar", SHEETS: "Sheets", DOCS: "Docs" };

export class Panel {
  /** `app` CALENDAR|SHEETS|DOCS; `onDone` is told after every call, so that the page beside can look again. */
  constructor(place, { person, app, event = {}, file, onDone = () => {}, onOpen = () => {} }) {
    Object.assign(this, { place, person, app, event, file, onDone, onOpen, stack: [], scopes: [] });
    place.hidden = false;
    control("addon").then(({ deployment }) => {
      this.descriptor = deployment.addOns?.common;
      this.scopes = deployment.oauthScopes || [];
      if (this.stack.length) this.frame();
    }).catch(() => {});
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
      const { answer, problems } = await control("addon", this.ask({ trigger: "autocomplete", url: action.function, parameters, formInputs: formInputs(input.closest("form")) }));
      if (problems.length) return toast(`No suggestions: ${problems[0]}`);
      input.list?.replaceChildren(...(answer.autoComplete?.items || []).map((item) => make("option", { value: item.text })));
    }, 250);
  }

  ask(words) {
    return { as: this.person, app: this.app, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, locale: navigator.language, ...words };
  }

  async play(words, before = () => {}) {
    if (this.busy) return;
    this.busy = true;
    this.last = () => this.play(words, before);
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
      // A Workspace without an add-on has no side panel, as at Google.
      if (error.message.startsWith("No add-on is deployed")) this.place.hidden = true;
      else this.broken(0, [error.message]);
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

  /** Google's own question: which of the scopes does this person grant? Each may be left unticked. */
  consent(asked) {
    const list = asked.all_scopes ? this.scopes : asked.scopes;
    const boxes = list.map((scope) => make("label", { class: "tick" }, make("input", { type: "checkbox", value: scope, checked: true }), ` ${scope.replace("https://www.googleapis.com/auth/", "")}`));
    this.asking("More access is needed", make("p", {}, "The add-on asks you to allow:"), boxes, "Allow", async () => {
      const ticked = boxes.map((label) => label.firstChild).filter((box) => box.checked).map((box) => box.value);
      await control("addon/consent", { as: this.person, scopes: ticked });
      // As Google does: the same call again, with what has been granted.
      this.last?.();
    });
  }

  fileConsent() {
    const kind = this.app.toLowerCase();
    this.asking("Let the add-on use this file?", make("p", {}, "It sees and changes only this one; you can take that back."), [], "Allow", async () => {
      await control("addon/files", { as: this.person, id: this.file.id });
      this.event = { [kind]: { ...this.file, addonHasFileScopePermission: true } };
      this.fileScopeGranted(this.event);
    });
  }

  asking(title, words, choices, yes, act) {
    this.frame(make("div", { class: "card" }, make("header", {}, make("h2", {}, title)), make("section", {}, words, choices,
      make("div", { class: "buttons" }, make("button", { type: "button", class: "button filled", onclick: act }, yes), make("button", { type: "button", class: "button", onclick: () => this.draw() }, "Not now")))));
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
    const button = (name, label, act) => make("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick: act }, sign(name));
    const inside = this.place.contains(document.activeElement);
    const kept = content || this.place.querySelector(".stack")?.firstChild || make("div");
    this.place.replaceChildren(
      make("div", { class: "panel-head" }, this.stack.length > 1 ? button("back", "Back", () => { this.stack.pop(); this.draw(); }) : "", make("strong", {}, `Add-on in ${APPS[this.app]}`),
        this.context ? button("home", "Add-on home", () => this.home()) : "", button("refresh", "Refresh", () => this.again?.()), this.menu()),
      make("div", { class: "spinner wait", hidden: true }), note || "", make("div", { class: "stack", tabindex: "-1" }, kept));
    // Whoever works with keys goes on where the new card begins.
    if (inside) this.place.querySelector(".stack").focus({ preventScroll: true });
  }

  /** The add-on's universal actions and the header actions of the card that is shown, behind three dots. */
  menu() {
    const cardActions = (this.stack.at(-1)?.cardActions || []).map((one) => ({ label: one.actionLabel, act: () => this.clicked(one.onClick) }));
    const universal = (this.descriptor?.universalActions || []).map((one) => ({ label: one.label, act: () => (one.openLink ? this.open({ url: one.openLink }) : this.run({ function: one.runFunction })) }));
    const items = [...cardActions, ...universal];
    if (!items.length) return "";
    const list = make("menu", { hidden: true, id: "panel-menu" }, items.map(({ label, act }) => make("li", {}, make("button", { type: "button", class: "icon-button", onclick: () => { close(); act(); } }, label))));
    const close = () => { list.hidden = true; opener.setAttribute("aria-expanded", "false"); };
    const opener = make("button", { type: "button", class: "icon-button", "aria-label": "More", title: "More", "aria-expanded": "false", "aria-controls": "panel-menu", onclick: () => { list.hidden = !list.hidden; opener.setAttribute("aria-expanded", String(!list.hidden)); } }, sign("menu"));
    const both = make("span", { class: "menu-holder", onkeydown: (key) => { if (key.key === "Escape") { close(); opener.focus(); } } }, opener, list);
    return both;
  }

  clicked(onClick = {}) {
    if (onClick.action) this.run(onClick.action);
    else if (onClick.openLink) this.open(onClick.openLink);
    else if (onClick.card) this.push(onClick.card);
  }
}
