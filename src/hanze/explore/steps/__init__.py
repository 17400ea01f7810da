# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The step of setting up a city that is about its data: the first source, and what everyone may see of it."""

from hanze.explore.steps import public, source

STEPS = (source.STEP,)

__all__ = ["STEPS", "public"]
