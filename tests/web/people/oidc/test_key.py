# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The key of the node: made once, for nobody else to read, and proved by what it signs."""

import os
import stat
from pathlib import Path

import msgspec
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from hanze.errors import ConfigurationError
from hanze.web.people.oidc import key as keys


def test_it_is_made_once_and_others_cannot_read_it(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        made = keys.kept(tmp_path)
    finally:
        os.umask(mask)
    file = tmp_path / keys.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and [file] == list(tmp_path.iterdir())
    assert RSAKey.import_key(file.read_bytes()).public_key.key_size == 3072
    assert keys.kept(tmp_path).id == made.id
    file.unlink()
    assert keys.kept(tmp_path).id != made.id


@pytest.mark.parametrize("algorithm", ["PS256", "RS256"])
def test_what_it_signs_is_proved_by_what_is_published(algorithm: str) -> None:
    key = keys.Key(RSAKey.generate_key(2048))
    text = key.assertion(algorithm, "hanze", "https://login.example/token", 1_000, os.urandom)
    published = KeySet.import_key_set(msgspec.json.decode(key.published()))
    token = jwt.decode(text, published, algorithms=[algorithm])
    assert token.header == {"alg": algorithm, "kid": key.id, "typ": "JWT"}
    assert token.claims | {"jti": ""} == {
        "iss": "hanze", "sub": "hanze", "aud": "https://login.example/token", "iat": 1_000, "exp": 1_060, "jti": "",
    }  # fmt: skip
    again = jwt.decode(
        key.assertion(algorithm, "hanze", "a", 1_000, os.urandom), published, algorithms=[algorithm]
    )  # fmt: skip
    assert again.claims["jti"] != token.claims["jti"]


def test_a_key_that_others_can_read_stops_the_node(tmp_path: Path) -> None:
    file = tmp_path / keys.FILE
    file.write_bytes(RSAKey.generate_key(2048).as_pem(private=True))
    file.chmod(0o640)
    with pytest.raises(ConfigurationError, match=f"chmod 600 {file}"):
        keys.kept(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"rubbish",
        ECKey.generate_key("P-256").as_pem(private=True),
        RSAKey.generate_key(2048).as_pem(private=False),
    ],
    ids=["empty", "rubbish", "curve", "public"],
)
def test_a_file_that_holds_no_such_key(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / keys.FILE
    file.write_bytes(text)
    file.chmod(0o600)
    with pytest.raises(ConfigurationError, match="move it away"):
        keys.kept(tmp_path)
    assert file.read_bytes() == text
