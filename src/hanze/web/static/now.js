// SPDX-FileCopyrightText: 2026 The Hanze contributors
// SPDX-License-Identifier: EUPL-1.2
// The page City now, kept up to date: values of the table and of the map as they come, the chart now and then.

import { live } from "./live.js";
import { moving } from "./map.js";

const place = document.getElementById("live");
const CHART_SECONDS = 30;
const { type, attribute, unit, zone } = place.dataset;
const factor = Number(place.dataset.factor);
const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", timeZone: zone });

const rows = new Map([...document.querySelectorAll("tr[data-id]")].map((row) => [row.dataset.id, row]));
const drawn = document.getElementById("map");
const map = drawn && drawn.dataset.library ? moving(drawn, { factor, unit, numbers, language }) : null;

function said(value) {
  if (value === null) return "";
  const number = Math.abs(value) >= 1000 ? Math.round(value).toLocaleString(language) : numbers.format(value);
  return unit === "" ? number : number + (unit === "%" ? "" : "\u00a0") + unit;
}

function show(row, value, at) {
  const cell = row.querySelector("[data-value]");
  const text = said(value);
  if (cell.textContent !== text) {
    cell.textContent = text;
    cell.classList.remove("fresh");
    void cell.offsetWidth; // so that the animation begins anew
    cell.classList.add("fresh");
  }
  const when = row.querySelector("[data-when]");
  when.textContent = clock.format(new Date(at));
  when.classList.remove("old");
}

let looked = Date.now();

async function chart() {
  if (Date.now() - looked < CHART_SECONDS * 1000 || new URLSearchParams(location.search).get("until")) return;
  looked = Date.now();
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#course .figure");
  const old = document.querySelector("#course .figure");
  if (fresh && old) old.replaceWith(document.adoptNode(fresh));
}

live([type], (message) => {
  const values = new Map();
  for (const entity of message.entities) {
    const value = entity[attribute];
    const row = rows.get(entity.id);
    if (typeof value !== "number" || !row) continue;
    values.set(entity.id, value * factor);
    show(row, value * factor, message.at);
  }
  if (values.size === 0) return;
  map?.then((one) => one?.update(values));
  if (values.has(document.querySelector("tr.here")?.dataset.id)) chart();
}, Number(place.dataset.after));
