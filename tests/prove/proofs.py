# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The proofs by name, with how many rounds `make prove` gives each."""

from typing import NamedTuple

from tests.prove import agreements, corrupt, disk, hostile, kill, outage, power, properties, site, soak, two
from tests.prove.seen import Prove


class Proof(NamedTuple):
    """`what`: what it shows, for the page. `rounds`: of a long run."""

    name: str
    what: str
    rounds: int
    prove: Prove


PROOFS = (
    Proof(
        "kill",
        "`kill -9` at random moments under mixed writes from four connections: every answered write is there, no batch by "
        "half, every notification arrives in order, history holds every value, and the database is whole",
        200,
        kill.prove,
    ),
    Proof(
        "power",
        "the power goes, and with it what was written and not synced: no answered batch is lost or there by half, with its "
        "history, journal and vault rows",
        400,
        power.prove,
    ),
    Proof(
        "disk",
        "the disk fills up: writes are refused with 503 and one sentence, reads go on, nothing answered is lost, and with "
        "room the node goes on by itself",
        60,
        disk.prove,
    ),
    Proof(
        "corrupt",
        "files are harmed while the node does not run: it runs with all that it answered, or refuses in one sentence, and "
        "`hanze doctor` tells it",
        304,
        corrupt.prove,
    ),
    Proof(
        "two", "two processes on one folder: one works, the other hands over or refuses in one sentence", 20, two.prove
    ),
    Proof(
        "hostile",
        "mutated requests and attacks on the protocol: never an error of ours, never more than 400 MB, /health within a "
        "second all the while, and no call to an address that is not allowed",
        10_000,
        hostile.prove,
    ),
    Proof(
        "agreements",
        "calls by a key of an agreement, legal and not, over every face: each answer, notification and message of a stream is that "
        "of a node that has nothing else, with other single values where only aggregates were agreed",
        10_000,
        agreements.prove,
    ),
    Proof(
        "soak",
        "Havendam and every other kind of source at 600 times the pace, a round an hour of the clock; servers fail, the MQTT "
        "broker restarts, the broker that is mirrored is killed, a folder is brought again: each reading that was told is there, "
        "each that is not there was left out by the sensors' own faults, and no memory grows beyond the store's caches",
        24,
        soak.prove,
    ),
    Proof(
        "outage",
        "a node and its mirror, of which one is killed and away for five minutes while the other goes on: then the mirror has all "
        "entities as they are and each reading in its history, without a hand",
        4,
        outage.prove,
    ),
    Proof(
        "properties",
        "the property tests of the information model and of the store with new examples",
        1,
        properties.prove,
    ),
    Proof(
        "pages",
        "every page for nobody and for an administrator, in each language, light and dark, at 320 to 1600 pixels: axe-core finds "
        "no fault, and nothing is wider than the screen",
        1,
        site.pages,
    ),
    Proof(
        "forms",
        "forms with rubbish in them, most of them nearly right: never a fault of ours, and nothing is stored half",
        1,
        site.forms,
    ),
)
