# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which design suits a pilot: each that is possible is tried on the city's own past, with measures that never were."""
