"""XLIFF for translators' programs: what it says, what comes back, and what is refused."""

import pytest
from lxml import etree
from translate.storage.xliff import xlifffile

from bot.adapters.translations.xliff import NAMESPACE, Xliff
from bot.services.desk.knowledge.exchanged_files import UPLOAD_BYTES, FileRefusedError
from tests.adapters.translations.samples import TEXTS, TRANSLATED

SPACES = {"x": NAMESPACE}
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 12))
BOMB = b'<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY l0 "ha">' + LAUGHS + b"]><xliff version='1.2'>&l11;</xliff>"
SYSTEM = b'<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY e SYSTEM "file:///etc/hostname">]><xliff version="1.2">&e;</xliff>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE xliff SYSTEM "http://127.0.0.1:9/x.dtd"><xliff version="1.2"/>'


def refusal(content: bytes) -> FileRefusedError:
    with pytest.raises(FileRefusedError) as refused:
        Xliff().read(content)
    return refused.value


def test_what_was_written_comes_back() -> None:
    returned = Xliff().read(Xliff().write(TRANSLATED))
    assert [(each.entry, each.field, each.language, each.text, each.german_hash) for each in returned] == [
        (text.entry, text.field, text.language, text.text, text.german_hash) for text in TRANSLATED
    ]


def test_a_file_is_plain_xliff_1_2_with_states_and_stable_ids() -> None:
    root = etree.fromstring(Xliff().write(TEXTS))
    (file,) = root.findall("x:file", SPACES)
    assert (root.get("version"), file.get("source-language"), file.get("target-language")) == ("1.2", "de", "ar")
    assert [unit.get("id") for unit in root.iterfind(".//x:trans-unit", SPACES)] == ["halle.money/title", "halle.money/answer"]
    assert [target.get("state") for target in root.iterfind(".//x:target", SPACES)] == ["needs-adaptation", "needs-translation"]
    assert "60000 · 2025-12-31" in "".join(note.text or "" for note in root.iterfind(".//x:note", SPACES))
    assert Xliff().write(TEXTS) == Xliff().write(TEXTS)


def test_a_translators_program_may_add_and_drop_what_it_likes() -> None:
    store = xlifffile.parsestring(Xliff().write(TEXTS))
    for unit in store.units:
        del unit.xmlelement.attrib["extradata"]
        unit.target = "ترجمة <b>&"
        unit.addnote("done", origin="me")
    returned = Xliff().read(bytes(store))
    assert [(each.entry, each.field, each.text) for each in returned] == [(text.entry, text.field, "ترجمة <b>&") for text in TEXTS]
    assert [each.german_hash for each in returned] == [text.german_hash for text in TEXTS]


def test_changing_the_german_shows_when_the_program_dropped_our_mark() -> None:
    content = Xliff().write(TEXTS[:1]).decode().replace(f' extradata="{TEXTS[0].german_hash}"', "").replace(">Geld<", ">Gold<")
    assert Xliff().read(content.encode())[0].german_hash != TEXTS[0].german_hash


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"just text", "format"),
        (b"\x89PNG", "format"),
        (b"<xliff version='1.2'>", "broken"),
        (b"<html/>", "format"),
        (b"<xliff version='1.2'/>", "broken"),
        (b"<xliff version='2.0' xmlns='urn:oasis:names:tc:xliff:document:2.0'/>", "version"),
        (Xliff().write([]), "nothing"),
        (BOMB, "unsafe"),
        (BOMB.decode().encode("utf-16"), "unsafe"),
        (SYSTEM, "unsafe"),
        (OUTSIDE, "unsafe"),
        (b"<xliff>" * 5000, "broken"),
        (b"<" + b"x" * UPLOAD_BYTES, "too-large"),
    ],
)
def test_what_is_no_xliff_is_refused(content: bytes, reason: str) -> None:
    assert refusal(content).reason == reason
