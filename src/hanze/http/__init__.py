# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every API shares: requests, replies, problems, limits and content negotiation."""
