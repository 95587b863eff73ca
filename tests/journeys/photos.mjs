// How well the portal's hints foretell a failed reading, on snapshots whose truth and faults are known.
import { execFile } from "node:child_process";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { chromium } from "playwright-core";
import { BROWSER, TARGET } from "./machine.mjs";
import { tables } from "./photos_table.mjs";

const run = promisify(execFile);
const ROOT = new URL("../..", import.meta.url).pathname;
const SCRIPTS = join(ROOT, "functions/portal/src/scripts");
const TRIES = 4;
/** Looks at a frame whose mean time counts. */
const LOOKS = 3;
/** The place a document belongs to, and one it does not. */
const PLACES = { passport: ["passport", "front"], id_card_front: ["front", "back"], id_card_back: ["back", "front"] };
/** What must be read right: numbers and dates, on the front the names too. */
const KEYS = { passport: ["iin", "document_number", "birth_date", "expiry_date"], id_card_back: ["iin", "document_number", "birth_date", "expiry_date"], id_card_front: ["iin", "birth_date", "surname", "given_names"] };

const { values: asked } = parseArgs({ options: { seed: { type: "string", default: "1" }, count: { type: "string", default: "144" }, reuse: { type: "boolean" }, write: { type: "boolean" } } });
const folder = join(TARGET, "hints", `seed-${asked.seed}`);

/** The photos of the seed, each with its truth. */
async function made() {
  await mkdir(folder, { recursive: true });
  const lie = async () => (await readdir(folder)).filter((name) => name.endsWith(".jpg")).sort();
  if (!asked.reuse || (await lie()).length < Number(asked.count)) {
    await run(join(TARGET, "release/samples"), ["snapshots", folder, "--seed", asked.seed, "--count", asked.count]);
  }
  return Promise.all((await lie()).slice(0, Number(asked.count)).map(async (name) => ({ name, path: join(folder, name), truth: JSON.parse(await readFile(join(folder, name.replace(/jpg$/, "json")))) })));
}

/** What `tirkeu read` says of a photo; again where a busy machine took longer than the limit. */
async function read({ path }) {
  const kept = path.replace(/jpg$/, "read");
  const known = asked.reuse && (await readFile(kept, "utf8").catch(() => null));
  if (known) return JSON.parse(known);
  let said;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { stdout } = await run(join(TARGET, "release/tirkeu"), ["read", path], { env: { ...process.env, OMP_THREAD_LIMIT: "1" } }).catch((refused) => refused);
    said = JSON.parse(stdout);
    if (said.refused?.code !== "TOOK_TOO_LONG") break;
  }
  await writeFile(kept, JSON.stringify(said));
  return said;
}

/** Whether a value that matters was not read right; nothing where the machine had no time to read. */
function failed({ document }, reading) {
  if (!document) return null;
  if (reading.refused?.code === "TOOK_TOO_LONG") return undefined;
  const alike = reading.documents.filter(({ kind }) => kind === document.kind);
  return !alike.some(({ fields }) => KEYS[document.kind].every((key) => !(key in document.fields) || fields[key]?.value === document.fields[key]));
}

/** Runs in the page: what the hints say of a photo in two places; and makes a frame of it. */
async function looksAt([name, places]) {
  const { seen } = await import("/hints.js");
  const bitmap = await createImageBitmap(await (await fetch(`/${name}`)).blob());
  const said = places.map((place) => seen(bitmap, bitmap.width, bitmap.height, place).hints.map(({ code }) => code));
  const frame = new OffscreenCanvas(1280, 720);
  const context = frame.getContext("2d", { willReadFrequently: true });
  const scale = Math.max(1280 / bitmap.width, 720 / bitmap.height);
  context.drawImage(bitmap, (1280 - bitmap.width * scale) / 2, (720 - bitmap.height * scale) / 2, bitmap.width * scale, bitmap.height * scale);
  globalThis.frame = context.getImageData(0, 0, 1280, 720);
  return said;
}

/** Runs in the page: looks at the frame so many times. */
async function looksAgain([times, place]) {
  const { greys } = await import("/hints.js");
  const { look } = await import("/hints-look.js");
  for (let time = 0; time < times; time += 1) look(greys(globalThis.frame), place);
}

/** CPU time of the page's thread so far, milliseconds. */
async function spent(devtools) {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return 1000 * metrics.find(({ name }) => name === "ThreadTime").value;
}

const photos = await made();
const browser = await chromium.launch(BROWSER);
const page = await (await browser.newContext({ serviceWorkers: "block" })).newPage();
await page.route("http://photos.example/**", async (route) => {
  const name = new URL(route.request().url()).pathname.slice(1);
  if (name === "") return route.fulfill({ contentType: "text/html", body: "<!doctype html><title>photos</title>" });
  return route.fulfill({ path: join(name.endsWith(".js") ? SCRIPTS : folder, name), contentType: name.endsWith(".js") ? "text/javascript" : "image/jpeg" });
});
await page.goto("http://photos.example/");
const devtools = await page.context().newCDPSession(page);
await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
for (const photo of photos) {
  const places = PLACES[photo.truth.document?.kind] ?? ["back", "front"];
  const [hints, misplaced] = await page.evaluate(looksAt, [photo.name, places]);
  const began = await spent(devtools);
  await page.evaluate(looksAgain, [LOOKS, places[0]]);
  Object.assign(photo, { hints, misplaced, ms: ((await spent(devtools)) - began) / LOOKS });
}
const version = browser.version();
await browser.close();
for (const photo of photos) photo.failed = failed(photo.truth, await read(photo));
const text = tables(photos, { seed: asked.seed, on: new Date().toISOString().slice(0, 10), browser: version, cores: cpus().length, load: loadavg()[0] });
console.log(text);
if (asked.write) await writeFile(join(ROOT, "tests/hints.md"), text);
