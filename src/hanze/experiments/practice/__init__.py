# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practice data: made-up series that behave like those of the city, to build against before an agreement is signed."""
