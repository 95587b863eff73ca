// Looking at a page: nothing is wider than the screen, the browser complains of nothing, axe finds
// nothing, and a picture is kept.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export class LookedAt {
  looked = 0;
  #page;
  #complaints = [];

  /** `bears` says which complaints of the browser, and of which address, are to be expected. */
  constructor(page, { name, scripts, shots, bears = () => false }) {
    Object.assign(this, { name, scripts, shots });
    this.#page = page;
    page.on("pageerror", (error) => this.#complaints.push(error.message));
    page.on("console", (message) => message.type() === "error" && !bears(message.text(), message.location().url) && this.#complaints.push(message.text()));
  }

  async look(name) {
    assert.deepEqual(this.#complaints, [], name);
    const wide = await this.#page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await this.#page.screenshot({ path: join(this.shots, `${this.name}-${name}.png`), fullPage: true });
    assert.ok(wide <= 0, `${name}: ${wide} px wider than the screen`);
    if (!this.scripts) return;
    await this.#page.evaluate(AXE);
    const { violations } = await this.#page.evaluate((rules) => globalThis.axe.run({ runOnly: rules }), RULES);
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
    assert.deepEqual(told, [], `axe on ${name}`);
    this.looked += 1;
  }
}
