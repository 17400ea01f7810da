# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures for programs that know plain SVG only, such as those that make PDF: in light colours, all values in their places."""

import re

from hanze.web.drawing.style import STYLE


def sheet(font: str) -> str:
    """The style without custom properties and conditions."""
    values = dict(re.findall(r"(--[a-z0-9-]+): ([^;]+);", STYLE.partition("@media")[0])) | {"--drawing-font": font}
    rules = STYLE[STYLE.index("\n.drawing {") :]
    for given, plain in ((r":where\((.drawing path):not\(\[fill\]\)\)", r"\1"), (r":where\(([^()]*)\)", r"\1")):
        rules = re.sub(given, plain, rules)
    return re.sub(r"var\((--[a-z0-9-]+)\)", lambda found: values[found[1]], rules)


def on_paper(picture: str, style: str) -> str:
    """The picture with a style of `sheet`."""
    opening, rest = picture.split(">", 1)
    return f"{opening}><style>{style}</style>{rest}"
