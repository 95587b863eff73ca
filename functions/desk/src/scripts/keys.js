// Single keys. Each presses something that stands on the page (data-key), so that nothing can be
// done by a key that cannot be done by a button; the page itself says which key is which.

// Where letters are typed, and where the arrows mean something already, keys are not ours.
const TYPING = "input:not([type=checkbox], [type=radio], [type=hidden]), textarea, select, [contenteditable]";

/** Listens for the keys that the page names in its body's data-keys: "KeyJ=next KeyK=previous …". */
export function listen(page) {
  const keys = new Map((page.body.dataset.keys ?? "").split(" ").filter(Boolean).map((pair) => pair.split("=")));
  const walk = new Walk([...page.querySelectorAll("[data-walk]")]);
  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return fold(event.target);
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.target.closest(TYPING)) return;
    const name = keys.get(event.key === "?" ? "?" : event.code);
    if (name && press(page, walk, name)) event.preventDefault();
  });
}

/** What one walks through: findings, or cases of the list. One is at the last one that had the focus;
 *  at none before the first step, so that no value is taken that nobody went to. */
class Walk {
  #stops;
  #at = -1;

  constructor(stops) {
    this.#stops = stops;
    for (const [index, stop] of stops.entries()) stop.addEventListener("focusin", () => this.#mark(index));
  }

  get current() {
    return this.#stops[this.#at];
  }

  step(by) {
    const next = Math.min(Math.max(this.#at + by, 0), this.#stops.length - 1);
    this.#stops[next]?.focus({ preventScroll: true });
    this.#stops[next]?.scrollIntoView({ block: "nearest" });
    return next >= 0;
  }

  #mark(index) {
    this.#stops[this.#at]?.classList.remove("current");
    this.#at = index;
    this.current.classList.add("current");
  }
}

/** Presses what has this name; whether there was such a thing. */
function press(page, walk, name) {
  if (name === "next") return walk.step(1);
  if (name === "previous") return walk.step(-1);
  const named = [...page.querySelectorAll(`[data-key="${name}"]`)];
  const there = named.filter((one) => one.checkVisibility() && [walk.current, null].includes(one.closest("[data-walk]")));
  const target = name === "show" ? after(there) : there[0];
  if (!target) return false;
  if (target.tagName === "SUMMARY") unfold(target.parentElement);
  else if (target.matches(TYPING)) target.focus();
  else target.click();
  return true;
}

/** Of the places where a value was read, the one after the one shown last. */
function after(places) {
  const shown = places.findIndex((place) => place.classList.contains("shown"));
  places[shown]?.classList.remove("shown");
  const next = places[(shown + 1) % places.length];
  next?.classList.add("shown");
  return next;
}

/** Opens what is folded and goes to its first field. */
function unfold(details) {
  details.open = true;
  details.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

/** Folds what was opened, and goes back to what opened it. */
function fold(from) {
  const details = from.closest("details[open]");
  if (!details) return;
  details.open = false;
  details.querySelector("summary").focus();
}
