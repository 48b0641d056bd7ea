// The plan that three people write together: saves by itself, shows what the others write, and keeps every word.
"use strict";

const form = document.getElementById("plan-form");
const state = document.getElementById("plan-state");
const SOON = 800;
const AT_ONCE = 100;
const ASK_EVERY = 4000;
const TRY_AGAIN = 5000;
const STILL_WRITING = 5000;

let timer = 0;
let busy = false;
let waits = null; // what was sent and not answered: sent again just as it was, before anything newer
let typedAt = 0;
const told = new Map(); // by field: the words the server has, beside those of somebody else
const refused = new Map(); // by field: words that could not be saved

const fields = () => [...form.querySelectorAll("[data-field]")];
const was = (field) => form.elements[`was:${field.name}`];
const isChanged = (field) =>
  field.value !== was(field).value && field.value !== told.get(field.name) && field.value !== refused.get(field.name);
const part = (key) => form.querySelector(`[data-key="${CSS.escape(key)}"]`);

function say(words, isBad = false) {
  state.textContent = words;
  state.classList.toggle("plan-top__state--bad", isBad);
}

// ── Saving

function changes() {
  const body = new URLSearchParams();
  const changed = fields().filter(isChanged);
  if (changed.length) body.set("vem", form.dataset.user);
  for (const field of changed) {
    body.append(field.name, field.value);
    body.append(`was:${field.name}`, was(field).value);
    const goal = form.elements[field.name.replace(/:[a-z_]+$/, ":goal")];
    if (field.name.startsWith("step:") && goal) body.set(goal.name, goal.value);
  }
  return body;
}

function token() {
  return form.querySelector("[name=csrfmiddlewaretoken]").value;
}

async function send(address, body, bySelf = true) {
  const headers = { "X-CSRFToken": token(), "X-Part": "1" };
  // What is kept by itself does not keep the session alive; what somebody presses does.
  if (bySelf) headers["X-By-Itself"] = "1";
  const answer = await fetch(address, { method: "POST", body, headers });
  if (answer.redirected || answer.status === 401) throw new Error("signed out");
  if (answer.status === 409) throw new Error("somebody else");
  if (!answer.ok) throw new Error(answer.status === 403 ? "refused" : "failed");
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// Returns whether everything on the page is saved.
async function save() {
  clearTimeout(timer);
  if (busy) {
    later(AT_ONCE);
    return false;
  }
  const body = waits ?? changes();
  if (![...body.keys()].length) return true;
  busy = true;
  waits = body;
  say("Sparar …");
  try {
    const page = await send(form.dataset.save, body);
    waits = null;
    const failures = note(body, page);
    take(page);
    if (failures) say("Allt kunde inte sparas. Läs vid fältet.", true);
    else say(`Sparat ${new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" })}`);
  } catch (error) {
    await failed(error);
    return false;
  } finally {
    busy = false;
  }
  if (fields().some(isChanged)) {
    later(SOON);
    return false;
  }
  return true;
}

async function failed(error) {
  if (error.message === "somebody else") {
    say("Inte sparat: någon annan har loggat in här. Kopiera dina ord och ladda om sidan.", true);
    return;
  }
  const isSignedOut = error.message === "signed out" || (error.message === "refused" && !(await renewToken()));
  if (isSignedOut) {
    say("Inte sparat: du är utloggad. Orden finns kvar här. Logga in i en annan flik, så sparas de.", true);
  } else {
    say("Inte sparat än. Orden finns kvar här, och ett nytt försök görs strax.", true);
  }
  later(TRY_AGAIN);
}

// After signing in again the old token is refused: fetch a new one with the table. False when nobody is signed in.
async function renewToken() {
  const answer = await fetch(form.dataset.news, { headers: { "X-By-Itself": "1" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("plan-table")?.dataset.token;
  if (fresh) form.querySelector("[name=csrfmiddlewaretoken]").value = fresh;
  return Boolean(fresh);
}

// What became of each field that was sent: saved, kept beside somebody else's words, or refused.
function note(body, page) {
  const why = new Map([...page.querySelectorAll("[data-refused] li")].map((each) => [each.dataset.name, each.textContent]));
  for (const [name, value] of body) {
    if (!form.elements[name]?.matches?.("[data-field]")) continue;
    const there = page.getElementsByName(name)[0];
    refused.delete(name);
    told.delete(name);
    if (there?.value === value) was(form.elements[name]).value = value;
    else if (why.has(name) || !there) refused.set(name, value);
    else told.set(name, value);
    errorBox(name)?.replaceChildren(...(why.has(name) ? [sentence(why.get(name))] : []));
  }
  return why.size;
}

function errorBox(name) {
  const find = (key) => form.querySelector(`[data-error="${CSS.escape(key)}"]`);
  return find(name) ?? find(name.replace(/:[a-z_]+$/, ""));
}

function sentence(words) {
  const line = document.createElement("p");
  line.textContent = words;
  return line;
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

// ── What the others write

function take(page) {
  const table = page.getElementById("plan-table");
  if (!table) return;
  form.querySelector("#plan-table").dataset.revision = table.dataset.revision;
  for (const list of table.querySelectorAll("[data-list]")) takeList(list);
  for (const field of table.querySelectorAll("[data-field]")) takeField(field, page);
  for (const box of table.querySelectorAll("[data-clashes]")) takeClashes(box);
  const removed = form.querySelector("[data-removed]");
  const isOpen = removed.querySelector("details")?.open;
  removed.innerHTML = table.querySelector("[data-removed]").innerHTML;
  if (isOpen && removed.querySelector("details")) removed.querySelector("details").open = true;
}

function takeField(field, page) {
  const mine = form.elements[field.name];
  const base = was(mine);
  if (mine.value === field.value) {
    base.value = field.value;
    return;
  }
  const isWriting = document.activeElement === mine && Date.now() - typedAt < STILL_WRITING;
  const isHeld = document.activeElement === mine && mine.value !== base.value;
  if (isChanged(mine) || refused.get(mine.name) === mine.value || isWriting || isHeld) return;
  mine.value = field.value;
  base.value = page.getElementsByName(`was:${field.name}`)[0].value;
  told.delete(mine.name);
}

function takeClashes(box) {
  const mine = form.querySelector(`[data-clashes="${CSS.escape(box.dataset.clashes)}"]`);
  if (!mine || mine.contains(document.activeElement)) return;
  if (mine.innerHTML !== box.innerHTML) mine.innerHTML = box.innerHTML;
}

function takeList(list) {
  const mine = form.querySelector(`[data-list="${CSS.escape(list.dataset.list)}"]`);
  if (!mine) return;
  const keys = new Set([...list.children].map((item) => item.dataset.key));
  [...list.children].forEach((item, index) => {
    const there = part(item.dataset.key);
    if (there) delete there.dataset.new;
    else mine.insertBefore(document.importNode(item, true), mine.children[index] ?? null);
  });
  for (const item of [...mine.children]) {
    const isOurs = "new" in item.dataset || item.contains(document.activeElement);
    const hasWords = [...item.querySelectorAll("[data-field]")].some(isChanged);
    if (!keys.has(item.dataset.key) && !isOurs && !hasWords) item.remove();
  }
}

async function ask() {
  if (document.hidden || busy) return;
  const known = form.querySelector("#plan-table").dataset.revision;
  const answer = await fetch(`${form.dataset.news}?sedan=${known}`, { headers: { "X-By-Itself": "1" } }).catch(() => null);
  if (answer?.status !== 200 || answer.redirected || busy) return;
  take(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

// ── Goals and steps

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function made(template, goal) {
  const html = document.getElementById(template).innerHTML;
  const box = document.createElement("ol");
  box.innerHTML = html.replaceAll("__step__", newKey()).replaceAll("__goal__", goal);
  box.firstElementChild.dataset.new = "";
  return box.firstElementChild;
}

function addStep(goal) {
  const list = form.querySelector(`[data-list="${CSS.escape(goal)}"]`);
  const step = list.appendChild(made("plan-new-step", goal));
  step.querySelector(".plan-step__what textarea").focus();
}

function addGoal() {
  const key = newKey();
  const goal = form.querySelector("[data-list=goals]").appendChild(made("plan-new-goal", key));
  goal.querySelector("[data-list]").append(made("plan-new-step", key));
  goal.querySelector(".plan-goal__what textarea").focus();
}

async function change(address, name, value) {
  if (!(await save()) && (busy || waits)) return;
  const body = new URLSearchParams({ [name]: value });
  const seen = form.elements[`sett:${value.split(":")[0]}`];
  if (name === "krock" && seen) body.append(seen.name, seen.value);
  busy = true;
  try {
    document.activeElement?.blur();
    take(await send(address, body, false));
  } catch (error) {
    await failed(error);
  } finally {
    busy = false;
  }
}

async function remove(target) {
  const item = part(target);
  if (item && "new" in item.dataset) {
    item.remove();
    return;
  }
  const next = item?.nextElementSibling ?? item?.previousElementSibling;
  await change(form.dataset.save, "ta_bort", target);
  next?.querySelector("[data-line]")?.focus();
}

form.addEventListener("submit", async (event) => {
  const button = event.submitter;
  event.preventDefault();
  if (button?.name === "nytt_mal") addGoal();
  else if (button?.name === "nytt_steg") addStep(button.value);
  else if (button?.name === "ta_bort") await remove(button.value);
  else if (button?.name === "ta_tillbaka") await change(form.dataset.save, button.name, button.value);
  else if (button?.name === "krock") await change(form.dataset.settle, button.name, button.value);
  else if (button?.name === "klar") {
    if (await save()) location.assign(form.dataset.propose);
  } else await save();
});

form.addEventListener("input", (event) => {
  typedAt = Date.now();
  say("");
  later(event.target.matches("select, [type=date]") ? AT_ONCE : SOON);
});
form.addEventListener("focusout", () => later(AT_ONCE));

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("[data-line], input[type=text]")) return;
  event.preventDefault();
  const step = event.target.closest(".plan-step");
  const goal = event.target.closest(".plan-goal");
  if (!goal) return;
  const next = step ? step.nextElementSibling : goal.querySelector(".plan-step");
  if (next) next.querySelector(".plan-step__what textarea").focus();
  else addStep(goal.querySelector("[data-list]").dataset.list);
});

document.addEventListener("visibilitychange", () => {
  if (!document.hidden || busy) return;
  const body = waits ?? changes();
  if (![...body.keys()].length) return;
  waits = body;
  fetch(form.dataset.save, { method: "POST", body, headers: { "X-CSRFToken": token(), "X-Part": "1" }, keepalive: true }).catch(() => {});
});
addEventListener("beforeunload", (event) => {
  if (waits || fields().some(isChanged)) event.preventDefault();
});

document.getElementById("plan-save").classList.add("plan-done__by-hand");
setInterval(ask, ASK_EVERY);
