# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A result as JSON, for machines: what stands on the card, with the numbers behind it."""

from typing import Any

import msgspec

from hanze.experiments.evaluate.result import Result


def document(result: Result) -> dict[str, Any]:
    """A number that has no end or is not known is null."""
    finding = result.finding
    return {
        "design": result.question.design,
        "estimate": finding.estimate,
        "se": finding.se,
        "interval": [finding.low, finding.high],
        "relative": finding.relative,
        "verdict": result.verdict,
        "evidence_level": {"maryland": result.levels.maryland, "nesta": result.levels.nesta},
        "checks": [{"name": one.name, "status": one.status, "text": one.told.said()} for one in result.checks],
        "weights": finding.weights,
        "method": finding.method.said(),
        "version": result.version,
        "seed": result.question.seed,
        "data_hash": result.hash,
        "sure": result.sure.said(),
        "advice": result.advice.said(),
        "scale": finding.scale,
        "p": finding.p,
        "relative_interval": [finding.relative_low, finding.relative_high],
        "change": finding.change,
        "change_interval": [finding.change_low, finding.change_high],
        "detectable": result.seeing.detectable,
        "bought_could_be_seen": result.seeing.could,
        "better": result.question.better,
        "level": result.question.level,
        "counts": msgspec.to_builtins(finding.counts),
        "parts": finding.parts,
        "details": finding.details,
    }


def encode(result: Result) -> str:
    """One object, to be read by people too."""
    return msgspec.json.format(msgspec.json.encode(document(result)), indent=2).decode()
