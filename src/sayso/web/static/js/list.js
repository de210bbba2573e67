// The list without reloads: every change of the filter asks the server for the page that the address would show.
import { brush } from "./brush.js";
import { mount } from "./map.js";

const form = document.querySelector("form.filter");
const answer = document.querySelector("#answer");
let running = null;

function addressOf(form) {
  const kept = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value && !(name === "view" && value === "list") && !(name === "sort" && value === "newest")) kept.set(name, value);
  }
  const query = kept.toString();
  return query ? `/?${query}` : "/";
}

export async function show(address, { push = true } = {}) {
  running?.abort();
  running = new AbortController();
  answer.setAttribute("aria-busy", "true");
  try {
    const reply = await fetch(address, { signal: running.signal, headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const fresh = page.querySelector("#answer");
    if (!reply.ok || !fresh) throw new Error(page.querySelector(".problem .lead")?.textContent ?? `The server answered ${reply.status}.`);
    keepMap(answer, fresh);
    answer.replaceChildren(...fresh.childNodes);
    fill(page.querySelector("form.filter"));
    document.title = page.title;
    document.querySelector("[data-status]").textContent = answer.querySelector("h1").textContent;
    if (push) history.pushState(null, "", address);
    answer.removeAttribute("aria-busy");
    ready();
  } catch (error) {
    if (error.name === "AbortError") return;
    answer.removeAttribute("aria-busy");
    failed(address, error);
  }
}

// The live map stays in place and is given the new places: it neither blinks nor jumps.
function keepMap(old, fresh) {
  const live = old.querySelector("[data-map].live");
  const next = fresh.querySelector("[data-map]");
  if (!live || !next) return;
  live.dataset.places = next.dataset.places;
  next.replaceWith(live);
}

function fill(fresh) {
  for (const field of form.elements) {
    const other = fresh.elements[field.name];
    if (!field.name || !other) continue;
    if (field.tagName === "SELECT") field.replaceChildren(...other.cloneNode(true).childNodes);
    if (field !== document.activeElement || field.tagName === "SELECT") field.value = other.value;
  }
}

function failed(address, error) {
  const box = document.createElement("div");
  box.className = "failed";
  box.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.textContent = `The list could not be fetched: ${error.message} The list below is the one from before. `;
  const again = document.createElement("a");
  again.href = address;
  again.textContent = "Try again";
  text.append(again);
  box.append(text);
  answer.querySelector(".failed")?.remove();
  answer.querySelector(".results").prepend(box);
}

function ready() {
  const bars = answer.querySelector("[data-brush]");
  if (bars) brush(bars, (from, to) => {
    form.elements.from.value = from;
    form.elements.to.value = to;
    show(addressOf(form));
  });
  const map = answer.querySelector("[data-map]");
  if (map) mount(map, {
    onBox: (box) => {
      form.elements.box.value = box.map((degrees) => degrees.toFixed(2)).join(",");
      show(addressOf(form));
    },
  });
}

form.addEventListener("submit", (event) => { event.preventDefault(); show(addressOf(form)); });
form.addEventListener("change", (event) => { if (event.target.type !== "date" || !event.target.value || event.target.value > "1900") show(addressOf(form)); });
answer.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const target = new URL(link.getAttribute("href"), location.href);
  if (target.origin !== location.origin || target.pathname !== "/") return;
  event.preventDefault();
  show(target.pathname + target.search);
});
addEventListener("popstate", () => show(location.pathname + location.search, { push: false }));

// j and k move along the rows, as Enter opens one; never while somebody types.
addEventListener("keydown", (event) => {
  if (!["j", "k"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const rows = [...answer.querySelectorAll(".row .sentence")];
  const at = rows.indexOf(document.activeElement);
  rows[Math.max(0, Math.min(rows.length - 1, at + (event.key === "j" ? 1 : -1)))]?.focus();
});
ready();
