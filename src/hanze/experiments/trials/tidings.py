# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What who follows a trial is told by mail: in which state it is, what came of it, and what follows."""

from collections.abc import Iterator

from hanze.experiments.card import card
from hanze.experiments.told import Told
from hanze.experiments.trials import followup, keeping
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.looking import kept
from hanze.ngsild import times
from hanze.ngsild.described import VOCABULARY
from hanze.ngsild.entity import Entity
from hanze.web.language import Language
from hanze.web.room import Site, Tidings

VERDICT = "%(verdict)s. %(size)s"


def tell(site: Site, language: Language, entity: Entity, since: int) -> Tidings:
    """Sentences about what changed since a moment."""
    trial = keeping.trial_of(entity)
    return Tidings(tuple(_lines(language, trial, entity, since)), "trial", {"id": trial.code})


def _lines(language: Language, trial: Trial, entity: Entity, since: int) -> Iterator[str]:
    facts = trial.facts
    if _new(entity, "status", since):
        yield language.say(keeping.SENTENCES[trial.status])
    result = kept.read(facts.result)
    if result is not None and trial.judged is not None and trial.judged > since:
        yield verdict(card.make(result)).said(language.say, language.words.number)
    if _new(entity, "followUp", since):
        yield from (f"{language.say(followup.WHAT[one.what])}: {one.why}" for one in followup.read(facts.followUp)[-1:])


def verdict(made: card.Card) -> Told:
    """The verdict and how large the effect is."""
    return Told(VERDICT, {"verdict": made.word, "size": made.size[0] if made.size else Told("")})


def _new(entity: Entity, name: str, since: int) -> bool:
    found = entity.attributes.get(VOCABULARY + name, ())
    return any("modifiedAt" in one and times.parse(one["modifiedAt"]) > since for one in found)
