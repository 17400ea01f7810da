# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From definitions, areas and what was measured to figures: one for each indicator, area and period."""
