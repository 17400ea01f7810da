# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scores as entities: the score, its colour and its receipt, with the start of the month as their moment."""

from hanze.feeds.making import urn
from hanze.goals.model import SCORE


def id_of(city: str, subject: str, area: str) -> str:
    return urn(SCORE.name, city, subject, area)
