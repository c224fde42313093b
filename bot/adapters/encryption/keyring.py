"""Authenticated encryption with several keys: the newest one writes, all of them read."""

import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.domain.errors import NotReadableError

KEY_BYTES = 32
NONCE_BYTES = 12
VERSION = b"\x01"
PREFIX_BYTES = 5
"""Version byte and key id. A sealed value is: prefix, nonce, AES-256-GCM ciphertext with its tag."""


@dataclass(frozen=True)
class RingKey:
    """A cipher key and the prefix of everything it sealed."""

    prefix: bytes
    aead: AESGCM


def read_raw_key(raw: bytes) -> RingKey:
    """The key with its id, the first four bytes of its SHA-256."""
    return RingKey(prefix=VERSION + hashlib.sha256(raw).digest()[: PREFIX_BYTES - 1], aead=AESGCM(raw))


class Keyring:
    """Implements ports.Cipher, and what the database adapter needs for keys per case and for key rotation."""

    def __init__(self, keys: Sequence[bytes], index_key: bytes | None = None) -> None:
        """Take raw 32-byte keys, newest first; `index_key` (for hash) never changes, whatever becomes of the others."""
        ring = [read_raw_key(key) for key in keys]
        self._newest = ring[0]
        self._by_prefix = {key.prefix: key for key in ring}
        self._index_key = index_key

    def with_index_key(self, index_key: bytes) -> Self:
        """The same keys, able to hash."""
        ring = object.__new__(type(self))
        ring.__dict__.update(self.__dict__, _index_key=index_key)
        return ring

    @property
    def newest_prefix(self) -> bytes:
        """What everything sealed with the newest key begins with."""
        return self._newest.prefix

    def seal(self, plaintext: bytes, context: str) -> bytes:
        """Encrypt with the newest key, for this place only."""
        nonce = os.urandom(NONCE_BYTES)
        return self._newest.prefix + nonce + self._newest.aead.encrypt(nonce, plaintext, context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """Decrypt with whichever key sealed it. Raises NotReadableError."""
        place = context.partition(":")[0]
        key = self._by_prefix.get(sealed[:PREFIX_BYTES])
        if key is None:
            message = f"A value in {place} was sealed with a key that is not in WEGWEISER_KEYS. Add that key again, after the newest one."
            raise NotReadableError(message)
        nonce, ciphertext = sealed[PREFIX_BYTES : PREFIX_BYTES + NONCE_BYTES], sealed[PREFIX_BYTES + NONCE_BYTES :]
        try:
            return key.aead.decrypt(nonce, ciphertext, context.encode())
        except (InvalidTag, ValueError):
            message = f"A value in {place} was changed, or moved from another row, since it was stored. Restore it from a backup."
            raise NotReadableError(message) from None

    def hash(self, purpose: str, value: str) -> str:
        """A keyed hash (HMAC-SHA256, hexadecimal) for looking up what must not be stored itself."""
        if self._index_key is None:
            message = "Hashing needs the index key: load it from the database and call with_index_key first."
            raise NotReadableError(message)
        text = f"{purpose}\0{value}".encode("utf-8", "surrogatepass")
        return hmac.new(self._index_key, text, hashlib.sha256).hexdigest()

    def make_sealed_key(self, context: str) -> bytes:
        """A new random key for `under`, sealed: destroying it makes what it sealed unreadable for good."""
        return self.seal(os.urandom(KEY_BYTES), context)

    def under(self, sealed_key: bytes, context: str) -> "Keyring":
        """The cipher of a key that was made by make_sealed_key. Raises NotReadableError."""
        return Keyring([self.open(sealed_key, context)])

    def reseal(self, sealed: bytes, context: str) -> bytes:
        """The same value, sealed with the newest key."""
        return self.seal(self.open(sealed, context), context)
