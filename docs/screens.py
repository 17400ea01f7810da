# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures of what the command says, from real runs."""

import os
import re
import shlex
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

WIDTH = 100

CSV = "station,time,no2\nmarket,2026-01-01 12:00,31.5\nharbour,2026-01-01 12:00,n/a\nmarket,2026-01-01 13:00,28.0\n"
MAPPING = """type = "AirQualityObserved"
id = "urn:ngsi-ld:AirQualityObserved:{station}"
[time]
column = "time"
zone = "Europe/Amsterdam"
[[attribute]]
name = "no2"
column = "no2"
unit = "GQ"
"""

SCREENS: dict[str, tuple[str, ...]] = {
    "help": ("hanze --help",),
    "first-node": ("hanze init my-city --name 'My City'", "hanze doctor --folder my-city"),
    "load": (
        "hanze load air.csv --mapping air.toml --folder my-city",
        "cat air.csv.rejected.csv",
        "hanze get urn:ngsi-ld:AirQualityObserved:market --simplified --folder my-city",
    ),
    "keys": (
        "hanze key create --role reader --name 'open data portal' --expires 2030-01-01T00:00:00Z --folder my-city",
        "hanze key list --folder my-city",
    ),
    "errors": (
        "hanze serve elsewhere",
        "hanze load air.csv --folder my-city",
        "hanze restore air.csv --folder my-city",
    ),
}
"""Name of the picture to the commands on it, which are run one after the other in one folder."""


def write(out: Path) -> None:
    template = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace("Fira Code, ", "")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "air.csv").write_text(CSV)
        (folder / "air.toml").write_text(MAPPING)
        for name, commands in SCREENS.items():
            console = Console(record=True, width=WIDTH, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
            for command in commands:
                console.print(Text(f"$ {command}", style="bold"))
                console.print(Text(run(command, folder)))
            svg = console.export_svg(title="hanze", code_format=template, unique_id=name)
            ET.fromstring(svg)
            (out / f"{name}.svg").write_text(svg, "utf-8")
            print(f"wrote {out / name}.svg")


def run(command: str, folder: Path) -> str:
    """What the command says, without the key that it may show."""
    words = shlex.split(command)
    if words[0] == "hanze":
        words = [sys.executable, "-m", "hanze.cli", *words[1:]]
    told = subprocess.run(
        words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=_environment()
    )
    return re.sub(r"hz_[\w-]+", "hz_…", told.stdout)


def _environment() -> dict[str, str]:
    return {**os.environ, "COLUMNS": str(WIDTH), "NO_COLOR": "1"}
