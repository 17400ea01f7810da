# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers that have no end, such as streams of events: what server and application say of them in the scope of a request."""

ABORT = "hanze.abort"
"""From the server: a function that ends the connection at once, whatever its client has not read yet."""

LASTING = "hanze.lasting"
"""From the application: the answer goes on until its client leaves. So its connection is not counted among those that wait for
an answer, and its time not among those that answers take."""
