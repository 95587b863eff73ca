// Sending a paper kindly: made smaller and without its place of taking, shown before it goes, sent
// again when the connection breaks, with progress that tells what the other side has.
const SIDE_PX_MAX = 3000;
const QUALITY = 0.9;
const WAITS_MS = [500, 1500, 4000, 8000, 15000];

const form = document.querySelector("[data-sending]");
const input = form.querySelector('input[type="file"]');
const state = form.querySelector("[data-state]");
const preview = form.querySelector("[data-preview]");
const say = (text) => { state.textContent = text; };

/** The picture as a JPEG of what is seen alone; the file itself where the browser cannot open it. */
async function prepared(file) {
  if (!file.type.startsWith("image/") && !/\.(heic|heif)$/i.test(file.name)) return file;
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  const scale = Math.min(1, SIDE_PX_MAX / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const jpeg = await new Promise((made) => { canvas.toBlob(made, "image/jpeg", QUALITY); });
  return jpeg ? new File([jpeg], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" }) : file;
}

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
  import(`/paper.js?again=${Date.now()}`);
}

form.addEventListener("submit", send);
input.addEventListener("change", () => {
  preview.replaceChildren();
  const [file] = input.files;
  if (!file?.type.startsWith("image/")) return;
  const picture = new Image();
  picture.alt = "";
  picture.src = URL.createObjectURL(file);
  preview.append(picture);
});

const camera = form.querySelector("[data-camera]");
if (matchMedia("(pointer: coarse)").matches) {
  camera.hidden = false;
  camera.addEventListener("click", () => {
    input.setAttribute("capture", "environment");
    input.click();
    input.removeAttribute("capture");
  });
}
