# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""JSON-LD contexts as term maps: a name to its IRI and back, remembered for each context."""

from hanze.ngsild.context.build import MissingDocument, build
from hanze.ngsild.context.context import CORE, CORE_URL, Context, is_core, served

__all__ = ["CORE", "CORE_URL", "Context", "MissingDocument", "build", "is_core", "served"]
