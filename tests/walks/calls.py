# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What others did by forms before a walk comes in: a call was published, an organisation applied, a jury judged, the city chose."""

from typing import Any

from tests.walks.person import Person
from tests.walks.quay import INDICATOR, NOISE, Kade

JUDGING: dict[str, Any] = {
    "kinds": ["company", "social enterprise"], "largest": "small", "where": ["city", "region"],
    "own": "Can you begin in five weeks?", "criteria": "60 It works for who lives there\n40* Little material and energy",
}  # fmt: skip

OFFER: dict[str, Any] = {
    "what": "Planters that make the street narrow.", "helps": "Who sees a narrow street drives slower.", "ready": "prototype",
    "builds": "OpenPlanter",
}  # fmt: skip

TRIAL: dict[str, Any] = {
    "cost": "18000", "nature": "Old wood, and plants for bees.", "who": "Three people who built parklets before.",
}  # fmt: skip

HONEST = {"terms": "yes", "own": "yes"}

REGISTERED: dict[str, Any] = {"kind": "social enterprise", "size": "micro", "locality": "city", "newcomer": "yes"}


def called(kade: Kade, **days: int) -> dict[str, Any]:
    """What the call says; `days`: after today, of which each has a usual one."""
    usual = {"opens": 0, "closes": 10, "decided": 20, "begins": 34, "ends": 62, **days}
    return {
        "text": "Show us how cars slow down by themselves.", **{name: kade.day(after) for name, after in usual.items()},
        "budget": "20.000", "places": "1", "rights": "They stay with the maker.", "routes": ["several offers"],
    }  # fmt: skip


def written(kade: Kade, ina: Person, name: str) -> str:
    """The innovation officer writes a challenge, and asks a colleague to look at it; its code."""
    ina.open("/en/challenges/new")
    problem = "Cars drive too fast along the quay, since the new road is wide."
    ina.send("Save, and go on", name=name, problem=problem, indicator=INDICATOR, area="KAD01", weeks="4", streets="2")
    ina.send("Save, and go on", **called(kade))
    ina.send("Save, and go on", **JUDGING)
    ina.send("Ask a colleague to look at it")
    return ina.at.rpartition("=")[2]


def published(ed: Person, code: str) -> None:
    """The second person reads it, and makes it public."""
    ed.open(f"/en/challenges/draft?id={code}")
    ed.send("Publish")
    assert ed.at == f"/en/challenge?id={code}", ed.says


def applied(person: Person, code: str, name: str) -> None:
    """Somebody who speaks for an organisation sends an application of this name."""
    person.open(f"/en/call/apply?id={code}")
    person.send("Save, and go on", name=name, **OFFER)
    person.send("Save, and go on", **TRIAL)
    person.send("Send the application", **HONEST)
    assert person.status == 200 and "sent=1" in person.at, person.says


def registered(person: Person, name: str) -> None:
    person.open("/en/organisation")
    person.send("Save", name=name, contact=f"{name.split()[0].lower()}@firm.example", **REGISTERED)
    assert person.status == 200 and person.at == "/en/organisation", person.says


def judged(jo: Person, code: str, scores: tuple[int, int]) -> None:
    """A juror without interests gives each application these scores, by criterion."""
    jo.open(f"/en/jury/call?id={code}")
    jo.send("Declare this", honest="yes")
    for text, address in jo.links.items():
        if "jury/score" in address:
            jo.open(address)
            given = {f"score{place}": str(score) for place, score in enumerate(scores)}
            jo.send("Give these scores, for good", **given, why0=f"Clear: {text}.", why1="Some wood is used.")
            assert jo.status == 200, jo.says


def seated(ina: Person, code: str, mail: str) -> None:
    ina.open(f"/en/jury/members?id={code}")
    ina.send("Invite for the jury", mail=mail)
    assert ina.status == 200, ina.says


def terms(kade: Kade, partner: str, dan: Person) -> dict[str, Any]:
    """Answers to the form of an agreement that stands before the data officer: the mean level of each day, along the quay."""
    return {
        "name": f"Noise of the quay for {partner}", "about": "To find out whether planters make it quieter too.", 
        "partner": dan.choice("Save the draft", partner),
        "coarse-0": ["LAeq"], "level-0": "P1D", "purpose": "trial", "area": "KAD01", "starts": kade.day(0), "ends": kade.day(120),
        "contact": "data@kadestad.example",
    }  # fmt: skip


def chosen(ina: Person, code: str, why: str) -> None:
    """The only application is chosen."""
    ina.open(f"/en/jury/decide?id={code}")
    ina.send("Decide, and tell everyone", choice0="chosen", why0=why)
    assert ina.at == f"/en/challenge?id={code}", ina.says


def offered(dan: Person, kade: Kade, code: str, partner: str) -> str:
    """The data officer writes an agreement, for a challenge where one is named, and offers it; where it stands."""
    if code:
        dan.open(f"/en/challenge?id={code}")
        dan.follow("Agree on data")
    else:
        dan.open("/en/agreement/new")
    dan.send("Go on", types=[NOISE])
    dan.send("Save the draft", **terms(kade, partner, dan))
    dan.send("Offer it to the partner")
    assert dan.status == 200 and "/en/agreement?" in dan.at, dan.says
    return dan.at
