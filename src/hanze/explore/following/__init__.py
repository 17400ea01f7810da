# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Being told by mail what comes of a public thing: asked for, confirmed, a digest at most daily, stopped by one click."""
