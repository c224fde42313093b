"""Passwords hashed with Argon2id, off the event loop and never many at once: each takes 64 MiB."""

import asyncio
import unicodedata

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2


class Argon2Passwords:
    """Implements desk.sign_in_ports.Passwords."""

    def __init__(self, parameters: object = profiles.RFC_9106_LOW_MEMORY) -> None:
        """Take Argon2's parameters; the default is the second recommendation of RFC 9106."""
        self._hasher = PasswordHasher.from_parameters(parameters)  # type: ignore[arg-type]
        self._nobody = self._hasher.hash("nobody has this password")
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def hash(self, password: str) -> str:
        """What to store of a password."""
        async with self._turn:
            return await asyncio.to_thread(self._hasher.hash, normalise(password))

    async def verify(self, password: str, stored: str | None) -> bool:
        """Whether it is that password; without one, the same work is done for nothing."""
        async with self._turn:
            fits = await asyncio.to_thread(self._fits, stored or self._nobody, normalise(password))
        return fits and stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with other parameters."""
        return self._hasher.check_needs_rehash(stored)

    def _fits(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False


def normalise(password: str) -> str:
    """The same letters, however a keyboard composes them."""
    return unicodedata.normalize("NFC", password)
