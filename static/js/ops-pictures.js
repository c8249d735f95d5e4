// Pictures of a listing are put in order by dragging or with the arrow keys; without a script their positions are numbers.
const rows = () => [...document.querySelectorAll("#pictures-group tr.has_original")];
const numberOf = (row) => row.querySelector("input[name$=-position]");

function renumber() {
  rows().forEach((row, place) => {
    const number = numberOf(row);
    if (number && number.value !== String(place)) {
      number.value = place;
      number.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}

function move(row, step) {
  const all = rows();
  const other = all[all.indexOf(row) + step];
  if (!other) return;
  step < 0 ? other.before(row) : other.after(row);
  renumber();
}

let dragged = null;

function watch(row) {
  const handle = row.querySelector(".ops-handle");
  if (!handle || !numberOf(row)) return;
  handle.hidden = false;
  // Only the handle drags: the texts of the row stay selectable.
  handle.addEventListener("pointerdown", () => (row.draggable = true));
  handle.addEventListener("pointerup", () => (row.draggable = false));
  handle.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    move(row, step);
    handle.focus();
  });
  row.addEventListener("dragstart", (event) => {
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    row.classList.add("ops-dragged");
  });
  row.addEventListener("dragover", (event) => {
    if (!dragged || dragged === row) return;
    event.preventDefault();
    const box = row.getBoundingClientRect();
    event.clientY < box.top + box.height / 2 ? row.before(dragged) : row.after(dragged);
  });
  row.addEventListener("dragend", () => {
    row.draggable = false;
    row.classList.remove("ops-dragged");
    dragged = null;
    renumber();
  });
}

rows().forEach(watch);
