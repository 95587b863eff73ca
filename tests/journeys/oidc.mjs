// Officers sign in at their organisation's provider, in every language, with and without scripts, and are turned away
// when the answer is not theirs to bring. axe finds nothing; pictures stay in shots-oidc/ to be looked at.
import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { BROWSER, open, staff } from "./machine.mjs";
import { Organisation } from "./organisation.mjs";
import { Person } from "./person.mjs";

const SHOTS = new URL("shots-oidc/", import.meta.url).pathname;
const SCREEN = { width: 360, height: 740 };
const CALLBACK = "/login/oidc/callback";

class Colleague extends Person {
  /** From a page that strangers do not see to the provider and back; what the desk answered. */
  async signsIn(subject) {
    const answered = this.page.waitForResponse((response) => new URL(response.url()).pathname === CALLBACK);
    await this.#provesToBe(subject);
    const answer = await answered;
    await this.page.waitForLoadState("load");
    return answer;
  }

  /** The same, and the address that she would have come back to. */
  async isHeldBack(subject) {
    const held = this.around.organisation.holdsBack();
    await this.#provesToBe(subject);
    return held;
  }

  async #provesToBe(subject) {
    const { world, organisation } = this.around;
    await this.page.goto(`/language/${world.language}`);
    await this.page.goto("/keys");
    assert.equal(this.#path(), "/login", "strangers are asked who they are");
    await this.look("login");
    await this.goes(() => this.tabsTo('a[href^="/login/oidc?"]'));
    assert.ok(this.page.url().startsWith(organisation.issuer), this.page.url());
    // It asks who she is each time, whether or not it remembers her.
    await this.page.fill('input[name="login"]', subject);
    await this.page.fill('input[name="password"]', "whatever");
    await this.goes(() => this.page.press('input[name="password"]', "Enter"));
    // The first time the provider asks whether the desk may know.
    const may = this.page.getByRole("button", { name: "Continue" });
    if (await may.count()) await may.click();
  }

  async signsOut() {
    await this.goes(() => this.tabsTo('form[action="/logout"] button'));
    assert.equal(this.#path(), "/login");
    await this.page.goto("/");
    assert.equal(this.#path(), "/login", "the session is over");
  }

  /** Is where she wanted to be, under her name, with her language. */
  async isIn(name) {
    await this.page.waitForURL("**/keys");
    assert.match(await this.page.locator(".person").innerText(), new RegExp(name));
    await this.page.goto("/");
    assert.equal(this.#path(), "/");
    assert.equal(await this.page.locator("html").getAttribute("lang"), this.around.world.language);
    await this.look("worklist");
  }

  /** The page on the way in goes on by itself at once; it is held still to be looked at. */
  async looksOnTheWay() {
    const address = await this.isHeldBack("248-aida");
    await this.page.route(address, async (route) => {
      const answer = await route.fetch();
      const { refresh, ...headers } = answer.headers();
      assert.equal(refresh, "0; url=/keys");
      await route.fulfill({ response: answer, headers });
    });
    await this.page.goto(address);
    await this.look("signed-in");
    await this.goes(() => this.tabsTo('main a[href="/keys"]'));
    await this.isIn("aida");
  }

  /** The provider knows them, and the desk does not. */
  async isNobody() {
    await this.#isAnotherThere();
    const answer = await this.signsIn("5f7c-stranger");
    assert.equal(answer.status(), 403);
    assert.equal(await this.page.locator("main code").innerText(), "5f7c-stranger");
    await this.look("nobody");
    await this.page.goto("/");
    assert.equal(this.#path(), "/login");
  }

  /** An answer counts once, and only what the provider said to this browser. */
  async cannotCheat(answer) {
    for (const [name, address] of [
      ["replayed", answer],
      ["forged", answer.replace(/state=[^&]+/, `state=${"0".repeat(64)}`)],
    ]) {
      const again = await this.page.goto(address);
      assert.equal(again.status(), 403, name);
      await this.look(name);
      await this.page.goto("/");
      assert.equal(this.#path(), "/login", name);
    }
  }

  /** Another's answer, brought into this browser while it waits for its own, which then still counts. */
  async isNotLoggedInAsAnother(mallory) {
    await this.#isAnotherThere();
    const [own, others] = [await this.isHeldBack("248-aida"), await mallory.isHeldBack("777-mallory")];
    const answer = await this.page.goto(others);
    assert.equal(answer.status(), 403);
    await this.page.goto("/");
    assert.equal(this.#path(), "/login");
    await this.page.goto(own);
    await this.isIn("aida");
    await this.signsOut();
  }

  /** The provider is down: the page says so, and whoever has a password is let in. */
  async getsInWithoutProvider() {
    await this.page.goto("/login");
    await this.goes(() => this.tabsTo('a[href^="/login/oidc?"]'));
    assert.equal(this.#path(), "/login/oidc");
    await this.look("silent");
    await this.logsIn("vera");
    await this.signsOut();
  }

  /** Another person sits down: the provider remembers nobody in this browser. */
  async #isAnotherThere() {
    await this.page.context().clearCookies({ domain: "localhost" });
  }

  #path() {
    return new URL(this.page.url()).pathname;
  }
}

async function travels(world, folder, browser) {
  const organisation = await Organisation.start();
  const secret = join(folder, "secret");
  await writeFile(secret, organisation.secret);
  await chmod(secret, 0o600);
  const provider = { TIRKEU_OIDC_ISSUER: organisation.issuer, TIRKEU_OIDC_CLIENT: organisation.client, TIRKEU_OIDC_SECRET_FILE: secret };
  const machine = await open(join(folder, world.name), { provider });
  organisation.knows(machine.desk);
  const passwords = await staff(machine.say, { vera: "supervisor" });
  for (const [name, subject] of [["aida", "248-aida"], ["mallory", "777-mallory"]]) {
    const said = await machine.say("account", "add", name, "--role", "officer", "--everywhere", "--oidc-subject", subject);
    assert.match(said, /signs in at/);
  }
  const settings = { viewport: SCREEN, javaScriptEnabled: world.scripts, baseURL: machine.desk };
  const contexts = [await browser.newContext(settings), await browser.newContext(settings)];
  // A browser tells of every answer that is no success; what the provider's pages lack is not ours.
  const bears = (text, address) => /status of (403|503)/.test(text) || !address.startsWith("http://127.0.0.1:");
  const around = { world, organisation, shots: SHOTS, bears, seeded: { passwords } };
  const [colleague, mallory] = await Promise.all(contexts.map(async (context) => new Colleague(await context.newPage(), around)));
  try {
    const answer = await colleague.signsIn("248-aida");
    assert.equal(answer.status(), 200);
    await colleague.isIn("aida");
    await colleague.signsOut();
    await colleague.cannotCheat(answer.url());
    await colleague.looksOnTheWay();
    await colleague.signsOut();
    await colleague.isNobody();
    await colleague.isNotLoggedInAsAnother(mallory);
    await organisation.goesDown();
    // What the provider said of itself is known for an hour: a desk that starts anew does not know it.
    await colleague.page.goto("about:blank");
    const anew = await open(join(folder, `${world.name}-anew`), { provider });
    const passwordsAnew = await staff(anew.say, { vera: "supervisor" });
    const context = await browser.newContext({ ...settings, baseURL: anew.desk });
    const late = new Colleague(await context.newPage(), { ...around, seeded: { passwords: passwordsAnew } });
    await late.getsInWithoutProvider();
    await anew.end();
    return colleague.looked + late.looked;
  } catch (error) {
    await colleague.page.screenshot({ path: join(SHOTS, `${world.name}-FAILED.png`), fullPage: true }).catch(() => null);
    throw error;
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
    await machine.end();
  }
}

const [only] = process.argv.slice(2);
const worlds = ["kk", "ru", "en"].flatMap((language) => [true, false].map((scripts) => ({ language, scripts, name: `${language}-oidc-${scripts ? "js" : "plain"}` })));
const chosen = worlds.filter((world) => !only || world.name.includes(only));
await rm(SHOTS, { recursive: true, force: true });
await mkdir(SHOTS, { recursive: true });
const folder = await mkdtemp(join(tmpdir(), "tirkeu-oidc-"));
const browser = await chromium.launch(BROWSER);
let failed = 0;
for (const world of chosen) {
  const began = Date.now();
  try {
    const looked = await travels(world, folder, browser);
    console.log(`${world.name}: done in ${((Date.now() - began) / 1000).toFixed(1)} s, ${looked} pages without a finding of axe`);
  } catch (error) {
    failed += 1;
    console.error(`${world.name}: FAILED: ${error.stack ?? error}`);
  }
}
await browser.close();
await rm(folder, { recursive: true, force: true });
console.log(`tests/browser: ${chosen.length - failed} of ${chosen.length} worlds passed; pictures are in tests/journeys/shots-oidc`);
process.exit(failed ? 1 : 0);
