# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The trials that are made up, one kind per design, as a city would do them."""

from benchmarks.calibrate.trial import Setup

SETUPS = (
    Setup(design="its", treated=1, before=104, after=12, covariates=("wind", "temperature")),
    Setup(design="its", apart="short", treated=1, before=36, after=12),
    Setup(design="did", treated=4, controls=16, before=52, after=12),
    Setup(design="event-study", treated=4, controls=16, before=26, after=12),
    Setup(design="staggered", treated=6, controls=14, before=26, after=24, waves=3, runs=300),
    Setup(design="synthetic-control", treated=1, controls=30, before=52, after=12, runs=300),
    Setup(design="sdid", treated=1, controls=30, before=52, after=12, runs=300),
    Setup(design="switchback", kind="hour", treated=4, before=0, after=120, block=6),
    Setup(design="stepped-wedge", treated=8, before=8, after=32, waves=4),
)
