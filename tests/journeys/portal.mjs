// An applicant's journey on an emulated phone over a slow link that breaks, for both kinds of
// registration, in every language, with and without scripts; then what comes after, by keyboard on 320 px,
// at the portal and at the desk: one is registered, and asks for a certificate; the other, for whom
// a representative applied, is refused, and complains. axe finds nothing; pictures stay in
// shots-portal/ to be looked at.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { Afterwards, SMALL } from "./afterwards.mjs";
import { Applicant } from "./applicant.mjs";
import { BROWSER, PHONE, SLOW, TARGET, open, sampleOf, staff } from "./machine.mjs";
import { NcaLayer } from "./ncalayer.mjs";
import { Officer } from "./officer.mjs";
import { WeakLink } from "./weak_link.mjs";

const SHOTS = new URL("shots-portal/", import.meta.url).pathname;
const SAMPLES = join(TARGET, "release/samples");
const [only] = process.argv.slice(2);
const kinds = [
  { kind: "temporary", sample: "02-clean-temporary", mission: "TUR-ANK", whom: "self" },
  { kind: "permanent", sample: "01-clean-permanent", mission: "DEU-BER", whom: "other" },
];
const worlds = ["kk", "ru", "en"].flatMap((language) => kinds.flatMap((kind) => [true, false].map((scripts) => ({ ...kind, language, scripts }))));
const named = worlds.map((world) => ({ ...world, name: `${world.language}-${world.kind}-${world.scripts ? "js" : "plain"}` }));
const chosen = named.filter((world) => !only || world.name.includes(only));

await rm(SHOTS, { recursive: true, force: true });
await mkdir(SHOTS, { recursive: true });

const REPRESENTATIVE = { representative_name: "СЕРІКОВА ӘСЕМ", representative_iin: "851231400120" };

/** The sample of a world; for whom a representative applies, with that one's paper and name. */
async function shown({ sample, whom }) {
  const { papers, identity, card } = await sampleOf(sample);
  if (whom === "self") return { papers, identity, card };
  return { papers: [...papers, await authority(card)], identity, card: { ...card, ...REPRESENTATIVE } };
}

/** A power of attorney on one page. */
async function authority({ surname, given_names, iin }) {
  const path = join(folder, "authority.jpg");
  const page = await browser.newPage({ viewport: { width: 1240, height: 1754 } });
  await page.setContent(`<body style="font: 30px/1.6 'Noto Serif'; margin: 150px">
    <h1>ДОВЕРЕННОСТЬ</h1><p>Я, ${surname} ${given_names}, ИИН ${iin}, доверяю ${REPRESENTATIVE.representative_name},
    ИИН ${REPRESENTATIVE.representative_iin}, подать за меня заявление о постановке на консульский учёт.</p><p>01.11.2026</p>`);
  await page.screenshot({ path, type: "jpeg", quality: 90 });
  await page.close();
  return path;
}

/** What comes after the handing in, at the portal and at the desk. */
async function goesOn(around, page, { desk, machine }) {
  const applicant = new Afterwards(page, around);
  await applicant.looksAtData();
  await applicant.doubtsPaper();
  const deletes = async () => {
    const draft = new Applicant(page, { ...around, world: { ...around.world, name: `${around.world.name}-draft` } });
    await draft.begins();
    await new Afterwards(page, { ...around, reference: draft.reference }).deletesDraft(draft.link);
  };
  const passwords = await staff(machine.say, { aida: "officer" });
  const officer = new Officer(desk, { ...around, desk: machine, seeded: { passwords, cases: { own: around.reference } } });
  await officer.logsIn("aida");
  if (around.world.whom === "self") {
    await officer.grants();
    await applicant.asksForCertificate();
    await officer.reissues();
    await applicant.getsCertificate();
    await deletes();
  } else {
    await officer.denies();
    await applicant.complains();
    await officer.handsOn();
    await applicant.waitsForSuperior();
  }
  return applicant.looked + officer.looked;
}

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
  const counter = await browser.newContext({ viewport: SMALL, javaScriptEnabled: world.scripts, baseURL: machine.desk });
  const desk = await counter.newPage();
  try {
    const around = { world, shots: SHOTS, sample: await shown(world) };
    const applicant = new Applicant(page, { ...around, link, layer, elsewhere, corrects: [] });
    await applicant.applies();
    const status = await machine.status(applicant.reference);
    if (status !== "awaiting_officer") throw new Error(`the case stands as ${status}`);
    console.log(`${world.name}: handed in after ${((Date.now() - began) / 1000).toFixed(1)} s, ${link.cuts} connections cut, first page ${(applicant.weight / 1024).toFixed(1)} KB, ${applicant.looked} pages without a finding of axe`);
    await page.setViewportSize(SMALL);
    const looked = await goesOn({ ...around, reference: applicant.reference }, page, { desk, machine });
    console.log(`${world.name}: ${world.whom === "self" ? "registered, with another certificate" : "refused, and complained of"} after ${((Date.now() - began) / 1000).toFixed(1)} s, ${looked} more pages without a finding of axe`);
  } catch (error) {
    failed += 1;
    await page.screenshot({ path: join(SHOTS, `${world.name}-FAILED.png`), fullPage: true }).catch(() => null);
    await desk.screenshot({ path: join(SHOTS, `${world.name}-FAILED-desk.png`), fullPage: true }).catch(() => null);
    console.error(`${world.name}: FAILED at ${page.url()}, ${desk.url()}: ${error.stack ?? error}`);
  } finally {
    await context.close();
    await counter.close();
    link.end();
    await machine.end();
  }
}
await browser.close();
layer.end();
await rm(folder, { recursive: true, force: true });
console.log(`portal: ${chosen.length - failed} of ${chosen.length} worlds passed; pictures are in tests/journeys/shots-portal`);
process.exit(failed ? 1 : 0);
