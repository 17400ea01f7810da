# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An ODRL agreement as terms: what is understood becomes terms again, what has no place in them is told by name."""

import re
from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import Any, TypeVar
from urllib.parse import unquote

import msgspec

from hanze.errors import BadRequestData
from hanze.experiments.agreements import terms as agreed
from hanze.experiments.agreements import words
from hanze.experiments.agreements.odrl import jsonld
from hanze.experiments.agreements.odrl.graph import Ref, Term, Value
from hanze.experiments.agreements.odrl.policy import Condition, Constraint, Duty, Policy, Rule, Thing
from hanze.experiments.agreements.odrl.reading import Reader
from hanze.experiments.agreements.odrl.vocabulary import NAMESPACE
from hanze.experiments.agreements.policies import CITY, ORGANISATION, city_of
from hanze.experiments.agreements.terms import FREE, MOST_RATE, Attribute, Part, Sharing, Terms
from hanze.experiments.model import AGREEMENT
from hanze.experiments.trials import days
from hanze.feeds.making import urn
from hanze.goals.model import AREA
from hanze.ngsild import times
from hanze.ngsild.checks import shown
from hanze.ngsild.context import CORE
from hanze.ngsild.described import VOCABULARY

T = TypeVar("T")

_TAKEN = {words.READ, words.AGGREGATE}

RATE = re.compile("[1-9][0-9]{0,9}")


def read(document: Any, zone: tzinfo) -> tuple[str, Terms]:
    """The id and the terms of an agreement in JSON-LD. Errors: BadRequestData that names all that terms cannot say."""
    policy = Reader(jsonld.read(document)).policy()
    return policy.id, terms(policy, zone)


def terms(policy: Policy, zone: tzinfo) -> Terms:
    """Errors: BadRequestData that names all that terms cannot say."""
    reader = _Reader(policy, zone)
    found = reader.read()
    told = [
        f"{says}: {', '.join(dict.fromkeys(names))}; {fix}."
        for names, says, fix in (
            (
                reader.strange,
                "An agreement of this city cannot say this of the policy",
                "leave it out or agree on it apart",
            ),
            (reader.missing, "The policy does not say", "give it as an agreement of this city has it"),
        )
        if names
    ]
    if told:
        raise BadRequestData(" ".join(told))
    # As strict as with terms that come as JSON: no empty name, no number out of its bounds.
    return agreed.read(msgspec.to_builtins(found))


class _Reader:
    """`strange`: what was met and not understood, by name; `missing`: what has to be said and is not."""

    def __init__(self, policy: Policy, zone: tzinfo) -> None:
        self._policy, self._zone = policy, zone
        self._city = _city(policy.id)
        self.strange: list[str] = list(policy.unread)
        self.missing: list[str] = []
        if policy.kind != "Agreement":
            self.strange.append(f"type {policy.kind}")
        self.strange += [f"profile {one}" for one in policy.profiles if one != words.PROFILE]
        if policy.conflict != "invalid":
            self.strange.append(f"conflict {policy.conflict}")

    def read(self) -> Terms:
        data = [one for one in self._policy.rules if one.kind == "permission" and _TAKEN.issuperset(_ids(one.actions))]
        rest = [one for one in self._policy.rules if one not in data]
        if not data:
            raise BadRequestData("The policy permits to read nothing; give a permission with action read or aggregate.")
        common = self._conditions(data)
        return Terms(
            name=self._policy.title, about=self._policy.about, **self._parties(data[0]), data=self._data(data), **common,
            sharing=self._sharing(rest), **self._duties(days.day(common["ends"])),
        )  # fmt: skip

    def _parties(self, rule: Rule) -> dict[str, Any]:
        city, partner = (self._one(*one) for one in ((rule.assigners, "assigner"), (rule.assignees, "assignee")))
        others: list[Rule | Duty] = [*self._policy.rules, *self._policy.obligations]
        for other in others:
            if set(_ids(other.assigners)) - {city.id} or set(_ids(other.assignees)) - {partner.id}:
                self.strange.append(f"other parties of {other.id}")
        begin = urn(ORGANISATION, self._city) + ":"
        if city.id != urn(CITY, self._city):
            self.strange.append(f"assigner {city.id}")
        if not partner.id.startswith(begin):
            self.strange.append(f"assignee {partner.id}")
        return {
            "city": city.name, "contact": city.mail, "partner": unquote(partner.id.removeprefix(begin)),
            "partner_name": partner.name,
        }  # fmt: skip

    def _data(self, rules: Iterable[Rule]) -> tuple[Part, ...]:
        found: dict[str, list[Attribute]] = {}
        for rule in rules:
            level = self._level(rule)
            for target in rule.targets:
                names = found.setdefault(CORE.compact(target.id), [])
                names += [Attribute(CORE.compact(one), level) for one in self._names(target)]
            if not rule.targets:
                self.strange.append(f"{rule.id} for everything there is")
            self.strange += [f"duty of {rule.id}" for _ in rule.duties]
        return tuple(Part(type, tuple(names)) for type, names in found.items())

    def _names(self, target: Thing) -> list[str]:
        known = [one for one in target.refinements if _is(one, words.ATTRIBUTE, words.ANY_OF)]
        self.strange += [f"refinement {_short(_left(one))}" for one in target.refinements if one not in known]
        if len(known) != 1 or not target.collection:
            self.strange.append(f"{target.id} without saying which attributes of which things")
            return []
        assert isinstance(known[0], Constraint)
        return [one.iri for one in known[0].right if isinstance(one, Ref)]

    def _level(self, rule: Rule) -> str:
        """Of aggregates only; empty where it is read as it is."""
        levels = []
        for action in rule.actions:
            for one in action.refinements:
                if action.id == words.AGGREGATE and _is(one, words.PERIOD, words.GTEQ):
                    levels.append(_text(one))
                else:
                    self.strange.append(f"refinement {_short(_left(one))}")
        if set(_ids(rule.actions)) == _TAKEN and not levels:
            return ""
        if _ids(rule.actions) != [words.AGGREGATE] or len(levels) != 1:
            self.strange.append(f"actions of {rule.id}")
        return next(iter(levels), "")

    def _conditions(self, rules: list[Rule]) -> dict[str, Any]:
        """Those that all rules have."""
        sets = [sorted(map(_plain, rule.conditions)) for rule in rules]
        if any(one != sets[0] for one in sets):
            self.strange.append("different conditions for parts of the data")
        found: dict[str, Any] = {"starts": "", "ends": ""}
        for condition in rules[0].conditions:
            name, value = self._condition(condition)
            if found.get(name):
                self.strange.append(f"{_short(_left(condition))} twice")
            found[name] = value
        found.pop("", None)
        for name in ("purpose", "basis", "rate", "starts", "ends"):
            if not found.get(name):
                self.missing.append(name)
                found[name] = found.get(name) or ""
        return found

    def _condition(self, one: Condition) -> tuple[str, Any]:
        """The field of the terms, empty where there is none, and what stands there."""
        city = urn(AREA.name, self._city) + ":"
        if isinstance(one, Constraint) and len(one.right) == 1:
            right = one.right[0]
            match (one.left, one.operator):
                case (words.MOMENT, words.GTEQ):
                    return "starts", self._day(right, last=False)
                case (words.MOMENT, words.LT):
                    return "ends", self._day(right, last=True)
                case (words.OBSERVED, words.GTEQ):
                    return "since", self._day(right, last=False)
                case (words.OBSERVED, words.LT):
                    return "until", self._day(right, last=True)
                case (words.PURPOSE, words.EQ):
                    return "purpose", self._key(words.PURPOSE_IRIS, right)
                case (words.BASIS, words.EQ):
                    return "basis", self._key(words.BASIS_IRIS, right)
                case (words.COUNT, words.LTEQ) if one.unit == words.PER_MINUTE and isinstance(right, Value):
                    return "rate", self._rate(right)
                case (words.SPATIAL, words.PART_OF) if isinstance(right, Ref) and right.iri.startswith(city):
                    return "area", unquote(right.iri.removeprefix(city))
                case (words.SPATIAL, words.PART_OF) if isinstance(right, Value) and right.type == words.GEOJSON:
                    return "shape", _json(right.text)
        self.strange.append(f"constraint {_short(_left(one))}")
        return "", None

    def _day(self, term: Term, *, last: bool) -> str:
        """The day of the city that begins at the moment, or the one that is over then."""
        moment = times.parse(_written(term), "rightOperand")
        found = days.text(moment - last, self._zone)
        edge = days.until if last else days.since
        if days.day(found) is None or edge(found, self._zone) != moment:
            self.strange.append(f"the moment {_written(term)}, which is no midnight of the city")
        return found

    def _rate(self, value: Value) -> int:
        if not RATE.fullmatch(value.text) or int(value.text) > MOST_RATE:
            self.strange.append(f"count {shown(value.text)}, where a number from 1 to {MOST_RATE} can stand")
            return 1
        return int(value.text)

    def _key(self, known: Mapping[T, str], term: Term) -> T | None:
        found = next((key for key, iri in known.items() if isinstance(term, Ref) and term.iri == iri), None)
        if found is None:
            self.strange.append(f"rightOperand {_written(term)}")
        return found

    def _sharing(self, rules: Iterable[Rule]) -> Sharing:
        found = [name for one in rules if (name := self._shared(one))]
        if len(found) != 1:
            self.missing.append("once whether data may be handed on (action distribute)")
        return next(iter(found), "no")

    def _shared(self, rule: Rule) -> Sharing | None:
        asked = [_ids(one.actions) for one in rule.duties]
        if _ids(rule.actions) == [words.DISTRIBUTE] and not rule.conditions and not rule.remedies:
            if rule.kind == "prohibition":
                return "no"
            if asked in ([[words.CONSENT]], [[words.NEXT]]):
                return "consent" if asked == [[words.CONSENT]] else "same terms"
        self.strange.append(f"{rule.kind} {rule.id}")
        return None

    def _duties(self, end: Any) -> dict[str, Any]:
        found: dict[str, Any] = {"proof": False, "publication": "none", "credit": False, "price": FREE}
        for duty in self._policy.obligations:
            match _ids(duty.actions):
                case [words.DELETE]:
                    found["deletion"] = self._deletion(duty, end)
                case [words.INFORM] if _ids(duty.targets) == [f"{self._policy.id}#deletion-report"]:
                    found["proof"] = True
                case [words.DISTRIBUTE] if _ids(duty.targets) == [f"{self._policy.id}#results"]:
                    found["publication"] = "results"
                case [words.CREDIT]:
                    found["credit"] = True
                case [words.PAY]:
                    found["price"] = duty.about
                case _:
                    self.strange.append(f"obligation {duty.id}")
            self.strange += [f"consequence of {duty.id}" for _ in duty.then]
            if duty.conditions and _ids(duty.actions) != [words.DELETE]:
                self.strange.append(f"constraint of {duty.id}")
        if "deletion" not in found:
            self.missing.append("when the data are deleted (action delete)")
        return found

    def _deletion(self, duty: Duty, end: Any) -> int:
        """Days after the last day of the agreement."""
        if len(duty.conditions) != 1 or not _is(duty.conditions[0], words.MOMENT, words.LT) or end is None:
            self.strange.append(f"constraint of {duty.id}")
            return 0
        assert isinstance(duty.conditions[0], Constraint)
        last = days.day(self._day(duty.conditions[0].right[0], last=True))
        return 0 if last is None else int((last - end).days)

    def _one(self, things: tuple[Thing, ...], what: str) -> Thing:
        if len(things) != 1 or things[0].collection or things[0].refinements:
            raise BadRequestData(
                f"The policy has {len(things)} {what}s where it takes one; give one assigner and one assignee."
            )
        return things[0]


def _city(id: str) -> str:
    """The code of the city in the id of a policy. Errors: BadRequestData where it is no id of an agreement."""
    parts = id.removeprefix(urn(AGREEMENT.name)).split(":")
    if len(parts) != 3 or parts[0] or not (parts[1] and parts[2]):
        raise BadRequestData(
            f"The id of the policy is {shown(id)}; give one such as {urn(AGREEMENT.name, 'CITY', 'CODE')}."
        )
    return city_of(id)


def _ids(things: Iterable[Thing]) -> list[str]:
    return [one.id for one in things]


def _is(one: Condition, left: str, operator: str) -> bool:
    return isinstance(one, Constraint) and one.left == left and one.operator == operator


def _left(one: Condition) -> str:
    return one.left if isinstance(one, Constraint) else one.logic


def _short(iri: str) -> str:
    return iri.removeprefix(NAMESPACE).removeprefix(VOCABULARY)


def _plain(one: Condition) -> str:
    """What a condition says, whatever its name."""
    return str(msgspec.to_builtins(msgspec.structs.replace(one, id="")))


def _text(one: Condition) -> str:
    return _written(one.right[0]) if isinstance(one, Constraint) else ""


def _written(term: Term) -> str:
    return term.iri if isinstance(term, Ref) else term.text


def _json(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        raise BadRequestData("rightOperand of spatial is no GeoJSON; give a polygon.") from None
