// The live map: MapLibre over Natural Earth, with names as HTML labels. Without WebGL the server's SVG stays.
const VENDOR = "/static/vendor";
const RADIUS = 6371.0088;
let library = null;
let towns = null;

function load() {
  library ??= new Promise((resolve, reject) => {
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${VENDOR}/maplibre/maplibre-gl.css` });
    const script = Object.assign(document.createElement("script"), { src: `${VENDOR}/maplibre/maplibre-gl-csp.js` });
    script.onload = () => { window.maplibregl.setWorkerUrl(`${VENDOR}/maplibre/maplibre-gl-csp-worker.js`); resolve(window.maplibregl); };
    script.onerror = reject;
    document.head.append(style, script);
  });
  return library;
}

function hasWebGL() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2"));
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function styleOf() {
  return {
    version: 8,
    sources: {
      countries: { type: "geojson", data: `${VENDOR}/geo/countries-50m.json` },
      areas: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("--sea") } },
      { id: "land", type: "fill", source: "countries", paint: { "fill-color": colour("--land") } },
      { id: "border", type: "line", source: "countries", paint: { "line-color": colour("--border"), "line-width": 0.9 } },
      { id: "area", type: "fill", source: "areas", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": ["get", "colour"], "fill-opacity": 0.09 } },
      { id: "edge", type: "line", source: "areas", paint: { "line-color": ["get", "colour"], "line-width": 1.2, "line-dasharray": [3, 2.4] } },
    ],
  };
}

// A circle on the ground of so many km, as a ring of points.
function ring(lon, lat, km) {
  const points = [];
  const reach = km / RADIUS;
  const [a, b] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
  for (let n = 0; n <= 64; n += 1) {
    const way = (n / 64) * 2 * Math.PI;
    const y = Math.asin(Math.sin(a) * Math.cos(reach) + Math.cos(a) * Math.sin(reach) * Math.cos(way));
    const x = b + Math.atan2(Math.sin(way) * Math.sin(reach) * Math.cos(a), Math.cos(reach) - Math.sin(a) * Math.sin(y));
    points.push([(x * 180) / Math.PI, (y * 180) / Math.PI]);
  }
  return points;
}

const hue = (kind) => colour({ asserts: "--asserts", contested: "--denies", denies: "--denies", uncertain: "--uncertain" }[kind]);

function areasOf(places) {
  return {
    type: "FeatureCollection",
    features: places.filter((place) => place.vague).map((place) => ({
      type: "Feature",
      properties: { colour: hue(place.kind) },
      geometry: place.geometry ?? { type: "Polygon", coordinates: [ring(place.lon, place.lat, place.ring_km)] },
    })),
  };
}

const cornersOf = (shape) => (shape ? (shape.type === "Polygon" ? shape.coordinates[0] : shape.coordinates) : []);

// Marks that would cover each other are one, with their number; it leads closer.
function clustered(map, places, reach = 21) {
  const groups = [];
  for (const place of [...places].sort((a, b) => b.count - a.count)) {
    const at = map.project([place.lon, place.lat]);
    const near = groups.find((group) => Math.hypot(group.at.x - at.x, group.at.y - at.y) < reach);
    if (near) near.places.push(place);
    else groups.push({ at, places: [place] });
  }
  return groups.map(({ places: group }) => group.length === 1 ? group[0] : together(group));
}

function together(group) {
  const count = group.reduce((sum, place) => sum + place.count, 0);
  const mean = (name) => group.reduce((sum, place) => sum + place[name] * place.count, 0) / count;
  const kinds = new Set(group.map((place) => place.kind));
  const kind = kinds.size === 1 ? group[0].kind : kinds.has("contested") || kinds.has("denies") ? "contested" : "asserts";
  const label = `${group.length} places about ${group[0].name}: ${count} incidents`;
  return { lat: mean("lat"), lon: mean("lon"), ring_km: null, vague: false, kind, count, label, url: "#", group };
}

function markOf(place) {
  const mark = document.createElement("a");
  const size = place.count === 1 ? "n1" : place.count < 10 ? "n2" : place.count < 100 ? "n3" : "n4";
  mark.className = `mapmark ${place.vague ? "ring" : "dot"} k-${place.kind} ${size}`;
  mark.href = place.url;
  mark.title = place.label;
  mark.setAttribute("aria-label", place.label);
  if (place.count > 1) mark.textContent = place.count > 999 ? "1k+" : place.count;
  return mark;
}

function closer(gl, map, group) {
  const box = new gl.LngLatBounds();
  for (const place of group) box.extend([place.lon, place.lat]);
  map.fitBounds(box, { padding: 70, maxZoom: map.getZoom() + 3, duration: 350 });
}

function fit(gl, map, places, closest) {
  if (!places.length) { map.fitBounds([[-120, -40], [150, 65]], { animate: false }); return; }
  const box = new gl.LngLatBounds();
  for (const place of places) {
    const reach = (place.ring_km ?? 0) / 111.2;
    box.extend([place.lon - reach, Math.max(-80, place.lat - reach)]);
    box.extend([place.lon + reach, Math.min(80, place.lat + reach)]);
    for (const corner of cornersOf(place.geometry)) box.extend(corner);
  }
  map.fitBounds(box, { padding: 42, maxZoom: closest, animate: false });
}

// Names of countries and towns: HTML, so that no glyphs need be fetched and every script of the world can be shown.
class Names {
  constructor(map, frame) {
    this.map = map;
    this.layer = frame.appendChild(Object.assign(document.createElement("div"), { className: "names" }));
    this.layer.setAttribute("aria-hidden", "true");
    this.countries = [];
    this.places = [];
  }

  async read() {
    const [countries, list] = await Promise.all([
      fetch(`${VENDOR}/geo/countries-110m.json`).then((reply) => reply.json()),
      (towns ??= fetch(`${VENDOR}/geo/towns.json`).then((reply) => reply.json())),
    ]);
    this.countries = countries.features.map((feature) => feature.properties).sort((a, b) => b.area - a.area);
    this.towns = list;
    this.draw();
  }

  draw() {
    if (!this.towns) return;
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    const bounds = this.map.getBounds();
    const scale = width / (bounds.getEast() - bounds.getWest());
    const taken = this.marks().map(([x, y]) => [x - 10, y - 10, x + 10, y + 10]);
    const drawn = [];
    const put = (kind, name, lon, lat, reach) => {
      const { x, y } = this.map.project([lon, lat]);
      const left = kind === "country" ? x - reach / 2 : x - 5;
      const box = [left, y - 9, left + reach, y + 9];
      if (box[0] < 2 || box[2] > width - 2 || box[1] < 2 || box[3] > height - 2) return false;
      if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) return false;
      taken.push(box);
      const label = Object.assign(document.createElement("span"), { className: `maplabel ${kind}`, textContent: name });
      label.style.left = `${kind === "country" ? left : x + 5}px`;
      label.style.top = `${y - 9}px`;
      drawn.push(label);
      return true;
    };
    for (const country of this.countries) if (Math.sqrt(country.area) * scale > 58) put("country", country.name, ...country.label, country.name.length * 8);
    let left = scale > 9 ? 14 : 0;
    for (const [name, lon, lat] of this.towns) {
      if (!left) break;
      if (bounds.contains([lon, lat]) && put("town", name, lon, lat, name.length * 6.4 + 8)) left -= 1;
    }
    this.layer.replaceChildren(...drawn);
  }

  marks() {
    return this.places.map((place) => { const { x, y } = this.map.project([place.lon, place.lat]); return [x, y]; });
  }
}

async function placesOf(frame) {
  const reply = await fetch(frame.dataset.places, { headers: { accept: "application/json" } });
  if (!reply.ok) throw new Error(`places: ${reply.status}`);
  const answer = await reply.json();
  return (answer.places ?? [answer.place]).filter((place) => place?.pinned);
}

async function begin(frame, { onBox }) {
  const [gl, places] = await Promise.all([load(), placesOf(frame)]);
  const canvas = document.createElement("div");
  canvas.className = "canvas";
  frame.append(canvas);
  const map = new gl.Map({
    container: canvas, style: styleOf(), attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false,
    maxZoom: 9, minZoom: 0.3, renderWorldCopies: false, fadeDuration: 0, cooperativeGestures: false, scrollZoom: Boolean(onBox),
    validateStyle: false,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new gl.NavigationControl({ showCompass: false }), "top-right");
  const names = new Names(map, canvas);
  let marks = [];
  const put = () => {
    for (const mark of marks) mark.remove();
    marks = clustered(map, names.places).map((place) => {
      const element = markOf(place);
      if (place.group) element.addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); closer(gl, map, place.group); });
      return new gl.Marker({ element }).setLngLat([place.lon, place.lat]).addTo(map);
    });
  };
  const draw = (found) => {
    names.places = found;
    map.getSource("areas")?.setData(areasOf(found));
    put();
    names.draw();
  };
  map.on("zoomend", put);
  fit(gl, map, places, onBox ? 6 : 5);
  await new Promise((resolve) => { map.once("load", resolve); });
  draw(places);
  for (const part of frame.querySelectorAll(":scope > svg")) part.setAttribute("hidden", "");
  frame.classList.add("live");
  map.on("move", () => names.draw());
  names.read();
  document.addEventListener("sayso:theme", () => {
    map.setPaintProperty("sea", "background-color", colour("--sea"));
    map.setPaintProperty("land", "fill-color", colour("--land"));
    map.setPaintProperty("border", "line-color", colour("--border"));
    map.getSource("areas").setData(areasOf(names.places));
  });
  if (onBox) searchHere(frame, map, onBox);
  frame.refresh = async () => { const found = await placesOf(frame); draw(found); };
}

function searchHere(frame, map, onBox) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "mapbutton", textContent: "List what is in view", hidden: true });
  frame.append(button);
  map.on("moveend", (event) => { if (event.originalEvent) button.hidden = false; });
  button.addEventListener("click", () => {
    const box = map.getBounds();
    button.hidden = true;
    onBox([Math.max(-180, box.getWest()), Math.max(-90, box.getSouth()), Math.min(180, box.getEast()), Math.min(90, box.getNorth())]);
  });
}

export function mount(frame, options) {
  if (frame.classList.contains("live")) { frame.refresh?.(); return; }
  if (frame.dataset.mounted || !hasWebGL()) return;
  frame.dataset.mounted = "yes";
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    begin(frame, options).catch((error) => { console.info("sayso: the drawn map stays,", error.message); });
  });
  watcher.observe(frame);
}
