// What an applicant does on a phone: applies, sends papers over a link that breaks, checks what was
// read, and signs; without scripts the journey ends with the slip for the counter.
import assert from "node:assert/strict";
import { LookedAt } from "./looked_at.mjs";

/** Bytes that a first page may weigh. */
const FIRST_LOAD_BYTES_MAX = 100 * 1024;
/** Invented; the IIN is of the birth date and has its check digit. */
const CHILD = { name: "Ерлан Айша", birth_date: "28.11.2015", iin: "151128601234" };

export class Applicant {
  reference;
  weight = 0;
  #page;
  #around;
  #eye;

  constructor(page, around) {
    this.#page = page;
    this.#around = around;
    page.setDefaultTimeout(60_000);
    const { world, shots } = around;
    // A cut connection is told by the browser; the signer's client tries an address that the policy blocks.
    const bears = (text) => /net::ERR|Failed to load resource|127\.0\.0\.1:24680/.test(text);
    this.#eye = new LookedAt(page, { name: world.name, scripts: world.scripts, shots, bears });
  }

  get looked() {
    return this.#eye.looked;
  }

  /** From the start page to the page that says how the application stands. */
  async applies() {
    await this.begins();
    await this.#sendsPapers();
    await this.#fillsTheCard();
    await this.#checks();
    if (this.#around.world.scripts) await this.#signs();
    else await this.#takesTheSlip();
    await this.#comesBack();
  }

  /** From the start page to the page that says what comes next. */
  async begins() {
    await this.#starts();
    await this.#answers();
    await this.#keepsTheLink();
  }

  async #starts() {
    const { world } = this.#around;
    this.#page.on("response", this.#weighs);
    await this.#page.goto(`/language/${world.language}`);
    assert.equal(await this.#page.locator("html").getAttribute("lang"), world.language);
    await this.#page.waitForLoadState("networkidle");
    this.#page.off("response", this.#weighs);
    assert.ok(this.weight > 0 && this.weight <= FIRST_LOAD_BYTES_MAX, `the first page weighs ${this.weight} bytes`);
    await this.#eye.look("01-start");
  }

  #weighs = async (response) => {
    const sizes = await response.request().sizes().catch(() => null);
    if (sizes) this.weight += sizes.responseBodySize + sizes.responseHeadersSize;
  };

  async #answers() {
    const { kind, mission, whom } = this.#around.world;
    await this.#goes('a[href="/apply"]');
    await this.#presses(); // Nothing is chosen: the page says so.
    await this.#eye.look("02-whom-unanswered");
    await this.#page.locator(`input[name="whom"][value="${whom}"]`).check();
    await this.#presses();
    await this.#eye.look("02-stay");
    await this.#page.locator(`input[name="stay"][value="${kind}"]`).check();
    await this.#presses();
    if (kind === "permanent") {
      await this.#page.locator('input[name="permit"][value="yes"]').check();
      await this.#eye.look("03-permit");
      await this.#presses();
    }
    await this.#page.locator('select[name="mission"]').selectOption(mission);
    await this.#eye.look("04-mission");
    await this.#presses();
    await this.#eye.look("05-consent");
    await this.#goes('button[value="refused"]');
    await this.#eye.look("06-no-consent");
    await this.#goes("main a.button");
    await this.#goes('button[name="consent"]:not([value="refused"])');
    await this.#page.locator("#email").fill("applicant@mail.example");
    await this.#eye.look("07-contact");
    await this.#presses();
  }

  async #keepsTheLink() {
    this.reference = (await this.#page.locator("dd.reference").first().textContent()).trim();
    this.link = await this.#page.locator("dd.link a").getAttribute("href");
    await this.#eye.look("08-link");
    await this.#goes("main p > a.button");
    await this.#eye.look("09-application");
  }

  async #sendsPapers() {
    const { papers, identity } = this.#around.sample;
    await this.#goes("main p > a.button");
    await this.#page.locator(`input[name="identity"][value="${identity}"]`).check();
    await this.#eye.look("10-identity");
    await this.#presses();
    for (const [number, paper] of papers.entries()) {
      await this.#eye.look(`11-paper-${number + 1}`);
      await this.#sends(paper, number === 0 ? 40_000 : 0);
      await this.#page.locator("main .clean, main .note, main .complaint").first().waitFor();
      await this.#eye.look(`12-read-${number + 1}`);
      await this.#goes("main p > a.button");
    }
  }

  /** Sends a paper; the connection is cut while it goes up. */
  async #sends(paper, cutAfter) {
    const { link, world } = this.#around;
    for (let tries = 0; tries < 3; tries += 1) {
      if (cutAfter && tries === 0) link.cutAfter(cutAfter);
      const before = this.#page.url();
      await this.#page.locator('input[type="file"]').setInputFiles(paper);
      const sent = this.#page.waitForNavigation({ waitUntil: "load" }).then(() => true, () => false);
      await this.#page.locator("[data-send]").click({ noWaitAfter: true });
      if (await sent && (await this.#page.locator("main.one").count())) return;
      assert.ok(!world.scripts, "with scripts the page sends again by itself");
      await this.#arrives(this.#page, before);
    }
    throw new Error("the paper is not sent");
  }

  async #fillsTheCard() {
    const { card } = this.#around.sample;
    for (let section = 1; this.#page.url().includes("/card/"); section += 1) {
      const names = await this.#page.locator("form.card [name]").evaluateAll((all) => all.map((one) => [one.name, one.tagName, one.value]));
      for (const [name, tag, value] of names) {
        const wanted = card[name];
        if (!wanted || (value && !this.#around.corrects.includes(name))) continue;
        const control = this.#page.locator(`form.card [name="${name}"]`);
        if (tag === "SELECT") await control.selectOption(wanted);
        else await control.fill(wanted);
      }
      if (names.some(([name]) => name.startsWith("children."))) await this.#namesAChild();
      await this.#eye.look(`13-card-${section}`);
      if (section === 2) this.#around.link.cutAfter(1);
      await this.#insists();
    }
  }

  /** A row of its own; half a row is asked about. */
  async #namesAChild() {
    const row = (part) => this.#page.locator(`[name="children.1.${part}"]`);
    await this.#page.locator("details.children summary").click();
    await row("name").fill(CHILD.name);
    await this.#presses();
    assert.ok(await row("name").isVisible(), "the rows are open where something is to be mended");
    assert.equal(await row("name").inputValue(), CHILD.name);
    await this.#eye.look("13-child-half");
    await row("birth_date").fill(CHILD.birth_date);
    await row("iin").fill(CHILD.iin);
  }

  /** Presses, and again where the connection was cut: what was typed is still in the form. */
  async #insists() {
    const before = this.#page.url();
    const typed = await this.#page.locator("form.card [name]").evaluateAll((all) => all.map((one) => [one.name, one.tagName, one.value]));
    await this.#presses().catch(() => null);
    if (await this.#page.locator("main.one").count()) return;
    await this.#arrives(this.#page, before);
    for (const [name, tag, value] of typed) {
      const control = this.#page.locator(`form.card [name="${name}"]`);
      if (tag === "SELECT") await control.selectOption(value);
      else await control.fill(value);
    }
    await this.#presses();
  }

  async #checks() {
    assert.ok(this.#page.url().endsWith("/answers"), this.#page.url());
    await this.#eye.look("14-answers");
    await this.#presses();
  }

  async #signs() {
    const { layer, sample, link, world } = this.#around;
    await this.#eye.look("15-sign");
    layer.iin = "900101300017";
    await this.#goes("#signing button");
    await this.#eye.look("16-other-signer");
    layer.iin = world.whom === "other" ? sample.card.representative_iin : sample.card.iin;
    await this.#goes("#signing button");
    assert.ok(link.cuts >= 2, `${link.cuts} connections were cut`);
    await this.#eye.look("17-stands");
  }

  async #takesTheSlip() {
    await this.#eye.look("15-sign");
    await this.#goes("main a.button");
    await this.#eye.look("16-counter");
    await this.#presses();
    await this.#eye.look("17-stands");
    await this.#goes('a[href$="/slip"]');
    await this.#eye.look("18-slip");
  }

  /** From another browser, by the private link. */
  async #comesBack() {
    const { link } = this.#around;
    const page = await this.#around.elsewhere();
    const { pathname } = new URL(this.link);
    link.cutAfter(1);
    await this.#arrives(page, pathname);
    await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.locator("main form button").click()]);
    assert.ok(page.url().endsWith(this.reference), page.url());
    assert.ok((await page.locator("main").textContent()).includes(this.reference));
    await page.context().close();
  }

  /** Goes there, and again where the connection was cut. */
  async #arrives(page, path) {
    for (let tries = 0; tries < 4; tries += 1) {
      await page.goto(path).catch(() => null);
      if (await page.locator("main.one").count()) return;
    }
    throw new Error(`${path} is not reached`);
  }

  #presses() {
    return this.#goes("main form button:not([type=button]):not([hidden])");
  }

  async #goes(selector) {
    const target = this.#page.locator(selector).first();
    await Promise.all([this.#page.waitForNavigation({ waitUntil: "load" }), target.click({ noWaitAfter: true })]);
  }
}
