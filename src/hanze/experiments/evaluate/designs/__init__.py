# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The designs by which an effect is estimated, one module each; each gives a Finding for a Panel and a Question."""

from collections.abc import Callable, Mapping
from importlib import import_module

from hanze.compute import Tell
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Design, Question

Estimate = Callable[[Panel, Question, Tell | None], Finding]
"""Deterministic: the same panel, question and seed give the same finding. Errors: ConfigurationError where the design cannot be
used on the panel, with what it would take."""

PLACES: Mapping[Design, str] = {
    "its": "hanze.experiments.evaluate.designs.its",
    "did": "hanze.experiments.evaluate.designs.did",
    "event-study": "hanze.experiments.evaluate.designs.event",
    "staggered": "hanze.experiments.evaluate.designs.staggered",
    "synthetic-control": "hanze.experiments.evaluate.designs.control",
    "sdid": "hanze.experiments.evaluate.designs.sdid",
    "switchback": "hanze.experiments.evaluate.designs.switchback",
    "stepped-wedge": "hanze.experiments.evaluate.designs.wedge",
}
"""Where each stands; its function is `estimate`."""


def find(design: Design) -> Estimate:
    """Its function; what that needs is imported now."""
    found: Estimate = import_module(PLACES[design]).estimate
    return found
