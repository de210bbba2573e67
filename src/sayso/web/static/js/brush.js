// Dragging over the bars of the timeline chooses a period; a click on one bar is an ordinary link.
export function brush(box, choose) {
  const bars = [...box.querySelectorAll("a[data-from]")];
  const band = box.querySelector(".brush");
  let first = null;
  let moved = false;
  const indexAt = (x) => {
    const frame = box.getBoundingClientRect();
    return Math.max(0, Math.min(bars.length - 1, Math.floor(((x - frame.left) / frame.width) * bars.length)));
  };
  const draw = (a, b) => {
    band.hidden = false;
    band.style.left = `${(Math.min(a, b) / bars.length) * 100}%`;
    band.style.width = `${((Math.abs(a - b) + 1) / bars.length) * 100}%`;
  };
  box.addEventListener("pointerdown", (event) => { if (!event.button) { first = indexAt(event.clientX); moved = false; } });
  box.addEventListener("pointermove", (event) => {
    if (first === null) return;
    const now = indexAt(event.clientX);
    if (now !== first && !moved) { moved = true; box.setPointerCapture(event.pointerId); }
    if (moved) draw(first, now);
  });
  box.addEventListener("pointerup", (event) => {
    if (first === null) return;
    const last = indexAt(event.clientX);
    const [a, b] = [Math.min(first, last), Math.max(first, last)];
    first = null;
    if (moved) choose(bars[a].dataset.from, bars[b].dataset.to);
  });
  box.addEventListener("pointercancel", () => { first = null; band.hidden = true; });
  box.addEventListener("dragstart", (event) => event.preventDefault());
  box.addEventListener("click", (event) => { if (moved) { event.preventDefault(); event.stopPropagation(); moved = false; } }, true);
}
