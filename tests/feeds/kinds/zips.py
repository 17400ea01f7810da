# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A GTFS zip of any content, made here by the published reference; and the recorded ones."""

import io
import zipfile
from collections.abc import Mapping

from tests.feeds.kinds.serving import SHARED

AGENCY = "agency_id,agency_name,agency_url,agency_timezone\nHTM,HTM Personenvervoer,https://htm.nl,Europe/Amsterdam\n"
ROUTES = "route_id,agency_id,route_short_name,route_long_name,route_type\n9,HTM,9,Vrederust - Scheveningen,0\n"
STOPS = (
    "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding\n"
    "HS,Den Haag HS,52.0697,4.3224,1,,\n"
    "HS1,Den Haag HS spoor 1,52.0698,4.3225,0,HS,1\n"
    "ent,Ingang,52.0699,4.3226,2,HS,\n"
    "node,,,,3,HS,\n"
)
WHOLE = {"agency.txt": AGENCY, "routes.txt": ROUTES, "stops.txt": STOPS}


def packed(files: Mapping[str, str | bytes] = WHOLE) -> bytes:
    """A zip of these files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def recorded(name: str) -> bytes:
    """A recorded zip of shared/data/gtfs."""
    return (SHARED / "gtfs" / name).read_bytes()
