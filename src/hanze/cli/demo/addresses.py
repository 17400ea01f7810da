# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What there is to try: the site, and questions to the API, each a line for a shell; and a browser that opens the site."""

import os
import sys
import webbrowser

from hanze.feeds.havendam import air
from hanze.ngsild import times

YEAR = 365 * 86_400_000_000


def lines(address: str, now: int) -> list[str]:
    """`now`: of the node's clock, in microseconds."""
    api = f"{address}/ngsi-ld/v1"
    station = air.sensors()[0]
    place = f"%5B{station.point[0]:.4f},{station.point[1]:.4f}%5D"
    year = f"timerel=between&timeAt={_second(now - YEAR)}&endTimeAt={_second(now)}"
    aggregate = "options=aggregatedValues&aggrMethods=avg,totalCount&aggrPeriodDuration="
    tries = {
        "health": f"{address}/health",
        "types": f"{api}/types",
        "one station": f"{api}/entities/{station.id}?options=simplified",
        "a query": f"{api}/entities?type=TrafficFlowObserved&q=intensity%3E=0&limit=5&count=true",
        "near a place": f"{api}/entities?type=AirQualityObserved&georel=near;maxDistance==1000&geometry=Point"
        f"&coordinates={place}&options=simplified",
        "monthly means of a year": f"{api}/temporal/entities/{station.id}?attrs=no2&{year}&{aggregate}P1M",
    }
    return [
        "", f"The site: {address}/", f"The API:  {api}", "", "Try:",
        *(f"  {name:24} curl -s '{url}'" for name, url in tries.items()), "",
    ]  # fmt: skip


def _second(moment: int) -> str:
    return times.text(moment // 1_000_000 * 1_000_000)


def opened(address: str) -> bool:
    """Opens the site in a browser; False where there is none that has a screen."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    try:
        return webbrowser.get().open(address + "/")
    except webbrowser.Error:
        return False
