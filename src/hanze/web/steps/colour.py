# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One colour of a city as the tokens of its style sheet, readable on light and dark grounds. Pure.

Source of relative luminance and contrast: WCAG 2.2, section "relative luminance" and success criterion 1.4.3 (4.5 to 1).
"""

import colorsys
import re

LIGHT, DARK = "#ffffff", "#14181d"
"""The grounds of pages (--ground of site.css)."""

ENOUGH = 4.5

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

BEGIN, END = "/* The colour that was chosen on a page: begin */", "/* The colour that was chosen on a page: end */"

_BLOCK = re.compile(re.escape(BEGIN) + r".*?" + re.escape(END) + r"\n?", re.DOTALL)
_CHOSEN = re.compile(re.escape(BEGIN) + r"\s*:root \{\s*--accent: (#[0-9a-f]{6})")


def contrast(one: str, other: str) -> float:
    """From 1, no difference, to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def readable(colour: str, ground: str) -> str:
    """The colour, as much lighter or darker as it takes to be read on this ground."""
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    step = -0.01 if _luminance(ground) > 0.5 else 0.01
    made = colour.lower()
    while contrast(made, ground) < ENOUGH and 0 <= light + step <= 1:
        light += step
        made = _text(*colorsys.hls_to_rgb(hue, light, saturation))
    return made


def chosen(style: str) -> str:
    """The colour that a page wrote into this style sheet; empty where none did."""
    found = _CHOSEN.search(style)
    return found[1] if found else ""


def sheet(style: str, colour: str) -> str:
    """The style sheet with this colour; all else in it stays."""
    rest = _BLOCK.sub("", style).rstrip()
    return f"{rest}\n\n{_block(colour)}" if rest else _block(colour)


def _block(colour: str) -> str:
    light, dark = readable(colour, LIGHT), readable(colour, DARK)
    tokens = [
        f":root {{\n  --accent: {light};\n  --on-accent: {LIGHT};\n  --focus: {light};\n}}",
        f"@media screen and (prefers-color-scheme: dark) {{\n  :root {{\n    --accent: {dark};\n"
        f"    --on-accent: {DARK};\n    --focus: {dark};\n  }}\n}}",
    ]
    return "\n".join([BEGIN, *tokens, END]) + "\n"


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _text(*parts: float) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
