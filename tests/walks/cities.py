# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the walks begin with: a new city that runs, its first administrator, and a server that says what others once said."""

import contextlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pyotp

from tests.running import Node, folder_of, hanze, running
from tests.walks.person import Person

GENT = Path(__file__).parents[3] / "shared/data/api_fixtures/odp_gent/garages.json"
"""Car parks of Gent as its open data said them once."""

LOOPBACK = '\n[outgoing]\n# For the recording that stands in for a source.\nallow = ["127.0.0.1"]\n'


@contextlib.contextmanager
def city(place: Path, more: str = "") -> Iterator[Node]:
    """A new node of Teststad; `more` stands below what init writes."""
    folder = folder_of(place)
    file = folder / "hanze.toml"
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    with running(folder, open=False) as node:
        yield node


def invited(node: Node, mail: str, *roles: str, language: str = "en") -> str:
    """The path of an invitation, made by the command as the one who keeps the machine does."""
    words = [word for role in roles for word in ("--role", role)]
    made = hanze("person", "invite", mail, *words, "--language", language, "--folder", node.folder)
    assert made.code == 0, made.err
    parts = urlsplit(made.out.strip())
    return f"{parts.path}?{parts.query}"


def come_in(person: Person, invitation: str, name: str, password: str, buttons: tuple[str, str]) -> None:
    """From an invitation to the desk: an account, and the code of a telephone."""
    person.open(invitation)
    person.send(buttons[0], name=name, password=password)
    secret = person.answers(buttons[1])["secret"]
    person.send(buttons[1], code=pyotp.TOTP(secret).now())


@contextlib.contextmanager
def saying(file: Path) -> Iterator[str]:
    """The address of a server that gives this file to who asks."""
    body = file.read_bytes()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/parking.json"
        finally:
            server.shutdown()
            thread.join()
