# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Passkeys (WebAuthn): keys that a telephone, computer or security key keeps, and opens by a finger, a face or a PIN.

Source: Web Authentication level 3, https://www.w3.org/TR/webauthn-3/.
"""
