"""Sealing with several keys."""

import os

import pytest

from bot.adapters.encryption.keyring import Keyring
from bot.domain.errors import NotReadableError

OLD, NEW = os.urandom(32), os.urandom(32)
PLACE = "cases.contact:K7Q2"


@pytest.mark.parametrize("plaintext", [b"", b"\x00", "كلمات".encode(), os.urandom(100_000)])
def test_opens_what_it_sealed(plaintext: bytes) -> None:
    sealed = Keyring([OLD]).seal(plaintext, PLACE)
    assert Keyring([NEW, OLD]).open(sealed, PLACE) == plaintext
    assert len(plaintext) < 8 or plaintext not in sealed


def test_same_text_never_looks_the_same() -> None:
    assert Keyring([OLD]).seal(b"x", PLACE) != Keyring([OLD]).seal(b"x", PLACE)


def test_every_changed_byte_is_noticed() -> None:
    ring = Keyring([OLD])
    sealed = ring.seal(b"words", PLACE)
    for at in range(len(sealed)):
        with pytest.raises(NotReadableError):
            ring.open(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], PLACE)
        with pytest.raises(NotReadableError):
            ring.open(sealed[:at], PLACE)


def test_error_names_the_place_but_no_row_and_no_content() -> None:
    sealed = Keyring([OLD]).seal(b"words", PLACE)
    for ring, place in ((Keyring([NEW]), PLACE), (Keyring([OLD]), "cases.contact:other")):
        with pytest.raises(NotReadableError, match=r"cases\.contact") as caught:
            ring.open(sealed, place)
        assert not {"words", "K7Q2", "other:"} & set(str(caught.value).split())


def test_newest_key_writes() -> None:
    ring = Keyring([NEW, OLD])
    resealed = ring.reseal(Keyring([OLD]).seal(b"words", PLACE), PLACE)
    assert resealed.startswith(ring.newest_prefix)
    assert Keyring([NEW]).open(resealed, PLACE) == b"words"


def test_key_of_its_own_survives_rotation_of_the_others() -> None:
    key = Keyring([OLD]).make_sealed_key("cases.key:1")
    sealed = Keyring([OLD]).under(key, "cases.key:1").seal(b"words", PLACE)
    moved = Keyring([NEW, OLD]).reseal(key, "cases.key:1")
    assert Keyring([NEW]).under(moved, "cases.key:1").open(sealed, PLACE) == b"words"
    with pytest.raises(NotReadableError):
        Keyring([NEW, OLD]).open(sealed, PLACE)
    with pytest.raises(NotReadableError):
        Keyring([NEW]).under(moved, "cases.key:2")


def test_hash_depends_on_purpose_and_index_key_only() -> None:
    index_key = os.urandom(32)
    digest = Keyring([OLD]).with_index_key(index_key).hash("chat", "4711")
    assert digest == Keyring([NEW, OLD], index_key).hash("chat", "4711")
    assert len(digest) == 64
    others = {Keyring([OLD], index_key).hash("receipt", "4711"), Keyring([OLD], os.urandom(32)).hash("chat", "4711")}
    assert digest not in others
    assert Keyring([OLD], index_key).hash("chat", "\ud83d")
    with pytest.raises(NotReadableError):
        Keyring([OLD]).hash("chat", "4711")
