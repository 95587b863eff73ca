// What an officer does, with the keyboard alone.
import assert from "node:assert/strict";
import { Person } from "./person.mjs";

export class Officer extends Person {
  /** Logs in, registers a clean case, settles a finding, refuses a case, asks for a better copy. */
  async decides() {
    await this.logsIn("aida");
    await this.look("worklist");
    await this.#registers("02");
    await this.#settles("03");
    await this.#refuses("04");
    await this.#finds("10");
    await this.#asks("10");
    if (this.around.world.scripts) await this.#turnsKeysOff();
    await this.goes(() => this.tabsTo('form[action="/logout"] button'));
  }

  /** At the mission of this case a second officer confirms the refusal that the first one proposed. */
  async confirms() {
    await this.logsIn("dana");
    const id = await this.#opens("04");
    await this.look("proposed");
    await this.presses("KeyS", 'form[action$="/refusal/confirm"] button');
    await this.#stands(id, "refused");
    await this.look("confirmed");
    await this.goes(() => this.tabsTo('form[action="/logout"] button'));
  }

  /** Someone who oversees looks at the numbers, and a second time at a clean case. */
  async oversees() {
    await this.logsIn("vera");
    await this.goes(() => this.tabsTo('a[href="/overview"]'));
    await this.look("overview");
    const audited = `a[href="/cases/${this.around.seeded.cases["02"]}"]`;
    await this.goes(() => this.tabsTo(`.audits ${audited}`));
    await this.look("audit");
    await this.presses("KeyS", 'form[action$="/audit"] button');
    await this.goes(() => this.tabsTo('a[href="/overview"]'));
    assert.equal(await this.page.locator(`.audits ${audited}`).count(), 0, "it was looked at a second time");
    await this.look("audited");
  }

  /** Registers an applicant of the portal, with a reason where something is open. */
  async grants() {
    const id = await this.#opens("own");
    await this.look("40-to-grant");
    if (await this.page.locator("details.anyway").count()) {
      if (this.around.world.scripts) await this.page.keyboard.press("KeyR");
      else await this.tabsTo("details.anyway summary");
      await this.focus('textarea[name="reason"]');
      await this.page.keyboard.type("The original was compared.");
      await this.goes(() => this.tabsTo('form[action$="/approve"] button'));
    } else {
      await this.presses("KeyR", 'form[action$="/approve"] button');
    }
    await this.#stands(id, "registered");
  }

  /** Refuses one, as the draft has it. */
  async denies() {
    const id = await this.#opens("own");
    await this.look("40-to-deny");
    await this.presses("KeyX", 'a[data-key="refuse"]');
    assert.equal(await this.page.locator('textarea[name="text"]').getAttribute("lang"), this.around.world.language, "the applicant's language");
    await this.look("41-denial");
    await this.presses("KeyS", 'form[action$="/refuse"] button');
    await this.#stands(id, "refused");
  }

  /** Issues the certificate that was asked for, from the list of those that wait for one. */
  async reissues() {
    await this.presses("KeyW", ".brand");
    await this.goes(() => this.tabsTo('a[href^="/?view=certificates"]'));
    await this.look("42-certificates");
    const id = this.around.seeded.cases.own;
    await this.goes(() => this.tabsTo(`a[href="/cases/${id}"]`));
    await this.look("43-certificate-asked");
    await this.goes(() => this.tabsTo('form[action$="/certificate"] button'));
    await this.#stands(id, "registered");
    await this.look("44-certificate-issued");
  }

  /** The same complaint comes on paper, signed; then it is handed on to the mission's superior. */
  async handsOn() {
    const id = await this.#opens("own");
    await this.look("42-complained");
    await this.goes(() => this.tabsTo('a[href$="/appeal"]'));
    await this.look("43-complaint-on-paper");
    await this.focus('input[name="signed_on"]');
    await this.page.keyboard.type(new Date().toISOString().slice(0, 10));
    await this.goes(() => this.tabsTo('form[action$="/appeal"] button'));
    await this.look("44-complaint-signed");
    await this.goes(() => this.tabsTo('form[action$="/appeal/hand-on"] button'));
    await this.#stands(id, "with_superior");
    await this.look("45-handed-on");
  }

  /** A clean case: one press. */
  async #registers(sample) {
    const id = await this.#opens(sample);
    await this.look("clean");
    await this.presses("KeyR", 'form[action$="/approve"] button');
    await this.#stands(id, "registered");
    await this.look("registered");
    await this.goes(() => this.tabsTo('form[action$="/certificate"] button'));
    await this.look("reissued");
  }

  /** Two IINs: the one of the identity card is taken, and the finding is gone. */
  async #settles(sample) {
    const id = await this.#opens(sample);
    await this.look("flagged");
    if (this.around.world.scripts) await this.#looksCloser();
    const before = await this.page.locator("[data-walk].hard").count();
    assert.ok(before > 0);
    const verified = this.page.locator(".options > li", { has: this.page.locator(".sure.verified") }).first();
    const take = await verified.locator('[data-key^="take-"]').getAttribute("data-key");
    if (this.around.world.scripts) await this.page.keyboard.press("KeyJ");
    await this.presses(take === "take-a" ? "KeyA" : "KeyB", `.finding [data-key="${take}"]`);
    assert.equal(await this.page.locator("[data-walk].hard").count(), before - 1);
    await this.look("settled");
    await this.presses("KeyR", 'form[action$="/approve"] button');
    await this.#stands(id, "registered");
  }

  /** The words of the refusal are drafted; the officer adds a sentence. */
  async #refuses(sample) {
    const id = await this.#opens(sample);
    await this.look("to-refuse");
    await this.presses("KeyX", 'a[data-key="refuse"]');
    await this.look("refusal");
    await this.focus('textarea[name="text"]');
    await this.page.keyboard.press("Control+End");
    await this.page.keyboard.type("\nAida");
    await this.page.keyboard.press("Tab");
    await this.presses("KeyS", 'form[action$="/refuse"] button');
    await this.#stands(id, "awaiting_second_officer");
    await this.look("waits-for-second");
  }

  /** By a name in another script than the papers'. */
  async #finds(sample) {
    if (new URL(this.page.url()).pathname !== "/") await this.presses("KeyW", ".brand");
    if (this.around.world.scripts) await this.page.keyboard.press("Slash");
    else await this.focus('input[name="q"]');
    await this.page.keyboard.type("Suleimenova");
    await this.goes(() => this.page.keyboard.press("Enter"));
    await this.page.locator(`a[href="/cases/${this.around.seeded.cases[sample]}"]`).waitFor();
    await this.look("found");
  }

  async #asks(sample) {
    const id = await this.#opens(sample);
    await this.presses("KeyC", 'a[data-key="better-copy"]');
    assert.equal(await this.page.locator('input[name="code"]:checked').count(), 0, "of a good page nobody has said what is wrong");
    await this.focus('input[name="code"]');
    await this.page.keyboard.press("Space");
    await this.look("better-copy");
    await this.presses("KeyS", 'form[action$="/better-copy"] button');
    await this.#stands(id, "awaiting_better_copy");
  }

  /** Every gesture of the viewer has its key; the document never changes by itself. */
  async #looksCloser() {
    const seen = () => this.page.locator("[data-sheet]:not([hidden]) svg").first().getAttribute("viewBox");
    const sheet = () => this.page.locator("[data-sheet]:not([hidden])").getAttribute("id");
    const [whole, first] = [await seen(), await sheet()];
    await this.page.keyboard.press("Equal");
    const close = await seen();
    assert.notEqual(close, whole, "closer");
    await this.page.keyboard.press("KeyT");
    await this.page.keyboard.press("Digit0");
    await this.page.keyboard.press("KeyJ");
    assert.equal(await sheet(), first, "walking to a finding leaves the page where it is");
    await this.page.keyboard.press("KeyV");
    assert.equal(await this.page.locator(".here[visibility=visible]").count(), 1, "and showing it does not");
    await this.look("shown");
  }

  async #turnsKeysOff() {
    await this.goes(() => this.page.keyboard.press("Shift+Slash"));
    assert.equal(new URL(this.page.url()).pathname, "/keys");
    await this.look("keys");
    await this.goes(() => this.tabsTo('a[href="/keys/off"]'));
    await this.page.keyboard.press("KeyW");
    assert.equal(new URL(this.page.url()).pathname, "/keys", "keys are off");
    await this.goes(() => this.tabsTo('a[href="/keys/on"]'));
  }

  /** Opens the case that came with this sample, from the worklist. */
  async #opens(sample) {
    const { world, seeded } = this.around;
    const id = seeded.cases[sample];
    if (new URL(this.page.url()).pathname !== "/") await this.presses("KeyW", ".brand");
    await this.goes(() => this.tabsTo(`a[href="/cases/${id}"]`));
    assert.ok(this.page.url().endsWith(id), `${world.name} ${sample}`);
    return id;
  }

  async #stands(id, status) {
    assert.equal(await this.around.desk.status(id), status);
  }
}
