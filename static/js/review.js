// The agenda by keyboard and by dragging; the buttons do the same without this file.
"use strict";

const failed = document.getElementById("agenda-fel");
const itemOf = (element) => element?.closest?.(".agenda__item[draggable]");
const marks = ["agenda__item--before", "agenda__item--after"];
let dragged = null;
let focused = "";
let focusedWay = "";
// Keys pressed while a move is on its way; they are for the row that it moves.
let busy = false;
let pressed = [];

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
  const way = event.key === "ArrowUp" ? "up" : "down";
  if (busy) pressed.push(way);
  else press(row, way);
});

function press(row, way) {
  const button = row?.querySelector(`[data-way="${way}"]`);
  if (button && !button.disabled) button.click();
}

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

document.addEventListener("htmx:configRequest", (event) => {
  const button = event.detail.triggeringEvent?.submitter;
  if (button?.name) event.detail.parameters[button.name] = button.value;
});
document.addEventListener("htmx:beforeRequest", () => { busy = true; });
document.addEventListener("htmx:afterRequest", () => { busy = false; });

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
  (button || row)?.focus();
  focused = "";
  busy = false;
  const next = pressed.shift();
  if (next) press(row, next);
});

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    busy = false;
    pressed = [];
    failed.hidden = false;
    failed.scrollIntoView({ block: "nearest" });
  });
}

reachable();
