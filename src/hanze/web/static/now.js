// SPDX-FileCopyrightText: 2026 The Hanze contributors
// SPDX-License-Identifier: EUPL-1.2
// The page City now, kept up to date: values of the table and of the map as they come, the chart now and then.

import { live } from "./live.js";
import { moving } from "./map.js";

const CHART_MILLISECONDS = 30_000;

const place = document.getElementById("live");
const { type, attribute, unit, zone } = place.dataset;
const code = place.dataset.code || undefined;
const factor = Number(place.dataset.factor);
const late = Number(place.dataset.late);
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const numbers = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", timeZone: zone });
const date = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: zone });
const year = new Intl.DateTimeFormat(language, { year: "numeric", timeZone: zone });

const rows = new Map([...document.querySelectorAll("tr[data-id]")].map((row) => [row.dataset.id, row]));
const drawn = document.getElementById("map");
const map = drawn && drawn.dataset.library ? moving(drawn, { factor, unit, numbers, language }) : null;

// Of the instances of an attribute the one without a dataset; a value without more stands there by itself.
function told(attribute) {
  const one = [attribute].flat().find((instance) => !instance?.datasetId);
  return one !== null && typeof one === "object" ? one : { value: one };
}

function said(value) {
  const number = (Math.abs(value) < 1000 ? numbers : whole).format(value);
  return unit === "" ? number : number + (unit === "%" ? "" : "\u00a0") + unit;
}

// Nothing for a moment of today, the day of one of this year, else the date.
function dated(moment, now) {
  if (date.format(moment) === date.format(now)) return "";
  return `${(year.format(moment) === year.format(now) ? day : date).format(moment)}, `;
}

function show(row, value, moment, now) {
  const cell = row.querySelector("[data-value]");
  const text = said(value);
  if (cell.textContent !== text) {
    cell.textContent = text;
    cell.classList.remove("fresh");
    void cell.offsetWidth; // so that the animation begins anew
    cell.classList.add("fresh");
  }
  if (Number.isNaN(moment.valueOf())) return;
  const when = row.querySelector("[data-when]");
  when.textContent = dated(moment, now) + clock.format(moment);
  when.classList.toggle("old", now - moment > late);
}

let looked = Date.now();

async function chart() {
  if (Date.now() - looked < CHART_MILLISECONDS || new URLSearchParams(location.search).get("until")) return;
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
    const { value, observedAt, unitCode } = told(entity[attribute]);
    const row = rows.get(entity.id);
    if (typeof value !== "number" || unitCode !== code || !row) continue;
    values.set(entity.id, value * factor);
    show(row, value * factor, new Date(observedAt), new Date(message.at));
  }
  if (values.size === 0) return;
  map?.then((one) => one?.update(values));
  if (values.has(document.querySelector("tr.here")?.dataset.id)) chart();
}, Number(place.dataset.after));
