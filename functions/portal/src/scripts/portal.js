// What scripts add to every page: the reader's own clock, copying, printing, the first thing to mend.
const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
// As the server writes a time: browsers have no Kazakh dates.
const DAYS = { en: ["en-GB", { dateStyle: "long" }], ru: ["ru", { day: "2-digit", month: "2-digit", year: "numeric" }] };
const day = new Intl.DateTimeFormat(...(DAYS[document.documentElement.lang] ?? DAYS.ru));
const clock = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });
for (const time of document.querySelectorAll("time[data-local]")) {
  const moment = new Date(time.dateTime);
  const here = `${day.format(moment)}, ${clock.format(moment)}`;
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
