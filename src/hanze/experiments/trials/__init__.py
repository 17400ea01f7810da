# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Trials: the plan that is fixed beforehand, room to experiment, how a trial begins and ends, and what comes after it."""
