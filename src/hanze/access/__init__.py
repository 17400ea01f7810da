# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may read and write what: principals, keys, roles, scopes, the access log and the audit."""

from hanze.access.gate import Access
from hanze.access.owned import protected
from hanze.access.policy import Policy, Public
from hanze.access.principal import Principal
from hanze.access.vaults import VAULTS

__all__ = ["VAULTS", "Access", "Policy", "Principal", "Public", "protected"]
