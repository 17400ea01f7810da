# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The provider of an organisation: where people are sent, and what comes back with them, believed only after all is checked."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import msgspec
from msgspec import Struct

from hanze.ngsild.times import Clock
from hanze.outgoing import Client
from hanze.web.people.oidc import discovery, id_token
from hanze.web.people.oidc import key as keys
from hanze.web.people.oidc.attempt import Attempt
from hanze.web.people.oidc.calls import Calls, read
from hanze.web.people.oidc.discovery import Document
from hanze.web.people.oidc.id_token import Claims, Expected
from hanze.web.people.oidc.key import Key
from hanze.web.people.oidc.settings import Oidc
from hanze.web.people.oidc.signers import Signers
from hanze.web.people.oidc.told import Told, lacks, told
from hanze.web.people.oidc.trouble import failed
from hanze.web.people.tokens import Chance

log = logging.getLogger("hanze.web")

FRESH = 3600.0
"""Seconds for which what the provider publishes of itself is believed."""

BACK, KEYS = "/oidc/back", "/oidc/jwks.json"
"""Below the address of the site: where people come back, the same for all languages, and the public key of the node."""

REFUSALS = frozenset({"access_denied", "login_required", "consent_required", "interaction_required"})
"""A person or the provider said no (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6)."""

MICROSECONDS = 1_000_000


class Tokens(Struct):
    """What the provider gives for a code (OpenID Connect Core, 3.1.3.3)."""

    id_token: str
    token_type: str
    access_token: str = ""


class Refusal(Struct):
    """What it says where it gives nothing (RFC 6749, 5.2)."""

    error: str = ""


class Provider:
    """`site`: the address of the site with its base. `clock`: a real one. `seconds`: a clock that only goes forward."""

    def __init__(
        self, settings: Oidc, key: Key, client: Client, site: str, clock: Clock, chance: Chance,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.settings = settings
        self.key = key
        self._site = site
        self._clock = clock
        self._chance = chance
        self._seconds = seconds
        self._calls = Calls(client)
        self._signers = Signers(self._calls, seconds)
        self._document: Document | None = None
        self._read = 0.0
        self._turn = asyncio.Lock()

    @property
    def name(self) -> str:
        return self.settings.name

    @property
    def back(self) -> str:
        """The redirect URI that the provider must know, sign for sign."""
        return self._site + BACK

    async def leave(self, attempt: Attempt) -> str:
        """Where the browser goes to sign in (OpenID Connect Core, 3.1.2.1). Errors: SignInFailed."""
        found = await self.document()
        levels = " ".join(self.settings.require_acr)
        return _with(
            found.authorization_endpoint,
            {
                "response_type": "code", "client_id": self.settings.client, "redirect_uri": self.back,
                "scope": " ".join(self.settings.scopes), "state": attempt.state, "nonce": attempt.nonce,
                "code_challenge": attempt.challenge, "code_challenge_method": "S256", "ui_locales": attempt.language,
                **({"acr_values": levels} if levels else {}),
            },
        )  # fmt: skip

    async def check(self, answer: Mapping[str, str]) -> None:
        """What came back with the browser, before anything of it is used. Errors: SignInFailed."""
        found, iss = await self.document(), answer.get("iss")
        if iss is None and found.authorization_response_iss_parameter_supported:
            raise failed("wrong", "The answer names no issuer, although this provider always does (RFC 9207).")
        if iss is not None and iss != found.issuer:
            raise failed("wrong", "The answer is of another issuer (RFC 9207).")
        if error := answer.get("error"):
            raise failed("refused" if error in REFUSALS else "wrong", f"The provider answers {_word(error)}.")
        if not answer.get("code"):
            raise failed("wrong", "The answer has no code.")

    async def arrive(self, attempt: Attempt, code: str) -> Told:
        """Who it is. Errors: SignInFailed."""
        found = await self.document()
        given = await self._exchange(found, attempt, code)
        head = id_token.header(given.id_token)
        signer = await self._signers.find(found.jwks_uri, head.alg, head.kid)
        claims = id_token.signed(given.id_token, head.alg, signer)
        id_token.check(claims, self._expected(attempt))
        if given.access_token and found.userinfo_endpoint and lacks(self.settings, claims):
            claims = {**await self._more(found.userinfo_endpoint, given.access_token, claims), **claims}
        return told(self.settings, claims)

    async def out(self) -> str:
        """Where the browser may go to sign out there too (OpenID Connect RP-Initiated Logout 1.0, 2); empty where that cannot be.
        Errors: SignInFailed."""
        end = (await self.document()).end_session_endpoint
        if not end:
            return ""
        return _with(end, {"client_id": self.settings.client, "post_logout_redirect_uri": self._site + "/"})

    async def document(self) -> Document:
        """What the provider publishes, read anew each hour. Errors: SignInFailed."""
        async with self._turn:
            if self._document is None or self._seconds() - self._read >= FRESH:
                place = self.settings.issuer.rstrip("/") + discovery.PLACE
                found = await self._calls.get(place, Document)
                self._document = discovery.checked(found, self.settings.issuer)
                self._read = self._seconds()
            return self._document

    async def _exchange(self, found: Document, attempt: Attempt, code: str) -> Tokens:
        """Tokens for the code (OpenID Connect Core, 3.1.3.1), by our own key."""
        client, place = self.settings.client, found.token_endpoint
        now = self._clock() // MICROSECONDS
        fields = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": self.back, "client_id": client,
            "code_verifier": attempt.verifier, "client_assertion_type": keys.BEARER,
            "client_assertion": self.key.assertion(found.algorithm, client, place, now, self._chance),
        }  # fmt: skip
        status, body = await self._calls.post(place, fields)
        if status != 200:
            error = _error(body)
            # The code was used before, or is too old.
            raise failed("old" if error == "invalid_grant" else "wrong", f"{place} answers {status} {error}.")
        tokens = read(place, body, Tokens)
        if tokens.token_type.casefold() != "bearer":
            raise failed("wrong", f"{place} gives a token that is no bearer token.")
        return tokens

    async def _more(self, place: str, token: str, claims: Claims) -> Claims:
        """What userinfo tells; nothing where it is not of the same person (OpenID Connect Core, 5.3.2)."""
        more = await self._calls.get(place, Claims, Authorization=f"Bearer {token}")
        if more.get("sub") == claims["sub"]:
            return more
        log.warning("sign-in by the organisation: userinfo has another sub than the ID token and is passed over.")
        return {}

    def _expected(self, attempt: Attempt) -> Expected:
        now = self._clock() / MICROSECONDS
        return Expected(self.settings.issuer, self.settings.client, attempt.nonce, now, self.settings.require_acr)


def of(
    folder: Path, settings: Oidc, client: Client | None, site: str, clock: Clock, chance: Chance
) -> Provider | None:  # fmt: skip
    """None where no issuer is named. Errors: ConfigurationError."""
    if not settings.issuer or client is None:
        return None
    return Provider(settings, keys.kept(folder), client, site, clock, chance)


def _with(url: str, query: Mapping[str, str]) -> str:
    return url + ("&" if urlsplit(url).query else "?") + urlencode(query)


def _error(body: bytes) -> str:
    """Why the provider gives no tokens, for the log."""
    try:
        return _word(msgspec.json.decode(body, type=Refusal).error)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return "without a reason"


def _word(error: str) -> str:
    """A code of the standard, for the log; nothing else that an answer may hold."""
    return error if error.isascii() and error.replace("_", "").isalpha() and len(error) <= 40 else "an unknown error"
