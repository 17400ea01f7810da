# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in by the organisation that people work for: Hanze asks its provider of identities (OpenID Connect, code flow).

Sources: OpenID Connect Core 1.0 and Discovery 1.0; RFC 7523 (private_key_jwt), 7636 (PKCE), 9207 (iss); NL GOV Assurance profile
for OpenID Connect 1.0.1.
"""
