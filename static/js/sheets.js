// One click for a page where everybody has signed; without this file each is ticked by itself.
"use strict";

for (const button of document.querySelectorAll("[data-tick-all]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const form = button.closest("form");
    for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = true;
    form.querySelector("[type=submit]").focus();
  });
}
