# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A connection that writes until the node is gone."""

import threading

from tests.prove.kill.book import Book
from tests.prove.kill.mix import Mix
from tests.prove.wire import Lost, Wire


class Writer:
    """One thread for one life of the node; what it was answered stands in its book."""

    def __init__(self, port: int, book: Book, mix: Mix) -> None:
        self._port = port
        self._book = book
        self._mix = mix
        self.refused: str | None = None
        """An answer that was no success."""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            wire = Wire(self._port)
            while self.refused is None:
                write = self._mix.draw()
                self._book.begin(write)
                answer = wire.api(write.method, write.path, write.body)
                if answer.status not in (201, 204):
                    self.refused = f"{write.method} {write.path}: {answer.status} {answer.body[:300]!r}"
                    return
                self._book.done(write)
        except Lost:
            return

    def join(self) -> None:
        self._thread.join(30)
