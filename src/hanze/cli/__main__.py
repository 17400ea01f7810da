# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""python -m hanze.cli"""

from hanze.cli import main

main()
