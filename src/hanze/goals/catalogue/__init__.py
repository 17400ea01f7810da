# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The indicators that Hanze brings along, one file each; the name of the file is the code."""
