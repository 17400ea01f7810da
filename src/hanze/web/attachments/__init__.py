# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures that people add: taken in, cleaned of all but what is to be seen, kept, shown to who may see it, and erased."""
