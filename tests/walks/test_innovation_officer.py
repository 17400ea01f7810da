# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An innovation officer goes from a red goal to what follows from a trial, by forms only and without JavaScript: challenge, second
person, jury, decision, agreement, plan, trial, look, result, follow-up."""

import re
from datetime import date
from typing import Any

from tests.walks import calls
from tests.walks.person import Person
from tests.walks.quay import COMPARED, PASSWORD, SPEED, TRAFFIC, TREATED, Kade, come_in, link

JURORS = ("Jo", "Lea")

PLAN: dict[str, dict[str, Any]] = {
    "expect": {"hypothesis": "Cars drive slower along the quay.", "better": "lower", "bought": "5", "kind": "measured"},
    "outcome": {"series": f"{TRAFFIC}|{SPEED}|KMH", "together": "mean", "step": "day", "units": "things"},
    "places": {"design": "did", "treated": list(TREATED), "compared": list(COMPARED), "area": "KAD01", "cluster": "unit"},
    "judging": {"level": "95", "existing": "accessed", "look_first": "14", "look_every": "7", "look_most": "2", "harm": "10",
                "alpha": "5"},
}  # fmt: skip


def test_from_a_red_goal_to_what_follows(kade: Kade) -> None:
    with (
        kade.somebody("Ina", "innovation-officer") as ina, kade.somebody("Ed", "editor") as ed,
        kade.somebody("Dan", "data-officer") as dan, kade.somebody("Sam", "partner") as sam,
    ):  # fmt: skip
        code = challenge(ina, ed, kade)
        calls.registered(sam, "Plantwerk")
        calls.applied(sam, code, "Planters on the quay")
        jury(ina, kade, code)
        kade.passes(11)
        judged(ina, kade, code)
        decision(ina, code)
        agreement(dan, sam, kade, code)
        trial = plan(ina, kade)
        kade.passes(23)
        starts(ina, kade, trial)
        kade.passes(16)
        looked(ina, trial)
        kade.passes(15)
        result(ina, trial)
        follows(ina, kade, trial)


def challenge(ina: Person, ed: Person, kade: Kade) -> str:
    """From the goal that is red, by its number, to a challenge that a second person published; its code."""
    ina.open("/en/goals")
    ina.follow("Sustainable cities and communities")
    ina.sees("Too fast in quiet streets bad")
    ina.follow("Too fast in quiet streets")
    ina.follow("Open a challenge for this")
    assert ina.answers("Save, and go on")["indicator"] == "streets-too-fast"
    problem = "Cars drive too fast along the quay, since the new road is wide."
    ina.send("Save, and go on", name="A slow quay", problem=problem, area="KAD01", weeks="4", streets="2")
    ina.send("Save, and go on", **calls.called(kade))
    ina.send("Save, and go on", **calls.JUDGING)
    ina.sees("of the hours bad", "A trial of 4 weeks in 2 places can show a change of")
    ina.send("Ask a colleague to look at it")
    assert "Publish" not in [button for form in ina.forms for button in form.buttons]
    return second(ina, ed)


def second(ina: Person, ed: Person) -> str:
    """The colleague returns it once, and then publishes it."""
    draft = ina.at
    ed.open("/en/desk")
    ed.follow("A slow quay")
    ed.send("Return it", note="Say from when on the road is so wide.")
    ina.open(draft)
    ina.sees("Say from when on the road is so wide.")
    ina.follow("Change what was written")
    ina.send("Save, and go on", problem="Cars drive too fast along the quay since 2024, when the road became wide.")
    ina.open(draft)
    ina.send("Ask a colleague to look at it")
    code = draft.rpartition("=")[2]
    calls.published(ed, code)
    ed.sees("since 2024", "You can apply until")
    return code


def jury(ina: Person, kade: Kade, code: str) -> None:
    """Two people are asked by mail; who has no account yet makes one first."""
    ina.open(f"/en/challenge?id={code}")
    ina.follow("Invite the jury")
    for name in JURORS:
        mail = f"{name.lower()}@jury.example"
        ina.send("Invite for the jury", mail=mail)
        ina.sees("An invitation to make an account is on its way.")
        with Person(kade.node.address) as juror:
            come_in(juror, link(kade.letter(mail)), name)
        ina.send("Invite for the jury", mail=mail)
        ina.sees(f"{name} has not declared interests yet")


def judged(ina: Person, kade: Kade, code: str) -> None:
    """The officer sees who has not judged yet, and what was given only then."""
    for name, scores in zip(JURORS, ((5, 3), (3, 3)), strict=True):
        ina.open(f"/en/jury/desk?id={code}")
        ina.sees(f"{name}: 1 application")
        with Person(kade.node.address) as juror:
            juror.open("/en/sign-in")
            juror.send("Sign in", mail=f"{name.lower()}@jury.example", password=PASSWORD)
            calls.judged(juror, code, scores)


def decision(ina: Person, code: str) -> None:
    """With reasons, and for everyone to check."""
    ina.open(f"/en/jury/desk?id={code}")
    ina.sees("4.0 (divided: 2 apart)", "Planters on the quay")
    ina.follow("Decide")
    ina.send("Decide, and tell everyone", choice0="chosen")
    assert ina.status == 422
    ina.send("Decide, and tell everyone", why0="It slows cars down, and is there in five weeks.")
    assert ina.at == f"/en/challenge?id={code}", ina.says
    ina.sees("It slows cars down, and is there in five weeks.", "Chosen")


def agreement(dan: Person, sam: Person, kade: Kade, code: str) -> None:
    """The data officer writes it for the challenge, and both sides sign."""
    place = calls.offered(dan, kade, code, "Plantwerk")
    for person in (dan, sam):
        person.open(place)
        person.follow("Read and sign")
        person.send("Sign", agree="yes")
    sam.sees("It runs now", "It belongs to: A slow quay")


def plan(ina: Person, kade: Kade) -> str:
    """What counts is fixed before the trial begins; its code."""
    ina.follow("Open a trial for it")
    question = "Do cars drive slower along the quay?"
    ina.send(
        "Open this trial", name="Planters on the quay", question=question, description="Planters make the road narrow."
    )
    days = {"since": kade.day(-60), "starts": kade.day(23), "ends": kade.day(51)}
    for told in (PLAN["expect"], PLAN["outcome"], PLAN["places"], days):
        ina.send("Save and go on", **told)
    ina.send("Look at the whole plan", **PLAN["judging"])
    ina.send("Fix this plan")
    ina.sees("fixed before the trial began", "By the access log nobody had read it.")
    kade.begins = date.fromisoformat(days["starts"])
    return ina.at.rpartition("=")[2]


def starts(ina: Person, kade: Kade, trial: str) -> None:
    ina.open(f"/en/trial?id={trial}")
    ina.follow("Start the trial")
    ina.send("Start the trial", began="yes")
    ina.sees("Extend the trial")


def looked(ina: Person, trial: str) -> None:
    """The look of the plan is made without a hand: nothing stops."""
    ina.comes_to(f"/en/trial?id={trial}", "no reason to stop was seen. It goes on.")
    ina.sees("Stop the trial", "What a look estimates is not shown before the end")


def result(ina: Person, trial: str) -> None:
    """It ends and is judged without a hand."""
    ina.comes_to(f"/en/trial?id={trial}", "This trial was judged, and nobody said yet what follows.")
    ina.sees("lower, in all likelihood between", "fixed before the trial began")
    assert re.search(r"It worked 1[12](\.\d)? % lower", ina.says), ina.says


def follows(ina: Person, kade: Kade, trial: str) -> None:
    ina.follow("Say what follows")
    told = {
        "what": "scale",
        "why": "It worked.",
        "owner": "Head of streets",
        "by": kade.day(90),
        "budget": "60000",
        "route": "several offers",
    }
    ina.send("Save this", **told)
    ina.open(f"/en/trial?id={trial}")
    ina.sees("Head of streets", "offers of a few suppliers")
    ina.open("/en/learned")
    ina.sees("Planters on the quay")
