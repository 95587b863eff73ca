// An officer's three decisions and a clerk's stack in a real browser, by keyboard only, in every language, on a small
// and a large screen, light and dark, with and without scripts. axe finds nothing; pictures stay
// in shots/ to be looked at.
import { mkdir, rm } from "node:fs/promises";
import { chromium } from "playwright-core";
import { Clerk } from "./clerk.mjs";
import { Officer } from "./officer.mjs";
import { BROWSER, seed, serve } from "./machine.mjs";

const SHOTS = new URL("shots/", import.meta.url).pathname;
const SCREENS = [{ width: 320, height: 640 }, { width: 1360, height: 900 }];

const [only, who] = process.argv.slice(2);
const worlds = ["kk", "ru", "en"].flatMap((language) => SCREENS.flatMap((screen) => ["light", "dark"].flatMap((colours) => [true, false].map((scripts) => ({ language, screen, colours, scripts })))));
const named = worlds.map((world) => ({ ...world, name: `${world.language}-${world.screen.width}-${world.colours}-${world.scripts ? "js" : "plain"}` }));
const chosen = named.filter((world) => !only || world.name.includes(only));

await rm(SHOTS, { recursive: true, force: true });
await mkdir(SHOTS, { recursive: true });
const seeded = await seed(["02-clean-temporary", "03-card-iin-differs", "04-card-surname-misspelt", "10-destination-differs"]);
const browser = await chromium.launch(BROWSER);
let failed = 0;
for (const world of chosen) {
  const began = Date.now();
  const desk = await serve(seeded, world.name);
  const context = await browser.newContext({ viewport: world.screen, colorScheme: world.colours, javaScriptEnabled: world.scripts, baseURL: desk.address });
  try {
    const around = { world, desk, seeded, shots: SHOTS };
    let looked = 0;
    if (who !== "clerk") {
      const officer = new Officer(await context.newPage(), around);
      await officer.decides();
      await officer.confirms();
      await officer.oversees();
      looked += officer.looked;
    }
    if (who !== "officer") {
      const clerk = new Clerk(await context.newPage(), around);
      await clerk.digitises();
      looked += clerk.looked;
    }
    console.log(`${world.name}: done in ${((Date.now() - began) / 1000).toFixed(1)} s, ${looked} pages without a finding of axe`);
  } catch (error) {
    failed += 1;
    console.error(`${world.name}: FAILED: ${error.stack ?? error}`);
  } finally {
    await context.close();
    await desk.end();
  }
}
await browser.close();
await rm(seeded.folder, { recursive: true, force: true });
console.log(`tests/browser: ${chosen.length - failed} of ${chosen.length} worlds passed; pictures are in tests/journeys/shots`);
process.exit(failed ? 1 : 0);
