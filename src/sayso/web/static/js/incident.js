// The evidence pane without reloads. Every cell is an ordinary link (?claim=…#evidence); this only fetches the part that changes.
import { mount } from "./map.js";

const pane = document.querySelector("[data-pane]");
const address = location.pathname;
let running = null;

function centre() {
  const box = pane.querySelector("[data-scroll]");
  const hit = pane.querySelector("mark");
  if (box && hit) box.scrollTop += hit.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
}

function point(claim) {
  for (const link of document.querySelectorAll(".matrix [data-claim]")) {
    if (link.dataset.claim === claim) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const slot = document.querySelector(".matrix [aria-current]")?.closest("tr")?.querySelector(".slotname")?.textContent;
  for (const passage of document.querySelectorAll(".account blockquote")) {
    passage.classList.toggle("same", Boolean(slot) && passage.querySelector(".on").textContent.includes(slot));
  }
}

async function show(claim, href) {
  running?.abort();
  running = new AbortController();
  const section = pane.querySelector("[data-evidence]");
  const slow = setTimeout(() => section.classList.add("busy"), 200);
  try {
    const reply = await fetch(`${address}/evidence?claim=${encodeURIComponent(claim)}`, { signal: running.signal });
    if (!reply.ok) throw new Error(String(reply.status));
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    pane.replaceChildren(...page.body.childNodes);
    history.replaceState(null, "", href);
    point(claim);
    centre();
    if (pane.getBoundingClientRect().top > innerHeight || pane.getBoundingClientRect().bottom < 0) pane.scrollIntoView({ block: "nearest" });
  } catch (error) {
    if (error.name !== "AbortError") location.assign(href);
  } finally {
    clearTimeout(slow);
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-claim]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  show(link.dataset.claim, link.getAttribute("href"));
});

// Arrow keys move between the cells of the matrix; Enter shows the words.
document.querySelector(".matrix")?.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const link = event.target.closest("a.saying");
  if (!step || !link) return;
  event.preventDefault();
  const here = link.getBoundingClientRect();
  const links = [...event.currentTarget.querySelectorAll("a.saying")].filter((other) => other !== link);
  const ahead = links.map((other) => ({ other, box: other.getBoundingClientRect() })).filter(({ box }) =>
    step[0] ? (box.top - here.top) * step[0] > 2 : (box.left - here.left) * step[1] > 2);
  const far = ({ box }) => step[0] ? Math.abs(box.top - here.top) + 3 * Math.abs(box.left - here.left) : Math.abs(box.left - here.left) + 6 * Math.abs(box.top - here.top);
  ahead.sort((a, b) => far(a) - far(b))[0]?.other.focus();
});

// A detail that is folded away opens when its address is followed.
function unfold() {
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("details")?.setAttribute("open", "");
}
addEventListener("hashchange", unfold);
unfold();

const button = document.querySelector("[data-print]");
if (button) { button.hidden = false; button.addEventListener("click", () => print()); }
const map = document.querySelector("[data-map]");
if (map) mount(map, {});
point(pane.querySelector("[data-evidence]").dataset.current);
centre();
