// What the page says of a picture before it is sent. It begins at every `input[type=file][data-hints]`,
// whose value names the paper that is asked for: shows what was chosen, where the paper lies on it, and
// in words what is poor about it. What it warned of goes into the form's `sent_anyway`; nothing it says
// keeps anyone from sending. Never here: a sentence (the page has them all), how anything is measured.
import { look } from "./hints-look.js";

const SIDE_PX_MAX = 1280;
const SVG = "http://www.w3.org/2000/svg";

/** Looks at what is drawn (a bitmap or a frame of a video), for a place. */
export function seen(source, width, height, slot, canvas = document.createElement("canvas")) {
  const scale = Math.max(1, Math.max(width, height) / SIDE_PX_MAX);
  canvas.width = Math.round(width / scale);
  canvas.height = Math.round(height / scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = scale > 2 ? "high" : "medium";
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return { canvas, ...look(greys(context.getImageData(0, 0, canvas.width, canvas.height)), slot, scale) };
}

/** The greys of a picture, as the server weighs the colours. */
export function greys({ data, width, height }) {
  const grey = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < grey.length; at++, from += 4) grey[at] = (54 * data[from] + 183 * data[from + 1] + 19 * data[from + 2]) >> 8;
  return { grey, width, height };
}

/** The paper's outline over a picture; a broken line where something is to be mended. */
export function drawn({ width, height }, corners, poor) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  picture.setAttribute("aria-hidden", "true");
  if (corners) {
    const shape = document.createElementNS(SVG, "polygon");
    shape.setAttribute("points", corners.map((corner) => corner.map(Math.round).join()).join(" "));
    shape.setAttribute("class", poor ? "poor" : "good");
    picture.append(shape);
  }
  return picture;
}

/** Shows the sentences of these codes; of none, that the picture looks good. */
export function tell(told, codes) {
  for (const sentence of told.children) {
    const code = sentence.dataset.hint;
    sentence.hidden = code === "CLEAR" ? codes.length > 0 : code === "ANYWAY" ? codes.length === 0 : !codes.includes(code);
  }
}

function hush(told) {
  for (const sentence of told.children) sentence.hidden = true;
}

async function chosen(input, form) {
  const preview = form.querySelector("[data-preview]");
  const told = form.querySelector("[data-told]");
  const [file] = input.files;
  preview.replaceChildren();
  hush(told);
  form.elements.sent_anyway.value = "";
  if (!file) return;
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return; // Not a picture that this browser opens: the server looks at it.
  }
  const { canvas, hints, outline } = seen(bitmap, bitmap.width, bitmap.height, input.dataset.hints);
  bitmap.close();
  if (file !== input.files[0]) return;
  const codes = hints.map(({ code }) => code);
  canvas.setAttribute("aria-hidden", "true");
  preview.append(canvas, drawn(canvas, outline, codes.length > 0));
  tell(told, codes);
  form.elements.sent_anyway.value = codes.join(" ");
}

for (const input of document.querySelectorAll("input[type=file][data-hints]")) {
  const { form } = input;
  input.addEventListener("change", () => chosen(input, form));
  if (navigator.mediaDevices?.getUserMedia) import("./hints-camera.js").then(({ camera }) => camera(form, input));
}
