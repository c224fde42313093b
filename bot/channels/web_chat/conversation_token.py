"""The secret value that stands for a web conversation: random, signed, and never stored itself."""

import hmac
import secrets

from bot.domain.messages import ConversationId
from bot.services.ports import Cipher

SECRET_CHARACTERS = 32
"""Characters of token_urlsafe(24): 192 random bits."""


def make_token(cipher: Cipher) -> str:
    """A new value."""
    secret = secrets.token_urlsafe(24)
    return f"{secret}.{_sign(secret, cipher)}"


def is_ours(token: str, cipher: Cipher) -> bool:
    """Whether we made this value (compared in constant time)."""
    secret, _, signature = token.partition(".")
    return len(secret) == SECRET_CHARACTERS and hmac.compare_digest(signature.encode(), _sign(secret, cipher).encode())


def conversation_of(token: str, cipher: Cipher) -> ConversationId:
    """The keyed hash under which the conversation is stored."""
    return ConversationId(cipher.hash("web-conversation", token))


def _sign(secret: str, cipher: Cipher) -> str:
    return cipher.hash("web-conversation-signature", secret)[:32]
