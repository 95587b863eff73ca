// From an applicant's phone to the verified notification, once, with a picture of every step.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { Applicant } from "./applicant.mjs";
import { BROWSER, PHONE, TARGET, open, sampleOf } from "./machine.mjs";
import { arrives } from "./mailbox.mjs";
import { NcaLayer } from "./ncalayer.mjs";
import { WeakLink } from "./weak_link.mjs";

const run = promisify(execFile);
const SHOTS = new URL("shots-demo/", import.meta.url).pathname;
const SAMPLES = join(TARGET, "release/samples");
const keep = process.argv.includes("--keep");
const tell = (text) => console.log(text);

await rm(SHOTS, { recursive: true, force: true });
await mkdir(SHOTS, { recursive: true });
const folder = await mkdtemp(join(tmpdir(), "tirkeu-demo-"));
const trust = join(folder, "trust");
await run(SAMPLES, ["trust", trust, "--at", new Date().toISOString()]);
const machine = await open(join(folder, "store"), { trust, keep });
const layer = await NcaLayer.start(folder, SAMPLES);
const link = await WeakLink.before(machine.portal);
const browser = await chromium.launch(BROWSER);

const world = { name: "applicant", language: "ru", kind: "temporary", mission: "TUR-ANK", whom: "self", scripts: true };
const settings = { ...PHONE, baseURL: link.address, ignoreHTTPSErrors: true };
const phone = await browser.newContext(settings);
const page = await phone.newPage();
const elsewhere = async () => (await browser.newContext(settings)).newPage();
const sample = await sampleOf("02-clean-temporary");
const applicant = new Applicant(page, { world, link, layer, elsewhere, sample, shots: SHOTS, corrects: ["nationality"] });
await applicant.applies();
tell(`applied, corrected and signed on a phone: ${applicant.reference}, ${await machine.status(applicant.reference)}`);

const added = await machine.say("account", "add", "aida", "--role", "officer", "--everywhere");
const [, password] = added.match(/with the password (\S+)/);
const desk = await (await browser.newContext({ viewport: { width: 1360, height: 900 }, baseURL: machine.desk })).newPage();
await desk.goto("/login");
await desk.locator('input[name="name"]').fill("aida");
await desk.locator('input[name="password"]').fill(password);
await desk.locator(".login button").click();
await desk.goto(`/cases/${applicant.reference}`);
await desk.screenshot({ path: join(SHOTS, "officer-1-case.png") });
const reason = desk.locator('form[action$="/approve"] [name="reason"]');
if (await reason.count()) await reason.fill("The original was compared.");
await Promise.all([desk.waitForNavigation(), desk.locator('form[action$="/approve"] button').click()]);
await desk.screenshot({ path: join(SHOTS, "officer-2-registered.png") });
assert.equal(await machine.status(applicant.reference), "registered");
tell("the officer registered them");

await page.goto(`/applications/${applicant.reference}`);
await page.screenshot({ path: join(SHOTS, "applicant-registered.png"), fullPage: true });
const inbox = join(folder, "store", "mail");
const first = await arrives(inbox, ({ text }) => text.includes("/open/"));
assert.ok(first.text.includes(new URL(applicant.link).pathname), "the mailed link is the one on the page");
tell(`the private link came by mail: ${first.name}`);
const told = await arrives(inbox, ({ papers }) => papers.length > 0);
const mailed = join(folder, "mailed.pdf");
await writeFile(mailed, told.papers[0]);
const verified = await machine.say("verify", mailed);
assert.ok(verified.includes(applicant.reference), verified);
tell(`the notification came by mail: ${told.name}; its code:\n${verified.trim().replace(/^/gm, "  ")}`);
const [download] = await Promise.all([page.waitForEvent("download"), page.locator('a[href$="/documents/notification"]').click()]);
const paper = join(folder, "notification.pdf");
await download.saveAs(paper);
assert.equal(await machine.say("verify", paper), verified);
tell("the one downloaded at the portal says the same");

await browser.close();
layer.end();
link.end();
if (keep) {
  tell(`demo: done; the desk is at ${machine.desk}/ (aida, ${password}), the portal at ${machine.portal}/; both run until this is ended, pictures are in tests/journeys/shots-demo`);
} else {
  await machine.end();
  await rm(folder, { recursive: true, force: true });
  tell("demo: done; pictures are in tests/journeys/shots-demo");
}
