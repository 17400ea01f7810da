// SPDX-FileCopyrightText: 2026 The Hanze contributors
// SPDX-License-Identifier: EUPL-1.2
// A plan is drawn by clicks on a map, which write its corners into the field that the form has anyway.

import { background, colour } from "./map.js";

const element = document.querySelector("#draw");
const field = element && document.getElementById(element.dataset.field);

// The corners that stand in the field; null where something else does, such as GeoJSON.
function read() {
  const lines = field.value.split("\n").map((line) => line.trim()).filter(Boolean);
  const corners = lines.map((line) => line.split(",").map(Number));
  return corners.every((one) => one.length === 2 && one.every(Number.isFinite)) ? corners : null;
}

function drawn(corners) {
  const points = corners.map((coordinates) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates } }));
  const kind = corners.length > 2 ? { type: "Polygon", coordinates: [[...corners, corners[0]]] } : { type: "LineString", coordinates: corners };
  const shape = corners.length > 1 ? [{ type: "Feature", properties: {}, geometry: kind }] : [];
  return { type: "FeatureCollection", features: [...shape, ...points] };
}

function button(text, work) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", work);
  return made;
}

async function start() {
  const { library, worker, tiles, box, areas, says, undo, anew } = element.dataset;
  if (!document.createElement("canvas").getContext("webgl2")) return;
  const gl = await import(library);
  gl.setWorkerUrl(worker);
  const ground = await background(element.dataset.background, gl, tiles);
  const told = document.createElement("p");
  told.textContent = says;
  const place = document.createElement("div");
  place.className = "moving";
  element.append(told, place);
  element.hidden = false;
  const layer = (id, type, paint, kind) => ({ id, type, source: "plan", paint, filter: ["==", ["geometry-type"], kind] });
  const line = { "line-color": colour("ink"), "line-width": 2.5 };
  const [west, south, east, north] = box.split(",").map(Number);
  const map = new gl.Map({
    container: place,
    attributionControl: false,
    ...(box ? { bounds: [west, south, east, north], fitBoundsOptions: { padding: 16 } } : {}),
    dragRotate: false,
    pitchWithRotate: false,
    doubleClickZoom: false,
    cooperativeGestures: true,
    style: {
      version: 8,
      sources: { ...ground.sources, districts: { type: "geojson", data: areas }, plan: { type: "geojson", data: drawn(read() ?? []) } },
      layers: [
        { id: "empty", type: "background", paint: { "background-color": colour("ground") } },
        ...ground.layers,
        { id: "districts", type: "line", source: "districts", paint: { "line-color": colour("border") } },
        layer("filled", "fill", { "fill-color": colour("line"), "fill-opacity": 0.3 }, "Polygon"),
        layer("side", "line", line, "Polygon"),
        layer("open", "line", line, "LineString"),
        layer("corners", "circle", { "circle-radius": 5, "circle-color": colour("ink") }, "Point"),
      ],
    },
  });
  await new Promise((done, failed) => { map.once("load", done); map.once("error", ({ error }) => failed(error)); });
  map.addControl(new gl.NavigationControl({ showCompass: false }));
  const show = () => map.getSource("plan").setData(drawn(read() ?? []));
  const write = (corners) => {
    field.value = corners.map((one) => one.map((number) => number.toFixed(6)).join(", ")).join("\n");
    show();
  };
  map.on("click", ({ lngLat }) => write([...(read() ?? []), [lngLat.lng, lngLat.lat]]));
  field.addEventListener("input", show);
  element.append(button(undo, () => write((read() ?? []).slice(0, -1))), " ", button(anew, () => write([])));
  element.dataset.moving = "yes";
}

if (field) {
  start().catch((error) => {
    console.info("The form stays without a map:", error);
    element.hidden = true;
  });
}
