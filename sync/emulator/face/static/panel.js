// The side panel: Google's part for an add-on. Keeps the card stack and plays triggers and actions through /_local/addon.
import { control, make, toast } from "./api.js";
import { consentTo, mayUseFile } from "./consent.js";
import { menuButton } from "./dialog.js";
import { carried, complete, formInputs, retype, typed } from "./formvalues.js";
import { sign } from "./signs.js";
import { card } from "./widgets.js";

const APPS = { CALENDAR: "Calendar", SHEETS: "Sheets", DOCS: "Docs" };

export class Panel {
  /**
   * `app` CALENDAR|SHEETS|DOCS; `zone` the person's. `onDone` is told after every call, so that the page beside can look again;
   * `onCalendarAction` is given what an add-on does to the open event; `onOpen(url)` says whether it opened the address itself.
   */
  constructor(place, { person, zone, app, event = {}, file, onDone = () => {}, onOpen = () => {}, onCalendarAction = () => {} }) {
    Object.assign(this, { place, person, zone, app, event, file, onDone, onOpen, onCalendarAction, stack: [], scopes: [] });
    place.hidden = false;
    control("addon").then(({ deployment }) => {
      this.descriptor = deployment.addOns?.common;
      this.scopes = deployment.oauthScopes || [];
      if (this.stack.length) this.frame();
    }).catch(() => {});
  }

  get top() { return this.stack.at(-1); }

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
    return this.play({ trigger: name, event }, (answer) => this.begin(answer, name));
  }

  run(action, origin) {
    const form = origin?.closest?.("form") || this.place.querySelector("form.card");
    const required = action.allWidgetsAreRequired || action.requiredWidgets || [];
    if (form && !complete(form, required)) return undefined;
    return this.play({ trigger: "action", url: action.function, parameters: parametersOf(action), formInputs: form ? formInputs(form, this.zone) : {}, event: this.context || this.event },
      (answer) => this.follow(answer, action.persistValues), action.loadIndicator === "NONE");
  }

  suggest(action, input) {
    clearTimeout(this.typing);
    this.typing = setTimeout(async () => {
      const { answer, problems } = await control("addon", this.ask({ trigger: "autocomplete", url: action.function, parameters: parametersOf(action), formInputs: formInputs(input.closest("form"), this.zone) }));
      if (problems.length) return toast(`No suggestions: ${problems[0]}`);
      input.list?.replaceChildren(...(answer.autoComplete?.items || []).map((item) => make("option", { value: item.text })));
    }, 250);
  }

  ask(words) {
    return { as: this.person, app: this.app, timeZone: this.zone, locale: navigator.language, ...words };
  }

  async play(words, then, quiet = false) {
    if (this.busy) return;
    this.busy = true;
    this.last = () => this.play(words, then, quiet);
    if (!this.place.querySelector(".stack")) this.frame(make("p", { class: "loading" }, "One moment ..."));
    if (!quiet) this.waiting(true);
    try {
      const { status, answer, problems } = await control("addon", this.ask(words));
      if (status !== 200 || problems.length) this.broken(status, problems);
      else if (answer.requesting_google_scopes) this.consent(answer.requesting_google_scopes);
      else then(answer);
    } catch (error) {
      // A Workspace without an add-on has no side panel, as at Google.
      if (error.message.startsWith("No add-on is deployed")) this.place.hidden = true;
      else this.broken(0, [error.message]);
    } finally {
      this.busy = false;
      this.waiting(false);
      this.onDone(words);
    }
  }

  waiting(on) {
    this.place.querySelector(".stack")?.classList.toggle("busy", on);
    this.place.setAttribute("aria-busy", String(on));
    const bar = this.place.querySelector(".wait");
    if (bar) bar.hidden = !on;
  }

  /** A trigger's answer begins a stack of its own: one card, a list to choose from, or one that peeks over what is there. */
  begin(answer, name) {
    const cards = (answer.action?.navigations || []).map((step) => step.pushCard).filter(Boolean);
    this.peek = undefined;
    if (name === "eventOpen" && cards.length === 1 && cards[0].displayStyle === "PEEK" && this.stack.length) {
      [this.peek] = cards;
      return this.frame();
    }
    this.stack = [];
    if (cards.length > 1) {
      this.put(listOf(cards));
      return this.draw();
    }
    return this.follow(answer);
  }

  follow(answer, persist) {
    const { action = {}, hostAppAction } = answer.renderActions || answer;
    if (hostAppAction?.editorAction) return this.fileConsent();
    if (hostAppAction?.calendarAction) this.onCalendarAction(hostAppAction.calendarAction);
    const before = this.top;
    for (const step of action.navigations || []) this.step(step, persist);
    if (action.notification) toast(action.notification.text);
    if (action.link) this.open(action.link);
    // A card that stays keeps what was typed into it.
    if (this.top !== before || !before) this.draw();
    return undefined;
  }

  step(step, persist) {
    const named = this.stack.findIndex(({ spec }) => step.popToCard && spec.name === step.popToCard);
    if (step.pushCard) this.put(step.pushCard);
    else if (step.updateCard) this.stack.splice(-1, 1, this.updated(step.updateCard, persist));
    else if (step.pop) this.stack.splice(Math.max(1, this.stack.length - 1));
    else if (step.popToRoot) this.stack.splice(1);
    else if (named >= 0) this.stack.splice(named + 1);
  }

  put(spec) {
    this.keep();
    this.stack.push({ spec, values: {} });
  }

  /** What was typed into the card that is shown goes with it wherever the stack goes. */
  keep() {
    if (this.top && this.drawn === this.top) this.top.values = typed(this.place.querySelector("form.card"));
  }

  updated(spec, persist) {
    this.keep();
    return { spec, values: this.top ? carried(this.top.values, this.top.spec, spec, persist) : {} };
  }

  push(spec) {
    this.put(spec);
    this.draw();
  }

  back() {
    this.stack.pop();
    this.draw();
  }

  open({ url, openAs, onClose }) {
    if (onClose !== "RELOAD" && this.onOpen(url)) return;
    const opened = window.open(url, "_blank", openAs === "OVERLAY" ? "popup,width=560,height=680" : "");
    if (!opened) { toast(`Your browser kept a window from opening: ${url}`); return; }
    opened.opener = null;
    if (onClose !== "RELOAD") return;
    const watching = setInterval(() => { if (opened.closed) { clearInterval(watching); this.again?.(); } }, 300);
  }

  consent(asked) {
    const list = asked.all_scopes ? this.scopes : asked.scopes;
    this.frame(consentTo(list, { no: () => this.draw(), yes: async (scopes) => {
      await control("addon/consent", { as: this.person, scopes });
      // As Google does: the same call again, with what has been granted.
      this.last?.();
    } }));
  }

  fileConsent() {
    this.frame(mayUseFile(this.file.title, { no: () => this.draw(), yes: async () => {
      await control("addon/files", { as: this.person, id: this.file.id });
      this.event = { [this.app.toLowerCase()]: { ...this.file, addonHasFileScopePermission: true } };
      this.fileScopeGranted(this.event);
    } }));
  }

  broken(status, problems) {
    const words = problems.length ? problems : [`The service answered ${status}.`];
    this.frame(this.stack.length ? undefined : make("div"), make("div", { class: "problems", role: "alert" }, make("b", {}, "Google would say: “Something went wrong with the add-on.”"), make("ul", {}, words.map((one) => make("li", {}, one)))));
  }

  draw() {
    this.drawn = this.top;
    const shown = this.top && card(this.top.spec, this);
    if (shown) retype(shown, this.top.values);
    this.frame(shown || make("p", { class: "problems" }, "The add-on showed no card."));
    for (const text of this.place.querySelectorAll(".clamped")) text.nextSibling.hidden = text.scrollHeight <= text.clientHeight + 2;
    this.place.querySelector(".stack h2, .stack section")?.scrollIntoView({ block: "nearest" });
  }

  frame(content, note) {
    const button = (name, label, act) => make("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick: act }, sign(name));
    const inside = this.place.contains(document.activeElement);
    const kept = content || this.place.querySelector(".stack")?.firstChild || make("div");
    this.place.replaceChildren(
      make("div", { class: "panel-head" }, this.stack.length > 1 ? button("back", "Back", () => this.back()) : "", make("strong", {}, sign("door"), this.descriptor?.name || `Add-on in ${APPS[this.app]}`),
        this.context ? button("home", "Add-on home", () => this.home()) : "", button("refresh", "Refresh", () => this.again?.()), this.menu()),
      make("div", { class: "spinner wait", hidden: true }), note || "", make("div", { class: "stack", tabindex: "-1" }, kept), this.peeking());
    // Whoever works with keys goes on where the new card begins.
    if (inside) this.place.querySelector(".stack").focus({ preventScroll: true });
  }

  /** A contextual card that waits at the bottom until it is asked for. */
  peeking() {
    if (!this.peek) return "";
    const { title = "A card for this event", subtitle } = this.peek.peekCardHeader || this.peek.header || {};
    const show = () => { const spec = this.peek; this.peek = undefined; this.push(spec); };
    return make("button", { type: "button", class: "peek", onclick: show }, make("b", {}, title), subtitle ? make("small", {}, subtitle) : "");
  }

  /** The add-on's universal actions and the header actions of the card that is shown, behind three dots. */
  menu() {
    const cardActions = (this.top?.spec.cardActions || []).map((one) => ({ label: one.actionLabel, act: () => this.clicked(one.onClick) }));
    const universal = (this.descriptor?.universalActions || []).map((one) => ({ label: one.label, act: () => (one.openLink ? this.open({ url: one.openLink }) : this.run({ function: one.runFunction })) }));
    const items = [...cardActions, ...universal];
    return items.length ? menuButton({ label: "More", sign: sign("menu"), items }) : "";
  }

  clicked(onClick = {}) {
    if (onClick.action) this.run(onClick.action);
    else if (onClick.openLink) this.open(onClick.openLink);
    else if (onClick.card) this.push(onClick.card);
  }
}

const parametersOf = (action) => Object.fromEntries((action.parameters || []).map(({ key, value }) => [key, value]));

/** Several cards of one trigger are shown as a list of their headers. */
function listOf(cards) {
  const row = (one, index) => ({ decoratedText: { text: one.header?.title || `Card ${index + 1}`, bottomLabel: one.header?.subtitle, onClick: { card: one } } });
  return { sections: [{ widgets: cards.map(row) }] };
}
