# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file that a person drops on a page: looked at, mapped, loaded piece by piece, with what was refused as a file."""
