# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a challenge to evidence: calls, agreements about data, plans fixed beforehand, trials, and honest evaluation."""
