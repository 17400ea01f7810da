# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The SDG Index and Dashboards of the Sustainable Development Solutions Network, from raw values.

Source: Lafortune, Fuller, Moreno, Schmidt-Traub, Kroll, SDG Index and Dashboards: Detailed Methodological Paper, 2018; edge
cases as in the published figures of 2019.
"""
