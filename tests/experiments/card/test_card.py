# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the card says: the question, the size in percent and in units, who gained, what stands behind it."""

import msgspec
import pytest

from hanze.experiments.card.card import make
from hanze.experiments.evaluate import power
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.levels import levels
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.result import Result
from hanze.experiments.evaluate.verdict import advise, decide, see, sure
from hanze.experiments.told import Told
from hanze.web.language import languages
from tests.experiments.evaluate.findings import QUESTION, check, found


def result(finding: Finding, question: Question = QUESTION) -> Result:
    """As `evaluate` makes it, with one check."""
    checks = (check("pass"),)
    seeing = see(finding, question, power.after(finding))
    said, strong = decide(finding, question, checks, seeing), levels(question.design, finding, checks)
    return Result(
        question=question, finding=finding, checks=checks, verdict=said, sure=sure(said, checks, strong),
        seeing=seeing, levels=strong, advice=advise(said, finding, question, checks, seeing), version="1.2.3",
        hash="ab" * 32,
    )  # fmt: skip


WORKED = result(found(-20, 10))


def test_the_question_as_it_was_asked() -> None:
    assert make(WORKED).asked.said() == "Does the measure make noise lower? It is on in Quay from July 2025 on."
    assert make(WORKED, Told("Is it calmer at night?")).asked.said() == "Is it calmer at night?"
    higher = msgspec.structs.replace(QUESTION, better="higher")
    assert "higher" in make(result(found(20, 10), higher)).asked.said()


def test_the_size_in_percent_and_in_units() -> None:
    percents, own = (one.said() for one in make(WORKED).size)
    assert percents == "20 % lower, in all likelihood between 30 % lower and 10 % lower."
    assert own == "noise: 20 lower for each unit and moment; between 30 lower and 10 lower (95 % interval)."


def test_where_a_share_has_no_meaning_the_size_is_told_in_units() -> None:
    finding = msgspec.structs.replace(found(-20, 10), relative_low=None)
    (own,) = (one.said() for one in make(result(finding)).size)
    assert own == "20 lower, in all likelihood between 30 lower and 10 lower."


def test_a_null_stands_beside_what_could_have_been_seen() -> None:
    assert make(WORKED).seen is None
    null = make(result(found(0, 9)))
    assert null.seen is not None and null.seen.said().startswith("An effect of 12.9 % or more")
    bought = make(result(found(0, 9), msgspec.structs.replace(QUESTION, bought=0.05)))
    assert bought.seen is not None and bought.seen.said().endswith("; 5 % was bought.")
    endless = make(result(msgspec.structs.replace(found(0, 9), relative_low=None)))
    assert endless.seen is not None and "cannot be told" in endless.seen.said()


def test_who_gained_and_who_lost() -> None:
    some = result(msgspec.structs.replace(found(-20, 10), parts={"Quay": -0.3, "Hill": 0.1, "Moor": -7.0}))
    card = make(some)
    assert card.counted is not None
    assert card.counted.said() == "Of 3 units with the measure, it got better in 2 and worse in 1."
    assert [(one.name, one.better) for one in card.parts] == [("Quay", True), ("Hill", False)], "-700 % is no share"
    many = make(
        result(msgspec.structs.replace(found(-20, 10), parts={f"U{place}": -place / 100 for place in range(20)}))
    )
    assert [one.name for one in many.parts] == ["U19", "U18", "U17", "U2", "U1", "U0"]
    crowd = make(result(msgspec.structs.replace(found(-20, 10), parts={f"U{place}": -0.1 for place in range(99)})))
    assert crowd.parts == () and crowd.counted is not None
    assert make(WORKED).counted is None


def test_what_stands_behind_it() -> None:
    origin = {name.said(): value.said() for name, value in make(WORKED).origin}
    assert origin["Method"] == "The mean of two." and origin["Better is"] == "lower"
    assert origin["Checksum of the data (SHA-256)"] == "ab" * 32
    data = "240 rows, 10 units in all, of which 1 with the measure, 18 moments before it and 6 after"
    assert origin["Data"].startswith(data)


def test_one_is_no_plural() -> None:
    counts = msgspec.structs.replace(WORKED.finding.counts, rows=3, units=2, treated=1, before=1, after=2)
    one = msgspec.structs.replace(found(-20, 10), counts=counts)
    card = make(result(one, msgspec.structs.replace(QUESTION, treated=())))
    assert card.asked.said() == "Does the measure make noise lower? It is on in 1 unit from July 2025 on."
    data = {name.said(): value for name, value in card.origin}["Data"]
    assert data.said() == "3 rows, 2 units in all, of which 1 with the measure, 1 moment before it and 2 after"
    assert (
        data.said(languages()["nl"].say)
        == "3 rijen, 2 plekken in totaal, waarvan 1 met de maatregel, 1 moment ervoor en 2 erna"
    )


@pytest.mark.parametrize(("start", "place"), [("2025-07", 18), ("2025-05-20", 17), ("", 18), ("2031-01", 18)])
def test_where_the_measure_begins_in_the_line(start: str, place: int) -> None:
    assert make(result(found(-20, 10), msgspec.structs.replace(QUESTION, start=start))).start == place
