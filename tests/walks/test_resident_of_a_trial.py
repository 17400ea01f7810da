# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A resident reads of a trial on a telephone, answers its question, sees who may see which data, and is mailed what came of it."""

from typing import Any

from tests.browser import browser, needs_chromium
from tests.walks import calls
from tests.walks.person import Person
from tests.walks.phone import Phone
from tests.walks.quay import Kade, link
from tests.walks.test_goals import calm

MAIL = "rik@home.example"

TRIAL = "Help at the counter"

QUESTION = "Could you do your business with the city by yourself?"

ROWS = "[...document.querySelectorAll('[aria-labelledby=survey-title] tbody tr')].map((row) => row.innerText)"
"""Of the answers of residents, by time and area."""

TRIED, OTHERS = ("KAD01", "KAD02"), ("KAD03", "KAD04")


@needs_chromium
def test_from_a_question_to_what_came_of_it(kade: Kade) -> None:
    with (
        kade.somebody("Isa", "innovation-officer") as isa, kade.somebody("Daan", "data-officer") as daan,
        browser() as chromium,
    ):  # fmt: skip
        rik = Phone(chromium.page("about:blank", width=390, height=844), kade.node.address)
        agreed(kade, daan)
        code = planned(kade, isa)
        reads(rik)
        answers(rik)
        follows(rik, kade)
        others(kade, code, (3, 2, 3, 4))
        kade.passes(12)
        begun(isa, code)
        kade.passes(13)
        again(rik, code)
        others(kade, code, (4, 4, 3, 4))
        kade.passes(10)
        isa.comes_to(f"/en/trial?id={code}", "This trial was judged, and nobody said yet what follows.")
        told(rik, kade)
        assert not rik.page.complaints


def agreed(kade: Kade, daan: Person) -> None:
    with kade.somebody("Buurtwerk", "partner") as partner:
        calls.registered(partner, "Buurtwerk")
        place = calls.offered(daan, kade, "", "Buurtwerk")
        for person in (daan, partner):
            person.open(place)
            person.follow("Read and sign")
            person.send("Sign", agree="yes")


def planned(kade: Kade, isa: Person) -> str:
    """A trial in two neighbourhoods, beside two others: residents of all four are asked before and after; its code."""
    isa.open("/en/trials/new")
    agreement = isa.choice("Open this trial", "Noise of the quay for Buurtwerk")
    told = {"question": "Does help at the counter help?", "description": "Somebody sits at the counter and helps."}
    isa.send("Open this trial", name=TRIAL, area="KAD", agreement=agreement, **told)
    waves = f"{kade.day(0)} {kade.day(6)}\n{kade.day(20)} {kade.day(30)}"
    steps: list[dict[str, Any]] = [
        {"hypothesis": "More people manage by themselves.", "better": "higher", "bought": "10", "kind": "survey"},
        {"survey": QUESTION, "answers": "Yes = 1\nNo = 0", "waves": waves},
        {"design": "did", "treated": list(TRIED), "compared": list(OTHERS), "cluster": "unit"},
        {"since": kade.day(0), "starts": kade.day(12), "ends": kade.day(30)},
    ]
    for step in steps:
        isa.send("Save and go on", **step)
    isa.send("Look at the whole plan", level="95", existing="not created")
    isa.send("Fix this plan")
    isa.sees("fixed before the trial began")
    return isa.at.rpartition("=")[2]


def begun(isa: Person, code: str) -> None:
    isa.open(f"/en/trial/start?id={code}")
    isa.send("Start the trial", began="yes")


def reads(rik: Phone) -> None:
    """From the menu to the trial, and to the agreement that goes with it, in plain words."""
    rik.open("/en/trials")
    rik.follow(TRIAL)
    calm(rik, "Does help at the counter help?", "Somebody sits at the counter and helps.", QUESTION)
    rik.follow("Noise of the quay for Buurtwerk")
    calm(rik, "Kadestad gives data to Buurtwerk.", "There are no personal data in it.", "Only averages and counts")
    rik.open("/en/trials")
    rik.follow(TRIAL)


def answers(rik: Phone) -> None:
    """One question and the neighbourhood, without an account, once."""
    place = rik.at
    rik.follow("Answer one question")
    rik.send("Send this answer", answer="0", area="KAD01")
    calm(rik, "Thank you")
    rik.open(place)


def follows(rik: Phone, kade: Kade) -> None:
    rik.follow("Tell me what came of it")
    rik.send("Tell me by mail", mail=MAIL)
    rik.open(link(kade.letter(MAIL)))
    rik.send("Yes, tell me")
    calm(rik)


def others(kade: Kade, code: str, manage: tuple[int, ...]) -> None:
    """Six people of each neighbourhood answer too, of whom so many manage."""
    for area, many in zip((*TRIED, *OTHERS), manage, strict=True):
        for number in range(6):
            with Person(kade.node.address) as somebody:
                somebody.open(f"/en/trial/answer?id={code}")
                somebody.send("Send this answer", answer="0" if number < many else "1", area=area)
                assert "said=yes" in somebody.at, somebody.says


def again(rik: Phone, code: str) -> None:
    """In the second time he is asked once more; what others answered before he can read."""
    rik.open(f"/en/trial?id={code}")
    rik.page.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    calm(rik, "25 answers so far")
    rows = [str(row).split()[-2:] for row in rik.page.run(ROWS)]
    assert rows[:2] == [["4", "3"], ["2", "4"]], rows
    answers(rik)


def told(rik: Phone, kade: Kade) -> None:
    """A mail leads to the result, which says how sure it is, and what was planned."""
    letter = kade.letter(MAIL, "What is new about what you follow")
    assert TRIAL in letter
    rik.open(link(letter))
    calm(rik, "We cannot tell", "What comes next", "Plan fixed beforehand")
