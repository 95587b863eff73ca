// What is sent of a picture: the file as it is where the server reads it, without the place it was
// taken at; a JPEG of what is seen where only the browser can open it (HEIC), or where it is very large.
const QUALITY = 0.92;
const SIZE_BYTES_MAX = 8 << 20; // A weak link carries no more in a sensible time.
const SIDE_PX_MAX = 4096; // What every phone's canvas holds.
const READ_BY_SERVER = ["image/jpeg", "image/png", "image/webp", "image/tiff", "application/pdf"];

/** What to send instead of this file; the file itself where there is nothing better. */
export async function prepared(file) {
  if (file.type === "application/pdf" || file.type === "image/tiff") return file;
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (READ_BY_SERVER.includes(file.type) && file.size <= SIZE_BYTES_MAX) {
    if (isJpeg(bytes)) return named(withoutPlace(bytes) ?? file, file);
    if (!mentions(bytes, "eXIf") && !mentions(bytes, "EXIF")) return file;
  }
  return (await seenOnly(file)) ?? file;
}

/** The picture as a JPEG of what is seen alone; none where the browser cannot open it. */
async function seenOnly(file) {
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
  const scale = Math.min(1, SIDE_PX_MAX / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const jpeg = await new Promise((made) => { canvas.toBlob(made, "image/jpeg", QUALITY); });
  return jpeg && new File([jpeg], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
}

const named = (content, file) => (content === file ? file : new File([content], file.name, { type: file.type }));
const isJpeg = (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8;
const mentions = (bytes, word) => new TextDecoder("latin1").decode(bytes).includes(word);

/** A JPEG whose metadata tell where it was taken, without them: its pixels untouched, the way up kept
 *  (Exif 2.32 §4.6.4, tags 0x0112 and 0x8825). None where they do not. */
export function withoutPlace(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = [bytes.subarray(0, 2)];
  let [at, told, orientation] = [2, false, 1];
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const end = at + 2 + view.getUint16(at + 2);
    const segment = bytes.subarray(at, end);
    const metadata = bytes[at + 1] === 0xe1;
    const exif = metadata ? exifOf(segment) : null;
    orientation = exif?.orientation ?? orientation;
    told ||= exif?.hasPlace || (metadata && mentions(segment, "GPSL"));
    if (!metadata) kept.push(segment);
    at = end;
  }
  if (!told) return null;
  if (orientation !== 1) kept.splice(1, 0, upright(orientation));
  return new Blob([...kept, bytes.subarray(at)], { type: "image/jpeg" });
}

/** What an Exif segment says of the way up, and whether it has a place. */
function exifOf(segment) {
  if (!mentions(segment.subarray(4, 8), "Exif") || segment.length < 18) return null;
  const view = new DataView(segment.buffer, segment.byteOffset + 10, segment.length - 10);
  const little = view.getUint16(0) === 0x4949;
  const first = view.getUint32(4, little);
  if (first + 2 > view.byteLength) return null;
  let [orientation, hasPlace] = [1, false];
  for (let i = 0, at = first + 2; i < view.getUint16(first, little) && at + 12 <= view.byteLength; i++, at += 12) {
    const tag = view.getUint16(at, little);
    if (tag === 0x0112) orientation = view.getUint16(at + 8, little);
    if (tag === 0x8825) hasPlace = true;
  }
  return { orientation, hasPlace };
}

/** An Exif segment that says the way up and nothing else. */
function upright(orientation) {
  return Uint8Array.of(0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0);
}
