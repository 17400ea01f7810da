# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plans: drawn parts of the city that may get another use, and what would come of it, as far as the city's data can tell."""
