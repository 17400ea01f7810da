# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A juror comes by a link in a mail, declares an interest, judges without seeing what others gave, and reads the decision."""

from tests.walks import calls
from tests.walks.person import Person
from tests.walks.quay import Kade, come_in, link

MAIL = "nour@jury.example"

OWN, OTHER = "Speed bumps of straw", "A painted street"
"""Applications: of a friend of the juror, and of somebody else."""


def test_a_juror_judges_and_reads_the_decision(kade: Kade) -> None:
    with (
        kade.somebody("Iris", "innovation-officer") as iris, kade.somebody("Els", "editor") as els,
        kade.somebody("Max", "juror") as max, kade.somebody("Lot", "juror") as lot,
        Person(kade.node.address) as nour,
    ):  # fmt: skip
        code = calls.written(kade, iris, "A calm quay")
        calls.published(els, code)
        for name, offer in (("Strobaan", OWN), ("Verfstraat", OTHER)):
            with kade.somebody(name, "partner") as partner:
                calls.registered(partner, name)
                calls.applied(partner, code, offer)
        for juror in ("max", "lot"):
            calls.seated(iris, code, f"{juror}@kadestad.example")
        invited(iris, nour, kade, code)
        kade.passes(11)
        declares(nour)
        calls.judged(lot, code, (3, 2))
        judges(max, nour, code)
        decided(iris, nour, code)


def invited(iris: Person, nour: Person, kade: Kade, code: str) -> None:
    """Without an account she makes one first; the second mail leads to the jury, which waits until the call closes."""
    calls.seated(iris, code, MAIL)
    come_in(nour, link(kade.letter(MAIL)), "Nour")
    calls.seated(iris, code, MAIL)
    nour.open(link(kade.letter(MAIL, "You are asked for the jury of: A calm quay")))
    nour.sees("Jury: A calm quay", "You can apply until")
    assert OWN not in nour.says and "Strobaan" not in nour.says


def declares(nour: Person) -> None:
    """She has an interest in one of them, and says which; that one she may not open."""
    nour.open(nour.at)
    friend = nour.choice("Declare this", f"Strobaan: {OWN}")
    nour.send("Declare this", conflicts=[friend], honest="yes")
    nour.sees("Say in a few words what your interest is.")
    nour.send("Declare this", tells="The maker is a friend of mine.")
    nour.sees(f"Strobaan: {OWN} you have an interest", f"Verfstraat: {OTHER} to judge")
    assert f"Strobaan: {OWN}" not in nour.links
    nour.open(f"{nour.at.replace('call', 'score')}&application={friend}")
    assert nour.status == 409
    nour.sees(
        "This cannot be done now", "You said that you have an interest in this application, so you do not judge it."
    )


def judges(max: Person, nour: Person, code: str) -> None:
    """What Max gave she sees once she has given her own scores, which stay."""
    calls.judged(max, code, (2, 2))
    nour.open("/en/jury")
    nour.follow("A calm quay")
    nour.follow(f"Verfstraat: {OTHER}")
    nour.sees("Planters that make the street narrow.", "€ 18,000")
    assert "Some wood is used." not in nour.says
    nour.send("Give these scores, for good", score0="5", score1="4")
    assert nour.status == 422 and nour.answers("Give these scores, for good")["score0"] == "5"
    nour.send("Give these scores, for good", why0="Everyone sees it.", why1="Paint lasts for years.")
    nour.sees("Everyone sees it.", "Some wood is used.")
    assert not [form for form in nour.forms if form.names.keys() & {"score0"}]


def decided(iris: Person, nour: Person, code: str) -> None:
    """The decision is public with its reasons and the means of the jury; who gave which score is not."""
    iris.open(f"/en/jury/decide?id={code}")
    assert iris.says.index(f"{OTHER} (Verfstraat)") < iris.says.index(f"{OWN} (Strobaan)")
    told = {
        "choice0": "chosen",
        "why0": "Everyone sees it at once.",
        "choice1": "not",
        "why1": "Straw is gone after a winter.",
    }
    iris.send("Decide, and tell everyone", **told)
    assert iris.at == f"/en/challenge?id={code}", iris.says
    nour.open("/en/jury")
    nour.follow("A calm quay")
    nour.open(f"/en/challenge?id={code}")
    nour.sees("Everyone sees it at once.", "Straw is gone after a winter.", OTHER, "Verfstraat")
    for hidden in ("Strobaan", OWN, "Max", "Nour gave", "Some wood is used."):
        assert hidden not in nour.says, f"{nour.at} says {hidden!r}"
