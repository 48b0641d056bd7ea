// The roster by keyboard, and what htmx can't know: which button was meant, where the focus was, what failed.
"use strict";

const rows = () => [...document.querySelectorAll(".roster__item[id]")];
const rowOf = (element) => element?.closest?.(".roster__item[id]");
const failed = document.getElementById("roster-fel");

function step(way) {
  const all = rows();
  const now = all.indexOf(rowOf(document.activeElement));
  const next = now < 0 ? 0 : Math.min(all.length - 1, Math.max(0, now + way));
  all[next]?.focus();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  const open = document.querySelector(".roster__panel:popover-open");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (["ArrowDown", "ArrowUp"].includes(event.key) && !open) {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
    return;
  }
  const key = event.key.toLowerCase();
  const button = /^[a-z0-9]$/.test(key) && rowOf(event.target)?.querySelector(`[data-key="${key}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

// A tap that waited behind another: its button is gone by then, but it is still what was meant.
document.addEventListener("htmx:configRequest", (event) => {
  const button = event.detail.triggeringEvent?.submitter;
  if (button?.name) event.detail.parameters[button.name] = button.value;
});

// The focus stays on the row when what stood in it is new.
let focused = "";
document.addEventListener("htmx:beforeSwap", (event) => {
  const row = rowOf(event.detail.target);
  const panel = row?.querySelector(":popover-open");
  focused = row?.contains(document.activeElement) || panel ? row.id : "";
  panel?.hidePopover();
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (rowOf(event.target) || event.target.id === "lista") failed.hidden = true;
});
document.addEventListener("htmx:afterSwap", () => {
  const row = document.getElementById(focused);
  (row?.querySelector("[data-focus]") ?? row)?.focus({ preventScroll: true });
  if (row) focused = "";
});

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    failed.hidden = false;
    failed.scrollIntoView({ block: "nearest" });
  });
}
