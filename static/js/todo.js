// Tasks by keyboard: moves between lines, does one with a key, and goes on to the next.
"use strict";

const taskRows = () => [...document.querySelectorAll(".todo__item[id]")];
const taskOf = (element) => element?.closest?.(".todo__item[id]");
const said = document.getElementById("todo-sagt");
const wrong = document.getElementById("todo-fel");
let lastClosed = "";
let goOn = "";

function stepTo(way) {
  const all = taskRows();
  const now = all.indexOf(taskOf(document.activeElement));
  const next = now < 0 ? 0 : Math.min(all.length - 1, Math.max(0, now + way));
  all[next]?.focus();
}

function undoLast() {
  const button = document.getElementById(lastClosed)?.querySelector('[data-key="u"]');
  if (button) said.textContent = "Öppnad igen.";
  button?.click();
  return Boolean(button);
}

const STEPS = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector(".roster__panel:popover-open")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (STEPS[key]) {
    event.preventDefault();
    stepTo(STEPS[key]);
    return;
  }
  const row = taskOf(event.target);
  const wanted = key === " " && event.target === row ? "x" : key;
  if (wanted === "Enter" && event.target === row && row) {
    row.querySelector(".todo__text a").click();
    return;
  }
  const button = /^[a-z]$/.test(wanted) && row?.querySelector(`[data-key="${wanted}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  } else if (wanted === "u" && undoLast()) {
    event.preventDefault();
  }
});

// Where the focus goes when what stood in a line is new: to the next open one after a task is done.
document.addEventListener("htmx:beforeSwap", (event) => {
  const row = taskOf(event.detail.target);
  if (!row) return;
  const panel = row.querySelector(":popover-open");
  goOn = row.contains(document.activeElement) || panel || document.activeElement === document.body ? row.id : "";
  panel?.hidePopover();
});
document.addEventListener("htmx:afterSettle", () => {
  wrong.hidden = true;
  const row = document.getElementById(goOn);
  goOn = "";
  const here = document.activeElement;
  // Whoever has gone on by themselves meanwhile stays where they are.
  if (!row || (here !== document.body && taskOf(here) !== row)) return;
  if (!row.querySelector("[data-closed]")) {
    said.textContent = "";
    row.focus({ preventScroll: true });
    return;
  }
  lastClosed = row.id;
  said.textContent = `Klar: ${row.getAttribute("aria-label")}. Tryck u för att ångra.`;
  const all = taskRows();
  const next = all.slice(all.indexOf(row) + 1).find((each) => each.querySelector('[data-key="x"]'));
  (next ?? row).focus();
});

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    wrong.hidden = false;
    wrong.scrollIntoView({ block: "nearest" });
  });
}
