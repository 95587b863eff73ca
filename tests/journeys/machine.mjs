// One machine: the real binary over a store of its own, filled with cases that came today.
import { execFile, spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const run = promisify(execFile);
const ROOT = new URL("../..", import.meta.url).pathname;
const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");
const TIRKEU = join(TARGET, "release/tirkeu");

/** A store that holds these sample cases, received this morning, an officer and a supervisor. */
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
  const passwords = {};
  for (const [name, role] of [["aida", "officer"], ["vera", "supervisor"]]) {
    const added = await say("account", "add", name, "--role", role, "--everywhere");
    [, passwords[name]] = added.match(/with the password (\S+)/);
  }
  return { folder, store, passwords, cases };
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
  const child = spawn(TIRKEU, ["serve", "--port", "0"], { env: { ...process.env, TIRKEU_STORE: copy }, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await new Promise((told, failed) => {
    createInterface(child.stdout).once("line", (line) => told([line]));
    child.once("exit", (code) => failed(new Error(`the desk ended with ${code}`)));
  });
  const end = async () => {
    child.removeAllListeners("exit");
    child.kill("SIGINT");
    await rm(copy, { recursive: true, force: true });
  };
  const status = async (id) => (await list(copy)).find((row) => row.case === id).status;
  return { address: line.match(/http:\/\/[^/]+/)[0], status, end };
}
