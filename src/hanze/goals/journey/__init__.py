# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way to a goal: what the city promised, what came of it, what is likely to come, and what residents say is needed."""
