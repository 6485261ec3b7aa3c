// What was typed goes to the Docs API as the difference alone, against the revision it was typed into.
import { send } from "./api.js";
import { difference, shownText } from "./doctext.js";

export class Saver {
  /** `reload(focus)` shows the Doc anew, with the caret at {index, to, segmentId}; `lost(text, reason)` is told what could not be kept. */
  constructor(person, doc, tabId, { reload, lost }) {
    Object.assign(this, { person, id: doc.documentId, revision: doc.revisionId, tabId, reload, lost, waiting: Promise.resolve(), paragraphs: [] });
  }

  /** A paragraph on the page: {node, start, text, segmentId, ...}. */
  add(paragraph) {
    this.paragraphs.push(paragraph);
    return paragraph;
  }

  /** Where `index` lies, as the API names it: a Location. */
  at(paragraph, index) {
    return { index, tabId: this.tabId, ...(paragraph.segmentId ? { segmentId: paragraph.segmentId } : {}) };
  }

  /** From `from` to `to` in a paragraph's own units, as the API names it: a Range. */
  range(paragraph, from, to) {
    const { index, ...place } = this.at(paragraph, paragraph.start + from);
    return { ...place, startIndex: index, endIndex: paragraph.start + to };
  }

  /** One after another: each save needs the revision that the one before it made. */
  then(act) {
    this.waiting = this.waiting.then(act, act);
    return this.waiting;
  }

  /** Keep what a paragraph shows now. */
  keep(paragraph) {
    return this.then(async () => {
      const now = shownText(paragraph.node);
      if (now === paragraph.text) return;
      const { at, removed, added } = difference(paragraph.text, now);
      if (!(await this.send(this.changes(paragraph, at, removed, added), now))) return;
      const shift = added.length - removed;
      for (const other of this.paragraphs) if (other.segmentId === paragraph.segmentId && other.start > paragraph.start) other.start += shift;
      paragraph.text = now;
      if (added.includes("\n")) await this.reload();
    });
  }

  /** Enter: what is typed so far is kept, and the paragraph is parted at the caret. */
  split(paragraph, caret) {
    this.keep(paragraph);
    return this.then(async () => {
      const index = paragraph.start + caret;
      if (await this.send(this.changes(paragraph, caret, 0, "\n"), "")) await this.reload({ index: index + 1, segmentId: paragraph.segmentId });
    });
  }

  /** Backspace at the beginning: the paragraph is joined to the one before it. */
  join(paragraph) {
    this.keep(paragraph);
    return this.then(async () => {
      if (await this.send(this.changes(paragraph, -1, 1, ""), "")) await this.reload({ index: paragraph.start - 1, segmentId: paragraph.segmentId });
    });
  }

  choose(dropdownId, selectedOptionId) {
    return this.then(() => this.send([{ updateDropdownProperties: { dropdownId, tabId: this.tabId, dropdownProperties: { selectedOptionId }, fields: "selectedOptionId" } }], ""));
  }

  /** Requests that change how the Doc looks: applied, and the Doc shown anew with the caret at `focus`. */
  apply(requests, focus) {
    return this.then(async () => {
      if (await this.send(requests, "")) await this.reload(focus);
    });
  }

  /** The API's answer, or undefined when the change could not be kept; `typed` is what would be lost then. */
  async send(requests, typed) {
    try {
      const answer = await send(this.person, `/v1/documents/${this.id}:batchUpdate`, "POST", { requests, writeControl: { requiredRevisionId: this.revision } });
      this.revision = answer.writeControl?.requiredRevisionId || this.revision;
      return answer;
    } catch (error) {
      // Nobody's words are thrown away: what could not be kept is shown, to be copied.
      await this.reload();
      this.lost(typed, error.message);
      return undefined;
    }
  }

  changes(paragraph, from, removed, text) {
    const found = [];
    if (removed) found.push({ deleteContentRange: { range: this.range(paragraph, from, from + removed) } });
    if (text) found.push({ insertText: { location: this.at(paragraph, paragraph.start + from), text } });
    return found;
  }
}
