// What was typed goes to the Docs API as the difference alone, against the revision it was typed into.
import { send } from "./api.js";
import { difference, shownText } from "./doctext.js";

export class Saver {
  /** `reload(focus)` shows the Doc anew, with the caret at {index}; `lost(text, reason)` is told what could not be kept. */
  constructor(person, doc, tabId, { reload, lost }) {
    Object.assign(this, { person, id: doc.documentId, revision: doc.revisionId, tabId, reload, lost, waiting: Promise.resolve(), paragraphs: [] });
  }

  add(node, start, text, first) {
    const paragraph = { node, start, text, first };
    this.paragraphs.push(paragraph);
    return paragraph;
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
      if (!(await this.send(changes(paragraph.start + at, removed, added, this.tabId), now))) return;
      const shift = added.length - removed;
      for (const other of this.paragraphs) if (other.start > paragraph.start) other.start += shift;
      paragraph.text = now;
      if (added.includes("\n")) await this.reload();
    });
  }

  /** Enter: what is typed so far is kept, and the paragraph is parted at the caret. */
  split(paragraph, caret) {
    this.keep(paragraph);
    return this.then(async () => {
      const index = paragraph.start + caret;
      if (await this.send(changes(index, 0, "\n", this.tabId), "")) await this.reload({ index: index + 1 });
    });
  }

  /** Backspace at the beginning: the paragraph is joined to the one before it. */
  join(paragraph) {
    this.keep(paragraph);
    return this.then(async () => {
      const index = paragraph.start - 1;
      if (await this.send(changes(index, 1, "", this.tabId), "")) await this.reload({ index });
    });
  }

  choose(dropdownId, selectedOptionId) {
    return this.then(async () => {
      await this.send([{ updateDropdownProperties: { dropdownId, tabId: this.tabId, dropdownProperties: { selectedOptionId }, fields: "selectedOptionId" } }], "");
    });
  }

  async send(requests, typed) {
    try {
      const answer = await send(this.person, `/v1/documents/${this.id}:batchUpdate`, "POST", { requests, writeControl: { requiredRevisionId: this.revision } });
      this.revision = answer.writeControl?.requiredRevisionId || this.revision;
      return true;
    } catch (error) {
      // Nobody's words are thrown away: what could not be kept is shown, to be copied.
      await this.reload();
      this.lost(typed, error.message);
      return false;
    }
  }
}

function changes(index, removed, text, tabId) {
  const found = [];
  if (removed) found.push({ deleteContentRange: { range: { startIndex: index, endIndex: index + removed, tabId } } });
  if (text) found.push({ insertText: { location: { index, tabId }, text } });
  return found;
}
