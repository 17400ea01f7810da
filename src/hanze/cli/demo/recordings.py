# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""15.8 million real hourly observations beside the invented town, where their recordings are at hand."""

from pathlib import Path

from hanze.cli.demo.node import Say, hanze

RIVM = Path("../shared/data/rivm_luchtmeetnet")
OBSERVATIONS = "luchtmeetnet_2017_2023_hourly.parquet"

STATION_MAPPING = """
type = "AirQualityObserved"
id = "urn:ngsi-ld:AirQualityObserved:{station}"

[[attribute]]
name = "stationName"
column = "name"
kind = "text"

[location]
lon = "lon"
lat = "lat"
"""

OBSERVATION_MAPPING = """
type = "AirQualityObserved"
id = "urn:ngsi-ld:AirQualityObserved:{station}"

[time]
column = "start"
zone = "+01:00"

[[attribute]]
name = "{component}"
column = "value"
unit = "GQ"
rename = { NO2 = "no2", O3 = "o3", PM10 = "pm10", "PM2.5" = "pm25", SO2 = "so2", NH3 = "nh3" }
"""


def load(folder: Path, say: Say) -> None:
    """Hands them to the node that runs in the folder."""
    if not (RIVM / OBSERVATIONS).exists():
        say(f"There are no recordings at {RIVM / OBSERVATIONS}, so --rivm has nothing to load.")
        return
    say("Loading real observations: RIVM/Luchtmeetnet, hourly, 2017 to 2023 (some minutes; a second time it is quick)")
    for name, mapping, file in (
        ("stations", STATION_MAPPING, RIVM / "stations.csv"),
        ("observations", OBSERVATION_MAPPING, RIVM / OBSERVATIONS),
    ):
        place = folder / f"{name}.toml"
        place.write_text(mapping, "utf-8")
        hanze("load", str(file), "--mapping", str(place), "--folder", str(folder))
