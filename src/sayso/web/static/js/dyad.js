// The timeline of a dyad: shows the words of a link where it is pointed at, and begins with the latest attacks.

const line = document.querySelector("[data-end]");
if (line) line.scrollLeft = line.scrollWidth;

const words = document.querySelector("[data-words]");

function show(arc) {
  const told = document.getElementById(`link-${arc.dataset.link}`);
  if (!told || !words) return;
  words.replaceChildren(...[...told.cloneNode(true).childNodes]);
  words.hidden = false;
  for (const other of document.querySelectorAll(".arc.current")) other.classList.remove("current");
  arc.classList.add("current");
}

for (const arc of document.querySelectorAll("[data-link]")) {
  for (const event of ["focus", "pointerenter"]) arc.addEventListener(event, () => show(arc));
  arc.addEventListener("click", (event) => {
    event.preventDefault();
    show(arc);
  });
}
