# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Havendam, an invented harbour town: what its sensors would say at any moment, worked out from a seed alone."""
