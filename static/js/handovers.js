// Dealing out a caseload: the loads follow each choice, and "Dela lika" needs no way to the server.
"use strict";

{
  const form = document.querySelector("[data-deal]");
  const rowsOf = (name) => [...form.querySelectorAll(`select[data-row="${name}"]`)];
  const colleaguesOf = (name) => [...form.querySelectorAll(`[data-colleague][data-function="${name}"]`)];

  function count(name) {
    const rows = rowsOf(name);
    for (const each of colleaguesOf(name)) {
      const added = rows.filter((row) => row.value === each.dataset.colleague).length;
      each.querySelector("[data-total]").textContent = Number(each.dataset.load) + added;
      each.querySelector("[data-new]").textContent = added ? ` (+${added})` : "";
    }
  }

  function dealEvenly(name) {
    const parts = colleaguesOf(name)
      .filter((each) => each.querySelector("input").checked)
      .map((each) => ({ key: each.dataset.colleague, load: Number(each.dataset.load) }));
    if (!parts.length) return;
    for (const row of rowsOf(name)) {
      const least = parts.reduce((best, each) => (each.load < best.load ? each : best));
      row.value = least.key;
      least.load += 1;
    }
  }

  form?.addEventListener("change", (event) => {
    const name = event.target.dataset.row;
    if (name) count(name);
  });

  form?.addEventListener("click", (event) => {
    const button = event.target.closest("[data-even], [data-all]");
    if (!button) return;
    event.preventDefault();
    const name = button.dataset.even || button.dataset.all;
    if (button.dataset.even) {
      dealEvenly(name);
    } else {
      const one = form.elements[`alla-till-${name}`].value;
      if (one) rowsOf(name).forEach((row) => { row.value = one; });
    }
    count(name);
  });
}
