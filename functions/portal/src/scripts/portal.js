// What scripts add to every page: the reader's own clock, copying, printing, the first thing to mend.
const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const time of document.querySelectorAll("time[data-local]")) {
  const moment = new Date(time.dateTime);
  const here = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }).format(moment);
  const own = document.createElement("span");
  own.textContent = ` · ${here} ${time.dataset.local}`;
  own.title = zone;
  (time.nextElementSibling ?? time).after(own);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const told = button.parentElement.querySelector("[data-copied]");
    told.textContent = told.dataset.copied;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

document.querySelector("#problems")?.focus();
