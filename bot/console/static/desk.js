// What htmx does not do by itself: keyboard moves, confirmations, and the way back to the sign-in page.

const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

// j and k move along [data-row] links, Enter opens (they are links), "/" goes to the search field, "?" to the list of keys.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const rows = [...document.querySelectorAll("[data-row]")];
  const here = rows.indexOf(document.activeElement);
  if (event.key === "j" || event.key === "k") {
    const next = rows[event.key === "j" ? Math.min(here + 1, rows.length - 1) : Math.max(here - 1, 0)];
    next?.focus();
  } else if (event.key === "/") {
    document.querySelector("[data-search]")?.focus();
  } else if (event.key === "?") {
    document.querySelector("[data-keys]")?.showModal();
  } else {
    document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
    return;
  }
  event.preventDefault();
});

// <form data-confirm="…">: asked before it is sent.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

// <select data-go>: a filter that is used as soon as it is chosen; works without script by its button.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-go]")) event.target.form.requestSubmit();
});

// <button data-copy="id">: copies what stands in that element.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
  if (event.target.closest("[data-print]")) window.print();
});

// What saves and previews by itself shows what was refused, too; where nothing comes back at all, its own words for that.
const shows = (event) => event.detail.requestConfig?.elt.closest("[data-swaps-errors]");
document.addEventListener("htmx:beforeSwap", (event) => {
  if (shows(event) && [409, 422].includes(event.detail.xhr.status)) Object.assign(event.detail, { shouldSwap: true, isError: false });
});
for (const name of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(name, (event) => {
    const failed = shows(event)?.dataset.failed;
    if (failed) event.detail.target.textContent = failed;
  });
}
