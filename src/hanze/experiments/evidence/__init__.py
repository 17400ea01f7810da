# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was learned from trials, signed by the city, so that others can believe it, repeat it and pool it with their own."""
