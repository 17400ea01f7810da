# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real provider of identities on this machine: Glewlwyd, as Debian packs it, in a folder of its own, set up by its admin API."""

import contextlib
import json
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from joserfc.jwk import RSAKey

from tests.running import PATIENCE, until

PROGRAM = shutil.which("glewlwyd")
TABLES = Path("/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3")

needs_glewlwyd = pytest.mark.skipif(
    PROGRAM is None or not TABLES.exists(), reason="there is no Glewlwyd on this machine (apt-get install glewlwyd)"
)

PASSWORD = "a sentence of Anne"

CONFIG = """
port={port}
bind_address="127.0.0.1"
external_url="http://localhost:{port}"
login_url="login.html"
api_prefix="api"
static_files_path="/usr/share/glewlwyd/webapp/"
log_mode="file"
log_level="INFO"
log_file="{folder}/glewlwyd.log"
cookie_secure=0
session_expiration=3600
session_key="SESSION"
admin_session_authentication="cookie"
profile_session_authentication="cookie"
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="/usr/lib/glewlwyd/user"
client_module_path="/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
plugin_module_path="/usr/lib/glewlwyd/plugin"
use_secure_connection=false
secure_connection_key_file="{folder}/none"
secure_connection_pem_file="{folder}/none"
hash_algorithm="SHA512"
database={{ type="sqlite3"; path="{folder}/glewlwyd.db"; }};
static_files_mime_types=( {{ extension=".html"; mime_type="text/html"; }},
  {{ extension=".js"; mime_type="application/javascript"; }}, {{ extension=".css"; mime_type="text/css"; }} )
"""

PLUGIN = {
    "jwt-type": "rsa", "jwt-key-size": "256", "access-token-duration": 300, "refresh-token-duration": 300,
    "code-duration": 60, "allow-non-oidc": False, "auth-type-code-enabled": True, "auth-type-code-revoke-replayed": True,
    "auth-type-token-enabled": False, "auth-type-implicit-enabled": False, "auth-type-password-enabled": False,
    "auth-type-client-enabled": False, "auth-type-refresh-enabled": False, "jwks-show": True, "pkce-allowed": True,
    "pkce-required": True, "subject-type": "pairwise", "name-claim": "mandatory", "email-claim": "mandatory",
    "request-parameter-allow": True, "request-maximum-exp": 600, "client-jwks_uri-parameter": "jwks_uri",
    "session-management-allowed": True, "session-cookie-name": "SID", "session-cookie-expiration": 600,
    "oauth-auth-iss-id": True,
    "claims": [
        {"name": "groups", "user-property": "groups", "type": "string", "mandatory": True},
        {
            "name": "email_verified", "user-property": "email_verified", "type": "boolean", "mandatory": True,
            "boolean-value-true": "1", "boolean-value-false": "0",
        },
    ],
}  # fmt: skip
"""Code flow with PKCE only."""


class Glewlwyd:
    """`root`: of its API. `issuer`: as it calls itself, at another host than the node, so that browsers cross from site to site."""

    def __init__(self, port: int) -> None:
        self.root = f"http://localhost:{port}/api"
        self.issuer = self.root + "/oidc"
        self.admin = httpx2.Client(timeout=PATIENCE)

    def set_up(self) -> None:
        """The administrator signs in and turns OpenID Connect on."""
        self.ask("POST", "/auth/", {"username": "admin", "password": "password"})
        key = RSAKey.generate_key(2048)
        pair = {"key": key.as_pem(private=True).decode(), "cert": key.as_pem(private=False).decode()}
        parameters = {"iss": self.issuer, **pair, **PLUGIN}
        self.ask(
            "POST", "/mod/plugin/", {"module": "oidc", "name": "oidc", "display_name": "o", "parameters": parameters}
        )

    def client(self, site: str) -> None:
        """A site may ask who somebody is; it shows itself by a key that stands at the site."""
        self.ask(
            "POST", "/client/",
            {
                "client_id": "hanze", "name": "Hanze", "confidential": True, "enabled": True, "scope": [],
                "redirect_uri": [site + "/oidc/back"], "authorization_type": ["code"],
                "token_endpoint_auth_method": ["private_key_jwt"], "jwks_uri": site + "/oidc/jwks.json",
            },
        )  # fmt: skip

    def person(self, name: str, *groups: str) -> None:
        person = {
            "username": name, "name": name.title(), "email": f"{name}@city.example", "email_verified": "1",
            "groups": list(groups), "password": PASSWORD, "enabled": True, "scope": ["openid", "g_profile"],
        }  # fmt: skip
        self.ask("POST", "/user/", person)

    def groups(self, name: str, *groups: str) -> None:
        found = self.admin.get(f"{self.root}/user/{name}").json()
        self.ask("PUT", f"/user/{name}", {**found, "groups": list(groups)})

    def ask(self, method: str, path: str, body: Any) -> None:
        answer = self.admin.request(method, self.root + path, json=body)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)

    def agree(self, address: str, name: str) -> str:
        """Somebody signs in at the address where the browser was sent, and says yes; where the browser goes then."""
        with httpx2.Client(timeout=PATIENCE) as browser:
            login = browser.get(address)
            assert login.status_code == 302 and "/login.html" in login.headers["location"]
            for method, path, body in (
                ("POST", "/auth/", {"username": name, "password": PASSWORD}),
                ("PUT", "/auth/grant/hanze", {"scope": "openid"}),
            ):
                assert browser.request(method, self.root + path, json=body).status_code == 200
            answer = browser.get(address + "&g_continue")
            assert answer.status_code == 302
            return str(answer.headers["location"])


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Glewlwyd]:
    """The provider, until the block ends."""
    assert PROGRAM is not None
    port = free_port()
    _database(folder / "glewlwyd.db")
    config = folder / "glewlwyd.conf"
    config.write_text(CONFIG.format(port=port, folder=folder), "utf-8")
    with (folder / "glewlwyd.out").open("wb") as out:
        process = subprocess.Popen([PROGRAM, f"--config-file={config}"], stdout=out, stderr=out)
    made = Glewlwyd(port)
    try:
        until(lambda: _answers(made), "Glewlwyd answers")
        made.set_up()
        yield made
    finally:
        made.admin.close()
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _database(file: Path) -> None:
    """Its own tables, and two things more that it keeps of a person."""
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.executescript(TABLES.read_text("utf-8"))
        (text,) = database.execute("SELECT gumi_parameters FROM g_user_module_instance").fetchone()
        kept = json.loads(text)
        for name, several in (("groups", True), ("email_verified", False)):
            kept["data-format"][name] = {"multiple": several, "read": True, "write": True}
        database.execute("UPDATE g_user_module_instance SET gumi_parameters = ?", (json.dumps(kept),))
        database.commit()


def _answers(one: Glewlwyd) -> bool:
    try:
        return one.admin.get(one.root.removesuffix("/api") + "/config/").status_code == 200
    except httpx2.TransportError:
        return False
