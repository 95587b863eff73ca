// Sending a paper kindly: without the place it was taken at, dropped or chosen, piece by piece, so that
// what was cut off goes on where it stopped; with progress that tells what the other side has.
import { prepared } from "./picture.js";

const WAITS_MS = [500, 1500, 4000, 8000, 15000];
const PIECE_BYTES = 96 * 1024; // A second on a weak link.

const form = document.querySelector("[data-sending]");
const input = form.querySelector('input[type="file"]');
const state = form.querySelector("[data-state]");
const bar = form.querySelector("[data-bar]");
const say = (text) => { state.textContent = text; };
const pause = (ms) => new Promise((over) => { setTimeout(over, ms); });

/** How many bytes the other side has; shown only once it said so. */
function show(arrived, whole) {
  bar.hidden = false;
  bar.value = arrived / whole;
  bar.textContent = `${Math.floor((100 * arrived) / whole)} %`;
}

/** Tries until it answers something else than that it failed; none where it never did. */
async function insist(once) {
  for (const wait of [0, ...WAITS_MS]) {
    if (wait) {
      say(form.dataset.again);
      await pause(wait);
    }
    const answer = await once().catch(() => null);
    if (answer && answer.status < 500) return answer;
  }
  return null;
}

/** What names a file's content; none where the browser computes no hashes here. */
async function named(bytes) {
  if (!globalThis.crypto?.subtle) return null;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Sends what the other side has not yet; the file's name there, or none where it takes no pieces. */
async function inPieces(file) {
  const bytes = await file.arrayBuffer();
  const name = await named(bytes);
  if (!name) return null;
  const address = `${form.action}/pieces/${name}`;
  const asked = await insist(() => fetch(address));
  if (!asked?.ok) return asked ? null : undefined;
  let arrived = Number(await asked.text());
  say(form.dataset.progress);
  show(arrived, bytes.byteLength);
  while (arrived < bytes.byteLength) {
    const piece = bytes.slice(arrived, arrived + PIECE_BYTES);
    const headers = { "upload-offset": String(arrived), "content-type": "application/octet-stream" };
    const answer = await insist(() => fetch(address, { method: "POST", headers, body: piece }));
    if (!answer) return undefined;
    // Whether it was added, or another tab or try was faster: it says what is there now.
    if (!answer.ok && answer.status !== 409) return null;
    arrived = Number(await answer.text());
    say(form.dataset.progress);
    show(arrived, bytes.byteLength);
  }
  return name;
}

async function send(event) {
  if (!input.files.length) return;
  event.preventDefault();
  const button = form.querySelector("[data-send]");
  button.disabled = true;
  const file = await prepared(input.files[0]);
  const whole = await inPieces(file);
  const body = new FormData();
  body.append("sent_anyway", form.elements.sent_anyway.value);
  if (whole) {
    body.append("whole", whole);
    body.append("name", file.name);
  } else {
    body.append("file", file);
  }
  // The same paper again is the same paper: whatever of this arrived before does no harm.
  const answer = whole === undefined ? null : await insist(() => {
    say(form.dataset.reading);
    return fetch(form.action, { method: "POST", body });
  });
  if (answer?.ok) {
    location.assign(answer.url);
  } else if (answer) {
    mend(await answer.text());
  } else {
    say(form.dataset.failed);
    button.disabled = false;
  }
}

/** The page that answers: what is to be mended. */
function mend(page) {
  const answer = new DOMParser().parseFromString(page, "text/html");
  document.title = answer.title;
  document.querySelector("main").replaceWith(answer.querySelector("main"));
  document.querySelector("#problems")?.focus();
  // The form is a new one: what was here listens no more.
  const now = Date.now();
  import(`/paper.js?again=${now}`);
  import(`/hints.js?again=${now}`);
}

/** A file is dropped anywhere on the form; the field takes it as if it had been chosen. */
function dropped(event) {
  event.preventDefault();
  form.classList.remove("over");
  const [file] = event.dataTransfer.files;
  if (!file) return;
  const one = new DataTransfer();
  one.items.add(file);
  input.files = one.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.focus();
}

form.addEventListener("submit", send);
for (const kind of ["dragenter", "dragover"]) {
  form.addEventListener(kind, (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
}
form.addEventListener("dragleave", (event) => {
  if (!form.contains(event.relatedTarget)) form.classList.remove("over");
});
form.addEventListener("drop", dropped);
const camera = form.querySelector("[data-camera]");
if (matchMedia("(pointer: coarse)").matches) {
  camera.hidden = false;
  camera.addEventListener("click", () => {
    input.setAttribute("capture", "environment");
    input.click();
    input.removeAttribute("capture");
  });
} else {
  form.querySelector("[data-drop]").hidden = false;
}
