# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The result card that an official reads in a minute: what it says, and how it is drawn, printed and written."""
