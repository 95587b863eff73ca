// What can be said of a picture of a paper before it is sent: where the paper lies, and what is poor
// about it. Pure: greys in, codes out; the codes are the server's, which looks again and more closely.
// Never here: words, the page, anything that keeps a person from sending.
import { halved, inverted, outline, projection } from "./hints-outline.js";
import { pieces, rows, zone } from "./hints-text.js";

const WIDTH_MM = { front: 85.6, back: 85.6, passport: 125, permit: 210, authority: 210, other: 125 };
const SHAPE = { front: 1.585, back: 1.585, passport: 1.42 };
const CAPITAL_MM = 2.2;
const PITCH_MM = 2.54; // Of a zone's characters (ICAO 9303-3 §4.7).
const CAPITAL_PX = 12; // A letter's height where sharpness is measured.
const CELL_PX = 20;
const CRISP = 1.6; // Laplacian by variance of crisp print: sharpness 1, as on the server.

export const LIMITS = {
  sharpness: 0.13,
  deviation: 3, // Of the greys of what may be print: a blank paper is not blurred.
  glare: 0.025,
  paper: 85,
  contrast: 4.5,
  pitchPx: 9,
  dpi: 150,
  outlineScore: 0.92, // Of an outline that is believed,
  surely: 1.3, // and of one that need not be looked for again.
  outside: 0.005, // Of the paper's long side.
  letters: 25, // In rows; less is hardly a document.
  besides: [100, 700], // On the rest of a sheet: so many may be another side, more are a printed ground.
  alone: 0.45, // Of the picture: so large a paper is the only one on it.
  bothSides: 0.95, // Height by the zone's length: more than a card.
};

/** Measures a picture for a place; `scale` is how many pixels of the source one of it stands for. */
export function measure(picture, slot, scale = 1) {
  const half = halved(picture);
  const quarter = halved(half);
  const found = framed(quarter, slot);
  const { corners, seen, print } = papered(picture, half, found);
  const { width, height } = picture;
  // A sheet may show both sides: what one lacks may stand beside it.
  const suspect = seen && surface(corners) < LIMITS.alone * width * height && (slot === "front") === (print.zone !== null);
  const sheet = suspect ? printed(picture, half, whole(picture)) : null;
  const long = (length(corners[0], corners[1]) + length(corners[3], corners[2])) / 2;
  const pxPerMm = print.zone ? print.zone.pitch / PITCH_MM : long / WIDTH_MM[slot];
  return {
    corners,
    seen,
    score: found?.score ?? 0,
    borders: found?.borders ?? 0,
    outside: Math.max(...corners.map(([x, y]) => Math.max(-x, -y, x - width, y - height))) / long,
    ...print,
    beside: { zone: sheet?.zone ?? null, letters: sheet ? sheet.letters - print.letters : 0 },
    pitch: print.zone ? print.zone.pitch * scale : null,
    dpi: ((long * scale) / WIDTH_MM[slot]) * 25.4,
    ...poverty(viewed([picture, half, quarter], corners, pxPerMm)),
  };
}

/** The outline on a raster; where none is clear, that on half of it, where blurred sides are steps again. */
function framed(quarter, slot) {
  const fine = outline(quarter, SHAPE[slot]);
  if (fine && fine.borders === 0 && fine.score > LIMITS.surely) return fine;
  const coarse = outline(halved(quarter), SHAPE[slot]);
  if (!coarse || coarse.score <= (fine?.score ?? 0)) return fine;
  return { ...coarse, corners: coarse.corners.map(([x, y]) => [2 * x + 0.5, 2 * y + 0.5]) };
}

/** The paper in its outline, with its print; the whole picture where there is no outline, or the print
 *  stands elsewhere. */
function papered(picture, half, found) {
  const around = whole(picture);
  if (!found || found.score < LIMITS.outlineScore) return { corners: around, seen: false, print: printed(picture, half, around) };
  const corners = upright(found.corners.map(([x, y]) => [4 * x + 1.5, 4 * y + 1.5]));
  const print = printed(picture, half, corners);
  if (found.score < LIMITS.surely && print.letters < LIMITS.letters / 2) {
    const all = printed(picture, half, around);
    if (all.letters > 4 * print.letters + LIMITS.letters) return { corners: around, seen: false, print: all };
  }
  return { corners, seen: true, print };
}

/** The hints for a picture, and the outline of the paper on it where one was made out. */
export function look(picture, slot, scale = 1) {
  const m = measure(picture, slot, scale);
  return { hints: told(m, slot).map((code) => ({ code, box: m.corners })), outline: m.seen ? m.corners : null };
}

/** The codes that follow from what was measured. */
export function told(m, slot) {
  const codes = [];
  const dark = m.paper < LIMITS.paper && m.contrast < LIMITS.contrast;
  const printed = m.deviation > LIMITS.deviation;
  const blurred = printed && m.sharpness < LIMITS.sharpness;
  const small = m.pitch === null ? m.dpi < LIMITS.dpi : m.pitch < LIMITS.pitchPx;
  if (dark) codes.push("DARK");
  if (blurred) codes.push("BLUR");
  if (m.glare > LIMITS.glare) codes.push("GLARE");
  if (small) codes.push("LOW_RESOLUTION");
  const cropped = m.seen && (m.borders > 0 || m.outside > LIMITS.outside);
  if (cropped) codes.push("CROPPED");
  const clear = !dark && !blurred && !small;
  if (clear && !m.zone && m.letters < LIMITS.letters) codes.push("NOT_A_DOCUMENT");
  else if (wrongSide(m, slot) && (m.zone || (clear && !cropped))) codes.push("WRONG_SIDE");
  return codes;
}

/** A zone on the front, none on the back; both sides on one picture are right for either. */
function wrongSide(m, slot) {
  const beside = m.beside.letters >= LIMITS.besides[0] && m.beside.letters <= LIMITS.besides[1];
  if (slot === "front") return m.zone !== null && m.tall < LIMITS.bothSides && !beside;
  return (slot === "back" || slot === "passport") && m.zone === null && m.beside.zone === null;
}

const whole = ({ width, height }) => [[0, 0], [width, 0], [width, height], [0, height]];
const surface = (corners) => Math.abs(corners.reduce((sum, [x, y], i) => { const [u, v] = corners[(i + 1) % 4]; return sum + x * v - u * y; }, 0)) / 2;
const length = ([x, y], [u, v]) => Math.hypot(x - u, y - v);

/** The corners from the one at the top left, or, where the paper stands on its side, so that the first side is a long one. */
function upright(corners) {
  const sums = corners.map(([x, y]) => x + y);
  const first = sums.indexOf(Math.min(...sums));
  const turned = [0, 1, 2, 3].map((i) => corners[(first + i) % 4]);
  const standing = length(turned[0], turned[1]) + length(turned[3], turned[2]) < length(turned[1], turned[2]) + length(turned[3], turned[0]);
  return standing ? [turned[3], turned[0], turned[1], turned[2]] : turned;
}

const count = (rows) => rows.reduce((sum, row) => sum + row.length, 0);

/** What is printed on the paper: its zone, its letters that stand in rows. */
function printed(picture, half, corners) {
  const { width, height } = picture;
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const box = [Math.max(0, Math.min(...xs)), Math.max(0, Math.min(...ys)), Math.min(width, Math.max(...xs)), Math.min(height, Math.max(...ys))].map(Math.round);
  const long = (length(corners[0], corners[1]) + length(corners[3], corners[2])) / 2;
  const short = (length(corners[1], corners[2]) + length(corners[0], corners[3])) / 2;
  const [a, b, c, d, e, f, g, h, i] = inverted(projection(corners));
  const place = (x, y) => {
    const w = g * x + h * y + i;
    return [((a * x + b * y + c) / w) * long, ((d * x + e * y + f) / w) * short];
  };
  const inside = ({ x, y }) => {
    const [u, v] = place(x, y);
    return u > 0.005 * long && v > 0.005 * short && u < 0.995 * long && v < 0.995 * short;
  };
  const letters = pieces(picture, half, box).filter(inside);
  // Lines run along the long side of a card, along the short one of a sheet.
  const lie = rows(letters, place);
  const lines = zone(lie);
  const stand = lines || 3 * count(lie) > letters.length ? [] : rows(letters, (x, y) => place(x, y).reverse());
  const along = count(stand) > count(lie) ? stand : lie;
  return { zone: lines, letters: count(along), tall: lines ? short / (lines.length * lines.pitch) : 0 };
}

/** The paper squared up, its capitals as high as sharpness is measured at. */
function viewed(levels, corners, pxPerMm) {
  const factor = CAPITAL_PX / (CAPITAL_MM * pxPerMm);
  const level = levels[Math.min(2, Math.max(0, Math.floor(Math.log2(1 / factor))))];
  const shrunk = levels[0].width / level.width;
  const clamped = (value) => Math.min(760, Math.max(CELL_PX, Math.round(value * factor)));
  const width = clamped((length(corners[0], corners[1]) + length(corners[3], corners[2])) / 2);
  const height = clamped((length(corners[1], corners[2]) + length(corners[0], corners[3])) / 2);
  const [a, b, c, d, e, f, g, h] = projection(corners);
  const grey = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const v = (y + 0.5) / height;
    for (let x = 0; x < width; x++) {
      const u = (x + 0.5) / width;
      const near = 1 / ((g * u + h * v + 1) * shrunk);
      grey[y * width + x] = between(level.grey, level.width, level.height, (a * u + b * v + c) * near - 0.5, (d * u + e * v + f) * near - 0.5);
    }
  }
  return { grey, width, height };
}

/** The grey between four pixels. */
function between(grey, width, height, x, y) {
  const left = Math.min(width - 2, Math.max(0, x | 0));
  const top = Math.min(height - 2, Math.max(0, y | 0));
  const fx = Math.min(1, Math.max(0, x - left));
  const fy = Math.min(1, Math.max(0, y - top));
  const at = top * width + left;
  const upper = grey[at] + (grey[at + 1] - grey[at]) * fx;
  const lower = grey[at + width] + (grey[at + width + 1] - grey[at + width]) * fx;
  return upper + (lower - upper) * fy;
}

/** Sharpness, glare, light and contrast of what is printed: cells without ink do not count. */
function poverty({ grey, width, height }) {
  const cells = [];
  const papers = [];
  let burnt = 0;
  for (let top = 1; top + CELL_PX < height; top += CELL_PX) {
    for (let left = 1; left + CELL_PX < width; left += CELL_PX) {
      const cell = measured(grey, width, left, top);
      papers.push(cell.paper);
      burnt += cell.burnt;
      cells.push(cell);
    }
  }
  if (!cells.length) return { sharpness: 0, deviation: 0, glare: 0, paper: 0, contrast: 0 };
  const paper = at(papers, 0.6);
  const grain = at(cells.map((cell) => cell.bends), 0.1);
  const inked = cells.toSorted((p, q) => q.variance - p.variance).slice(0, Math.max(4, Math.round(0.4 * cells.length)));
  const deviation = at(inked.map((cell) => Math.sqrt(cell.variance)), 0.5);
  return {
    deviation,
    sharpness: Math.min(1, at(inked.map((cell) => Math.max(0, cell.bends - grain) / (cell.variance + 25)), 0.5) / CRISP),
    glare: paper > 238 ? 0 : burnt / (cells.length * CELL_PX * CELL_PX),
    paper,
    contrast: deviation / (at(cells.map((cell) => cell.noise), 0.15) + 1),
  };
}

const at = (values, share) => values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))];

function measured(grey, width, left, top) {
  let [sum, squares, bends, burnt, paper, rough] = [0, 0, 0, 0, 0, 0];
  for (let y = top; y < top + CELL_PX; y++) {
    for (let x = left, here = y * width + left; x < left + CELL_PX; x++, here++) {
      const value = grey[here];
      const bend = 4 * value - grey[here - 1] - grey[here + 1] - grey[here - width] - grey[here + width];
      sum += value;
      squares += value * value;
      bends += bend * bend;
      rough += Math.abs(bend);
      if (value >= 252 && bend > -4 && bend < 4) burnt += 1;
      if (value > paper) paper = value;
    }
  }
  const count = CELL_PX * CELL_PX;
  return { variance: squares / count - (sum / count) ** 2, bends: bends / count, burnt, paper, noise: rough / count };
}
