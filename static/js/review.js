// The agenda by keyboard and by dragging; the buttons do the same without this file.
"use strict";

const failed = document.getElementById("agenda-fel");
const itemOf = (element) => element?.closest?.(".agenda__item[draggable]");
const marks = ["agenda__item--before", "agenda__item--after"];
let dragged = null;
let focused = "";
let focusedWay = "";

function unmark() {
  for (const each of document.querySelectorAll(`.${marks.join(", .")}`)) each.classList.remove(...marks);
}

// Rows can be reached with Tab once there is something to do with a key.
function reachable() {
  for (const row of document.querySelectorAll(".agenda__item[draggable]")) row.tabIndex = 0;
}

function isUpperHalf(event, row) {
  const box = row.getBoundingClientRect();
  return event.clientY < box.top + box.height / 2;
}

document.addEventListener("keydown", (event) => {
  const row = itemOf(event.target);
  if (!row || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const button = row.querySelector(`[data-way="${event.key === "ArrowUp" ? "up" : "down"}"]`);
  if (!button.disabled) button.click();
});

document.addEventListener("dragstart", (event) => {
  dragged = itemOf(event.target);
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  // The row's key and nothing about the person: what is dragged may be dropped anywhere.
  event.dataTransfer.setData("text/plain", dragged.dataset.item);
  dragged.classList.add("agenda__item--dragged");
});

document.addEventListener("dragover", (event) => {
  const over = itemOf(event.target);
  if (!dragged || !over || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  unmark();
  if (over !== dragged) over.classList.add(marks[isUpperHalf(event, over) ? 0 : 1]);
});

document.addEventListener("drop", (event) => {
  const over = itemOf(event.target);
  if (!dragged || !over || over === dragged || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  const upper = isUpperHalf(event, over);
  const button = dragged.querySelector(`[data-way="${upper ? "up" : "down"}"]`);
  button.value = over.dataset.item;
  button.disabled = false;
  dragged.querySelector(".agenda__move").requestSubmit(button);
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("agenda__item--dragged");
  dragged = null;
  unmark();
});

// Which button was meant, also when the move waited behind another.
document.addEventListener("htmx:configRequest", (event) => {
  const button = event.detail.triggeringEvent?.submitter;
  if (button?.name) event.detail.parameters[button.name] = button.value;
  // A move that waited was meant for the agenda as the one before it left it.
  const now = document.querySelector('.agenda__move [name="revision"]');
  if (now && event.detail.elt.matches(".agenda__move")) event.detail.parameters.revision = now.value;
});

// The focus stays with the one who was moved.
document.addEventListener("htmx:beforeSwap", (event) => {
  const row = itemOf(event.detail.requestConfig.elt);
  focused = row?.id ?? "";
  focusedWay = document.activeElement?.dataset?.way ?? "";
});
document.addEventListener("htmx:afterSwap", () => {
  reachable();
  failed.hidden = true;
  const row = document.getElementById(focused);
  const button = focusedWay && row?.querySelector(`[data-way="${focusedWay}"]:not([disabled])`);
  (button || row)?.focus({ preventScroll: false });
  focused = "";
});

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    failed.hidden = false;
    failed.scrollIntoView({ block: "nearest" });
  });
}

reachable();
