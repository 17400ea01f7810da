# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Challenges: a problem with its baseline, a call with known rules, applications, a jury, and a decision with reasons."""
