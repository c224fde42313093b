"""What signing in needs from outside, as protocols."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.errors import WegweiserError


class TooManyAttemptsError(WegweiserError):
    """Somebody failed too often and has to wait; the same whether the account exists or not."""

    def __init__(self, seconds: int) -> None:
        """Say how long to wait."""
        super().__init__(f"Too many attempts. Wait {seconds} seconds.")
        self.seconds = seconds


class RefusedError(WegweiserError):
    """The identity provider did not vouch for the person."""


class Passwords(Protocol):
    """Slow, salted hashes of passwords."""

    async def hash(self, password: str) -> str:
        """What to store of a password."""
        ...

    async def verify(self, password: str, stored: str | None) -> bool:
        """Whether it is that password; takes as long when there is none."""
        ...

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with other parameters than those of today."""
        ...


@dataclass(frozen=True, kw_only=True)
class Square:
    """A QR code: the width and height in modules, and the dark ones as the path of an SVG."""

    size: int
    path: str


class OneTimeCodes(Protocol):
    """Time-based one-time codes (RFC 6238)."""

    def make_secret(self, seed: bytes) -> str:
        """A secret from 20 random bytes, as one types it into an app."""
        ...

    def make_address(self, secret: str, account: str, issuer: str) -> str:
        """What an app reads from a QR code."""
        ...

    def draw(self, address: str) -> Square:
        """The QR code."""
        ...

    def find_step(self, secret: str, code: str, now: datetime) -> int | None:
        """The time step that a code belongs to: this one, the one before or after; None when it is wrong."""
        ...


@dataclass(frozen=True, kw_only=True)
class Departure:
    """What is remembered in the browser while somebody is at the identity provider."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Whom the identity provider vouches for. `subject` stays the same when addresses change hands: "issuer|sub"."""

    subject: str
    email: str
    is_multi_factor: bool


class IdentityProvider(Protocol):
    """The organisation's own sign-in (OpenID Connect)."""

    @property
    def name(self) -> str:
        """What the button says."""
        ...

    async def depart(self, return_address: str) -> Departure:
        """Where to send the browser. Raises NotAvailableError."""
        ...

    async def return_from(self, departure: Departure, return_address: str, code: str, now: datetime) -> Identity:
        """Who came back. Raises RefusedError, NotAvailableError."""
        ...
