// What the page says of a picture before it is sent, on an emulated phone: of a good one, of poor ones,
// of what the camera sees; and that all of it may be sent. Pictures stay in shots-hints/ to be looked at.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { LookedAt } from "./looked_at.mjs";
import { BROWSER, PHONE, open } from "./machine.mjs";

const SHOTS = new URL("shots-hints/", import.meta.url).pathname;
const PHOTO = new URL("../../samples/cases/11-one-side-only/id-card-back.jpg", import.meta.url).pathname;
const [only] = process.argv.slice(2);
const worlds = ["kk", "ru", "en"].flatMap((language) => ["light", "dark"].map((colours) => ({ language, colours, name: `${language}-${colours}` })));
const chosen = worlds.filter((world) => !only || world.name.includes(only));

/** Runs in a page: the card of a photo, laid on a table so large, spoilt so. */
async function taken([base64, { fill = 0.8, blur = 0, shift = 0, light = 1 }]) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const photo = await createImageBitmap(new Blob([bytes]));
  const canvas = new OffscreenCanvas(1280, 720);
  const context = canvas.getContext("2d");
  context.fillStyle = "#5a4632";
  context.fillRect(0, 0, 1280, 720);
  // The card on the sample's page, pixels.
  const [left, top, width, height] = [624, 924, 676, 426];
  const [wide, tall] = [fill * 1080, (fill * 1080 * height) / width];
  context.filter = `blur(${blur}px) brightness(${light})`;
  context.drawImage(photo, left, top, width, height, (1280 - wide) / 2 + shift, (720 - tall) / 2, wide, tall);
  const jpeg = new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 })).arrayBuffer());
  return btoa(jpeg.reduce((text, byte) => text + String.fromCharCode(byte), ""));
}

/** From the start page to the page that asks for the card's back. */
async function toTheBack(page, { language }) {
  const goes = async (selector) => Promise.all([page.waitForNavigation(), page.locator(selector).first().click({ noWaitAfter: true })]);
  const presses = () => goes("main form button:not([type=button])");
  const start = await page.goto(`/language/${language}`);
  assert.match(start.headers()["permissions-policy"], /camera=\(\)/);
  await goes('a[href="/apply"]');
  await page.locator('input[name="whom"][value="self"]').check();
  await presses();
  await page.locator('input[name="stay"][value="temporary"]').check();
  await presses();
  await page.locator('select[name="mission"]').selectOption("TUR-ANK");
  await presses();
  await goes('button[name="consent"]:not([value="refused"])');
  await page.locator("#email").fill("applicant@mail.example");
  await presses();
  await goes("main p > a.button");
  await goes("main p > a.button");
  await page.locator('input[name="identity"][value="id-card"]').check();
  await presses();
  const back = await page.goto(page.url().replace(/front$/, "back"));
  assert.match(back.headers()["permissions-policy"], /camera=\(self\)/);
}

/** A browser that has no camera says so, and the file field is still there. */
async function withoutCamera(browser, machine, photo) {
  const page = await (await browser.newContext({ ...PHONE, baseURL: machine.portal })).newPage();
  page.setDefaultTimeout(60_000);
  await toTheBack(page, { language: "en" });
  await page.locator("[data-live]").click();
  await page.locator("[data-no-camera]:visible").waitFor();
  assert.deepEqual(await chooses(page, "good.jpg", photo), ["CLEAR"]);
  await page.context().close();
}

const told = (page, within) => page.locator(`${within} > [data-hint]:visible`).evaluateAll((all) => all.map((one) => one.dataset.hint));

async function chooses(page, name, base64) {
  await page.locator('input[type="file"]').setInputFiles({ name, mimeType: "image/jpeg", buffer: Buffer.from(base64, "base64") });
  await page.locator("[data-told] > [data-hint]:visible").first().waitFor();
  return told(page, "[data-told]");
}

await rm(SHOTS, { recursive: true, force: true });
await mkdir(SHOTS, { recursive: true });
const folder = await mkdtemp(join(tmpdir(), "tirkeu-hints-"));
const darkroom = await chromium.launch(BROWSER);
const photo = (await readFile(PHOTO)).toString("base64");
const [good, blurred, cropped, small, dark] = await Promise.all([{}, { blur: 9 }, { fill: 1, shift: 420 }, { fill: 0.18 }, { light: 0.12 }].map(async (how) => (await darkroom.newPage()).evaluate(taken, [photo, how])));
const film = join(folder, "film.mjpeg");
await writeFile(film, Buffer.concat(Array(30).fill(Buffer.from(good, "base64"))));
const browser = await chromium.launch({ ...BROWSER, args: [...BROWSER.args, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${film}`] });
const machine = await open(join(folder, "store"));
let failed = 0;
for (const world of chosen) {
  const context = await browser.newContext({ ...PHONE, colorScheme: world.colours, baseURL: machine.portal });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const eye = new LookedAt(page, { name: world.name, scripts: true, shots: SHOTS });
  try {
    await toTheBack(page, world);
    assert.deepEqual(await chooses(page, "good.jpg", good), ["CLEAR"]);
    await eye.look("1-good");
    for (const [name, picture, code] of [["blurred", blurred, "BLUR"], ["cropped", cropped, "CROPPED"], ["small", small, "LOW_RESOLUTION"], ["dark", dark, "DARK"]]) {
      const said = await chooses(page, `${name}.jpg`, picture);
      assert.ok(said.includes(code) && said.includes("ANYWAY") && !said.includes("CLEAR"), `${name}: ${said}`);
      assert.ok((await page.locator('[name="sent_anyway"]').inputValue()).split(" ").includes(code));
      await eye.look(`2-${name}`);
    }
    await page.locator("[data-live]").click();
    await page.locator("[data-live-told] > [data-hint]:visible").first().waitFor();
    assert.deepEqual(await told(page, "[data-live-told]"), ["CLEAR"]);
    await eye.look("3-camera");
    await page.locator("[data-take]").click();
    await page.locator("[data-told] > [data-hint]:visible").first().waitFor();
    assert.deepEqual(await told(page, "[data-told]"), ["CLEAR"]);
    await chooses(page, "blurred.jpg", blurred);
    await Promise.all([page.waitForNavigation(), page.locator("[data-send]").click({ noWaitAfter: true })]);
    assert.equal(await page.locator("h1").count(), 1);
    await eye.look("4-sent-anyway");
    console.log(`${world.name}: each fault named, the camera seen through, ${eye.looked} pages without a finding of axe`);
  } catch (error) {
    failed += 1;
    await page.screenshot({ path: join(SHOTS, `${world.name}-FAILED.png`), fullPage: true }).catch(() => null);
    console.error(`${world.name}: FAILED at ${page.url()}: ${error.stack ?? error}`);
  } finally {
    await context.close();
  }
}
await withoutCamera(darkroom, machine, good);
await darkroom.close();
await browser.close();
await machine.end();
await rm(folder, { recursive: true, force: true });
console.log(`hints: ${chosen.length - failed} of ${chosen.length} worlds passed; pictures are in tests/journeys/shots-hints`);
process.exit(failed ? 1 : 0);
