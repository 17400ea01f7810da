# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The NGSI-LD API (ETSI GS CIM 009): its operations and their HTTP binding."""
