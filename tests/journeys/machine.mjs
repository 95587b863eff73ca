// One machine: the real binary over a store of its own, filled with cases that came today.
import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const run = promisify(execFile);
const ROOT = new URL("../..", import.meta.url).pathname;
export const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");
const TIRKEU = join(TARGET, "release/tirkeu");
/** Debian's browser. */
export const BROWSER = {
  executablePath: "/usr/bin/chromium",
  args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-background-networking", "--disable-component-update", "--no-first-run"],
};
/** A small phone. */
export const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: "kk-KZ", timezoneId: "Asia/Almaty" };
/** 3G: bytes a second and milliseconds. */
export const SLOW = { offline: false, downloadThroughput: 200_000, uploadThroughput: 94_000, latency: 150 };

/** A store that holds these sample cases, received this morning, two officers, a clerk and a supervisor. */
export async function seed(names) {
  const folder = await mkdtemp(join(tmpdir(), "tirkeu-browser-"));
  const store = join(folder, "store");
  const say = async (...words) => (await run(TIRKEU, words, { env: { ...process.env, TIRKEU_STORE: store } })).stdout;
  const cases = {};
  for (const name of names) {
    await take(say, join(folder, name), name);
    const { case: id } = (await list(store)).find((row) => !Object.values(cases).includes(row.case));
    cases[name.slice(0, 2)] = id;
  }
  const passwords = await staff(say, { aida: "officer", dana: "officer", berik: "clerk", vera: "supervisor" });
  return { folder, store, passwords, cases, stack: await stack(say, folder) };
}

/** Accounts of these people in these roles at every mission; their passwords. */
export async function staff(say, roles) {
  const passwords = {};
  for (const [name, role] of Object.entries(roles)) {
    const added = await say("account", "add", name, "--role", role, "--everywhere");
    [, passwords[name]] = added.match(/with the password (\S+)/);
  }
  return passwords;
}

/** The files of a stack: behind a cover sheet the papers of one person, one of a stranger, the same
 *  page again, a picture of nothing, a file that is none. */
async function stack(say, folder) {
  const within = join(folder, "stack");
  await mkdir(within);
  const [cover] = (await say("cover-sheets", "--mission", "DEU-BER", "--kind", "permanent", "--out", within)).trim().split("\n");
  const files = [cover];
  for (const [name, sample] of [["1-passport", "01-clean-permanent/passport"], ["2-permit", "01-clean-permanent/permit"], ["3-id-card", "02-clean-temporary/id-card"], ["4-passport", "01-clean-permanent/passport"]]) {
    const path = join(within, `${name}.jpg`);
    await cp(join(ROOT, "samples/cases", `${sample}.jpg`), path);
    files.push(path);
  }
  files.push(join(within, "5-jammed.jpg"));
  await writeFile(files.at(-1), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]));
  return files;
}

/** Every case of a store, as the worklist has it. */
async function list(store) {
  const { stdout } = await run(TIRKEU, ["cases", "--all", "--json"], { env: { ...process.env, TIRKEU_STORE: store } });
  return stdout.trim().split("\n").map((line) => JSON.parse(line));
}

async function take(say, folder, name) {
  await cp(join(ROOT, "samples/cases", name), folder, { recursive: true });
  const path = join(folder, "manifest.json");
  const manifest = JSON.parse(await readFile(path, "utf8"));
  const today = new Date().toISOString().slice(0, 10);
  manifest.received_at = `${today}T06:10:00Z`;
  await writeFile(path, JSON.stringify(manifest));
  await say("take", folder);
}

/** A desk over a copy of that store; `end` ends it. */
export async function serve({ folder, store }, name) {
  const copy = join(folder, name);
  await cp(store, copy, { recursive: true });
  const machine = await open(copy);
  return { ...machine, address: machine.desk };
}

/** Desk and portal over the store in this folder, which goes when they end. Every clean case is set for audit. */
export async function open(store, { trust, provider, keep = false } = {}) {
  const env = { ...process.env, TIRKEU_STORE: store, TIRKEU_AUDIT_PERCENT: "100", ...(trust && { TIRKEU_TRUST: trust }), ...provider };
  const child = spawn(TIRKEU, ["serve", "--port", "0", "--portal-port", "0"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const said = await new Promise((told, failed) => {
    const lines = [];
    createInterface(child.stdout).on("line", (line) => {
      lines.push(line);
      if (line.startsWith("the portal is at")) told(lines.join("\n"));
    });
    child.once("exit", (code) => failed(new Error(`serve ended with ${code}`)));
  });
  const end = async () => {
    child.removeAllListeners("exit");
    child.kill("SIGINT");
    if (!keep) await rm(store, { recursive: true, force: true });
  };
  const at = (what) => said.match(new RegExp(`the ${what} is at (http://[^/]+)`))[1];
  const say = async (...words) => (await run(TIRKEU, words, { env })).stdout;
  const status = async (id) => (await list(store)).find((row) => row.case === id)?.status;
  return { desk: at("desk"), portal: at("portal"), status, say, end };
}

/** What a sample's folder says, as an applicant needs it: papers, and what to type. */
export async function sampleOf(name) {
  const folder = join(ROOT, "samples/cases", name);
  const { card } = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  const papers = { "02-clean-temporary": ["id-card.jpg"], "01-clean-permanent": ["passport.jpg", "permit.jpg"] }[name];
  const identity = card.document_kind === "id_card" ? "id-card" : "passport";
  return { papers: papers.map((paper) => join(folder, paper)), identity, card };
}
