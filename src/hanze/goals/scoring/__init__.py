# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scores of the dimensions and goals for areas: pure functions of the values of indicators."""
