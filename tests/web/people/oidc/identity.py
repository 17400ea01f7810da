# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A provider of identities for tests: right in all things, until a test makes it lie."""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from hanze.web.people.oidc import key as keys
from tests.outgoing.server import Asked

CLIENT = "hanze"
SUBJECT = "u-1"

Lie = Callable[[dict[str, Any]], Any]
"""Changes the claims of an ID token in place."""


@cache
def pair(number: int = 1) -> RSAKey:
    """A key of the provider; making one takes a while."""
    return RSAKey.generate_key(2048, {"kid": f"key-{number}", "use": "sig"})


def text(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


class Identity:
    """`now`: seconds. `person`: claims beside those of the protocol. `lies`: what it says that is not so."""

    def __init__(self, now: Callable[[], int]) -> None:
        self.now = now
        self.port = 0
        self.keys = [pair()]
        self.sign_by = pair()
        self.person: dict[str, Any] = {"email": "anne@city.example", "email_verified": True, "name": "Anne"}
        self.more: dict[str, Any] = {}
        """What userinfo tells besides."""
        self.lie: Lie = lambda claims: None
        self.sign: Callable[[dict[str, Any]], str] = self.signed
        self.published: dict[str, Any] = {}
        """Of the discovery document, in the place of what is right."""
        self.client_keys = b""
        self.back = ""
        self.down: set[str] = set()
        self.answer_with: dict[str, bytes] = {}
        self.fetched: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def authorize(self, address: str) -> dict[str, str]:
        """As if somebody signed in at the address where the browser was sent; what comes back with the browser."""
        parts = urlsplit(address)
        asked = dict(parse_qsl(parts.query))
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == self.issuer + "/authorize"
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT and asked["redirect_uri"] == self.back
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    async def answer(self, asked: Asked) -> bytes | None:
        path = asked.path.partition("?")[0]
        self.fetched.append(path)
        if path in self.down:
            return None
        if path in self.answer_with:
            return self.answer_with[path]
        return {
            "/.well-known/openid-configuration": self._document, "/jwks": self._jwks, "/token": self._token,
            "/userinfo": self._userinfo,
        }[path](asked)  # fmt: skip

    def _document(self, asked: Asked) -> bytes:
        places = {
            f"{name}_endpoint": f"{self.issuer}/{path}"
            for name, path in (("authorization", "authorize"), ("token", "token"), ("userinfo", "userinfo"))
        }
        return reply(
            {
                "issuer": self.issuer, "jwks_uri": f"{self.issuer}/jwks", "end_session_endpoint": f"{self.issuer}/end",
                "authorization_response_iss_parameter_supported": True, **places, **self.published,
            }
        )  # fmt: skip

    def _jwks(self, asked: Asked) -> bytes:
        return reply({"keys": [key.as_dict(private=False) for key in self.keys]})

    def _token(self, asked: Asked) -> bytes:
        given = dict(parse_qsl(asked.body.decode()))
        begun = self.codes.pop(given["code"], None)
        if begun is None:
            return reply({"error": "invalid_grant"}, 400)
        challenge = text(hashlib.sha256(given["code_verifier"].encode()).digest())
        assert challenge == begun["code_challenge"] and given["redirect_uri"] == begun["redirect_uri"]
        assert given["client_assertion_type"] == keys.BEARER and "client_secret" not in given
        ours = KeySet.import_key_set(json.loads(self.client_keys))
        shown = jwt.decode(given["client_assertion"], ours, algorithms=["PS256", "RS256"]).claims
        assert shown["iss"] == shown["sub"] == CLIENT and shown["aud"] == f"{self.issuer}/token"
        assert shown["exp"] > self.now() and len(shown["jti"]) >= 20
        claims = {
            "iss": self.issuer, "sub": SUBJECT, "aud": CLIENT, "nonce": begun["nonce"], "iat": self.now(),
            "exp": self.now() + 300, **self.person,
        }  # fmt: skip
        self.lie(claims)
        return reply({"id_token": self.sign(claims), "token_type": "Bearer", "access_token": "at", "expires_in": 60})

    def _userinfo(self, asked: Asked) -> bytes:
        assert asked.headers["authorization"] == "Bearer at"
        return reply({"sub": SUBJECT, **self.more})

    def signed(self, claims: dict[str, Any], algorithm: str = "RS256") -> str:
        header = {"alg": algorithm, "kid": self.sign_by.kid}
        return jwt.encode(header, claims, self.sign_by, algorithms=[algorithm])


def reply(body: Any, status: int = 200) -> bytes:
    content = json.dumps(body).encode()
    head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content
