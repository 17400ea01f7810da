# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A story from a file: read, and told with file, line, field and fix where it cannot be used."""

from pathlib import Path

import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.telling import reading
from tests.experiments.telling.quiet import MEASURED, TEXT


def test_a_whole_story_is_read(tmp_path: Path) -> None:
    file = tmp_path / "quiet.toml"
    file.write_text(TEXT, "utf-8")
    story = reading.read(file)
    assert story.challenge is not None and story.challenge.call.criteria[1].sustainable
    assert story.trial is not None and story.trial.plan.design == "did" and story.trial.room is None
    assert story.agreement is not None and story.agreement.terms.partner_name == "Stil BV"


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('code = "straat"', 'code = "straat', "is not TOML"),
        ('description = "Het is te hard."', "description = 3", 'description = 3": challenge.description: Expected str, got int'),
        ('why = "Het is echt stil."', "", '[[applications]]": applications[0].why: Object missing required field why'),
        ("simulated = true", "simulatd = true", "simulatd: Object contains unknown field simulatd"),
        ('opened = "2026-01-25"', 'opened = "soon"', 'opened = "soon"": trial.opened: This is no moment.'),
        ('since = "2026-01-10"', 'since = "2026-03-10"', 'since = "2026-03-10"": trial.plan.since: Data have to count'),
        ('partner = "stil"\npartnerName', 'partner = "luid"\npartnerName', 'partner = "luid"": agreement.terms.partner: This org'),
        ('by = "zacht"', 'by = "luid"', 'by = "luid"": applications[1].by: This organisation is not in the story.'),
        ('judged.stil = { scores = [4', 'judged.luid = { scores = [4', "jury[1].judged: Name only organisations that applied."),
        ('solution = "stil"', 'solution = "zacht"', 'solution = "zacht"": trial.solution: Name an organisation whose'),
        ('ends = "2026-04-30"', 'ends = "2025-04-30"', 'ends = "2025-04-30"": agreement.terms.ends: The last day comes'),
        ('route = "several offers"', 'route = "gift"', 'route = "gift"": trial.follow_ups[0].route: Give one of direct'),
        ('by = "2026-09-01"', 'by = "autumn"', 'by = "autumn"": trial.follow_ups[0].by: This is no day.'),
        ("plan = { compared = [", 'plan = { starts = "2020-01-01", compared = [', "trial.changes[0].plan.since: Data have"),
        ("plan = { compared = [", "plan = { x = 1, compared = [", "trial.changes[0].plan: The plan cannot be used"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_its_line(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    assert was in TEXT
    file = tmp_path / "quiet.toml"
    changed = TEXT.replace(was, becomes, 1)
    file.write_text(changed, "utf-8")
    with pytest.raises(ConfigurationError) as refused:
        reading.read(file)
    line, _quote, sentence = told.rpartition('": ')
    assert sentence in refused.value.detail and str(file) in refused.value.detail
    if line:
        number = changed.splitlines().index(line) + 1
        assert f"quiet.toml, line {number}: " in refused.value.detail


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"nowhere\.toml cannot be read"):
        reading.read(tmp_path / "nowhere.toml")


ANSWERS = """
[[trial.answers]]
wave = {wave}
area = "N"
counts = {counts}
"""


@pytest.mark.parametrize(
    ("wave", "counts", "told"),
    [
        (3, "[1, 2]", "trial.answers[0].wave: Give the number of a wave of the plan, from 1 to 2."),
        (1, "[1]", "trial.answers[0].counts: Give 2 numbers"),
        (1, "[1, -2]", "trial.answers[0].counts: Give 2 numbers"),
    ],
)
def test_answers_have_to_fit_the_survey(tmp_path: Path, wave: int, counts: str, told: str) -> None:
    file = tmp_path / "quiet.toml"
    survey = (
        'outcome = { kind = "survey", question = "Stil?", answers = [{ text = "Ja", score = 1.0 }, { text = "Nee", score = 0.0 }],'
        ' waves = [{ since = "2026-01-12", until = "2026-01-15" }, { since = "2026-03-01", until = "2026-03-04" }] }'
    )
    asked = TEXT.replace(MEASURED, survey).replace('units = "things"', 'units = "areas"')
    changed = asked + ANSWERS.format(wave=wave, counts=counts)
    file.write_text(changed, "utf-8")
    with pytest.raises(ConfigurationError) as refused:
        reading.read(file)
    assert told in refused.value.detail
    file.write_text(TEXT + ANSWERS.format(wave=wave, counts=counts), "utf-8")
    with pytest.raises(ConfigurationError, match="The plan has no survey"):
        reading.read(file)
