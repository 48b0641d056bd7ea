// Looking through papers: the whole page in sight at once, and one click where everybody has signed.
// Without this file one scrolls, and ticks each by itself.
"use strict";

for (const button of document.querySelectorAll("[data-tick-all]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const form = button.closest("form");
    for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = true;
    form.querySelector("[type=submit]").focus();
  });
}

const scan = document.querySelector(".scan");
if (scan && matchMedia("(min-width: 64rem)").matches) scan.scrollIntoView({ behavior: "instant" });
