# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same as the pages of goals, as resources of /v1: indicators, areas, values with their receipts, and scores."""

from hanze.goals.api import areas, indicators, scores, values
from hanze.goals.api.asking import TAG

OPERATIONS = (*indicators.OPERATIONS, *values.OPERATIONS, *areas.OPERATIONS, *scores.OPERATIONS)

TAGS = ((TAG, "What the data mean: indicators with where each number comes from, areas of the city, and scores."),)

__all__ = ["OPERATIONS", "TAGS"]
