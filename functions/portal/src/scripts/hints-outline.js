// Where a document lies in a picture: four straight sides, each with an even step between the paper
// and what it lies on. Pure: rasters in, corners out. Never here: what is printed, what is poor.

const BINS = 120; // Directions of a side's normal, three degrees each.
const RHO_PX = 2; // Width of a bin of distances, on the small raster.
const LINES_MAX = 8; // Candidates for each of the four sides.
const STEP_MIN = 5; // Grey levels (of brightened greys) that make a step.
const VOTERS_MAX = 9000; // Pixels.
const AREA_MIN = 0.012; // Of the picture.
const BORDER_SUPPORT = 0.45; // What a side is worth that is the picture's own border.
const SHAPE_OFF_MAX = 0.22; // How far a tilted paper's shape may be from its own.
const BRIGHTENED = Uint8Array.from({ length: 256 }, (_, grey) => Math.round(15.97 * Math.sqrt(grey)));

/** Half as wide and as high, each pixel the mean of four. */
export function halved({ grey, width, height }) {
  const [w, h] = [width >> 1, height >> 1];
  const half = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0, from = 2 * y * width; x < w; x++, from += 2) {
      half[y * w + x] = (grey[from] + grey[from + 1] + grey[from + width] + grey[from + width + 1] + 2) >> 2;
    }
  }
  return { grey: half, width: w, height: h };
}

/** The corners, clockwise, of what is most like a document on a raster, with a score and how many of its
 *  sides are the picture's borders; none where nothing is. `shape`: its long side by its short one, if known. */
export function outline(raster, shape) {
  const steps = gradients(raster);
  const lines = strongest(votes(steps), steps);
  const [right, down, left, up] = borders(steps).map((border, sector) => [...lines.filter((line) => line.sector === sector), border]);
  const along = facing(right, left);
  const across = facing(down, up);
  let best = null;
  for (const sides of along) {
    for (const ends of across) {
      const found = quad(sides, ends, steps, shape, best?.score ?? 0);
      if (found) best = found;
    }
  }
  return best;
}

function gradients({ grey, width, height }) {
  const dx = new Int16Array(width * height);
  const dy = new Int16Array(width * height);
  const soft = new Uint8Array(width * height);
  for (let at = width + 1; at < grey.length - width - 1; at++) {
    soft[at] = (4 * BRIGHTENED[grey[at]] + BRIGHTENED[grey[at - 1]] + BRIGHTENED[grey[at + 1]] + BRIGHTENED[grey[at - width]] + BRIGHTENED[grey[at + width]]) >> 3;
  }
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2, at = y * width + 2; x < width - 2; x++, at++) {
      dx[at] = soft[at + 1] - soft[at - 1];
      dy[at] = soft[at + width] - soft[at - width];
    }
  }
  return { dx, dy, width, height };
}

/** Every step votes for the straight lines it may be part of, with its sign: chequers cancel out. */
function votes({ dx, dy, width, height }) {
  const reach = Math.ceil(Math.hypot(width, height) / 2 / RHO_PX);
  const count = new Float32Array(BINS * 2 * reach);
  const cosines = Float64Array.from({ length: BINS }, (_, bin) => Math.cos((bin * 2 * Math.PI) / BINS));
  const sines = Float64Array.from({ length: BINS }, (_, bin) => Math.sin((bin * 2 * Math.PI) / BINS));
  const least = leastStep(dx, dy);
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2, at = y * width + 2; x < width - 2; x++, at++) {
      const gx = dx[at];
      const gy = dy[at];
      const size = Math.abs(gx) + Math.abs(gy);
      if (size < least) continue;
      const bin = Math.round((Math.atan2(gy, gx) * BINS) / (2 * Math.PI)) + BINS;
      const weight = Math.min(size, 24);
      for (let turn = -1; turn <= 1; turn++) {
        const direction = (bin + turn) % BINS;
        const rho = Math.round(((x - width / 2) * cosines[direction] + (y - height / 2) * sines[direction]) / RHO_PX) + reach;
        if (rho >= 0 && rho < 2 * reach) count[direction * 2 * reach + rho] += weight;
      }
    }
  }
  return { count, reach, cosines, sines };
}

/** The step from which on few enough vote; on a busy ground the faint ones say little. */
function leastStep(dx, dy) {
  const counts = new Uint32Array(512);
  for (let at = 0; at < dx.length; at++) counts[Math.min(511, Math.abs(dx[at]) + Math.abs(dy[at]))] += 1;
  let left = VOTERS_MAX;
  for (let step = 511; step > STEP_MIN; step--) {
    left -= counts[step];
    if (left < 0) return step;
  }
  return STEP_MIN;
}

function strongest({ count, reach, cosines, sines }, { width, height }) {
  const found = [];
  const least = Math.min(width, height);
  const at = (direction, rho) => count[((direction + BINS) % BINS) * 2 * reach + rho];
  for (let direction = 0; direction < BINS; direction++) {
    for (let rho = 3; rho < 2 * reach - 3; rho++) {
      const value = at(direction, rho);
      if (value < least || value < at(direction, rho - 1) || value <= at(direction, rho + 1) || value < at(direction - 1, rho) || value <= at(direction + 1, rho)) continue;
      found.push({ value, direction, rho });
    }
  }
  found.sort((a, b) => b.value - a.value);
  const lines = [];
  const taken = [0, 0, 0, 0];
  for (const { direction, rho } of found) {
    const sector = Math.round((4 * direction) / BINS) % 4;
    if (taken[sector] >= LINES_MAX) continue;
    const near = (line) => Math.abs(((line.direction - direction + BINS * 1.5) % BINS) - BINS / 2) <= 3 && Math.abs(line.rho - rho) <= 4;
    if (lines.some(near)) continue;
    const [c, s] = [cosines[direction], sines[direction]];
    lines.push({ sector, direction, rho, c, s, d: (rho - reach) * RHO_PX + (width / 2) * c + (height / 2) * s });
    taken[sector] += 1;
  }
  return lines;
}

/** The picture's borders, facing inwards: a document that runs out of it has them for sides. */
function borders({ width, height }) {
  return [
    { c: 1, s: 0, d: 1, border: true },
    { c: 0, s: 1, d: 1, border: true },
    { c: -1, s: 0, d: 2 - width, border: true },
    { c: 0, s: -1, d: 2 - height, border: true },
  ];
}

/** Lines whose steps rise, or fall, towards each other. */
function facing(ones, others) {
  return ones.flatMap((a) => others.filter((b) => a.c * b.c + a.s * b.s < -0.86).map((b) => [a, b]));
}

const crossing = (a, b) => {
  const cross = a.c * b.s - a.s * b.c;
  return [(a.d * b.s - b.d * a.s) / cross, (a.c * b.d - b.c * a.d) / cross];
};

/** A quadrilateral that beats a score; none where it does not. */
function quad([a, b], [c, d], steps, expected, beaten) {
  if (Math.abs(a.c * c.c + a.s * c.s) > 0.5) return null;
  const { width, height } = steps;
  const corners = [crossing(a, c), crossing(c, b), crossing(b, d), crossing(d, a)];
  const slack = 0.35 * Math.max(width, height);
  if (corners.some(([x, y]) => x < -slack || y < -slack || x > width + slack || y > height + slack)) return null;
  const doubled = corners.reduce((sum, [x, y], i) => { const [u, v] = corners[(i + 1) % 4]; return sum + x * v - u * y; }, 0);
  const area = Math.abs(doubled) / 2;
  if (area < AREA_MIN * width * height) return null;
  const side = (i) => Math.hypot(corners[i][0] - corners[(i + 1) % 4][0], corners[i][1] - corners[(i + 1) % 4][1]);
  const [along, across] = [side(0) + side(2), side(1) + side(3)];
  const long = Math.max(along, across) / Math.min(along, across);
  const sides = [c, b, d, a];
  const borders = sides.filter((line) => line.border).length;
  // A part of a document may have any shape.
  if (borders === 0 && expected && Math.abs(long / expected - 1) > SHAPE_OFF_MAX) return null;
  if (borders > 3) return null;
  // Portraits are upright, where cards and passports lie.
  const upright = [0, 1, 2, 3].map((i) => Math.abs(corners[i][1] - corners[(i + 1) % 4][1]));
  const stands = expected && upright[0] + upright[2] > upright[1] + upright[3] === along > across;
  const base = 0.12 * Math.log(area / (width * height)) - (stands ? 0.25 : 0);
  let score = 1.6 + base - (borders / 4 + (borders ? 0.6 : 0)) * (1 - BORDER_SUPPORT);
  let weakest = borders ? BORDER_SUPPORT : 1;
  for (let i = 0; i < 4; i++) {
    if (score <= beaten) return null;
    if (sides[i].border) continue;
    const worth = support(corners[i], corners[(i + 1) % 4], sides[i], steps);
    score -= (1 - worth) / 4 + 0.6 * Math.max(0, weakest - worth);
    weakest = Math.min(weakest, worth);
  }
  if (score <= beaten) return null;
  const clockwise = doubled > 0 ? corners : corners.reverse();
  return { corners: clockwise, score, borders };
}

/** The share of a side along which there is its step. */
function support([x, y], [u, v], { c, s }, { dx, dy, width, height }) {
  const count = 28;
  let [seen, there] = [0, 0];
  for (let i = 1; i < count; i++) {
    const px = x + ((u - x) * i) / count;
    const py = y + ((v - y) * i) / count;
    if (px < 3 || py < 3 || px >= width - 3 || py >= height - 3) continue;
    seen += 1;
    for (let off = -2; off <= 2; off++) {
      const at = Math.round(py + off * s) * width + Math.round(px + off * c);
      const step = dx[at] * c + dy[at] * s;
      if (step >= STEP_MIN && step > 1.5 * Math.abs(dx[at] * s - dy[at] * c)) { there += 1; break; }
    }
  }
  return seen < 6 ? 0 : there / seen;
}

/** The projection that takes the unit square to these corners, as nine numbers. */
export function projection([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]) {
  const [dx1, dx2, dx3] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, dy3] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const det = dx1 * dy2 - dx2 * dy1;
  const [g, h] = [(dx3 * dy2 - dx2 * dy3) / det, (dx1 * dy3 - dx3 * dy1) / det];
  return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
}

/** The way back. */
export function inverted([a, b, c, d, e, f, g, h, i]) {
  return [e * i - f * h, c * h - b * i, b * f - c * e, f * g - d * i, a * i - c * g, c * d - a * f, d * h - e * g, b * g - a * h, a * e - b * d];
}
