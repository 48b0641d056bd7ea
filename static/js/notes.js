// Writing a note: templates, phrases, lines of what was agreed, and what the server warns of.
"use strict";

const note = document.getElementById("note");
const text = document.getElementById("id_text");
const undo = note.querySelector("[data-note-undo]");
const kind = document.getElementById("id_kind");
const told = note.elements.told;
const cautions = document.getElementById("note-cautions");
const anyway = document.getElementById("note-anyway");
const DEFAULT_KIND = "other";

// As if it was typed, so that the browser's own undo takes it back too.
function insert(words, from, to) {
  text.focus();
  text.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, words)) text.setRangeText(words, from, to, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function spaced(words) {
  const before = text.value.slice(0, text.selectionStart);
  return before && !/\s$/.test(before) ? ` ${words}` : words;
}

let before = null;

function fillIn(button) {
  before = { text: text.value, kind: kind.value };
  const end = text.value.length;
  const start = text.value.trimEnd();
  const words = button.dataset.noteTemplate;
  insert(start ? `\n\n${words}` : words, start.length, end);
  if (kind.value === DEFAULT_KIND) kind.value = button.dataset.kind;
  const first = start ? start.length + 2 : 0;
  const line = text.value.indexOf("\n", first);
  text.setSelectionRange(line < 0 ? text.value.length : line, line < 0 ? text.value.length : line);
  undo.hidden = false;
}

undo.addEventListener("click", () => {
  if (!before) return;
  insert(before.text, 0, text.value.length);
  kind.value = before.kind;
  before = null;
  undo.hidden = true;
});

const closeMenu = (button) => {
  button.closest("[data-menu]").open = false;
};

for (const button of note.querySelectorAll("[data-note-template]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    closeMenu(button);
    fillIn(button);
  });
}

for (const menu of note.querySelectorAll("[data-note-phrases]")) menu.hidden = false;
for (const button of note.querySelectorAll("[data-note-phrase]")) {
  // The place of the cursor stays in the text when a button is pressed.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    closeMenu(button);
    insert(spaced(button.dataset.notePhrase), text.selectionStart, text.selectionEnd);
  });
}

// Enter in a single line goes on to the next one; it never signs.
note.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
  if (["radio", "checkbox"].includes(event.target.type)) return;
  event.preventDefault();
  const line = event.target.closest(".note__line")?.nextElementSibling;
  line?.querySelector("input").focus();
});

// There is always an empty line to go on with.
const lines = note.querySelector("[data-note-lines]");
function oneMore() {
  const last = lines.lastElementChild;
  if (!last.querySelector("input").value.trim()) return;
  const line = last.cloneNode(true);
  const number = lines.children.length + 1;
  for (const field of line.querySelectorAll("input, select")) {
    field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+$/, number));
    if (field.tagName === "SELECT") field.selectedIndex = 0;
    else field.value = "";
  }
  lines.append(line);
}
lines?.addEventListener("input", oneMore);

// A length in words of one's own, or one of the buttons, not both.
const free = note.elements.minutes_other;
free.addEventListener("input", () => {
  if (free.value) for (const each of note.querySelectorAll("[name=minutes]")) each.checked = false;
});
for (const each of note.querySelectorAll("[name=minutes]")) {
  each.addEventListener("change", () => {
    free.value = "";
  });
}

note.addEventListener("autosave:saved", (event) => {
  const { detail } = event;
  const discard = note.querySelector("[data-note-discard]");
  discard.href = detail.discard;
  discard.hidden = false;
  if (detail.forked) document.getElementById("note-forked").hidden = false;
  for (const shown of cautions.querySelectorAll("[data-caution]")) {
    if (!detail.cautions.includes(shown.dataset.caution)) shown.remove();
  }
  for (const fresh of detail.fresh) warn(fresh);
  // What nobody has had time to read does not go by unseen: the next press signs.
  const unseen = detail.fresh.length > 0 || detail.forked;
  if (unseen && detail.pressed === "sign") event.preventDefault();
  anyway.hidden = detail.cautions.length === 0;
  told.value = detail.cautions.join(" ");
});

function warn(caution) {
  if ([...cautions.children].some((each) => each.dataset.caution === caution.key)) return;
  const line = document.createElement("p");
  line.className = "notice notice--warn";
  line.dataset.caution = caution.key;
  line.append(document.getElementById("note-warning").content.cloneNode(true));
  line.querySelector("span").textContent = caution.text;
  cautions.append(line);
}

const show = (id, shown) => {
  document.getElementById(id).hidden = !shown;
};
note.addEventListener("autosave:away", () => show("note-away", true));
note.addEventListener("autosave:refused", () => show("note-refused", true));
note.addEventListener("autosave:back", () => {
  show("note-away", false);
  show("note-refused", false);
});
