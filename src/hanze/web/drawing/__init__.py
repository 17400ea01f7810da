# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures as values: functions from numbers and places to SVG text, without script, network or clock."""
