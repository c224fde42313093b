"""Keys from a setting and from a file."""

import base64
import os
import stat
from pathlib import Path

import pytest

from bot.adapters.encryption.keys import make_key, read_keys, write_key_file
from bot.domain.errors import SettingError


def test_reads_keys_newest_first() -> None:
    first, second = os.urandom(32), b"\xff" * 32
    setting = f" {base64.b64encode(first).decode()},\n{base64.urlsafe_b64encode(second).decode()} "
    assert read_keys(setting) == [first, second]


@pytest.mark.parametrize(
    "setting", ["", " , ", "not base64!", "c2hvcnQ=", base64.b64encode(bytes(33)).decode(), "ключ", base64.b64encode(bytes(31)).decode()]
)
def test_wrong_setting_is_said_in_a_sentence_without_the_key(setting: str) -> None:
    with pytest.raises(SettingError, match="WEGWEISER_KEYS") as caught:
        read_keys(setting)
    assert setting.strip(" ,") == "" or setting not in str(caught.value)


def test_same_key_twice_is_refused() -> None:
    key = make_key()
    with pytest.raises(SettingError, match="twice"):
        read_keys(f"{key},{key}")


def test_key_file_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "data" / "keys"
    write_key_file(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(read_keys(file.read_text())) == 1
    with pytest.raises(FileExistsError):
        write_key_file(file)
