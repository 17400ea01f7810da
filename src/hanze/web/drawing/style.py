# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How pictures look: one style sheet with custom properties, of which a city may set its own, and an SVG that carries it along."""

STYLE = """
:where(:root) {
  --drawing-font: ui-sans-serif, system-ui, sans-serif;
  --drawing-ground: #ffffff;
  --drawing-ink: #1b1f24;
  --drawing-quiet: #4d5761;
  --drawing-grid: #dfe3e7;
  --drawing-axis: #77818b;
  --drawing-gap: #f1f3f5;
  --drawing-line: #0b5c7a;
  --drawing-limit: #a3261b;
  --drawing-area: #f6f4ef;
  --drawing-border: #b3aea2;
  --drawing-way: #c9c4b8;
  --drawing-water: #d3e3ec;
  --drawing-1: #e6dcf2;
  --drawing-2: #c2a9df;
  --drawing-3: #9a78c6;
  --drawing-4: #6f49a5;
  --drawing-5: #432277;
  --drawing-area-1: #efe8f7;
  --drawing-area-2: #e3d7f1;
  --drawing-area-3: #d2bfe8;
  --drawing-area-4: #c0a6de;
  --drawing-area-5: #ad8dd3;
}
@media screen {
  :where([data-theme="dark"]) {%dark%  }
}
@media screen and (prefers-color-scheme: dark) {
  :where(:root:not([data-theme="light"])) {%dark%  }
}
@media print {
  :where(:root) {
    --drawing-ink: #000000;
    --drawing-quiet: #333333;
    --drawing-line: #000000;
  }
}
@media (forced-colors: active) {
  :where(:root) {
    --drawing-ground: Canvas;
    --drawing-ink: CanvasText;
    --drawing-quiet: CanvasText;
    --drawing-line: LinkText;
    --drawing-limit: CanvasText;
  }
}
.drawing {
  display: block;
  max-width: 100%;
  height: auto;
  background: var(--drawing-ground);
  font-family: var(--drawing-font);
  font-size: 14px;
  font-variant-numeric: tabular-nums;
  overflow: hidden;
}
.drawing text { fill: var(--drawing-ink); }
.drawing .mark, .drawing .unit { fill: var(--drawing-quiet); }
.drawing .said { font-size: 16px; }
.drawing .strong { font-weight: 650; }
:where(.drawing path) { stroke-linejoin: round; }
:where(.drawing path:not([fill])) { fill: none; }
.drawing .grid { stroke: var(--drawing-grid); }
.drawing .axis { stroke: var(--drawing-axis); }
.drawing .gap { fill: var(--drawing-gap); }
.drawing .empty { fill: none; stroke: var(--drawing-axis); stroke-dasharray: 4 4; }
.drawing .band { fill: var(--drawing-line); stroke: var(--drawing-line); stroke-width: 1; opacity: 0.25; }
.drawing .line { stroke: var(--drawing-line); stroke-width: 2; }
.drawing .dots { stroke: var(--drawing-line); stroke-width: 6; stroke-linecap: round; }
.drawing .limit { stroke: var(--drawing-limit); stroke-width: 2; stroke-dasharray: 8 4; }
.drawing .label-limit, .drawing .label-place, .drawing .label-area {
  paint-order: stroke;
  stroke: var(--drawing-ground);
  stroke-width: 3;
  stroke-opacity: 0.8;
  stroke-linejoin: round;
}
.drawing .label-limit { fill: var(--drawing-limit); font-weight: 600; }
.drawing [class^="area"] { stroke: var(--drawing-border); fill-rule: evenodd; }
.drawing .area { fill: var(--drawing-area); }
.drawing .area-1 { fill: var(--drawing-area-1); }
.drawing .area-2 { fill: var(--drawing-area-2); }
.drawing .area-3 { fill: var(--drawing-area-3); }
.drawing .area-4 { fill: var(--drawing-area-4); }
.drawing .area-5 { fill: var(--drawing-area-5); }
.drawing .here { stroke: var(--drawing-ink); stroke-width: 2.5; }
.drawing .hatch { stroke: var(--drawing-axis); }
.drawing .water { fill: var(--drawing-water); fill-rule: evenodd; }
.drawing .river { stroke: var(--drawing-water); stroke-width: 4; }
.drawing .way { stroke: var(--drawing-way); stroke-width: 2; }
.drawing .spot { fill: var(--drawing-line); stroke: var(--drawing-ground); stroke-width: 1.5; }
.drawing .value { stroke: var(--drawing-ink); stroke-width: 1.5; }
.drawing .value-1 { fill: var(--drawing-1); }
.drawing .value-2 { fill: var(--drawing-2); }
.drawing .value-3 { fill: var(--drawing-3); }
.drawing .value-4 { fill: var(--drawing-4); }
.drawing .value-5 { fill: var(--drawing-5); }
.drawing .bar { stroke: var(--drawing-quiet); stroke-width: 1.5; }
.drawing .label-bar { font-size: 12px; }
.drawing .likely { stroke: var(--drawing-line); stroke-width: 2; stroke-dasharray: 2 4; }
.drawing .needed { stroke: var(--drawing-ink); stroke-width: 2; stroke-dasharray: 8 5; }
.drawing .old-fan { fill: var(--drawing-axis); stroke: var(--drawing-axis); opacity: 0.22; }
.drawing .target { fill: var(--drawing-ground); stroke: var(--drawing-ink); stroke-width: 3; }
.drawing .was-target { fill: var(--drawing-ground); stroke: var(--drawing-axis); stroke-width: 1.5; }
.drawing .label-target, .drawing .label-lane { font-weight: 600; }
.drawing .fold { stroke: var(--drawing-axis); stroke-dasharray: 1 5; stroke-linecap: round; }
.drawing .happening { fill: var(--drawing-ink); }
.drawing .happening-number { fill: var(--drawing-ground); font-weight: 600; }
"""

_DARK = """
    --drawing-ground: #14181d;
    --drawing-ink: #e8eaed;
    --drawing-quiet: #aeb7c0;
    --drawing-grid: #2c333b;
    --drawing-axis: #7d8894;
    --drawing-gap: #1d232a;
    --drawing-line: #6cc3e0;
    --drawing-limit: #ff9a8a;
    --drawing-area: #20252b;
    --drawing-border: #5b646e;
    --drawing-way: #49515a;
    --drawing-water: #16303f;
    --drawing-1: #3f2f5c;
    --drawing-2: #634d8c;
    --drawing-3: #8b72ba;
    --drawing-4: #b7a0e0;
    --drawing-5: #ece3fb;
    --drawing-area-1: #221f2c;
    --drawing-area-2: #332b45;
    --drawing-area-3: #46395f;
    --drawing-area-4: #59487a;
    --drawing-area-5: #6d5894;
"""

STYLE = STYLE.replace("%dark%", _DARK)


def alone(picture: str) -> str:
    """The picture as a file of its own, which looks as it does in a page."""
    opening, rest = picture.split(">", 1)
    return f"{opening}><style>{STYLE}</style>{rest}"
