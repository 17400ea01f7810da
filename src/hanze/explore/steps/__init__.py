# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The steps of setting up a city that are about its data: the first source, and what everyone may see."""

from hanze.explore.steps import public, source

STEPS = (source.STEP, public.STEP)

__all__ = ["STEPS"]
