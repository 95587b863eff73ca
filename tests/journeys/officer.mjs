// What an officer does, with the keyboard alone.
import assert from "node:assert/strict";
import { LookedAt } from "./looked_at.mjs";

export class Officer {
  #page;
  #around;
  #eye;

  constructor(page, around) {
    this.#page = page;
    this.#around = around;
    page.setDefaultTimeout(60_000);
    const { world, shots } = around;
    this.#eye = new LookedAt(page, { name: world.name, scripts: world.scripts, shots });
  }

  get looked() {
    return this.#eye.looked;
  }

  /** Logs in, registers a clean case, settles a finding, refuses a case, asks for a better copy. */
  async decides() {
    await this.#logIn();
    await this.#eye.look("worklist");
    await this.#registers("02");
    await this.#settles("03");
    await this.#refuses("04");
    await this.#finds("10");
    await this.#asks("10");
    if (this.#around.world.scripts) await this.#turnsKeysOff();
    await this.#goes(() => this.#tabsTo('form[action="/logout"] button'));
  }

  /** Someone who oversees looks at the numbers. */
  async oversees() {
    await this.#logIn("vera");
    await this.#goes(() => this.#tabsTo('a[href="/overview"]'));
    await this.#eye.look("overview");
  }

  async #logIn(name = "aida") {
    const { world, seeded } = this.#around;
    await this.#page.goto(`/language/${world.language}`);
    await this.#page.goto("/login");
    assert.equal(await this.#page.locator("html").getAttribute("lang"), world.language);
    await this.#eye.look("login");
    await this.#focus('input[name="name"]');
    await this.#page.keyboard.type(name);
    await this.#page.keyboard.press("Tab");
    await this.#page.keyboard.type(seeded.passwords[name]);
    await this.#goes(() => this.#page.keyboard.press("Enter"));
    assert.equal(new URL(this.#page.url()).pathname, "/");
  }

  /** A clean case: one press. */
  async #registers(sample) {
    const id = await this.#opens(sample);
    await this.#eye.look("clean");
    await this.#presses("KeyR", 'form[action$="/approve"] button');
    await this.#stands(id, "registered");
    await this.#eye.look("registered");
  }

  /** Two IINs: the one of the identity card is taken, and the finding is gone. */
  async #settles(sample) {
    const id = await this.#opens(sample);
    await this.#eye.look("flagged");
    if (this.#around.world.scripts) await this.#looksCloser();
    const before = await this.#page.locator("[data-walk].hard").count();
    assert.ok(before > 0);
    const verified = this.#page.locator(".options > li", { has: this.#page.locator(".sure.verified") }).first();
    const take = await verified.locator('[data-key^="take-"]').getAttribute("data-key");
    if (this.#around.world.scripts) await this.#page.keyboard.press("KeyJ");
    await this.#presses(take === "take-a" ? "KeyA" : "KeyB", `.finding [data-key="${take}"]`);
    assert.equal(await this.#page.locator("[data-walk].hard").count(), before - 1);
    await this.#eye.look("settled");
    await this.#presses("KeyR", 'form[action$="/approve"] button');
    await this.#stands(id, "registered");
  }

  /** The words of the refusal are drafted; the officer adds a sentence. */
  async #refuses(sample) {
    const id = await this.#opens(sample);
    await this.#eye.look("to-refuse");
    await this.#presses("KeyX", 'a[data-key="refuse"]');
    await this.#eye.look("refusal");
    await this.#focus('textarea[name="text"]');
    await this.#page.keyboard.press("Control+End");
    await this.#page.keyboard.type("\nAida");
    await this.#page.keyboard.press("Tab");
    await this.#presses("KeyS", 'form[action$="/refuse"] button');
    await this.#stands(id, "refused");
  }

  /** By a name in another script than the papers'. */
  async #finds(sample) {
    if (new URL(this.#page.url()).pathname !== "/") await this.#presses("KeyW", ".brand");
    if (this.#around.world.scripts) await this.#page.keyboard.press("Slash");
    else await this.#focus('input[name="q"]');
    await this.#page.keyboard.type("Suleimenova");
    await this.#goes(() => this.#page.keyboard.press("Enter"));
    await this.#page.locator(`a[href="/cases/${this.#around.seeded.cases[sample]}"]`).waitFor();
    await this.#eye.look("found");
  }

  async #asks(sample) {
    const id = await this.#opens(sample);
    await this.#presses("KeyC", 'a[data-key="better-copy"]');
    await this.#eye.look("better-copy");
    await this.#presses("KeyS", 'form[action$="/better-copy"] button');
    await this.#stands(id, "awaiting_better_copy");
  }

  /** Every gesture of the viewer has its key; the document never changes by itself. */
  async #looksCloser() {
    const seen = () => this.#page.locator("[data-sheet]:not([hidden]) svg").first().getAttribute("viewBox");
    const sheet = () => this.#page.locator("[data-sheet]:not([hidden])").getAttribute("id");
    const [whole, first] = [await seen(), await sheet()];
    await this.#page.keyboard.press("Equal");
    const close = await seen();
    assert.notEqual(close, whole, "closer");
    await this.#page.keyboard.press("KeyT");
    await this.#page.keyboard.press("Digit0");
    await this.#page.keyboard.press("KeyJ");
    assert.equal(await sheet(), first, "walking to a finding leaves the page where it is");
    await this.#page.keyboard.press("KeyV");
    assert.equal(await this.#page.locator(".here[visibility=visible]").count(), 1, "and showing it does not");
    await this.#eye.look("shown");
  }

  async #turnsKeysOff() {
    await this.#goes(() => this.#page.keyboard.press("Shift+Slash"));
    assert.equal(new URL(this.#page.url()).pathname, "/keys");
    await this.#eye.look("keys");
    await this.#goes(() => this.#tabsTo('a[href="/keys/off"]'));
    await this.#page.keyboard.press("KeyW");
    assert.equal(new URL(this.#page.url()).pathname, "/keys", "keys are off");
    await this.#goes(() => this.#tabsTo('a[href="/keys/on"]'));
  }

  /** Opens the case that came with this sample, from the worklist. */
  async #opens(sample) {
    const { world, seeded } = this.#around;
    const id = seeded.cases[sample];
    if (new URL(this.#page.url()).pathname !== "/") await this.#presses("KeyW", ".brand");
    await this.#goes(() => this.#tabsTo(`a[href="/cases/${id}"]`));
    assert.ok(this.#page.url().endsWith(id), `${world.name} ${sample}`);
    return id;
  }

  /** Presses by its key where scripts run, else by going to it and pressing Enter. */
  async #presses(code, selector) {
    if (this.#around.world.scripts) await this.#goes(() => this.#page.keyboard.press(code));
    else await this.#goes(() => this.#tabsTo(selector));
  }

  /** Tabs from where one is until this is in focus, and presses Enter. */
  async #tabsTo(selector) {
    await this.#focus(selector);
    await this.#page.keyboard.press("Enter");
  }

  async #focus(selector) {
    const target = this.#page.locator(selector).first();
    await target.waitFor();
    for (let presses = 0; presses < 300; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) {
        const box = await target.boundingBox();
        assert.ok(box, `${selector} is in focus and not seen`);
        assert.ok(await this.#uncovered(target), `${selector} is in focus and covered`);
        return;
      }
      await this.#page.keyboard.press("Tab");
    }
    throw new Error(`${selector} is not reached by Tab`);
  }

  /** Whether the middle of it is on the screen and nothing lies over it. */
  async #uncovered(target) {
    return target.evaluate((element) => {
      const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
      return top !== null && (element.contains(top) || top.contains(element));
    });
  }

  async #goes(act) {
    await Promise.all([this.#page.waitForNavigation({ waitUntil: "load" }), act()]);
  }

  async #stands(id, status) {
    assert.equal(await this.#around.desk.status(id), status);
  }

}
