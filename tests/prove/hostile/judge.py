# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether an answer is one that a client can live with, whatever was asked."""

import json
import re
from typing import Any, NoReturn

from tests.prove.seen import check
from tests.prove.wire import Answer

CONTEXT_GONE = "https://uri.etsi.org/ngsi-ld/errors/LdContextNotAvailable"
_SENTENCE = re.compile(r"[^\n]*[.]", re.DOTALL)


def judge(answer: Answer, asked: str, *, head: bool = False) -> str:
    """The kind of answer, for the counts; Failed where it is an error of ours or not well formed."""
    status = answer.status
    body = answer.body
    told = f"{asked}\nis answered with {status} {answer.headers} {body[:500]!r}"
    check(200 <= status < 500 or (status == 504 and CONTEXT_GONE.encode() in body), told)
    if status >= 400:
        if not head and (status != 411 or body):
            check(answer.headers.get("content-type") == "application/problem+json", told)
            _check_problem(_json(body, told), status, told)
        return "refused"
    if body and "json" in answer.headers.get("content-type", ""):
        found = _json(body, told)
        if status == 207:
            check(isinstance(found, dict) and ("errors" in found or "notUpdated" in found), told)
            for error in found.get("errors", ()):
                _check_problem(error.get("error", error), None, told)
    return "taken"


def _check_problem(found: Any, status: int | None, told: str) -> None:
    check(isinstance(found, dict), told)
    check({"type", "title", "status", "detail"} <= found.keys(), told)
    check(status is None or found["status"] == status, told)
    check(found["status"] < 500 or found["type"] == CONTEXT_GONE, told)
    check(_SENTENCE.fullmatch(found["detail"]) and len(found["detail"]) < 2_000, told)


def _json(body: bytes, told: str) -> Any:
    def constant(name: str) -> NoReturn:
        raise ValueError(name)

    try:
        return json.loads(body, parse_constant=constant)
    except (ValueError, RecursionError) as error:
        check(False, f"{told}\nwhich is no JSON: {error}")
