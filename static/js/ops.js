// Wide tables scroll inside their box; where nothing in it can be reached by keyboard, the box itself can.
for (const box of document.querySelectorAll(".inline-group")) {
  if (!box.querySelector("input:not([type=hidden]), select, textarea, a, button")) {
    box.tabIndex = 0;
  }
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

// Django's search boxes take their name from what is chosen; while nothing is, from the label of the field.
addEventListener("load", () => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const box = select.parentElement.querySelector(".select2-selection");
    const name = select.labels[0]?.textContent.trim().replace(/[:：]$/, "");
    if (!box || !name) continue;
    box.querySelector(".select2-selection__rendered")?.setAttribute("aria-label", name);
    box.setAttribute("aria-label", name);
    box.removeAttribute("aria-labelledby");
  }
});
