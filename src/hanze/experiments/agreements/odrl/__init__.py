# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""ODRL 2.2 (W3C Recommendations odrl-model and odrl-vocab of 15 February 2018): policies read, written and evaluated."""
