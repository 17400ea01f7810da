# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Subscriptions: what is kept of them, what sets them off, and how notifications get to their receivers."""
