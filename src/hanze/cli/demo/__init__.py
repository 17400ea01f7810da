# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""make demo: the invented town of Havendam in a node of its own, with addresses to try."""
