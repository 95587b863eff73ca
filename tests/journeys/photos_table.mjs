// The tables of what the hints foretold.
const CODES = ["BLUR", "GLARE", "DARK", "LOW_RESOLUTION", "CROPPED", "WRONG_SIDE", "NOT_A_DOCUMENT"];
const FAULTS = ["nothing", "blur", "glare", "dark", "small", "cropped", "hurried"];

const share = (part, whole) => (whole ? `${part} of ${whole} (${Math.round((100 * part) / whole)} %)` : "–");
const count = (photos, is) => photos.filter(is).length;
const row = (...cells) => `| ${cells.join(" | ")} |`;
const head = (...cells) => `${row(...cells)}\n|${cells.map(() => "---|").join("")}`;
const at = (values, part) => values.toSorted((a, b) => a - b)[Math.floor(part * (values.length - 1))];

export function tables(photos, { seed, on, browser, cores, load }) {
  const papers = photos.filter(({ truth }) => truth.document);
  const read = papers.filter(({ failed }) => failed !== undefined);
  const others = photos.filter(({ truth }) => !truth.document);
  const ms = photos.map((photo) => photo.ms);
  const foretold = (has) => [read.filter(has), read.filter((photo) => !has(photo))].map((some) => share(count(some, ({ failed }) => failed), some.length));
  const shapes = [...CODES.map((code) => [code, ({ hints }) => hints.includes(code)]), ["any hint", ({ hints }) => hints.length > 0]];
  return `# How well the hints foretell a failed reading

Seed ${seed}, ${photos.length} snapshots of invented papers (\`samples snapshots\`), ${on}, Chromium ${browser}; made anew with
\`tests/hints --seed ${seed} --count ${photos.length}\`. A reading failed where \`tirkeu read\` did not read every value that matters right: personal and document
number, birth and expiry date; on a card's front, personal number, birth date and names. The limits were chosen on other seeds.
${papers.length - read.length} papers could not be read within the reader's ten seconds on this machine and do not count.

${head("hint", "with it: readings failed", "without it: readings failed")}
${shapes.map(([name, has]) => row(name, ...foretold(has))).join("\n")}

## What is said of which fault

Faults run from hardly visible to hopeless: not every one is to be spoken of. *Hurried*: strong tilt, with a little of the rest.

${head("fault", "papers", "readings failed", ...CODES.slice(0, 5), "nothing said")}
${FAULTS.map((fault) => {
    const some = papers.filter(({ truth }) => truth.fault === fault);
    const known = some.filter(({ failed }) => failed !== undefined);
    return row(fault, some.length, share(count(known, ({ failed }) => failed), known.length), ...CODES.slice(0, 5).map((code) => count(some, ({ hints }) => hints.includes(code))), count(some, ({ hints }) => !hints.length));
  }).join("\n")}

## The wrong paper

- WRONG_SIDE in the wrong place: ${share(count(papers, ({ misplaced }) => misplaced.includes("WRONG_SIDE")), papers.length)}; in its own: ${share(count(papers, ({ hints }) => hints.includes("WRONG_SIDE")), papers.length)}.
- Receipts, screens and sheets of bar codes where a card's back is asked for, said to be no document or the wrong side: ${share(count(others, ({ hints }) => hints.includes("NOT_A_DOCUMENT") || hints.includes("WRONG_SIDE")), others.length)}.

## Time

A frame of 1280 × 720, greys and all hints, CPU time of the page's thread, mean of three looks: median ${at(ms, 0.5).toFixed(1)} ms, 95 of 100 within ${at(ms, 0.95).toFixed(1)} ms, on one of ${cores} cores that others used too (load ${load.toFixed(0)}).
`;
}
