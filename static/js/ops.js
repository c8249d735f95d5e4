// Wide tables scroll inside their box; where nothing in it can be reached by keyboard, the box itself can.
for (const box of document.querySelectorAll(".inline-group")) {
  if (!box.querySelector("input:not([type=hidden]), select, textarea, a, button")) {
    box.tabIndex = 0;
  }
}

// Django's tables leave the heads of some columns empty: then they are no heads.
for (const head of document.querySelectorAll("#content thead th")) {
  if (!head.textContent.trim() && !head.querySelector("input, img, a")) head.setAttribute("role", "presentation");
}

// On a phone the rows of a wide table stand as cards (ops.css): each cell then says its column itself.
for (const table of document.querySelectorAll(".ops-rows, .inline-group .tabular table")) {
  const heads = [...table.querySelectorAll(":scope > thead th")].map((head) => head.textContent.trim());
  if (heads.length < 3) continue;
  for (const row of [...table.tBodies].flatMap((body) => [...body.rows])) {
    if (row.cells.length !== heads.length) continue;
    [...row.cells].forEach((cell, place) => (cell.dataset.label ??= heads[place]));
  }
  table.classList.add("ops-rows--stack");
}

// Django's search boxes take their name from what is chosen; while nothing is, from the label of the field or its column.
// They appear when they like, in rows that are added too.
new MutationObserver(() => {
  for (const select of document.querySelectorAll("select.admin-autocomplete.select2-hidden-accessible")) {
    const box = select.parentElement.querySelector(".select2-selection");
    const name = (select.labels[0]?.textContent ?? select.closest("td")?.dataset.label ?? "").trim().replace(/[:：]$/, "");
    if (!box || !name || box.getAttribute("aria-label") === name) continue;
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
    box.querySelector(".select2-selection__rendered")?.setAttribute("aria-label", name);
    box.setAttribute("aria-label", name);
    box.removeAttribute("aria-labelledby");
  }
}).observe(document.body, { childList: true, subtree: true });
