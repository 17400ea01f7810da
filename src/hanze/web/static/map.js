// SPDX-FileCopyrightText: 2026 The Hanze contributors
// SPDX-License-Identifier: EUPL-1.2
// The map that moves, in the place of the drawn one where the browser can show it: MapLibre GL, the city's own background.

const SHADES = 5;

export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--drawing-${name}`).trim();

function shadeOf(value, breaks, shades) {
  let index = 0;
  while (index < breaks.length && value >= breaks[index]) index += 1;
  return value === null || value === undefined ? 0 : (shades[index] ?? 3);
}

export async function background(address, library, tiles) {
  if (!address) return { sources: {}, layers: [] };
  if (address.endsWith(".pmtiles")) {
    const { Protocol } = await import(tiles);
    library.addProtocol("pmtiles", new Protocol().tile);
    const whole = new URL(address, location.href).href;
    const layer = (id, type, name, paint) => ({ id, type, source: "ground", "source-layer": name, paint });
    return {
      sources: { ground: { type: "vector", url: `pmtiles://${whole}` } },
      layers: [
        layer("earth", "fill", "earth", { "fill-color": colour("area") }),
        layer("water", "fill", "water", { "fill-color": colour("water") }),
        layer("roads", "line", "roads", { "line-color": colour("way"), "line-width": 1.5 }),
        layer("borders", "line", "boundaries", { "line-color": colour("border") }),
      ],
    };
  }
  const kind = ["coalesce", ["get", "kind"], ["match", ["geometry-type"], ["Polygon", "MultiPolygon"], "area", "way"]];
  const only = (name) => ["==", kind, name];
  return {
    sources: { ground: { type: "geojson", data: address } },
    layers: [
      { id: "areas", type: "fill", source: "ground", filter: only("area"), paint: { "fill-color": colour("area") } },
      { id: "borders", type: "line", source: "ground", filter: only("area"), paint: { "line-color": colour("border") } },
      { id: "water", type: "fill", source: "ground", filter: only("water"), paint: { "fill-color": colour("water") } },
      { id: "ways", type: "line", source: "ground", filter: only("way"), paint: { "line-color": colour("way"), "line-width": 2 } },
    ],
  };
}

function around(features) {
  const box = [180, 90, -180, -90];
  for (const { geometry } of features) {
    const [lon, lat] = geometry.coordinates;
    box[0] = Math.min(box[0], lon); box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon); box[3] = Math.max(box[3], lat);
  }
  return box;
}

// `element` holds the drawn map and says in its data what to show. Gives null where the browser cannot show it.
export async function moving(element, { factor, unit, numbers }) {
  const { points, library, worker, tiles, words } = element.dataset;
  const breaks = JSON.parse(element.dataset.breaks);
  const shades = JSON.parse(element.dataset.shades);
  const set = (properties, value) => {
    properties.value = value;
    properties.shade = shadeOf(value, breaks, shades);
    properties.label = value === null ? "" : numbers.format(value);
  };
  try {
    if (!document.createElement("canvas").getContext("webgl2")) return null;
    const [gl, answer] = await Promise.all([import(library), fetch(points)]);
    const data = await answer.json();
    data.features = data.features.filter((one) => one.geometry);
    for (const one of data.features) {
      const value = one.properties.value === null ? null : one.properties.value * factor;
      one.properties = { id: one.id, name: one.properties.name };
      set(one.properties, value);
    }
    gl.setWorkerUrl(worker);
    const ground = await background(element.dataset.background, gl, tiles);
    const legend = element.querySelector("ul.legend");
    const drawings = [...element.children].filter((one) => one !== legend);
    const place = document.createElement("div");
    place.className = "moving";
    element.prepend(place);
    const paint = ["match", ["get", "shade"]];
    for (let shade = 1; shade <= SHADES; shade += 1) paint.push(shade, colour(shade));
    paint.push(colour("ground"));
    const map = new gl.Map({
      container: place,
      attributionControl: false,
      bounds: around(data.features),
      fitBoundsOptions: { padding: 48, maxZoom: 15 },
      dragRotate: false,
      pitchWithRotate: false,
      cooperativeGestures: true,
      style: {
        version: 8,
        sources: { ...ground.sources, points: { type: "geojson", data } },
        layers: [
          { id: "empty", type: "background", paint: { "background-color": colour("ground") } },
          ...ground.layers,
          {
            id: "points", type: "circle", source: "points",
            paint: {
              "circle-radius": ["+", 5, ["get", "shade"]], "circle-color": paint,
              "circle-stroke-color": colour("ink"), "circle-stroke-width": 1.5,
            },
          },
          {
            id: "labels", type: "symbol", source: "points",
            layout: {
              "text-field": ["get", "label"], "text-size": 14, "text-variable-anchor": ["left", "right", "top", "bottom"],
              "text-radial-offset": 0.9, "text-optional": true,
            },
            paint: { "text-color": colour("ink"), "text-halo-color": colour("ground"), "text-halo-width": 1.5 },
          },
        ],
      },
    });
    await new Promise((done, failed) => { map.once("load", done); map.once("error", ({ error }) => failed(error)); });
    map.addControl(new gl.NavigationControl({ showCompass: false }));
    const popup = new gl.Popup({ maxWidth: "260px" });
    map.on("click", "points", ({ features: [{ properties, geometry }] }) => {
      const value = properties.value === undefined || properties.value === null ? "–" : `${numbers.format(properties.value)} ${unit}`;
      popup.setLngLat(geometry.coordinates).setText(`${properties.name}: ${value}`).addTo(map);
    });
    for (const [name, cursor] of [["mouseenter", "pointer"], ["mouseleave", ""]]) {
      map.on(name, "points", () => { map.getCanvas().style.cursor = cursor; });
    }
    switching(element, [place, legend], drawings, words.split("|"), map);
    element.dataset.moving = "yes";
    return {
      update(values) {
        for (const { properties } of data.features) {
          if (!values.has(properties.id)) continue;
          set(properties, values.get(properties.id));
        }
        map.getSource("points").setData(data);
      },
    };
  } catch (error) {
    console.info("The drawn map stays:", error);
    element.querySelector(".moving")?.remove();
    return null;
  }
}

// One of the two maps is seen; the drawing has names and its legend, the other moves.
function switching(element, parts, drawings, [toDrawing, toMoving], map) {
  const button = document.createElement("button");
  button.type = "button";
  let moves = true;
  const show = () => {
    for (const one of parts) one.hidden = !moves;
    for (const one of drawings) one.hidden = moves;
    button.textContent = moves ? toDrawing : toMoving;
    if (moves) map.resize();
  };
  button.addEventListener("click", () => { moves = !moves; show(); });
  element.append(button);
  show();
}
