// SPDX-FileCopyrightText: 2026 The Hanze contributors
// SPDX-License-Identifier: EUPL-1.2
// Copies from node_modules what pages need into src/hanze/web/static/built, with the licences of those who made it.

import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "src", "hanze", "web", "static", "built");
const modules = join(here, "node_modules");

const FILES = {
  "maplibre-gl.mjs": "maplibre-gl/dist/maplibre-gl.mjs",
  "maplibre-gl-worker.mjs": "maplibre-gl/dist/maplibre-gl-worker.mjs",
  "maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
  "maplibre-gl.LICENSE.txt": "maplibre-gl/LICENSE.txt",
  "source-sans-3.LICENSE.txt": "@fontsource-variable/source-sans-3/LICENSE",
};

const FONT = "@fontsource-variable/source-sans-3";
const SUBSETS = ["latin", "latin-ext"];

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const [name, source] of Object.entries(FILES)) await copyFile(join(modules, source), join(out, name));

// Of the font only the letters of the languages of Europe that are written in Latin.
const style = await readFile(join(modules, FONT, "wght.css"), "utf8");
const faces = style.match(/@font-face\s*{[^}]*}/g) ?? [];
const kept = faces.filter((face) => SUBSETS.some((subset) => face.includes(`source-sans-3-${subset}-wght`)));
if (kept.length !== SUBSETS.length) throw new Error(`the font has ${kept.length} of the faces that are needed`);
await writeFile(join(out, "font.css"), kept.join("\n").replaceAll("./files/", "./") + "\n");
for (const subset of SUBSETS) {
  const name = `source-sans-3-${subset}-wght-normal.woff2`;
  await copyFile(join(modules, FONT, "files", name), join(out, name));
}
// The components of NL Design System that pages use; tokens.css says how they look.
const COMPONENTS = ["button", "textbox", "textarea", "select"].map((name) => join(modules, "@utrecht", `${name}-css`));
const sheets = await Promise.all(COMPONENTS.map((folder) => readFile(join(folder, "dist", "index.min.css"), "utf8")));
await writeFile(join(out, "components.css"), sheets.join("\n"));
await copyFile(join(COMPONENTS[0], "LICENSE.md"), join(out, "components.LICENSE.txt"));
// The one file of pmtiles that needs no other is a script for everywhere; here it is a module.
const tiles = await readFile(join(modules, "pmtiles", "dist", "pmtiles.js"), "utf8");
// Its package has no file with its licence, and it holds fflate.
const licences = [join(here, "licences", "pmtiles.txt"), join(modules, "fflate", "LICENSE")];
await writeFile(join(out, "pmtiles.mjs"), `${tiles}\nexport const { Protocol } = pmtiles;\n`);
const texts = await Promise.all(licences.map((file) => readFile(file, "utf8")));
await writeFile(join(out, "pmtiles.LICENSE.txt"), texts.join("\n\nfflate\n\n"));
// Maps of the sources are not shipped, so no file names them.
for (const name of ["maplibre-gl.mjs", "maplibre-gl-worker.mjs", "pmtiles.mjs"]) {
  const text = await readFile(join(out, name), "utf8");
  await writeFile(join(out, name), text.replace(/^\/\/# sourceMappingURL=.*$/m, ""));
}
