// Keeps a form on the server a moment after the last key. Works on <form data-autosave="address"> with
//   data-autosave-token   where to fetch the token of the session there is now
//   data-autosave-user    whose page it is; nobody else's session may keep it
//   data-autosave-login   where one signs in
// and tells others by events on the form: autosave:saved (detail: the answer, and the value of the button that
// was pressed; when refused the page stays where it is), autosave:away, autosave:back, autosave:refused. The words never leave the page by themselves, whatever the server answers.
"use strict";

const AFTER_LAST_KEY = 2000;
const AT_LEAST_EVERY = 10000;
const TRY_AGAIN = 3000;
const GIVE_UP_WAITING = 15000;
const LAST_WORDS = 20000;

for (const form of document.querySelectorAll("form[data-autosave]")) keepSafe(form);

function keepSafe(form) {
  const status = form.querySelector("[data-autosave-status]");
  const says = form.querySelector("[data-autosave-says]");
  let kept = words();
  let state = "calm";
  let timer = 0;
  let firstKey = 0;
  let running = null;
  let leaving = false;
  let pressed = "";
  let held = false;

  for (const plain of form.querySelectorAll("[data-autosave-plain]")) plain.hidden = true;
  if (!status.textContent.trim()) status.textContent = "Sparas medan du skriver";

  function words() {
    const data = new FormData(form);
    for (const name of ["csrfmiddlewaretoken", "once_key", "revision", "told"]) data.delete(name);
    return JSON.stringify([...data]);
  }

  const isDirty = () => words() !== kept;

  // What is read aloud is said once when something turns, not at every keeping.
  function turn(to, text) {
    if (text) status.textContent = text;
    status.dataset.state = to;
    if (to === state) return;
    const aloud = { failing: text, away: "Du har loggats ut. Det du har skrivit står kvar.", refused: "Det går inte att spara." };
    says.textContent = aloud[to] ?? (state === "calm" ? "" : "Sparat igen.");
    if (to === "away") form.dispatchEvent(new CustomEvent("autosave:away"));
    if (state === "away" || state === "refused") form.dispatchEvent(new CustomEvent("autosave:back"));
    if (to === "refused") form.dispatchEvent(new CustomEvent("autosave:refused"));
    state = to;
  }

  function plan(after) {
    clearTimeout(timer);
    timer = setTimeout(save, after);
  }

  function changed() {
    const now = Date.now();
    firstKey ||= now;
    if (state === "calm" && isDirty()) status.textContent = "Sparar snart …";
    const latest = Math.max(0, firstKey + AT_LEAST_EVERY - now);
    if (state !== "away") plan(Math.min(AFTER_LAST_KEY, latest));
  }

  // One at a time: what is typed meanwhile goes with the next.
  function save() {
    clearTimeout(timer);
    if (running) return running;
    if (!isDirty()) {
      if (state !== "away" && state !== "refused") turn("calm", status.dataset.last ?? status.textContent);
      return Promise.resolve(true);
    }
    running = send().finally(() => {
      running = null;
      if (isDirty() && state === "calm") plan(AFTER_LAST_KEY);
    });
    return running;
  }

  async function send() {
    const sent = words();
    firstKey = 0;
    try {
      let answer = await post();
      if (answer.status === 403) {
        if (!(await freshToken())) return false;
        answer = await post();
      }
      if (answer.type === "opaqueredirect") return away();
      if (answer.status === 403 || answer.status === 404) return refuse();
      if (!answer.ok) return fail();
      took(await answer.json(), sent);
      return true;
    } catch {
      return fail();
    }
  }

  function post() {
    const body = new FormData(form);
    body.delete("once_key");
    // A page that is being left still gets its last words away, if they are no novel.
    const keepalive = document.visibilityState === "hidden" && words().length < LAST_WORDS;
    return ask(form.dataset.autosave, { method: "POST", body, keepalive });
  }

  function ask(address, more = {}) {
    const signal = AbortSignal.timeout(GIVE_UP_WAITING);
    const headers = { "X-By-Itself": "1", "X-Requested-With": "fetch" };
    return fetch(address, { redirect: "manual", credentials: "same-origin", cache: "no-store", headers, signal, ...more });
  }

  function took(answer, sent) {
    if (answer.signed) {
      leaving = true;
      location.assign(answer.signed);
      return;
    }
    kept = sent;
    form.action = answer.write;
    form.dataset.autosave = answer.keep;
    form.dataset.autosaveKept = "";
    form.elements.revision.value = answer.revision;
    if (location.pathname !== answer.write) history.replaceState(null, "", answer.write);
    status.dataset.last = `Sparat ${answer.saved}`;
    turn("calm", status.dataset.last);
    const detail = { ...answer, pressed };
    held = !form.dispatchEvent(new CustomEvent("autosave:saved", { detail, cancelable: true }));
  }

  function fail() {
    turn("failing", "Inte sparat – försöker igen");
    plan(TRY_AGAIN);
    return false;
  }

  // Signed out: hold the words, and look now and then whether somebody has signed in again.
  function away() {
    turn("away", "Inte sparat – du är utloggad");
    clearTimeout(timer);
    timer = setTimeout(lookAgain, TRY_AGAIN);
    return false;
  }

  function refuse() {
    turn("refused", "Inte sparat");
    return false;
  }

  async function lookAgain() {
    if (state !== "away") return;
    try {
      if (await freshToken()) {
        await save();
        if (state === "away") turn("calm", status.dataset.last ?? "Du är inloggad igen");
        return;
      }
    } catch {
      // The server does not answer either; go on looking.
    }
    if (state === "away") timer = setTimeout(lookAgain, TRY_AGAIN);
  }

  // After signing in anew the old token is worth nothing. False when signed out, or when it is somebody else.
  async function freshToken() {
    const answer = await ask(form.dataset.autosaveToken);
    if (answer.type === "opaqueredirect" || !answer.ok) return away();
    const { token, user } = await answer.json();
    if (String(user) !== form.dataset.autosaveUser) return refuse();
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    return true;
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      if (state === "calm") save();
    } else if (state === "away") {
      clearTimeout(timer);
      lookAgain();
    }
  });

  // Before anything leaves the page the words are kept; if they can't be, one stays.
  form.addEventListener("submit", (event) => {
    if (leaving) return;
    event.preventDefault();
    const button = event.submitter;
    pressed = button?.value ?? "";
    held = false;
    const go = () => {
      leaving = true;
      // A button by itself: the page may have been told to hide or disable it meanwhile.
      form.requestSubmit(button?.form === form ? button : undefined);
      setTimeout(() => (leaving = false), GIVE_UP_WAITING);
    };
    Promise.resolve(running)
      .then(() => (isDirty() || state !== "calm" ? attempt() : stillHere()))
      .then((may) => {
        pressed = "";
        if (may && !held) go();
      });
  });

  // Even when nothing is unsaved: does the server answer, and is it still us?
  async function stillHere() {
    try {
      return await freshToken();
    } catch {
      return fail();
    }
  }

  async function attempt() {
    if (!isDirty()) return stillHere();
    return (await save()) && !isDirty();
  }

  addEventListener("beforeunload", (event) => {
    if (!leaving && isDirty()) event.preventDefault();
  });

  const here = document.querySelector("[data-autosave-here]");
  if (here) {
    here.addEventListener("click", () => {
      here.href = `${form.dataset.autosaveLogin}?next=${encodeURIComponent(location.pathname)}`;
      leaving = true;
    });
  }
}
