# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of sources, one module each."""

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "files": "hanze.feeds.kinds.files:Files",
    "gbfs": "hanze.feeds.kinds.gbfs:Gbfs",
    "gtfs": "hanze.feeds.kinds.gtfs:Gtfs",
    "gtfs_rt": "hanze.feeds.kinds.gtfs_rt:GtfsRealtime",
    "havendam": "hanze.feeds.kinds.havendam:Havendam",
    "json": "hanze.feeds.kinds.json:Json",
    "luchtmeetnet": "hanze.feeds.kinds.luchtmeetnet:Luchtmeetnet",
    "mqtt": "hanze.feeds.kinds.mqtt:Mqtt",
    "ndw": "hanze.feeds.kinds.ndw:Ndw",
    "ngsild": "hanze.feeds.kinds.ngsild:Ngsild",
    "sensor_community": "hanze.feeds.kinds.sensor_community:SensorCommunity",
}
"""Kind to where it stands; imported on use."""
