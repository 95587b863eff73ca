// What a clerk does with a stack of paper, with the keyboard alone.
import assert from "node:assert/strict";
import { Person } from "./person.mjs";

/** Reading takes what the machine has left for it. */
const READ_MS_MAX = 300_000;

export class Clerk extends Person {
  /** Brings a stack, sees every page accounted for, and puts right what needs a hand. */
  async digitises() {
    await this.logsIn("berik");
    await this.goes(() => this.tabsTo('.bar a[href="/stacks"]'));
    await this.look("stacks-none");
    await this.goes(() => this.tabsTo('a[href="/cover-sheets"]'));
    await this.look("cover-sheets");
    await this.goes(() => this.tabsTo('a[href="/stacks"]'));
    await this.#brings();
    await this.#isDone();
    await this.look("stack");
    assert.deepEqual(await this.#fates(), ["cover_sheet", "in_case", "in_case", "needs_hand", "came_before", "file_refused"]);
    await this.#places();
    await this.look("stack-settled");
    await this.goes(() => this.tabsTo('.back a[href="/stacks"]'));
    await this.look("stacks");
    await this.goes(() => this.tabsTo('form[action="/logout"] button'));
  }

  /** The dialog in which files are chosen is the browser's own; everything around it is by keys. */
  async #brings() {
    await this.focus('input[type="file"]');
    await this.page.locator('input[type="file"]').setInputFiles(this.around.seeded.stack);
    await this.focus('select[name="mission"]');
    await this.page.locator('select[name="mission"]').selectOption("DEU-BER");
    await this.goes(() => this.tabsTo(".bring button"));
    await this.look("stack-comes");
  }

  /** Scripts show the report when it is there; without, one looks again. */
  async #isDone() {
    const done = this.page.locator("#progress[hidden]");
    if (this.around.world.scripts) return done.waitFor({ state: "attached", timeout: READ_MS_MAX });
    while (!(await done.count())) await this.goes(() => this.tabsTo("#progress a"));
  }

  /** What became of the pages, in their order, as the page itself says. */
  async #fates() {
    return this.page.locator(".sheet").evaluateAll((sheets) => sheets.map((sheet) => sheet.dataset.fate));
  }

  /** The page that waits is one press away from the case it lies in; this one is a stranger's, and
   *  begins a case of its own. */
  async #places() {
    await this.tabsTo(".one-to-place summary");
    await this.look("stack-hand");
    await this.goes(() => this.tabsTo('.one-to-place form[action$="/new-case"] button'));
    await this.#isDone();
    assert.equal(await this.page.locator(".one-to-place").count(), 0);
    assert.equal(await this.page.locator(".stack-cases li").count(), 2);
  }
}
