# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Evaluation of a trial from a table of numbers: pure functions, without a node; heavy libraries are imported on use."""
