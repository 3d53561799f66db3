// The table of figures by keyboard and from the clipboard. Without this script the page works by its buttons alone.
"use strict";

const form = document.getElementById("entry");
const COLUMNS = 3;
// The table before the last paste, as [name, text].
let before = null;

const cells = () => [...form.querySelectorAll("input.amount")];

function go(from, rows, across) {
  const all = cells();
  const place = all.indexOf(from) + rows * COLUMNS + across;
  const to = all[place];
  if (!to) return false;
  to.focus();
  to.select();
  return true;
}

form.addEventListener("keydown", (event) => {
  const cell = event.target;
  if (!cell.matches("input.amount") || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  const moves = {
    ArrowUp: () => go(cell, -1, 0),
    ArrowDown: () => go(cell, 1, 0),
    Enter: () => go(cell, event.shiftKey ? -1 : 1, 0) || true,
    ArrowLeft: () => (whole || cell.selectionEnd === 0) && go(cell, 0, -1),
    ArrowRight: () => (whole || cell.selectionStart === cell.value.length) && go(cell, 0, 1),
  };
  if (event.shiftKey && event.key !== "Enter") return;
  if (moves[event.key]?.()) event.preventDefault();
});

// What is typed is looked at a moment later; the element that asks is one that no answer replaces.
form.addEventListener("input", (event) => {
  if (event.target.matches("input.amount")) document.getElementById("work").dispatchEvent(new Event("look"));
});

// A block goes to the server as if it had been typed into its box: one reader understands it in every case.
form.addEventListener("paste", (event) => {
  const cell = event.target;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!cell.matches("input.amount") || !/[\t\n\r]/.test(text.trim())) return;
  event.preventDefault();
  const [year, column] = cell.name.split("-");
  form.elements.block.value = text;
  form.elements.block_year.value = year;
  form.elements.block_column.value = column;
  form.querySelector("button[name=_paste]").click();
});

form.addEventListener("click", (event) => {
  if (event.target.closest("button[name=_paste]")) before = cells().map((one) => [one.name, one.value]);
  if (!event.target.closest("[data-undo]")) return;
  for (const cell of cells()) cell.value = "";
  for (const [name, value] of before ?? []) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  before = null;
  event.target.closest(".notices").replaceChildren();
  cells()[0].dispatchEvent(new Event("input", { bubbles: true }));
});

// Whoever types while an answer arrives goes on typing in the same place.
let focused = null;
document.body.addEventListener("htmx:beforeSwap", () => {
  const one = document.activeElement;
  focused = form.contains(one) && one.id ? [one.id, one.selectionStart, one.selectionEnd] : null;
});
document.body.addEventListener("htmx:afterSwap", () => {
  const one = focused && document.getElementById(focused[0]);
  if (!one || document.activeElement === one) return;
  one.focus({ preventScroll: true });
  if (focused[1] != null) one.setSelectionRange(focused[1], focused[2]);
});

document.body.addEventListener("htmx:afterSettle", () => {
  const undo = form.querySelector("[data-undo]");
  if (undo) undo.hidden = !(before && form.querySelector(".notice-success"));
});

// The list of sources tells jQuery alone what was chosen.
window.addEventListener("load", () => {
  window.django?.jQuery?.("#id_source").on("select2:select select2:unselect", (event) => {
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
  });
});
