// The meeting by keyboard: a key presses the button that bears it. And what a screen that renews itself must not lose.
"use strict";

const failed = document.getElementById("mote-fel");
const said = document.getElementById("sagt");
const TYPING = "input:not([type=hidden]), textarea, select";

const isWall = () => document.body.classList.contains("wall");
const field = () => document.getElementById("rad");
const visible = (element) => element.checkVisibility();

function keyOf(event) {
  return event.key === "?" ? "?" : event.key.toLowerCase();
}

// A letter opens its small form and goes to the field in it.
function open(sheet) {
  for (const other of document.querySelectorAll(".doing__more[open]")) {
    if (other !== sheet) other.open = false;
  }
  sheet.open = true;
  sheet.querySelector("input:not([type=hidden]), textarea:not([hidden])").focus();
}

function leave(element) {
  const sheet = element.closest(".doing__more");
  if (sheet) sheet.open = false;
  element.blur();
}

// Keys pressed while the next card is on its way are meant for it: what is written waits for its field.
let turning = false;
let waiting = null;

function keep(event) {
  event.preventDefault();
  if (event.key === "Backspace") waiting = waiting.slice(0, -1);
  else if (event.key === "Escape") waiting = null;
  else if (event.key.length === 1) waiting += event.key;
}

function writeWhatWaited() {
  const words = waiting;
  waiting = null;
  if (words === null || !field()) return;
  field().focus();
  field().value = words;
  field().dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches(TYPING)) {
    if (event.key === "Escape") leave(event.target);
    return;
  }
  if (!isWall() || (event.key === "Enter" && event.target.closest("button, a, summary"))) return;
  if (document.querySelector("#tangenter:popover-open") && event.key !== "?") return;
  if (waiting !== null) {
    keep(event);
    return;
  }
  const key = keyOf(event);
  if (key === "b" && turning) {
    event.preventDefault();
    waiting = "";
    return;
  }
  const sheet = document.querySelector(`[data-opens="${CSS.escape(key)}"]`);
  const button = [...document.querySelectorAll(`[data-key~="${CSS.escape(key)}"]`)].find(visible);
  const target = key === "b" ? field() : null;
  if (!target && !sheet && !button) return;
  event.preventDefault();
  if (event.repeat) return;
  if (target) target.focus();
  else if (sheet) open(sheet);
  else button.click();
});

// Words being written stay when the card moves on by itself: they are about the one they name.
const written = () =>
  [...document.querySelectorAll("#gora input[type=text], #gora textarea:not([hidden])")].some(
    (each) => each.value !== each.defaultValue,
  );

document.addEventListener("submit", (event) => {
  if (event.target.matches("[hx-post]") && !event.defaultPrevented) turning = true;
}, true);
document.addEventListener("htmx:afterRequest", (event) => {
  const asked = event.detail.requestConfig;
  if (asked.verb === "post" && !asked.path.endsWith("/las/")) turning = false;
});

let byItself = false;
let wasWriting = false;
document.addEventListener("htmx:beforeSwap", (event) => {
  byItself = Boolean(event.detail.requestConfig?.headers?.["X-By-Itself"]);
  wasWriting = document.activeElement === field();
  // A reading that comes late is of words that no longer stand there.
  const read = event.detail.requestConfig?.parameters?.line;
  if (event.detail.target.id === "tolkning" && read !== field()?.value) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (event.detail.target.id !== "gora" || !byItself || !written()) return;
  event.detail.shouldSwap = false;
  const gone = document.getElementById("scen").dataset.shows !== "card";
  const name = document.querySelector("#gora [data-name]");
  if (gone && name) name.textContent = "den som visades nyss";
});

document.addEventListener("htmx:afterSettle", () => {
  const scene = document.getElementById("scen");
  if (said && scene && said.textContent !== scene.dataset.say) said.textContent = scene.dataset.say;
  if (wasWriting && field() && document.activeElement === document.body) field().focus();
  wasWriting = false;
  if (!turning) writeWhatWaited();
  tick();
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && failed) failed.hidden = true;
});
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    if (failed) failed.hidden = false;
    turning = false;
    waiting = null;
  });
}

// The clock: quietly, minutes on this card and when it may be over.
function tick() {
  const clock = document.querySelector("[data-opened]");
  if (!clock) return;
  const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(clock.dataset.opened)) / 60000));
  const end = new Date(Date.now() + Number(clock.dataset.left) * Number(clock.dataset.each) * 60000);
  clock.querySelector("[data-minutes]").textContent = `${minutes} min`;
  clock.querySelector("[data-end]").textContent = end.toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" });
  clock.classList.toggle("scene__clock--long", minutes >= Number(clock.dataset.each));
}
setInterval(tick, 15000);
tick();
