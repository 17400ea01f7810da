# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A source that a person connects by pages: an address is looked at, its mapping corrected, and it runs at once."""
