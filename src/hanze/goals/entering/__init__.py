# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers that people of the city enter, by form or as a table: read, checked, kept."""

ACT = "numbers entered"
"""In the audit."""
