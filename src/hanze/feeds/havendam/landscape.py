# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The drawing of what the land is used for, in the metres of the drawing of the town; where pieces overlap, the first counts."""

from hanze.feeds.havendam.drawing import FARMLAND, PARKS, WATER, Spot

Piece = tuple[str, tuple[Spot, ...]]
"""Use and corners; they may lie beyond the edge of the town."""

SEA: tuple[Spot, ...] = (
    (-100, -100), (420, -100), (260, 1400), (110, 2600), (110, 2870), (300, 3500), (430, 3900), (790, 5050), (700, 5200),
    (-100, 5200),
)  # fmt: skip

WIND: tuple[Spot, ...] = ((600, 150), (1400, 160), (1400, 290), (620, 290))
SOLAR: tuple[Spot, ...] = ((5750, 1500), (6250, 1500), (6250, 1850), (5720, 1850))

NATURE: tuple[tuple[Spot, ...], ...] = (
    # dunes along the beach, and north of the lighthouse
    ((0, 3300), (330, 3300), (620, 3900), (760, 4350), (1000, 4860), (700, 5150), (-100, 5150), (-100, 3300)),
    ((700, 5150), (1000, 4860), (2250, 4930), (2330, 5150)),
    # reeds by the river, a wood in the polder, a salt marsh
    ((5000, 2570), (6500, 2510), (6500, 2800), (5050, 2850)),
    ((2300, 300), (2900, 250), (2950, 700), (2350, 750)),
    ((100, 850), (380, 850), (300, 1300), (100, 1400)),
)  # fmt: skip

WORK: tuple[tuple[Spot, ...], ...] = (
    # quays on both banks, the station, sheds along the river and the ring, the market
    ((850, 2760), (1700, 2740), (1700, 3000), (850, 3110)),
    ((600, 2300), (1690, 2300), (1700, 2590), (800, 2480)),
    ((2900, 1430), (3195, 1405), (3480, 1750), (3350, 1800), (2950, 1650)),
    ((3300, 2150), (3900, 2290), (3960, 2400), (3300, 2480)),
    ((4750, 1850), (5250, 1850), (5150, 2380), (4850, 2380)),
    ((2300, 2950), (2650, 2950), (2650, 3150), (2300, 3150)),
)  # fmt: skip

HOMES: tuple[tuple[Spot, ...], ...] = (
    # in neighbourhoods that are fields or harbour otherwise
    ((520, 2990), (780, 2980), (780, 3080), (520, 3090)),
    ((4350, 4000), (4800, 4000), (4800, 4500), (4300, 4500)),
    ((4400, 620), (5100, 260), (5600, 450), (5650, 2350), (5010, 2490)),
    ((1400, 1200), (1780, 1490), (1740, 2050), (1500, 2000)),
    ((650, 900), (1100, 870), (1150, 1150), (700, 1150)),
    ((2300, 900), (3000, 850), (3100, 1200), (2350, 1250)),
)  # fmt: skip

LAND: tuple[Piece, ...] = (
    ("water", SEA),
    *(("water", corners) for corners in WATER.values()),
    ("energy", WIND),
    ("energy", SOLAR),
    *(("nature", corners) for corners in PARKS.values()),
    *(("farmland", corners) for corners in FARMLAND.values()),
    *(("nature", corners) for corners in NATURE),
    *(("work", corners) for corners in WORK),
    *(("homes", corners) for corners in HOMES),
)

CHANGED: tuple[Piece, ...] = (
    ("homes", ((5150, 3700), (5550, 3720), (5500, 4250), (5120, 4250))),
    ("energy", ((1650, 200), (2050, 200), (2050, 600), (1650, 600))),
)
"""Farmland of the first map that is something else in the second: new homes by the mill, a second field of solar panels."""

PLANNED: tuple[Spot, ...] = ((5600, 3730), (6100, 3770), (6100, 4420), (5560, 4360))
"""Farmland of both maps, for which there is a plan."""

ELSE = {
    "Havenhoofd": "work", "Molenakker": "farmland", "Oostbeemd": "farmland", "Wierhoek": "farmland", "Zeedijk": "farmland",
    "Polderzoom": "farmland",
}  # fmt: skip
"""The use of what is not drawn, by neighbourhood; of the others it is homes, with the streets and gardens between them."""
