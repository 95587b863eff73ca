// What an applicant does after the handing in, on a small screen with the keyboard alone: sees what is
// kept, asks for a certificate, complains of a refusal, deletes a draft.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { Person } from "./person.mjs";

export const SMALL = { width: 320, height: 640 };
/** A form that is shown again answers 422, and browsers complain of that. */
const bears = (text) => text.includes("status of 422");
const BECAUSE = "The permit of the invented applicant was attached.\nIt bears her name.";

export class Afterwards extends Person {
  constructor(page, around) {
    super(page, { ...around, bears });
  }

  /** What is kept is shown and may be taken along; what was handed in is not deleted, and the page says why. */
  async looksAtData() {
    await this.#home();
    if (this.around.world.scripts) await this.#readsTheirClock();
    await this.look("20-stands");
    await this.#to("data");
    await this.look("21-data");
    const kept = JSON.parse(await this.#takes("data/file"));
    assert.equal(kept.application.reference, this.around.reference);
    await this.#to("delete");
    assert.equal(await this.page.locator("main form").count(), 0, "what was handed in stays");
    await this.look("22-kept");
    await this.#home();
    await this.#to("withdraw");
    await this.look("23-withdraw");
    await this.#back();
  }

  /** The reader's own time is written as the mission's is. */
  async #readsTheirClock() {
    const [there, here] = await this.page.locator(":has(> time)").first().evaluate((place) => {
      const time = place.querySelector("time");
      return [time.textContent, time.nextElementSibling.nextElementSibling.textContent];
    });
    const shape = (text) => text.match(/\d+(\.\d+\.| [A-Z]\S+ )\d{4}, \d\d:\d\d/)?.[0].replace(/\d+/g, "0").replace(/[A-Z]\S+/, "A");
    assert.ok(shape(there), there);
    assert.equal(shape(here), shape(there), here);
  }

  /** What is no paper's code attests nothing, and the page says what to do. */
  async doubtsPaper() {
    await this.page.goto("/");
    await this.goes(() => this.tabsTo('a[href="/genuine"]'));
    await this.look("38-genuine");
    await this.focus("#code");
    await this.page.keyboard.type("TIRKEU1:AAAA");
    await this.#presses();
    assert.equal(await this.page.locator('#problems a[href="#code"]').count(), 1, "made up, and nothing is said");
    await this.look("39-not-genuine");
  }

  /** Of who is registered. */
  async asksForCertificate() {
    await this.#home();
    await this.look("24-registered");
    await this.#to("certificate");
    await this.look("25-certificate");
    await this.#presses();
    assert.equal(await this.page.locator(`a[href="${this.#path("certificate")}"]`).count(), 0, "it is asked for once");
    await this.look("26-certificate-asked");
  }

  async getsCertificate() {
    await this.#home();
    await this.look("27-certificate");
    assert.equal((await this.#takes("documents/certificate")).subarray(0, 5).toString("latin1"), "%PDF-");
  }

  /** Of who was refused: guided, looked through, changed, handed in; something is attached. */
  async complains() {
    await this.#home();
    await this.look("24-refused");
    await this.#to("appeal");
    await this.look("25-complaint");
    await this.#presses();
    const mended = this.page.locator('#problems a[href="#circumstances"]');
    assert.equal(await mended.count(), 1, "a complaint without its reasons");
    await this.look("26-complaint-unreasoned");
    await this.tabsTo('#problems a[href="#circumstances"]');
    await this.focus("#circumstances");
    await this.page.keyboard.type(BECAUSE);
    await this.#presses();
    await this.look("27-complaint-check");
    await this.goes(() => this.tabsTo('button[value="change"]'));
    assert.equal(await this.page.locator("#circumstances").inputValue(), BECAUSE);
    await this.#presses();
    await this.goes(() => this.tabsTo('button[value="hand-in"]'));
    await this.look("28-complaint-stands");
    await this.#back();
    await this.look("29-complained");
    await this.#to("papers/other");
    await this.focus('input[type="file"]');
    await this.page.locator('input[type="file"]').setInputFiles(this.around.sample.papers.at(-1));
    await this.look("30-attachment");
    await this.goes(() => this.tabsTo("[data-send]"));
    assert.equal(new URL(this.page.url()).pathname, this.#path(""));
  }

  async waitsForSuperior() {
    await this.#home();
    await this.look("31-with-superior");
    await this.#to("appeal");
    await this.look("32-complaint-signed");
  }

  /** A draft is deleted, and its link answers as one that never was. */
  async deletesDraft(link) {
    await this.#home();
    await this.#to("data");
    await this.look("33-draft-data");
    await this.#to("delete");
    await this.look("34-delete");
    await this.#presses();
    await this.look("35-deleted");
    const { pathname } = new URL(link);
    const answers = [];
    for (const path of [pathname, pathname.replace(/[^/]+$/, (secret) => [...secret].reverse().join(""))]) {
      await this.page.goto(path);
      if (await this.page.locator("main form").count()) await this.#presses();
      answers.push(await this.page.locator("main").textContent());
    }
    assert.equal(answers[0], answers[1]);
    await this.look("36-link-gone");
  }

  async #home() {
    await this.page.goto(this.#path(""));
  }

  #path(rest) {
    return `/applications/${this.around.reference}${rest && `/${rest}`}`;
  }

  async #to(rest) {
    await this.goes(() => this.tabsTo(`a[href="${this.#path(rest)}"]`));
  }

  async #back() {
    await this.goes(() => this.tabsTo(".back a"));
  }

  #presses() {
    return this.goes(() => this.tabsTo("main form button:not([type=button]):not([hidden])"));
  }

  /** The file behind a link. */
  async #takes(rest) {
    const [download] = await Promise.all([this.page.waitForEvent("download"), this.tabsTo(`a[href="${this.#path(rest)}"]`)]);
    return readFile(await download.path());
  }
}
