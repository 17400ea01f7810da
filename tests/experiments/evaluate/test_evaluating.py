# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole of an evaluation: verdicts on cases that were published, as a stranger gets them from raw files, and what it tells."""

import time

import msgspec
import numpy as np
import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate import designs
from hanze.experiments.evaluate.designs import PLACES
from hanze.experiments.evaluate.evaluating import evaluate
from hanze.experiments.evaluate.question import Design, Question
from hanze.experiments.evaluate.result import Result
from hanze.experiments.evaluate.table import read
from tests.experiments.evaluate.checks.made import against, its, months, series, units
from tests.feeds.kinds.serving import SHARED

DATA = SHARED / "experiments"

published = pytest.mark.skipif(not DATA.is_dir(), reason=f"{DATA} is not there")

SMOKING = Question(
    design="sdid", outcome="cigsale", unit="state", time="year", treated=("California",), start="1989"
)  # fmt: skip
SICILY = Question(design="its", outcome="aces", time="time", exposure="stdpop", treated=("smokban",))
BELTS = Question(
    design="its", outcome="front", time="rownames", treated=("law",), covariates=("kms", "PetrolPrice")
)  # fmt: skip
ULEZ = Question(design="its", outcome="GLA", unit="MSOA21CD", time="day", start="2021-10-25")


def found(file: str, question: Question, **more: object) -> Result:
    begun = time.monotonic()
    result = evaluate(read(DATA / file), msgspec.structs.replace(question, **more))
    assert time.monotonic() - begun < 30
    return result


def statuses(result: Result) -> dict[str, str]:
    return {one.name: one.status for one in result.checks}


@published
@pytest.mark.parametrize(
    ("file", "question", "estimate", "verdicts"),
    [
        ("its/sicily.csv", SICILY, 0.894, {"worked"}),
        ("its/sicily.csv", msgspec.structs.replace(SICILY, season="month"), 0.885, {"worked"}),
        ("its/seatbelts.csv", BELTS, -0.287, {"worked"}),
        (
            "its/seatbelts.csv", msgspec.structs.replace(BELTS, outcome="rear", start="170", treated=()), 0.002,
            {"did not work", "cannot tell"},
        ),
        ("synth/smoking.csv", SMOKING, -15.604, {"worked"}),
        ("synth/smoking.csv", msgspec.structs.replace(SMOKING, design="synthetic-control"), -19.587, {"worked"}),
    ],
    ids=["sicily", "sicily-season", "front", "rear", "sdid", "control"],
)  # fmt: skip
def test_published_cases(file: str, question: Question, estimate: float, verdicts: set[str]) -> None:
    result = found(file, question)
    assert result.verdict in verdicts, [one for one in result.checks if one.status != "pass"]
    told = result.finding.relative if file == "its/seatbelts.csv" else result.finding.estimate
    assert told == pytest.approx(estimate, abs=1e-3)
    assert not [one for one in result.checks if one.doubts]


@published
def test_one_date_and_a_half_term_tell_nothing() -> None:
    """London, 25 October 2021: 92 184 rows, one date, and the schools closed on the same day."""
    result = found("ulez/msoa_travel_distance.csv.gz", ULEZ)
    assert result.verdict == "cannot tell"
    texts = {one.name: one.told.said() for one in result.checks}
    assert "one date, 25 October 2021" in texts["dates"] and "92,184 rows" in texts["dates"]
    assert "half-term in England" in texts["coincidence"]
    assert statuses(result)["dates"] == "warn" and statuses(result)["coincidence"] in ("warn", "fail")


@published
def test_the_rear_seats_are_a_placebo_of_the_front_seats() -> None:
    result = found("its/seatbelts.csv", BELTS, placebo_outcomes=("rear",))
    assert statuses(result)["placebo-outcome"] == "pass" and result.verdict == "worked"
    turned = found("its/seatbelts.csv", BELTS, outcome="rear", placebo_outcomes=("front",))
    assert turned.verdict == "cannot tell"


@published
def test_a_null_becomes_a_no_where_the_effect_that_was_bought_could_have_been_seen() -> None:
    assert found("its/seatbelts.csv", BELTS, outcome="rear", bought=0.25).verdict == "did not work"
    hardly = found("its/seatbelts.csv", BELTS, outcome="rear", bought=0.1)
    assert hardly.verdict == "cannot tell" and hardly.seeing.could is False
    assert "moments with the measure" in hardly.advice.said()


def test_progress_goes_from_nothing_to_all() -> None:
    told: list[tuple[float, float]] = []
    table = series(np.random.default_rng(1).normal(100, 3, 40), months(40))
    evaluate(table, its("2020-01"), lambda done, of, _words: told.append((done, of)))
    assert told[-1] == (1.0, 1.0) and told == sorted(told) and len(told) > 5


def test_the_same_question_gives_the_same_result() -> None:
    values = np.random.default_rng(1).normal(100, 3, (30, 24))
    values[0, 12:] -= 15
    for design in ("did", "sdid"):
        one, other = (evaluate(units(values, months(24)), against(design, "2019-01")) for _time in range(2))
        assert one == other


@pytest.mark.parametrize("design", PLACES)
def test_a_result_can_be_kept(design: Design) -> None:
    """As JSON in an entity, and read again; in numbers of Python, whatever the design."""
    values, time = np.random.default_rng(1).normal(100, 3, (30, 24)), np.arange(24)
    on = (time >= 12) & (np.arange(30)[:, None] < 8)
    firsts = ["2019-01" if unit < 4 else "2019-07" if unit < 8 else "0" for unit in range(30)]
    asked: dict[str, object] = {"treated": tuple(f"u{unit}" for unit in range(8)), "start": "2019-01"}
    if design in ("staggered", "stepped-wedge"):
        asked = {"first_treated": "first", "treated": (), "start": ""}
        on = time >= np.where(np.arange(30) < 4, 12, np.where(np.arange(30) < 8, 18, 99))[:, None]
    if design == "switchback":
        on = np.repeat(np.random.default_rng(2).integers(0, 2, (30, 12)), 2, axis=1).astype(bool)
        asked = {"treated": ("on",), "start": ""}
    table = units(values - 15 * on, months(24), first=firsts)
    flags = {"on": [str(int(one)) for one in on.ravel()]}
    table = msgspec.structs.replace(table, columns={**table.columns, **flags})
    made = evaluate(table, against(design, str(asked.pop("start")), **asked, bought=0.1))
    assert made.verdict == "worked", [one for one in made.checks if one.status == "fail"]
    kept = msgspec.json.decode(msgspec.json.encode(made), type=Result)
    assert kept.sure.said() == made.sure.said() and kept.finding.estimate == made.finding.estimate
    assert [one.told.said() for one in kept.checks] == [one.told.said() for one in made.checks]


def test_a_rate_can_be_kept_too() -> None:
    counts = np.random.default_rng(1).poisson(50, 40).astype(float)
    made = evaluate(series(counts, months(40), people=np.full(40, 1000.0)), its("2020-01", exposure="people"))
    assert msgspec.json.decode(msgspec.json.encode(made), type=Result).finding == made.finding


def test_checks_that_failed_stand_first() -> None:
    values = np.random.default_rng(1).normal(100, 1, (50, 36))
    values[:8] -= 0.5 * np.arange(36)
    names = tuple(f"u{place}" for place in range(8))
    made = evaluate(units(values, months(36)), against("did", "2020-01", treated=names))
    order = [("fail", "warn", "pass").index(one.status) for one in made.checks]
    assert order == sorted(order) and made.checks[0].name == "pre-trend"
    assert made.verdict == "cannot tell" and made.finding.high < 0
    assert made.checks[0].told.said() in made.sure.said()
    assert (made.levels.maryland, made.levels.nesta) == (2, 2)


def test_another_missing_module_is_no_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    table = series(np.random.default_rng(1).normal(100, 3, 40), months(40))
    monkeypatch.setattr(designs, "find", lambda _design: missing("statsmodels.api"))
    with pytest.raises(ConfigurationError, match=r"pip install 'hanze\[experiments\]'"):
        evaluate(table, its("2020-01"))
    monkeypatch.setattr(designs, "find", lambda _design: missing("hanze.nothing"))
    with pytest.raises(ModuleNotFoundError):
        evaluate(table, its("2020-01"))
