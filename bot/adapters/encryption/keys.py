"""Where the keys come from: a setting, or a file that is made on the first start."""

import base64
import binascii
import os
from pathlib import Path

from bot.adapters.encryption.keyring import KEY_BYTES
from bot.domain.errors import SettingError

HOW_TO_MAKE_ONE = "python -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())'"


def read_keys(setting: str) -> list[bytes]:
    """The raw keys, newest first, from base64 separated by commas or white space. Raises SettingError."""
    words = setting.replace(",", " ").split()
    if not words:
        message = f"WEGWEISER_KEYS is empty. Set it to at least one key, newest first; make one with: {HOW_TO_MAKE_ONE}"
        raise SettingError(message)
    keys = [_read_key(word, place) for place, word in enumerate(words, start=1)]
    if len(set(keys)) < len(keys):
        message = "WEGWEISER_KEYS names the same key twice. Remove the second one."
        raise SettingError(message)
    return keys


def _read_key(word: str, place: int) -> bytes:
    try:
        key = base64.b64decode(word.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        message = f"Key {place} in WEGWEISER_KEYS is not base64 of exactly {KEY_BYTES} bytes. Make one with: {HOW_TO_MAKE_ONE}"
        raise SettingError(message)
    return key


def make_key() -> str:
    """A new random key, as it is written in the setting."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def write_key_file(path: Path) -> None:
    """Make a file with one new key that only its owner may read. Raises FileExistsError: keys are never overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(make_key() + "\n")
        file.flush()
        os.fsync(file.fileno())
