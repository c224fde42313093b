"""What the database adapter needs of a cipher: a newest key to seal with, and a key per case."""

import secrets
from typing import Protocol, Self

from bot.services.ports import Cipher


class MasterCipher(Cipher, Protocol):
    """A cipher that can also make, seal and use further keys, and move values to its newest key."""

    @property
    def newest_prefix(self) -> bytes:
        """What everything sealed with the newest key begins with."""
        ...

    def with_index_key(self, index_key: bytes) -> Self:
        """The same keys, able to hash."""
        ...

    def make_sealed_key(self, context: str) -> bytes:
        """A new random key, sealed."""
        ...

    def under(self, sealed_key: bytes, context: str) -> Cipher:
        """The cipher of such a key. Raises NotReadableError."""
        ...

    def reseal(self, sealed: bytes, context: str) -> bytes:
        """The same value, sealed with the newest key."""
        ...


def make_reference() -> str:
    """A random name (128 bits) for a claim, or for a row whose id is not known before its content is sealed."""
    return secrets.token_hex(16)
