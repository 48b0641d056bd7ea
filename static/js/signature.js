// The box a signature is drawn in: finger, pen or mouse. Strokes are kept in shares of the box's width.
"use strict";

function setUpPad(pad) {
  const box = pad.querySelector("canvas");
  const field = pad.querySelector("[name=strokes]");
  const pen = box.getContext("2d");
  const HEIGHT = 0.4;
  const CLOSE = 0.002;
  let strokes = [];
  let current = null;

  function point(event) {
    const edge = box.getBoundingClientRect();
    const x = Math.min(1, Math.max(0, (event.clientX - edge.left) / edge.width));
    const y = Math.min(HEIGHT, Math.max(0, (event.clientY - edge.top) / edge.width));
    return [Number(x.toFixed(4)), Number(y.toFixed(4))];
  }

  function draw() {
    const width = box.clientWidth;
    const scale = devicePixelRatio || 1;
    box.width = width * scale;
    box.height = width * HEIGHT * scale;
    pen.scale(box.width, box.width);
    pen.lineWidth = Math.max(0.004, 2.5 / width);
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = getComputedStyle(box).color;
    for (const stroke of strokes) {
      pen.beginPath();
      pen.moveTo(...stroke[0]);
      for (const each of stroke) pen.lineTo(...each);
      pen.stroke();
    }
  }

  function add(event) {
    const next = point(event);
    const last = current.at(-1);
    if (Math.hypot(next[0] - last[0], next[1] - last[1]) >= CLOSE) current.push(next);
  }

  function keep() {
    current = null;
    field.value = JSON.stringify(strokes);
  }

  box.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    box.setPointerCapture(event.pointerId);
    current = [point(event)];
    strokes.push(current);
    draw();
  });
  box.addEventListener("pointermove", (event) => {
    if (!current || !event.isPrimary) return;
    const steps = event.getCoalescedEvents?.() ?? [];
    for (const step of steps.length ? steps : [event]) add(step);
    draw();
  });
  box.addEventListener("pointerup", keep);
  box.addEventListener("pointercancel", keep);
  pad.querySelector("[data-redraw]").addEventListener("click", () => {
    strokes = [];
    field.value = "";
    draw();
  });
  new ResizeObserver(draw).observe(box);
}

document.querySelectorAll("[data-signature]").forEach(setUpPad);
