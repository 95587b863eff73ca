// Where print is in a picture, and whether it has a machine readable zone: pieces of ink, rows of
// them, and rows that stand evenly. Pure. Never here: which letters they are, what is poor.

const REACH_PX = 7; // Half the side of the square that ink is held against, at half size.
const INK = 0.86; // Of its surroundings' grey: what is darker is ink,
const FAINT = 3; // where it is by so many greys.
const SIZE_PX = [5, 60]; // The longer side of a piece that may be a letter.
const ROW_MIN = 5; // Pieces that make a row.
const EVEN_MIN = 0.92; // Share of even steps in a line of a zone.
const ZONE_PIECES_MIN = 14;
const ZONE_LENGTH = [26, 50]; // Characters; a zone has thirty to forty-four.

/** Pieces of ink within a box of a raster: what is darker than its surroundings, which are taken from
 *  the raster at half its size. */
export function pieces({ grey, width }, half, [left, top, right, bottom]) {
  const box = [left >> 1, top >> 1, Math.min(half.width, (right + 1) >> 1), Math.min(half.height, (bottom + 1) >> 1)];
  const limits = inkLimits(half, box);
  const wide = box[2] - box[0];
  const most = ((right - left) * (bottom - top)) >> 3;
  const runs = { row: new Int16Array(most), from: new Int16Array(most), until: new Int16Array(most), set: new Int32Array(most), count: 0 };
  let previous = 0;
  for (let y = 2 * box[1]; y < 2 * box[3]; y++) {
    const here = runs.count;
    add(grey, y * width + 2 * box[0], limits, ((y >> 1) - box[1]) * wide, wide, y, runs);
    join(runs, previous, here);
    previous = here;
  }
  return boxes(runs, 2 * box[0]);
}

/** For each pixel of a box of a raster the grey below which it is ink. */
function inkLimits({ grey, width }, [left, top, right, bottom]) {
  const [w, h] = [right - left, bottom - top];
  const limits = new Uint8Array(w * h);
  const columns = new Int32Array(w);
  const count = (y, sign) => {
    for (let x = 0, at = (y + top) * width + left; x < w; x++, at++) columns[x] += sign * grey[at];
  };
  for (let y = 0; y < Math.min(REACH_PX, h); y++) count(y, 1);
  for (let y = 0; y < h; y++) {
    if (y + REACH_PX < h) count(y + REACH_PX, 1);
    if (y > REACH_PX) count(y - REACH_PX - 1, -1);
    const share = INK / (Math.min(h, y + REACH_PX + 1) - Math.max(0, y - REACH_PX));
    let sum = 0;
    for (let x = 0; x < Math.min(REACH_PX, w); x++) sum += columns[x];
    for (let x = 0; x < w; x++) {
      if (x + REACH_PX < w) sum += columns[x + REACH_PX];
      if (x > REACH_PX) sum -= columns[x - REACH_PX - 1];
      limits[y * w + x] = Math.max(0, (share * sum) / (Math.min(w, x + REACH_PX + 1) - Math.max(0, x - REACH_PX)) - FAINT);
    }
  }
  return limits;
}

/** Adds the runs of ink on one row of pixels. */
function add(grey, line, limits, halfLine, wide, y, runs) {
  const w = 2 * wide;
  let began = -1;
  for (let x = 0; x <= w; x++) {
    const ink = x < w && grey[line + x] < limits[halfLine + (x >> 1)];
    if (ink === began >= 0) continue;
    if (ink) {
      began = x;
    } else {
      if (runs.count < runs.row.length) {
        const run = runs.count++;
        runs.row[run] = y;
        runs.from[run] = began;
        runs.until[run] = x;
        runs.set[run] = run;
      }
      began = -1;
    }
  }
}

function root(set, i) {
  while (set[i] !== i) { set[i] = set[set[i]]; i = set[i]; }
  return i;
}

/** Joins the runs from `here` on with those of the row before that they touch. */
function join({ from, until, set, count }, above, here) {
  let other = above;
  for (let run = here; run < count; run++) {
    while (other < here && until[other] < from[run]) other += 1;
    for (let touching = other; touching < here && from[touching] <= until[run]; touching++) {
      const a = root(set, touching);
      const b = root(set, run);
      set[Math.max(a, b)] = Math.min(a, b);
    }
  }
}

/** The runs of each piece as one box; those that may be letters. */
function boxes({ row, from, until, set, count }, left) {
  const found = new Map();
  for (let run = 0; run < count; run++) {
    const box = found.get(root(set, run));
    if (box) {
      box.left = Math.min(box.left, from[run]);
      box.right = Math.max(box.right, until[run]);
      box.bottom = row[run] + 1;
      box.area += until[run] - from[run];
    } else {
      found.set(set[run], { left: from[run], right: until[run], top: row[run], bottom: row[run] + 1, area: until[run] - from[run] });
    }
  }
  const letters = [];
  for (const box of found.values()) {
    const wide = box.right - box.left;
    const tall = box.bottom - box.top;
    const size = Math.max(wide, tall);
    const short = Math.min(wide, tall);
    if (size < SIZE_PX[0] || size > SIZE_PX[1] || size > 7 * short || box.area < 5 || 8 * box.area < wide * tall) continue;
    letters.push({ x: left + (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, size });
  }
  return letters;
}

/** Rows of pieces, from left to right, along the axis of a frame (`place` takes a point to it); the
 *  frame's own unit is a pixel near its middle. */
export function rows(letters, place) {
  const placed = letters.map(({ x, y, size }) => {
    const [u, v] = place(x, y);
    return { u, v, size };
  });
  placed.sort((a, b) => a.u - b.u);
  const before = new Int32Array(placed.length).fill(-1);
  const next = new Int32Array(placed.length).fill(-1);
  for (let i = 0; i < placed.length; i++) {
    const following = nextOf(placed, i);
    if (following >= 0 && before[following] < 0) {
      next[i] = following;
      before[following] = i;
    }
  }
  const found = [];
  for (let i = 0; i < placed.length; i++) {
    if (before[i] >= 0 || next[i] < 0) continue;
    const row = [];
    for (let at = i; at >= 0; at = next[at]) row.push(placed[at]);
    if (row.length >= ROW_MIN) found.push(row);
  }
  return found;
}

/** The piece that follows another on its row; -1 where none does. One at least half as large may. */
function nextOf(placed, i) {
  const { u, v, size } = placed[i];
  let best = -1;
  let least = Infinity;
  for (let j = i + 1; j < placed.length; j++) {
    const other = placed[j];
    const along = other.u - u;
    if (along > 4.6 * size || along > least) break;
    const across = Math.abs(other.v - v);
    const large = Math.max(size, other.size);
    if (across > 0.4 * large || along > 2.3 * large || along < 0.3 * large || 2 * Math.min(size, other.size) < large) continue;
    if (along + 2 * across < least) {
      best = j;
      least = along + 2 * across;
    }
  }
  return best;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** How evenly a row stands: its pitch, and the share of its steps that are one pitch, or two. */
function evenness(row) {
  const steps = row.slice(1).map((letter, i) => letter.u - row[i].u);
  const pitch = median(steps);
  const even = steps.filter((step) => Math.abs(step / pitch - Math.round(step / pitch)) < 0.17 && step < 2.5 * pitch).length;
  return { pitch, even: even / steps.length, v: row.reduce((sum, letter) => sum + letter.v, 0) / row.length, from: row[0].u, until: row.at(-1).u, count: row.length, row };
}

/** The zone among rows: two even ones, one under the other. None where there is none. */
export function zone(all) {
  const even = all.filter((row) => row.length >= 8).map(evenness).filter((line) => line.even >= EVEN_MIN);
  for (const line of even) {
    const alike = (other) => Math.abs(other.pitch / line.pitch - 1) < 0.15;
    // A line may be seen in pieces.
    const beside = even.filter((other) => alike(other) && Math.abs(other.v - line.v) < 0.9 * line.pitch);
    line.count = beside.reduce((sum, other) => sum + other.row.length, 0);
    line.low = Math.min(...beside.map((other) => other.from));
    line.high = Math.max(...beside.map((other) => other.until));
    line.length = (line.high - line.low) / line.pitch + 1;
  }
  const long = even.filter((line) => line.count >= ZONE_PIECES_MIN && line.length >= ZONE_LENGTH[0] && line.length <= ZONE_LENGTH[1]);
  for (const line of long) {
    const under = (other) => {
      const apart = Math.abs(other.v - line.v) / line.pitch;
      return Math.abs(other.pitch / line.pitch - 1) < 0.15 && apart > 1.1 && apart < 3.3 && Math.min(line.high, other.high) - Math.max(line.low, other.low) > 0.5 * (line.high - line.low);
    };
    const other = long.find(under);
    if (other) return { pitch: (line.pitch + other.pitch) / 2, length: Math.max(line.length, other.length), lines: [line, other] };
  }
  return null;
}
