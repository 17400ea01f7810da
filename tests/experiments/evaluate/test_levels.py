# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How strong evidence is follows from the design, and a comparison whose check failed counts for less."""

import pytest

from hanze.experiments.evaluate.levels import levels
from hanze.experiments.evaluate.question import Design
from tests.experiments.evaluate.findings import check, found


@pytest.mark.parametrize(
    ("design", "maryland", "nesta", "doubted"),
    [("its", 2, 2, 1), ("did", 3, 3, 2), ("sdid", 3, 3, 2), ("switchback", 5, 3, 4), ("stepped-wedge", 5, 3, 4)],
)
def test_by_design_and_checks(design: Design, maryland: int, nesta: int, doubted: int) -> None:
    clear = levels(design, found(-20, 10), [check("warn")])
    assert (clear.maryland, clear.nesta) == (maryland, nesta)
    assert levels(design, found(-20, 10), [check("fail", doubts=True)]).maryland == doubted
    assert levels(design, found(0, 10), []).nesta == 1
    assert f"Maryland {maryland} of 5" in clear.told.said()
