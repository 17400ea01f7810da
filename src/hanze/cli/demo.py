# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""make demo: a node with data in it, and the addresses to try.

With the RIVM recordings at hand (../shared/data) it loads 15.8 million real hourly observations of Dutch stations; without
them it makes a small invented data set, which says that it is simulated.
"""

import math
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import click
import msgspec

RIVM = Path("../shared/data/rivm_luchtmeetnet")
OBSERVATIONS = "luchtmeetnet_2017_2023_hourly.parquet"
START, HOURS = datetime(2019, 1, 1), 24 * 90
STARTS_WITHIN = 20.0

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


def hanze(*words: str) -> None:
    """Runs a verb of the command; the demo ends where it fails, which has then said why."""
    done = subprocess.run([sys.executable, "-m", "hanze.cli", *words])
    if done.returncode:
        sys.exit(done.returncode)


@click.command()
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default="demo-node", show_default=True)
@click.option("--port", default=9090, show_default=True)
@click.option("--once", is_flag=True, help="Stop when the node has answered (tests).")
def main(folder: Path, port: int, once: bool) -> None:
    """Make a node with data, run it, and print the addresses to try. Ctrl-C stops it; the data stay."""
    fresh = not (folder / "hanze.toml").exists()
    if fresh:
        hanze("init", str(folder), "--name", "Demonstration", "--code", "demo")
    station = _recorded(folder) if (RIVM / OBSERVATIONS).exists() else _invented(folder)
    node = subprocess.Popen(
        [sys.executable, "-m", "hanze.cli", "serve", str(folder), "--open", "--port", str(port)],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        _show(_address(node), station)
        if not once:
            node.wait()
    except KeyboardInterrupt:
        click.echo("Stopping; the data stay in " + str(folder))
    finally:
        node.terminate()
        node.wait(10)


def _recorded(folder: Path) -> str:
    click.echo(
        "Loading real observations: RIVM/Luchtmeetnet, hourly, 2017 to 2023 (about a minute; a second time it is quick)"
    )
    for name, mapping, file in (
        ("stations", STATION_MAPPING, RIVM / "stations.csv"),
        ("observations", OBSERVATION_MAPPING, RIVM / OBSERVATIONS),
    ):
        place = folder / f"{name}.toml"
        place.write_text(mapping, "utf-8")
        hanze("load", str(file), "--mapping", str(place), "--folder", str(folder))
    return "urn:ngsi-ld:AirQualityObserved:NL01487"


def _invented(folder: Path) -> str:
    """Three stations over ninety days from a formula; the entities say that they are simulated."""
    click.echo("No recordings at hand: making simulated observations of three invented stations")
    places = {"harbour": (4.48, 51.90), "market": (4.47, 51.92), "meadow": (4.53, 51.95)}
    entities = [
        {
            "id": f"urn:ngsi-ld:AirQualityObserved:{name}", "type": "AirQualityObserved",
            "stationName": {"type": "Property", "value": name}, "simulated": {"type": "Property", "value": True},
            "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": list(place)}},
        }
        for name, place in places.items()
    ]  # fmt: skip
    rows = ["station,start,component,value"]
    for number, name in enumerate(places):
        for hour in range(HOURS):
            value = 25 + 8 * number + 10 * math.sin(hour / 24 * 2 * math.pi) + 5 * math.sin(hour / 168 * 2 * math.pi)
            moment = START + timedelta(hours=hour)
            rows.append(f"{name},{moment:%Y-%m-%dT%H:%M:%S},NO2,{value:.1f}")
    (folder / "simulated.jsonld").write_bytes(msgspec.json.encode(entities))
    (folder / "simulated.csv").write_text("\n".join(rows) + "\n", "utf-8")
    (folder / "observations.toml").write_text(OBSERVATION_MAPPING, "utf-8")
    hanze("load", str(folder / "simulated.jsonld"), "--folder", str(folder))
    hanze(
        "load", str(folder / "simulated.csv"), "--mapping", str(folder / "observations.toml"), "--folder", str(folder)
    )
    return "urn:ngsi-ld:AirQualityObserved:harbour"


def _address(node: "subprocess.Popen[str]") -> str:
    """Where the node says that it runs; it answers there before this returns."""
    assert node.stderr is not None
    deadline = time.monotonic() + STARTS_WITHIN
    for line in node.stderr:
        text = _message(line)
        click.echo(text)
        if " runs at " in text:
            address = text.split(" runs at ")[1].split()[0].removesuffix("/ngsi-ld/v1")
            while time.monotonic() < deadline:
                try:
                    with urllib.request.urlopen(address + "/health", timeout=2):
                        # The node must never wait for someone to read what it says.
                        threading.Thread(target=_repeat, args=(node.stderr,), daemon=True).start()
                        return address
                except OSError:
                    time.sleep(0.1)
    raise click.ClickException("The node did not start; its words stand above.")


def _repeat(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(_message(line))


def _message(line: str) -> str:
    """What a line of the node's log says."""
    return str(msgspec.json.decode(line)["message"]) if line.startswith("{") else line.rstrip()


def _show(address: str, station: str) -> None:
    api = f"{address}/ngsi-ld/v1"
    year = "timerel=between&timeAt=2018-12-31T23:00:00Z&endTimeAt=2019-12-31T23:00:00Z"
    aggregate = "options=aggregatedValues&aggrMethods=avg,totalCount&aggrPeriodDuration="
    tries = {
        "health": f"{address}/health",
        "types": f"{api}/types",
        "one station": f"{api}/entities/{station}?options=simplified",
        "a query": f"{api}/entities?type=AirQualityObserved&q=no2%3E20&limit=5&count=true",
        "near a place": f"{api}/entities?type=AirQualityObserved&georel=near;maxDistance==20000&geometry=Point"
        "&coordinates=%5B4.48,51.92%5D&options=simplified",
        "monthly means of a year": f"{api}/temporal/entities/{station}?attrs=no2&{year}&{aggregate}P1M",
    }
    click.echo("\nTry:")
    for name, url in tries.items():
        click.echo(f"  {name:24} curl -s '{url}'")
    click.echo("\nCtrl-C stops the node.")


if __name__ == "__main__":
    main()
