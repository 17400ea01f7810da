# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""make calibrate: how often each design sees effects that are not there, and how often those that are, on real series."""
