// Sending a paper kindly: without the place it was taken at, sent
// again when the connection breaks, with progress that tells what the other side has.
import { prepared } from "./picture.js";

const WAITS_MS = [500, 1500, 4000, 8000, 15000];

const form = document.querySelector("[data-sending]");
const input = form.querySelector('input[type="file"]');
const state = form.querySelector("[data-state]");
const say = (text) => { state.textContent = text; };

/** One try; the answer's address, or nothing where the connection broke. */
function once(body) {
  return new Promise((ended) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "text";
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      say(loaded < total ? `${form.dataset.progress} ${Math.floor((100 * loaded) / total)} %` : form.dataset.reading);
    });
    request.addEventListener("load", () => ended(request));
    for (const broken of ["error", "abort", "timeout"]) request.addEventListener(broken, () => ended(null));
    request.send(body);
  });
}

async function send(event) {
  if (!input.files.length) return;
  event.preventDefault();
  const button = form.querySelector("[data-send]");
  button.disabled = true;
  const body = new FormData();
  body.append("sent_anyway", form.elements.sent_anyway.value);
  body.append("file", await prepared(input.files[0]));
  for (const wait of [0, ...WAITS_MS]) {
    if (wait) {
      say(form.dataset.again);
      await new Promise((over) => { setTimeout(over, wait); });
    }
    // The same bytes again are the same paper: whatever of this arrived before does no harm.
    const answer = await once(body);
    if (answer && answer.status < 500) {
      if (answer.status < 300) location.assign(answer.responseURL);
      else show(answer.responseText);
      return;
    }
  }
  say(form.dataset.failed);
  button.disabled = false;
}

/** The page that answers: what is to be mended. */
function show(page) {
  const answer = new DOMParser().parseFromString(page, "text/html");
  document.title = answer.title;
  document.querySelector("main").replaceWith(answer.querySelector("main"));
  document.querySelector("#problems")?.focus();
  // The form is a new one: what was here listens no more.
  const now = Date.now();
  import(`/paper.js?again=${now}`);
  import(`/hints.js?again=${now}`);
}

form.addEventListener("submit", send);
const camera = form.querySelector("[data-camera]");
if (matchMedia("(pointer: coarse)").matches) {
  camera.hidden = false;
  camera.addEventListener("click", () => {
    input.setAttribute("capture", "environment");
    input.click();
    input.removeAttribute("capture");
  });
}
