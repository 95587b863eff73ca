// What the hints see on pictures that are drawn here: a card with a zone on a table, and what may be
// wrong with it; and that a picture's bytes keep everything but the place it was taken at.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { look } from "../../functions/portal/src/scripts/hints-look.js";
import { withoutPlace } from "../../functions/portal/src/scripts/picture.js";

const [WIDTH, HEIGHT] = [1280, 720];
const CARD_MM = [85.6, 54];

/** Rows of letters on a card, millimetres: where they begin, how many, how far apart, how large. */
const ZONE = [32, 36.2, 40.5].map((top) => ({ left: 5, top, count: 30, pitch: 2.54, wide: 1.5, tall: 2.4 }));
const LINES = [6, 11, 16, 21].map((top) => ({ left: 5, top, count: 18, pitch: 2.1, uneven: 0.5, wide: 1.3, tall: 2 }));

/** A card of so many pixels a millimetre, turned, on a table; `paper` and `table` are greys. */
function drawn({ pxPerMm = 11, turn = 0.06, middle = [640, 360], rows = [...LINES, ...ZONE], paper = 215, table = 90 } = {}) {
  const grey = new Uint8Array(WIDTH * HEIGHT).fill(table);
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const [dx, dy] = [x - middle[0], y - middle[1]];
      const [u, v] = [(dx * c + dy * s) / pxPerMm + CARD_MM[0] / 2, (dy * c - dx * s) / pxPerMm + CARD_MM[1] / 2];
      if (u < 0 || v < 0 || u > CARD_MM[0] || v > CARD_MM[1]) continue;
      grey[y * WIDTH + x] = rows.some((row) => isInk(row, u, v)) ? paper / 6 : paper;
    }
  }
  return { grey, width: WIDTH, height: HEIGHT };
}

function isInk({ left, top, count, pitch, uneven = 0, wide, tall }, u, v) {
  if (v < top || v > top + tall) return false;
  const nearest = Math.round((u - left) / pitch);
  return [nearest - 1, nearest, nearest + 1].some((letter) => {
    if (letter < 0 || letter >= count) return false;
    const from = u - left - letter * pitch - uneven * Math.sin(7 * letter);
    // A letter is no block: a stroke down, and one across.
    return (from >= 0 && from < wide / 3) || (from >= 0 && from < wide && v > top + 0.66 * tall);
  });
}

/** The same, out of focus. */
function blurred({ grey, width, height }, reach) {
  const once = (from, step, other) => {
    const to = new Uint8Array(from.length);
    for (let at = 0; at < from.length; at++) {
      let [sum, count] = [0, 0];
      for (let by = -reach; by <= reach; by++) {
        const place = Math.floor(at / other) % (step === 1 ? width : height);
        if (place + by < 0 || place + by >= (step === 1 ? width : height)) continue;
        sum += from[at + by * step];
        count += 1;
      }
      to[at] = sum / count;
    }
    return to;
  };
  return { grey: once(once(grey, 1, 1), width, width), width, height };
}

/** The same under a lamp. */
function lit({ grey, width, height }, [x, y], reach) {
  return { grey: grey.map((value, at) => Math.min(255, value + 400 * Math.exp(-(((at % width) - x) ** 2 + (Math.floor(at / width) - y) ** 2) / reach ** 2))), width, height };
}

const codes = (picture, slot = "back", scale = 1) => look(picture, slot, scale).hints.map(({ code }) => code);

test("a good picture of a card has an outline and no hint", () => {
  const { hints, outline } = look(drawn(), "back");
  assert.deepEqual(hints, []);
  const [c, s] = [Math.cos(0.06), Math.sin(0.06)];
  const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([x, y]) => [(x * CARD_MM[0] * 11) / 2, (y * CARD_MM[1] * 11) / 2]).map(([x, y]) => [640 + x * c - y * s, 360 + x * s + y * c]);
  for (const [i, [x, y]] of corners.entries()) assert.ok(Math.hypot(x - outline[i][0], y - outline[i][1]) < 9, `${outline[i]} for ${x},${y}`);
});

test("each fault is named", () => {
  for (const [picture, code, scale] of [
    [blurred(drawn(), 7), "BLUR"],
    [lit(drawn(), [560, 330], 120), "GLARE"],
    [drawn({ pxPerMm: 3 }), "LOW_RESOLUTION"],
    [drawn({ middle: [1000, 360] }), "CROPPED"],
    [drawn({ rows: [], paper: 180 }), "NOT_A_DOCUMENT"],
  ]) {
    assert.ok(codes(picture, "back", scale).includes(code), `${code}: ${codes(picture)}`);
  }
});

test("small on the screen is not small where the source has more pixels", () => {
  assert.ok(codes(drawn({ pxPerMm: 3.2 }), "back", 1).includes("LOW_RESOLUTION"));
  assert.ok(!codes(drawn({ pxPerMm: 3.2 }), "back", 3).includes("LOW_RESOLUTION"));
});

test("the other side is told by its zone", () => {
  assert.deepEqual(codes(drawn(), "front"), ["WRONG_SIDE"]);
  assert.deepEqual(codes(drawn({ rows: LINES }), "front"), []);
  assert.deepEqual(codes(drawn({ rows: LINES }), "back"), ["WRONG_SIDE"]);
});

/** A JPEG of three segments: metadata with or without a place, tables, and what is seen. */
function jpeg({ place, orientation }) {
  const entry = (tag, value) => [tag >> 8, tag & 255, 0, 3, 0, 0, 0, 1, 0, value, 0, 0];
  const entries = [...entry(0x0112, orientation), ...(place ? entry(0x8825, 26) : [])];
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, entries.length / 12, ...entries, 0, 0, 0, 0];
  return Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2, ...exif, 0xff, 0xdb, 0, 4, 7, 7, 0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9);
}

test("the place goes, the way up and what is seen stay", async () => {
  const bytes = new Uint8Array(await withoutPlace(jpeg({ place: true, orientation: 6 })).arrayBuffer());
  const rest = [0xff, 0xdb, 0, 4, 7, 7, 0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9];
  assert.deepEqual([...bytes.slice(-rest.length)], rest);
  assert.deepEqual([...bytes], [...jpeg({ place: false, orientation: 6 })]);
  const upright = new Uint8Array(await withoutPlace(jpeg({ place: true, orientation: 1 })).arrayBuffer());
  assert.deepEqual([...upright], [0xff, 0xd8, ...rest]);
  assert.equal(withoutPlace(jpeg({ place: false, orientation: 6 })), null);
});

test("every place that a paper goes to is known to the hints", async () => {
  const source = await readFile(new URL("../../functions/shared/casework/src/application.rs", import.meta.url), "utf8");
  const [, table] = source.match(/impl Slot \{[^]*?fn as_str[^{]*\{([^]*?)\n    \}/);
  const slots = [...table.matchAll(/=> "([^"]+)"/g)].map(([, slot]) => slot);
  assert.ok(slots.includes("authority"), slots.join());
  for (const slot of slots) assert.ok(Array.isArray(look(drawn(), slot).hints), slot);
});
