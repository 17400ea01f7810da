# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The story of a trial, told to a node from one text file: for a demonstration, and for a city that comes from another system."""
