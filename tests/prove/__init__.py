# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proofs of reliability: real processes, real harm, many rounds. Tests run a few rounds of each, `make prove` runs many."""
