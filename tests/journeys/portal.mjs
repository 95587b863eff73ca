// An applicant's journey on an emulated phone over a slow link that breaks, for both kinds of
// registration, in every language, with and without scripts. axe finds nothing; pictures stay in
// shots/ to be looked at.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { Applicant } from "./applicant.mjs";
import { BROWSER, PHONE, SLOW, TARGET, open, sampleOf } from "./machine.mjs";
import { NcaLayer } from "./ncalayer.mjs";
import { WeakLink } from "./weak_link.mjs";

const SHOTS = new URL("shots-portal/", import.meta.url).pathname;
const SAMPLES = join(TARGET, "release/samples");
const [only] = process.argv.slice(2);
const kinds = [
  { kind: "temporary", sample: "02-clean-temporary", mission: "TUR-ANK" },
  { kind: "permanent", sample: "01-clean-permanent", mission: "DEU-BER" },
];
const worlds = ["kk", "ru", "en"].flatMap((language) => kinds.flatMap((kind) => [true, false].map((scripts) => ({ ...kind, language, scripts }))));
const named = worlds.map((world) => ({ ...world, name: `${world.language}-${world.kind}-${world.scripts ? "js" : "plain"}` }));
const chosen = named.filter((world) => !only || world.name.includes(only));

await rm(SHOTS, { recursive: true, force: true });
await mkdir(SHOTS, { recursive: true });
const folder = await mkdtemp(join(tmpdir(), "tirkeu-portal-"));
const trust = join(folder, "trust");
await promisify(execFile)(SAMPLES, ["trust", trust, "--at", new Date().toISOString()]);
const layer = await NcaLayer.start(folder, SAMPLES);
const browser = await chromium.launch(BROWSER);
let failed = 0;
for (const world of chosen) {
  const began = Date.now();
  const machine = await open(join(folder, world.name), { trust });
  const link = await WeakLink.before(machine.portal);
  const settings = { ...PHONE, javaScriptEnabled: world.scripts, baseURL: link.address, ignoreHTTPSErrors: true };
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.emulateNetworkConditions", SLOW);
  const elsewhere = async () => (await browser.newContext(settings)).newPage();
  try {
    const applicant = new Applicant(page, { world, link, layer, elsewhere, sample: await sampleOf(world.sample), shots: SHOTS, corrects: [] });
    await applicant.applies();
    const status = await machine.status(applicant.reference);
    if (status !== "awaiting_officer") throw new Error(`the case stands as ${status}`);
    console.log(`${world.name}: handed in after ${((Date.now() - began) / 1000).toFixed(1)} s, ${link.cuts} connections cut, first page ${(applicant.weight / 1024).toFixed(1)} KB, ${applicant.looked} pages without a finding of axe`);
  } catch (error) {
    failed += 1;
    await page.screenshot({ path: join(SHOTS, `${world.name}-FAILED.png`), fullPage: true }).catch(() => null);
    console.error(`${world.name}: FAILED at ${page.url()}: ${error.stack ?? error}`);
  } finally {
    await context.close();
    link.end();
    await machine.end();
  }
}
await browser.close();
layer.end();
await rm(folder, { recursive: true, force: true });
console.log(`portal: ${chosen.length - failed} of ${chosen.length} worlds passed; pictures are in tests/journeys/shots-portal`);
process.exit(failed ? 1 : 0);
