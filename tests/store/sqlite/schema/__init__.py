# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A node's database of each schema version, as SQL, and what it holds, as JSON; see `make`."""
