# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a problem shows of an error: a sentence that is never endless and hides nothing."""

from hanze.errors import LONGEST, BadRequestData


def test_a_detail_is_shown_as_it_is() -> None:
    error = BadRequestData("naïef is 1; give 2.", limit=3)
    assert error.problem()["detail"] == "naïef is 1; give 2."
    assert error.problem()["limit"] == 3


def test_an_endless_detail_keeps_its_beginning_and_its_end() -> None:
    detail = BadRequestData(f"join is {'x' * 50_000}; give inline.").problem()["detail"]
    assert isinstance(detail, str)
    assert len(detail) < LONGEST
    assert detail.startswith("join is xxx") and detail.endswith("xxx; give inline.")


def test_signs_that_no_one_sees_are_spelled_out() -> None:
    detail = BadRequestData("a\r\nb\x1b[31m\0\u202e is wrong.").problem()["detail"]
    assert detail == "a\\r\\nb\\x1b[31m\\x00\\u202e is wrong."
