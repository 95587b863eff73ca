// A person at the desk, with the keyboard alone; every page they look at is held to axe.
import assert from "node:assert/strict";
import { LookedAt } from "./looked_at.mjs";

export class Person {
  page;
  around;
  #eye;

  constructor(page, around) {
    this.page = page;
    this.around = around;
    page.setDefaultTimeout(60_000);
    const { world, shots, bears } = around;
    this.#eye = new LookedAt(page, { name: world.name, scripts: world.scripts, shots, bears });
  }

  async logsIn(name) {
    const { world, seeded } = this.around;
    await this.page.goto(`/language/${world.language}`);
    await this.page.goto("/login");
    assert.equal(await this.page.locator("html").getAttribute("lang"), world.language);
    await this.look("login");
    await this.focus('input[name="name"]');
    await this.page.keyboard.type(name);
    await this.page.keyboard.press("Tab");
    await this.page.keyboard.type(seeded.passwords[name]);
    await this.goes(() => this.page.keyboard.press("Enter"));
    assert.equal(new URL(this.page.url()).pathname, "/");
  }

  /** Presses by its key where scripts run, else by going to it and pressing Enter. */
  async presses(code, selector) {
    if (this.around.world.scripts) await this.goes(() => this.page.keyboard.press(code));
    else await this.goes(() => this.tabsTo(selector));
  }

  /** Tabs from where one is until this is in focus, and presses Enter. */
  async tabsTo(selector) {
    await this.focus(selector);
    await this.page.keyboard.press("Enter");
  }

  async focus(selector) {
    const target = this.page.locator(selector).first();
    await target.waitFor();
    for (let presses = 0; presses < 300; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) {
        const box = await target.boundingBox();
        assert.ok(box, `${selector} is in focus and not seen`);
        assert.ok(await this.uncovered(target), `${selector} is in focus and covered`);
        return;
      }
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`${selector} is not reached by Tab`);
  }

  /** Whether the middle of it is on the screen and nothing lies over it. */
  async uncovered(target) {
    return target.evaluate((element) => {
      const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
      return top !== null && (element.contains(top) || top.contains(element));
    });
  }

  async goes(act) {
    await Promise.all([this.page.waitForNavigation({ waitUntil: "load" }), act()]);
  }

  /** Holds the page to axe and keeps a picture of it. */
  async look(name) {
    await this.#eye.look(name);
  }

  get looked() {
    return this.#eye.looked;
  }
}
