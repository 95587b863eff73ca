// Keeps the progress of a stack up to date while it is read, and shows its report when it is done.

const LOOK_EVERY_MS = 2000;

/** Follows the stack on the page, if one is being worked on. */
export function follow(page) {
  if (page.querySelector("[data-progress]")) setTimeout(() => look(page), LOOK_EVERY_MS);
}

/** Looks at the page again: only what it says of the progress is put in place, and what did not
 *  change is not said again. */
async function look(page) {
  const answer = await fetch(page.location.href, { headers: { accept: "text/html" } }).catch(() => undefined);
  if (answer?.ok) {
    const now = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-progress]");
    if (!now) return page.location.reload();
    const shown = page.querySelector("[data-progress]");
    if (shown.innerHTML !== now.innerHTML && !shown.contains(page.activeElement)) shown.replaceChildren(...now.childNodes);
  }
  setTimeout(() => look(page), LOOK_EVERY_MS);
}
