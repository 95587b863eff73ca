// The viewer: one page at a time, closer, farther, turned, moved. It changes the page only when a
// person asks for one. Each gesture has a button and, through its data-key, a key.

const CLOSER = 1.4;
const CLOSEST = 12;
const STEP = 0.2;
// A value is shown with this much around it, as a share of the page's width.
const AROUND = 0.45;

/** Makes a viewer of the pages in this section. */
export function view(section) {
  const sheets = [...section.querySelectorAll("[data-sheet]")].map((article) => new Sheet(article));
  if (sheets.length === 0) return;
  section.classList.add("one-page");
  section.querySelector("[data-tools]").hidden = false;
  const tabs = [...section.querySelectorAll("[data-tab]")];
  let shown;
  const show = (sheet) => {
    shown = sheet;
    for (const one of sheets) one.article.hidden = one !== sheet;
    for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.dataset.tab === sheet.article.id));
  };
  for (const tab of tabs) tab.addEventListener("click", () => show(sheets.find((one) => one.article.id === tab.dataset.tab)));
  for (const button of section.querySelectorAll("[data-move]")) button.addEventListener("click", () => shown.move(button.dataset.move));
  section.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (!move || !event.target.closest("[data-sheet]")) return;
    event.preventDefault();
    shown.move(move);
  });
  document.addEventListener("click", (event) => {
    const crop = event.target.closest("a[data-bounds]");
    const sheet = crop && sheets.find((one) => `#${one.article.id}` === crop.getAttribute("href"));
    if (!sheet) return;
    event.preventDefault();
    show(sheet);
    sheet.point(crop.dataset.bounds.split(" ").map(Number));
    section.scrollIntoView({ block: "nearest" });
  });
  show(sheets.find((one) => `#${one.article.id}` === location.hash) ?? sheets[0]);
}

/** A page: what is seen of it is the box [x, y, width, height] of the page as it is turned. */
class Sheet {
  #svg;
  #turned;
  #here;
  #size;
  #turns = 0;
  #box;

  constructor(article) {
    this.article = article;
    this.#svg = article.querySelector("svg");
    const { width, height } = this.#svg.viewBox.baseVal;
    this.#size = [width, height];
    this.#turned = make("g");
    this.#turned.append(...this.#svg.childNodes);
    this.#here = make("rect", { class: "here", visibility: "hidden" });
    this.#turned.append(this.#here);
    this.#svg.append(this.#turned);
    this.#whole();
    this.#begin();
    this.#drag();
  }

  /** Begins where the documents are: a scan's glass is mostly empty. */
  #begin() {
    const corners = [...this.#svg.querySelectorAll(".outline")].flatMap((outline) => [...outline.points]);
    const [width, height] = this.#size;
    const room = width * 0.03;
    const [left, top] = ["x", "y"].map((side) => Math.max(Math.min(...corners.map((corner) => corner[side])) - room, 0));
    const right = Math.min(Math.max(...corners.map(({ x }) => x)) + room, width);
    const bottom = Math.min(Math.max(...corners.map(({ y }) => y)) + room, height);
    if (corners.length > 0 && right > left && bottom > top) this.#look(left, top, right - left, bottom - top);
  }

  move(how) {
    const [x, y, width, height] = this.#box;
    const moves = {
      closer: () => this.#zoom(CLOSER),
      farther: () => this.#zoom(1 / CLOSER),
      turn: () => { this.#turns = (this.#turns + 1) % 4; this.#whole(); },
      whole: () => this.#whole(),
      left: () => this.#look(x - STEP * width, y, width, height),
      right: () => this.#look(x + STEP * width, y, width, height),
      up: () => this.#look(x, y - STEP * height, width, height),
      down: () => this.#look(x, y + STEP * height, width, height),
    };
    moves[how]();
  }

  /** Shows this place of the page, with its surroundings, and marks it. */
  point([left, top, width, height]) {
    for (const [name, value] of Object.entries({ x: left, y: top, width, height, visibility: "visible" })) this.#here.setAttribute(name, value);
    const [centre, middle] = this.#asTurned(left + width / 2, top + height / 2);
    const [whole, tall] = this.#extent();
    const wide = Math.min(whole, Math.max(whole * AROUND, (this.#turns % 2 ? height : width) * 1.3));
    const high = wide * (tall / whole);
    this.#look(centre - wide / 2, middle - high / 2, wide, high);
  }

  /** Width and height of the page as it is turned. */
  #extent() {
    const [width, height] = this.#size;
    return this.#turns % 2 ? [height, width] : [width, height];
  }

  #asTurned(x, y) {
    const [width, height] = this.#size;
    return [[x, y], [height - y, x], [width - x, height - y], [y, width - x]][this.#turns];
  }

  #whole() {
    const [width, height] = this.#size;
    const shift = [[0, 0], [height, 0], [width, height], [0, width]][this.#turns];
    this.#turned.setAttribute("transform", `translate(${shift}) rotate(${90 * this.#turns})`);
    this.#look(0, 0, ...this.#extent());
  }

  #zoom(by, at = [0.5, 0.5]) {
    const [x, y, width, height] = this.#box;
    const [whole] = this.#extent();
    const wide = Math.min(Math.max(width / by, whole / CLOSEST), whole);
    const high = Math.min(height * (wide / width), this.#extent()[1]);
    this.#look(x + (width - wide) * at[0], y + (height - high) * at[1], wide, high);
  }

  /** Looks at a box, kept within the page. */
  #look(x, y, width, height) {
    const [whole, tall] = this.#extent();
    const within = (at, room) => Math.min(Math.max(at, 0), Math.max(room, 0));
    this.#box = [within(x, whole - width), within(y, tall - height), width, height];
    this.#svg.setAttribute("viewBox", this.#box.join(" "));
  }

  #drag() {
    const svg = this.#svg;
    let last;
    svg.addEventListener("pointerdown", (event) => {
      last = [event.clientX, event.clientY];
      svg.setPointerCapture(event.pointerId);
    });
    svg.addEventListener("pointermove", (event) => {
      if (!last) return;
      const scale = this.#box[2] / svg.clientWidth;
      const [x, y, width, height] = this.#box;
      this.#look(x - (event.clientX - last[0]) * scale, y - (event.clientY - last[1]) * scale, width, height);
      last = [event.clientX, event.clientY];
    });
    for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => { last = undefined; });
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const box = svg.getBoundingClientRect();
      this.#zoom(event.deltaY < 0 ? CLOSER : 1 / CLOSER, [(event.clientX - box.x) / box.width, (event.clientY - box.y) / box.height]);
    }, { passive: false });
    svg.closest("a")?.addEventListener("click", (event) => event.preventDefault());
  }
}

function make(name, attributes = {}) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
