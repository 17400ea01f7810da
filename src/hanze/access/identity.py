# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who a node is: an Ed25519 key (RFC 8032) in its folder, by which it signs what others are to believe; older keys stay known."""

import base64
import os
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from hanze.access import audit
from hanze.access.vaults import IDENTITY
from hanze.errors import ConfigurationError
from hanze.ngsild.canonical import canonical
from hanze.store.base import Store, UnitOfWork

FILE = "identity.pem"


class Signature(msgspec.Struct, frozen=True):
    """`key`: the public key, `value`: the signature, both base64 without line breaks."""

    key: str
    value: str


class Known(msgspec.Struct, frozen=True):
    """A public key that the node signs with, or did: from `since` up to `until`, in microseconds."""

    key: str
    since: int
    until: int | None


class Identity:
    """That of the node of a folder. The file is read at each signature, so that another key counts at once."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE

    @property
    def key(self) -> str:
        """The public key. Errors: ConfigurationError."""
        return _text(self._private().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def sign(self, value: object) -> Signature:
        """Signs the canonical JSON (RFC 8785) of a value. Errors: ConfigurationError where the file cannot be read."""
        return Signature(self.key, _text(self._private().sign(canonical(value))))

    def make(self) -> None:
        """Makes the key where the folder has none yet."""
        if not self.file.exists():
            self._write()

    def renew(self) -> None:
        """Another key takes the place of the one that is there."""
        self._write()

    def _write(self) -> None:
        packed = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        fresh = self.file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(packed)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.file)

    def _private(self) -> Ed25519PrivateKey:
        try:
            found = load_pem_private_key(self.file.read_bytes(), None)
        except (OSError, ValueError, TypeError):
            found = None
        if not isinstance(found, Ed25519PrivateKey):
            raise ConfigurationError(
                f"{self.file} is no Ed25519 key in PEM; bring back the one that was there, or make another with "
                "'hanze key renew'."
            )
        return found


def verified(value: object, signature: Signature) -> bool:
    """The signature is that of this value by the key that it names; whose key that is, others say."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(signature.key, validate=True))
        key.verify(base64.b64decode(signature.value, validate=True), canonical(value))
    except (InvalidSignature, ValueError):
        return False
    return True


def remember(work: UnitOfWork, key: str, by: str) -> None:
    """This public key is the node's from now on; the one before it ends."""
    table = work.vault(IDENTITY)
    if table.select({"key": key, "until": None}):
        return
    table.update({"until": None}, {"until": work.now})
    table.put({"key": key, "since": work.now, "until": None})
    audit.note(work, by, "identity", key)


def known(store: Store) -> list[Known]:
    """All public keys of the node, the oldest first."""
    return [
        Known(row["key"], row["since"], row["until"]) for row in store.vault(IDENTITY).select(order=("since", "rowid"))
    ]


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
