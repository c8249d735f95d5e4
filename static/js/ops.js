// Wide tables scroll inside their box; where nothing in it can be reached by keyboard, the box itself can.
for (const box of document.querySelectorAll(".inline-group")) {
  if (!box.querySelector("input:not([type=hidden]), select, textarea, a, button")) {
    box.tabIndex = 0;
  }
}
