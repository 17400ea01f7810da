# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What Havendam promised, and what its residents answered last year: all of it made up, and said to be."""

import csv
from collections.abc import Iterator
from pathlib import Path

TARGETS = (
    ("waste-full", 2030, "2", "In 2030 is een afvalcontainer bijna nooit meer vol. (Verzonnen.)"),
    ("travel-time-index", 2030, "1.05", "In 2030 staat er in de spits bijna nooit meer een file. (Verzonnen.)"),
)

SAYS = "De gemeenteraad leest alle antwoorden voordat zij de begroting maakt. (Verzonnen.)"

ANSWERS = (
    ("Meer schaduw op het schoolplein, want in de zomer is het er te heet.", "HVD0401", "13 4"),
    ("Een bus die ook na tienen 's avonds nog rijdt, zodat ik van mijn werk thuis kan komen.", "HVD0603", "11 8"),
    ("Betaalbare huizen voor jongeren. Nu moet iedereen de stad uit.", "HVD0502", "11 10"),
    ("Minder auto's langs de kade, dan kan het raam weer open.", "HVD0601", "3 11"),
    ("Een plek waar je spullen kunt laten repareren in plaats van ze weg te gooien.", "", "12"),
    ("Dat het water na een bui niet meer in de kelders loopt.", "HVD0101", "13 6"),
    ("Zonnepanelen op de loodsen in de haven, met stroom voor de buurt.", "HVD0203", "7 13"),
    ("Meer bankjes, voor wie niet zo ver kan lopen.", "HVD0802", "11 3"),
    ("Taallessen in de avond, ook voor wie werkt.", "HVD0604", "4 10"),
    ("Laat de akkers bij de molen akkers blijven.", "HVD0504", "2 15"),
)
"""Text, neighbourhood and goals."""

COLUMNS = ("text", "area", "goals")

FILE = "answers.csv"


def commands(folder: Path, year: int) -> Iterator[list[str]]:
    """Two targets, and the question of a year that is over with answers that are shown."""
    shared = ["--simulated", "--folder", str(folder)]
    for subject, when, value, says in TARGETS:
        yield ["goals", "target", subject, str(when), value, "--says", says, *shared]
    file = folder / FILE
    with file.open("w", encoding="utf-8", newline="") as target:
        rows = csv.writer(target)
        rows.writerow(COLUMNS)
        rows.writerows(ANSWERS)
    days = ["--opens", f"{year}-09-01", "--closes", f"{year}-10-15"]
    yield ["goals", "question", str(year), *days, "--says", SAYS, *shared]
    yield ["goals", "answers", str(year), str(file), "--shown", *shared]
