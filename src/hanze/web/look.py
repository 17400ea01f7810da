# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The look of a city: a style sheet that sets design tokens and nothing else, and its mark, both files of its folder.

Design tokens are CSS custom properties, as NL Design System has them: of Hanze (`--accent`) and of its components (`--utrecht-…`).
"""

import hashlib
import re
from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hanze.errors import ConfigurationError

MOST_BYTES = 256 << 10

KINDS = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTOR = re.compile(r":root|\.[\w-]+-theme")
_THEME = re.compile(r"\.([\w-]+-theme)")
_MEDIA = re.compile(r"@media [^{}]*prefers-color-scheme[^{}]*")
_TOKEN = re.compile(r"(--[\w-]+)\s*:\s*([^{}]+)")
_OUTSIDE = re.compile(r"url\(|image-set\(|@import|\\|<|expression", re.IGNORECASE)


class Shown(msgspec.Struct, frozen=True):
    """A file as browsers get it; `version` changes with it."""

    name: str
    body: bytes

    @property
    def version(self) -> str:
        return hashlib.sha256(self.body).hexdigest()[:12]


class Look(msgspec.Struct, frozen=True):
    """`style`: tokens of the city; `mark`: its picture, beside its name. None: those of Hanze, no picture."""

    style: Shown | None = None
    mark: Shown | None = None

    @property
    def theme(self) -> str:
        """The class under which the style sheet sets its tokens, as themes of NL Design System do; empty where it has none."""
        found = None if self.style is None else _THEME.search(self.style.body.decode())
        return found[1] if found else ""


def read(style: Path | None, mark: Path | None) -> Look:
    """Errors: ConfigurationError names the file and what is wrong."""
    found = None if style is None else Shown("city.css", checked(style, _body(style)).encode())
    return Look(found, None if mark is None else Shown(f"city{mark.suffix}", _body(mark)))


def checked(file: Path, body: bytes) -> str:
    """The style sheet of a city. It may set custom properties on :root, also for dark screens, and nothing else: so it can
    neither load from elsewhere nor hide what a page says. Errors: ConfigurationError."""
    try:
        text = _COMMENT.sub("", body.decode())
    except UnicodeDecodeError:
        raise ConfigurationError(f"{file} is not UTF-8 text; save it as UTF-8.") from None
    # What stands between braces, selectors and declarations, in turn.
    depth = 0
    for piece, sign in re.findall(r"([^{};]*)([{};]|$)", text):
        said = piece.strip()
        if sign == "{":
            if not (_SELECTOR.fullmatch(said) or (depth == 0 and _MEDIA.fullmatch(said))):
                raise _refused(file, said)
            depth += 1
        elif said and (depth == 0 or not _TOKEN.fullmatch(said) or _OUTSIDE.search(said)):
            raise _refused(file, said)
        if sign == "}":
            depth -= 1
        if not 0 <= depth <= 2:
            raise _refused(file, said or sign)
    if depth:
        raise ConfigurationError(f"{file} ends too early: a }} is missing.")
    return text.strip() + "\n"


def _refused(file: Path, said: str) -> ConfigurationError:
    shown = " ".join(said.split())[:60]
    return ConfigurationError(
        f'{file} has "{shown}"; a city\'s style sets custom properties only, such as :root {{ --accent: #0b5c7a; }}.'
    )


def _body(file: Path) -> bytes:
    try:
        body = file.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read ({error.strerror}); check its name and rights.") from None
    if len(body) > MOST_BYTES:
        raise ConfigurationError(f"{file} has more than {MOST_BYTES >> 10} kB; give a smaller one.")
    return body


def address(shown: Shown) -> str:
    """Where the file is found, after the base of the site."""
    return f"/look-{shown.version}/{shown.name}"


def routes(look: Look) -> list[Route]:
    return [_route(one) for one in (look.style, look.mark) if one is not None]


def _route(shown: Shown) -> Route:
    headers = {"cache-control": "public, max-age=31536000, immutable", "content-security-policy": "default-src 'none'"}

    async def answer(request: Request) -> Response:
        return Response(shown.body, media_type=KINDS[Path(shown.name).suffix], headers=headers)

    return Route(address(shown), answer)
