# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looking at a trial that runs: at fixed moments, by rules that were fixed before, so that looking often leads nobody astray."""
