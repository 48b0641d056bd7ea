// Small comforts; every page works without this file.
"use strict";

const root = document.documentElement;

function shownTheme() {
  return root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

function setUpTheme() {
  for (const button of document.querySelectorAll("[data-theme-toggle]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = shownTheme() === "dark" ? "light" : "dark";
      const secure = location.protocol === "https:" ? "; Secure" : "";
      document.cookie = `theme=${root.dataset.theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    });
  }
}

function closeMenus(keep) {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (menu !== keep) menu.open = false;
  }
}

// A text box as tall as its text, where the browser can't do it alone.
function grow(box) {
  if (CSS.supports("field-sizing", "content")) return;
  box.rows = Math.min(30, Math.max(4, box.value.split("\n").length + 1));
}

// A region is a stop for the keyboard only while there is something to scroll.
function markScrollable() {
  for (const region of document.querySelectorAll("[data-scroll]")) {
    if (region.scrollWidth > region.clientWidth + 1) region.tabIndex = 0;
    else region.removeAttribute("tabindex");
  }
}

document.addEventListener("click", (event) => closeMenus(event.target.closest("[data-menu]")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("[data-menu][open]");
  closeMenus();
  menu?.querySelector("summary").focus();
});
document.addEventListener("input", (event) => {
  if (event.target.matches("textarea[data-grow]")) grow(event.target);
});

// On a phone the row of tabs is longer than the screen: bring the current one into sight.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  tab.closest(".tabs").scrollLeft = tab.offsetLeft - tab.closest(".tabs").offsetLeft - 32;
}

document.addEventListener("htmx:afterSettle", markScrollable);
addEventListener("resize", markScrollable);

setUpTheme();
markScrollable();
document.querySelector("[data-focus]")?.focus();
document.querySelectorAll("textarea[data-grow]").forEach(grow);
