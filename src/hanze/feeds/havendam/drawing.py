# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The drawing of Havendam: corners and lines in metres east and north of its south-western corner. Drawn by us.

It lies in the North Sea, where no municipality is. West is the open sea; the river Havele comes from the east.
"""

ORIGIN = (3.96, 52.88)
"""Longitude and latitude of the corner."""

Spot = tuple[int, int]

CORNERS: dict[str, Spot] = {
    # along the edge, from the mouth of the river northwards
    "mouth": (0, 2750), "dune": (350, 3900), "lighthouse": (700, 5000), "north": (2300, 5100), "field": (4200, 5200),
    "mill": (6300, 4900), "river": (6400, 2450), "meadow": (6400, 200), "ditch": (4300, 0), "dyke": (2200, 40),
    "marsh": (300, 0), "beach": (150, 1400),
    # down the river
    "bend": (5000, 2500), "ford": (4000, 2380), "bridge": (3300, 2500), "quay": (2500, 2640), "lock": (1700, 2660),
    # north and south of the old town
    "gate": (1700, 3500), "wall": (2500, 3700), "square": (3300, 3600), "green": (4300, 3400),
    "sluice": (1800, 1500), "station": (3200, 1400),
    # of neighbourhoods, on borders of districts
    "jetty": (140, 3210), "strand": (1500, 5050), "polder": (3250, 5150), "sail": (5250, 5050), "weir": (6350, 3675),
    "drain": (5350, 100), "pier": (850, 2705), "rampart": (1700, 3080), "slack": (1025, 3700), "hedge": (2400, 4400),
    "moat": (3300, 3050), "hollow": (4250, 4300), "towpath": (1750, 2080), "cutting": (2500, 1450), "siding": (3600, 1890),
    "culvert": (3750, 700),
    # of neighbourhoods, inside of districts
    "market": (2500, 3120), "dock": (850, 3150), "dunetop": (1450, 4400), "oak": (3300, 4350), "millpond": (5000, 3500),
    "crane": (2600, 2050), "clover": (4450, 600), "wier": (1400, 1150),
}  # fmt: skip

EDGE = (
    "mouth", "jetty", "dune", "lighthouse", "strand", "north", "polder", "field", "sail", "mill", "weir", "river", "meadow",
    "drain", "ditch", "dyke", "marsh", "beach",
)  # fmt: skip

DISTRICTS: dict[str, tuple[int, tuple[str, ...]]] = {
    "Oude Rede": (6_200, ("lock", "quay", "bridge", "moat", "square", "wall", "gate", "rampart")),
    "Ankerkwartier": (2_900, ("mouth", "pier", "lock", "rampart", "gate", "slack", "dune", "jetty")),
    "Zilverduin": (7_400, ("dune", "slack", "gate", "wall", "hedge", "north", "strand", "lighthouse")),
    "Noorderveld": (9_800, ("wall", "square", "green", "hollow", "field", "polder", "north", "hedge")),
    "Molenhoek": (
        5_600, ("bridge", "ford", "bend", "river", "weir", "mill", "sail", "field", "hollow", "green", "square", "moat"),
    ),
    "Zuiderkade": (8_300, ("lock", "towpath", "sluice", "cutting", "station", "siding", "ford", "bridge", "quay")),
    "Weidepoort": (8_900, ("station", "culvert", "ditch", "drain", "meadow", "river", "bend", "ford", "siding")),
    "Wierpolder": (
        1_900,
        (
            "mouth", "beach", "marsh", "dyke", "ditch", "culvert", "station", "cutting", "sluice", "towpath", "lock", "pier",
        ),
    ),
}  # fmt: skip
"""Residents and corners of each."""

NEIGHBOURHOODS: dict[str, dict[str, tuple[int, tuple[str, ...]]]] = {
    "Oude Rede": {
        "Vismarkt": (1_450, ("lock", "quay", "market", "rampart")),
        "Bruggehoofd": (1_650, ("quay", "bridge", "moat", "market")),
        "Kloosterhof": (1_500, ("rampart", "market", "wall", "gate")),
        "Singelkant": (1_600, ("market", "moat", "square", "wall")),
    },
    "Ankerkwartier": {
        "Havenhoofd": (40, ("mouth", "pier", "dock", "jetty")),
        "Ankerkade": (1_660, ("pier", "lock", "rampart", "dock")),
        "Scheepsbocht": (1_200, ("jetty", "dock", "rampart", "gate", "slack", "dune")),
    },
    "Zilverduin": {
        "Strandvlak": (2_600, ("dune", "slack", "dunetop", "strand", "lighthouse")),
        "Helmduin": (2_900, ("slack", "gate", "wall", "hedge", "dunetop")),
        "Zeereep": (1_900, ("dunetop", "hedge", "north", "strand")),
    },
    "Noorderveld": {
        "Tuindorp": (2_700, ("wall", "square", "oak", "hedge")),
        "Boomgaard": (2_600, ("square", "green", "hollow", "oak")),
        "Veldrand": (2_300, ("oak", "hollow", "field", "polder")),
        "Noordkreek": (2_200, ("hedge", "oak", "polder", "north")),
    },
    "Molenhoek": {
        "Molenwerf": (2_000, ("bridge", "ford", "green", "square", "moat")),
        "Oosterkade": (1_100, ("ford", "bend", "millpond", "green")),
        "Rietoever": (1_760, ("bend", "river", "weir", "millpond")),
        "Molenakker": (740, ("green", "millpond", "weir", "mill", "sail", "field", "hollow")),
    },
    "Zuiderkade": {
        "Kadebuurt": (2_300, ("lock", "towpath", "crane", "quay")),
        "Werfkwartier": (2_500, ("quay", "crane", "siding", "ford", "bridge")),
        "Spoorhaven": (1_900, ("towpath", "sluice", "cutting", "crane")),
        "Stationskwartier": (1_600, ("cutting", "station", "siding", "crane")),
    },
    "Weidepoort": {
        "Poortwijk": (4_300, ("station", "clover", "bend", "ford", "siding")),
        "Zonnewei": (1_100, ("station", "culvert", "ditch", "drain", "clover")),
        "Oostbeemd": (3_500, ("clover", "drain", "meadow", "river", "bend")),
    },
    "Wierpolder": {
        "Wierhoek": (800, ("mouth", "beach", "wier", "sluice", "towpath", "lock", "pier")),
        "Zeedijk": (300, ("beach", "marsh", "dyke", "wier")),
        "Polderzoom": (800, ("wier", "dyke", "ditch", "culvert", "station", "cutting", "sluice")),
    },
}
"""Of each district: residents and corners. In one of them almost nobody lives, and there is one that nothing measures."""

WATER: dict[str, tuple[Spot, ...]] = {
    "Havele": (
        (1100, 2760), (1700, 2740), (2500, 2710), (3300, 2560), (4000, 2440), (5000, 2560), (6380, 2500),
        (6380, 2400), (5000, 2440), (4000, 2320), (3300, 2440), (2500, 2570), (1700, 2590), (1100, 2620),
    ),
    "Buitenhaven": ((90, 2850), (500, 2950), (900, 2920), (1100, 2760), (1100, 2620), (800, 2480), (90, 2620)),
    "Binnenhaven": ((1300, 2755), (1270, 3000), (1560, 3000), (1600, 2745)),
}  # fmt: skip

OLD_TOWN: tuple[Spot, ...] = (
    (1900, 2800), (2500, 2780), (3100, 2680), (3150, 3250), (2900, 3480), (2450, 3520), (2050, 3350), (1880, 3050),
)  # fmt: skip

PARKS: dict[str, tuple[Spot, ...]] = {
    "Vuurtorenpark": ((650, 4350), (900, 4350), (850, 4800), (720, 4800)),
    "Singelpark": ((3150, 2800), (3260, 2750), (3260, 3450), (3150, 3250)),
    "Weidebos": ((5000, 900), (5500, 1000), (5450, 1350), (5000, 1300)),
    "Veldpark": ((3300, 4450), (3800, 4450), (3800, 4800), (3300, 4850)),
    "Kloostertuin": ((2000, 3200), (2200, 3200), (2200, 3380), (2050, 3350)),
    "Helmpark": ((1500, 3800), (1800, 3850), (1750, 4100), (1480, 4050)),
    "Wallenpark": ((2350, 3780), (2750, 3800), (2700, 3950), (2350, 3930)),
    "Boomgaardpark": ((3700, 3700), (4000, 3720), (3980, 3950), (3700, 3930)),
    "Molenpark": ((4050, 2650), (4350, 2700), (4300, 2950), (4050, 2920)),
    "Sluispark": ((1850, 1900), (2050, 1900), (2050, 2150), (1850, 2100)),
    "Kadepark": ((2300, 1750), (2700, 1800), (2650, 1980), (2300, 1950)),
    "Poortpark": ((4150, 1700), (4450, 1650), (4450, 1900), (4180, 1950)),
}

FARMLAND: dict[str, tuple[Spot, ...]] = {
    "Lage Wier": ((400, 80), (2100, 120), (2100, 850), (500, 600)),
    "Hoge Wier": ((300, 1300), (1300, 1250), (1500, 2300), (300, 2250)),
    "Oostweide": ((5800, 400), (6300, 400), (6300, 2250), (5700, 2250)),
    "Molenakkers": ((5200, 3600), (6200, 3700), (6200, 4750), (5000, 4900)),
}

ROADS: dict[str, tuple[str, int, tuple[Spot, ...]]] = {
    "Zeeweg": ("main", 3, ((900, 4850), (1000, 4200), (1300, 3600), (1600, 3080))),
    "Noorderring": ("ring", 4, ((1000, 4200), (2300, 4400), (3700, 4350), (4600, 3900))),
    "Oosterring": ("ring", 5, ((4600, 3900), (4700, 3000), (4700, 2300), (4600, 1300), (3700, 900))),
    "Zuiderring": ("ring", 4, ((3700, 900), (2500, 1050), (1500, 1100))),
    "Bruggestraat": ("street", 4, ((2900, 3550), (2900, 3050), (2900, 2560), (2850, 2000))),
    "Havenstraat": ("street", 4, ((500, 3250), (1200, 3100), (2000, 3050), (2900, 3050))),
    "Molenlaan": ("main", 3, ((2900, 3050), (3700, 3050), (4700, 3000), (5800, 3400))),
    "Kadeweg": ("main", 4, ((1900, 2300), (2850, 2200), (3700, 2050), (4650, 1800))),
    "Weidelaan": ("main", 3, ((4650, 1800), (5300, 1500), (5700, 800))),
    "Polderdijk": ("street", 2, ((400, 700), (1500, 1100), (1900, 2300))),
    "Vuurtorenlaan": ("street", 3, ((1000, 4200), (1900, 4000), (2900, 3550))),
    "Veldweg": ("street", 3, ((2900, 3550), (3000, 4000), (3100, 4900))),
}
"""Kind of road, number of loops in it, and its line."""

BUSES: dict[str, tuple[tuple[str, Spot], ...]] = {
    "1": (
        ("Vuurtoren", (920, 4700)), ("Zeeweg", (1150, 3900)), ("Binnenhaven", (1550, 3150)), ("Grote Markt", (2450, 3060)),
        ("Bruggestraat", (2880, 2800)), ("Zuiderkade", (2850, 2200)), ("Station", (3200, 1600)),
    ),
    "2": (
        ("Noorderveld", (3080, 4800)), ("Veldpark", (3200, 4500)), ("Wallen", (2900, 3600)), ("Grote Markt", (2450, 3060)),
        ("Bruggestraat", (2880, 2800)), ("Kadeweg", (3700, 2050)), ("Weidepoort", (4900, 1700)), ("Weidebos", (5450, 1250)),
    ),
    "3": (
        ("Buitenhaven", (500, 3250)), ("Havenstraat", (1200, 3100)), ("Grote Markt", (2450, 3060)), ("Singelpark", (3200, 3040)),
        ("Molenlaan", (4300, 3020)), ("Molenakkers", (5700, 3360)),
    ),
    "4": (
        ("Station", (3200, 1600)), ("Zuiderring", (2500, 1050)), ("Sluis", (1750, 1600)), ("Wierpolder", (900, 900)),
        ("Lage Wier", (500, 720)),
    ),
}  # fmt: skip
"""Line to its stops in order; a stop of several lines stands in each with the same name and place."""

HIGH_KERBS = frozenset(
    {
        "Binnenhaven", "Grote Markt", "Bruggestraat", "Zuiderkade", "Station", "Noorderveld", "Veldpark", "Kadeweg",
        "Weidepoort", "Weidebos", "Buitenhaven", "Havenstraat", "Singelpark", "Molenlaan", "Vuurtoren",
    }
)  # fmt: skip
"""Stops at which people in a wheelchair can get on."""
