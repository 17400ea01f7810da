# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A review of a year: each figure in it is that of its entity and has an origin; what is not known is said."""

from collections.abc import Iterator

import msgspec

from hanze.feeds.making import urn
from hanze.goals.keeping import values
from hanze.goals.model import AREA, SCORE, VALUE, ScoreFacts, ValueFacts
from hanze.goals.pages import wording
from hanze.goals.review import texts
from hanze.goals.review.document import Document, Figure, Goal, Indicator
from hanze.ngsild import operations
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.web.language import languages
from tests.goals.review import making
from tests.goals.review.making import COUNCIL, NO2, REACH, document
from tests.goals.town import CITY, KNOWN


def figures(part: object) -> Iterator[Figure]:
    """All that stand anywhere in a document."""
    if isinstance(part, Figure):
        yield part
    elif isinstance(part, msgspec.Struct):
        for name in part.__struct_fields__:
            yield from figures(getattr(part, name))
    elif isinstance(part, tuple):
        for one in part:
            yield from figures(one)


def indicator(made: Document, code: str) -> Indicator:
    return next(one for goal in made.goals for one in (*goal.known, *goal.unknown) if one.code == code)


def goal(made: Document, number: int) -> Goal:
    return made.goals[number - 1]


def check_figures(store: Store, made: Document, language: str) -> int:
    """Each figure has an origin with the number of its entity, in words and with all its digits; how many there are."""
    origins = {one.number: one for one in made.origins}
    assert list(origins) == list(range(1, len(made.origins) + 1))
    found = list(figures(made))
    for figure in found:
        origin = origins[figure.origin]
        entity = store.get("", origin.id, EVERYTHING)
        assert entity is not None
        if VALUE.iri in entity.types:
            facts = VALUE.facts_of(entity, ValueFacts)
            told = wording.number(languages()[language], KNOWN.indicators[facts.indicator], figure.value)
            assert (figure.value, figure.told) == (facts.kpiValue, told)
        else:
            score = SCORE.facts_of(entity, ScoreFacts).score
            assert score == figure.value
            assert figure.told == languages()[language].words.fixed(figure.value, 0)
        assert float(origin.exact.split(" ")[0]) == figure.value
    assert {figure.origin for figure in found} == set(origins)
    return len(found)


def test_every_figure_has_its_origin_and_is_the_number_of_its_entity(valued: Store) -> None:
    for language in ("nl", "en", "de"):
        made = document(valued, language=language)
        assert check_figures(valued, made, language) > 90
        assert made.simulated
        assert {one.source for one in made.goals[2].known} <= {"", "Havendam (simulated)"}


def test_best_and_worst_are_of_areas_that_are_shown(store: Store) -> None:
    made = document(store)
    no2 = indicator(made, NO2)
    assert no2.best and no2.worst and no2.figure
    assert (no2.best.area, no2.best.figure.value) == ("Noord <b>", 18.5)
    assert (no2.worst.area, no2.worst.figure.value) == ("Zuid #x", 29.75)
    assert (no2.figure.told, no2.period, no2.word) == ("24.1\u00a0µg/m³", "2026 so far", "bad")
    assert "Klein" not in {one.area for one in made.origins}
    # 31.25 was the whole of 2025; with one year that is over nothing can be compared.
    assert no2.trend == wording.NEW
    # Where all areas have the same number none is the best or the worst.
    assert indicator(made, REACH).best is None
    check_figures(store, made, "en")


def test_what_is_missing_is_said(store: Store) -> None:
    council = indicator(document(store), COUNCIL)
    assert (council.figure, council.why, council.colour) == (None, "Nobody has entered this yet.", "gray")
    poverty = indicator(document(store), "child-poverty")
    assert (poverty.figure, poverty.why) == (None, "This has not been worked out yet.")


def test_a_past_year_is_told_from_the_history(store: Store) -> None:
    made = document(store, 2025)
    no2 = indicator(made, NO2)
    assert no2.figure and (no2.figure.value, no2.period) == (31.25, "2025")
    origin = made.origins[no2.figure.origin - 1]
    assert (origin.exact, origin.check) == ("31.25 ug/m3", f"hanze goals verify --indicator {NO2} --area C --past")
    assert (indicator(made, REACH).figure, indicator(made, REACH).why) == (None, "No number of that year was kept.")
    assert goal(made, 11).standing.score is None
    now = document(store, 2026)
    figure = indicator(now, NO2).figure
    assert figure and now.origins[figure.origin - 1].check == f"hanze goals verify --indicator {NO2} --area C"


def test_a_number_that_was_corrected_to_none_has_left_the_past(store: Store) -> None:
    gone = making.worth(NO2, "C", None, making.LAST, making.THIS, "too little")
    store.submit(lambda uow: values.write(uow, CITY, [gone])).result()
    assert indicator(document(store, 2025), NO2).why == "Too little was measured to tell."


def test_goals_without_a_score_are_gray(store: Store) -> None:
    made = document(store)
    eleven, one = goal(made, 11).standing, goal(made, 1).standing
    assert eleven.score and (eleven.score.told, eleven.colour, eleven.word) == ("54", "orange", "not good enough")
    assert eleven.trend == wording.BETTER
    assert (one.score, one.colour, one.word) == (None, "gray", "not known")
    assert made.dimensions[0].score and made.dimensions[0].score.value == 61.25


def test_texts_stand_where_they_belong_in_their_language(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        texts.write(uow, CITY, 2026, "opening", "nl", "Wij willen:\n- lucht\n- groen", "editor")
        texts.write(uow, CITY, 2026, "goal-11", "nl", "Er kwam een park.", "innovation-officer")
        texts.write(uow, CITY, 2025, "opening", "nl", "Vorig jaar.", "editor")

    store.submit(work).result()
    made = document(store, language="nl")
    opening = made.chapters[0].text
    assert opening and [block.lines for block in opening.blocks] == [("Wij willen:",), ("lucht", "groen")]
    assert "redacteur" in opening.by and "10 maart 2026" in opening.by
    park = goal(made, 11).text
    assert park and park.blocks[0].lines == ("Er kwam een park.",)
    assert goal(made, 1).text is None
    assert document(store, language="en").chapters[0].text is None


def test_versions_of_a_text_are_kept(store: Store) -> None:
    for text, role in (("One.", "editor"), ("Two.", "innovation-officer"), ("", "editor")):
        store.submit(lambda uow: texts.write(uow, CITY, 2026, "next", "en", text, role)).result()  # noqa: B023
    assert "next" not in texts.read(store, EVERYTHING, CITY, 2026, "en")
    found = texts.earlier(store, EVERYTHING, CITY, 2026, "next", "en")
    assert [(one.text, one.role) for one in found] == [("Two.", "innovation-officer"), ("One.", "editor")]
    assert store.submit(lambda uow: texts.write(uow, CITY, 2026, "next", "en", "", "editor")).result() is False


def test_a_city_without_areas(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        for area in making.AREAS:
            entity = uow.entity("", urn(AREA.name, CITY, area.code))
            assert entity is not None
            uow.save("", operations.delete(entity))
        worths = [making.worth(NO2, "city", 12.5, making.THIS, making.NEXT)]
        values.write(uow, CITY, worths)

    store.submit(work).result()
    made = document(store)
    no2 = indicator(made, NO2)
    assert no2.figure and no2.figure.value == 12.5 and no2.best is None
    assert made.origins[0].area == "Havendam"
