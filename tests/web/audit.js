// What keeps a page from people who use a keyboard, a screen reader or low vision: a list of findings, empty where fine.
() => {
  const found = [];
  const start = (element) => element.outerHTML.slice(0, 120);
  const byIds = (ids) => ids.split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join("");
  const name = (e) =>
    (e.getAttribute("aria-label") || byIds(e.getAttribute("aria-labelledby") ?? "") || e.textContent || e.title || "").trim();

  for (const e of document.querySelectorAll("a[href], button, summary")) if (!name(e)) found.push(`no name: ${start(e)}`);
  for (const e of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (!e.labels?.length && !e.getAttribute("aria-label")) found.push(`no label: ${start(e)}`);
  }
  for (const e of document.querySelectorAll("svg")) {
    const shown = !e.closest("[aria-hidden=true]");
    if (shown && !(e.getAttribute("role") && name(e))) found.push(`drawing without a name: ${start(e)}`);
  }

  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  for (const id of new Set(ids)) if (ids.indexOf(id) !== ids.lastIndexOf(id)) found.push(`id twice: ${id}`);
  for (const e of document.querySelectorAll("[aria-labelledby]")) if (!byIds(e.getAttribute("aria-labelledby"))) found.push(`named by nothing: ${start(e)}`);
  for (const e of document.querySelectorAll("a[href^='#']")) {
    const id = e.getAttribute("href").slice(1);
    if (id && !document.getElementById(id)) found.push(`leads nowhere: #${id}`);
  }

  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) found.push(`heading skips a level: ${heading.textContent.trim().slice(0, 60)}`);
    level = next;
  }
  for (const table of document.querySelectorAll("table")) {
    if (!table.caption && !table.getAttribute("aria-label")) found.push(`table without a caption: ${start(table)}`);
    for (const head of table.querySelectorAll("th")) if (!head.scope) found.push(`head without a scope: ${start(head)}`);
  }
  for (const e of document.querySelectorAll("main *")) {
    const scrolls = ["auto", "scroll"].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1;
    if (scrolls && e.clientWidth && e.tabIndex < 0 && !e.querySelector("a, button")) found.push(`scrolls, but not by keyboard: ${start(e)}`);
  }

  const numbers = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour) =>
    colour.slice(0, 3).map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
  const ground = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0.5) return colour;
    }
    return [255, 255, 255];
  };
  for (const e of document.querySelectorAll("main *")) {
    const text = [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    if (!text || !e.offsetParent || e.closest("svg, .unseen")) continue;
    const style = getComputedStyle(e);
    const [one, other] = [light(numbers(style.color)), light(ground(e))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)) found.push(`contrast ${contrast.toFixed(2)}: ${start(e)}`);
  }
  return found;
}
