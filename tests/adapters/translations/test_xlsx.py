"""Workbooks for translators: what they show, what comes back, and what is refused."""

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.adapters.translations.unpack import MOST_FILES, OLD_OFFICE, unpack
from bot.adapters.translations.xlsx import COLUMNS, MOST_ROWS, TRANSLATION, Xlsx
from bot.services.desk.knowledge.exchanged_files import UPLOAD_BYTES, FileRefusedError
from tests.adapters.translations.samples import TEXTS, TRANSLATED, repack, zip_of

BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'


def opened(content: bytes) -> Worksheet:
    """The sheet, as a spreadsheet program sees it."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def changed(**cells: Any) -> bytes:
    """The written workbook with other cells, saved by another program."""
    book = openpyxl.load_workbook(io.BytesIO(Xlsx().write(TRANSLATED)))
    for name, value in cells.items():
        book.worksheets[0][name] = value
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def refusal(content: bytes) -> FileRefusedError:
    with pytest.raises(FileRefusedError) as refused:
        Xlsx().read(content)
    return refused.value


def test_what_was_written_comes_back() -> None:
    for content in (Xlsx().write(TRANSLATED), changed()):
        returned = Xlsx().read(content)
        assert [(each.entry, each.field, each.language, each.text, each.german_hash) for each in returned] == [
            (text.entry, text.field, text.language, text.text, text.german_hash) for text in TRANSLATED
        ]
        assert [each.row for each in returned] == [2, 3]


def test_only_the_translation_can_be_typed_in_and_nothing_is_a_formula_or_a_link() -> None:
    sheet = opened(Xlsx().write(TEXTS))
    assert sheet.protection.sheet
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    for row in sheet.iter_rows(min_row=2):
        assert [cell.column - 1 for cell in row if not cell.protection.locked] == [TRANSLATION]
        assert all(cell.data_type == "s" for cell in row if cell.value is not None)
        assert not any(cell.hyperlink for cell in row)
        assert all(cell.alignment.wrap_text for cell in row)
    assert sheet["D3"].value == '=HYPERLINK("https://evil.example")'
    assert "60000 · 2025-12-31 · Vielfaltszentrum" in str(sheet["F3"].value)
    assert "outdated" in str(sheet["F2"].value)
    assert (sheet.column_dimensions["H"].hidden, sheet["E2"].alignment.readingOrder) == (True, 2)


def test_columns_may_be_moved_and_numbers_are_texts() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append([COLUMNS[7], COLUMNS[6], COLUMNS[4], "mine", COLUMNS[1], COLUMNS[0]])
    sheet.append(["abc", "tr", 2025, None, "title", "a.b"])
    sheet.append([None] * 6)
    saved = io.BytesIO()
    book.save(saved)
    (only,) = Xlsx().read(saved.getvalue())
    assert (only.entry, only.field, only.language, only.text, only.german_hash, only.row) == ("a.b", "title", "tr", "2025", "abc", 2)


def test_a_formula_is_marked_and_never_worked_out() -> None:
    returned = Xlsx().read(changed(E2="=1+1"))
    assert [each.is_formula for each in returned] == [True, False]


def test_missing_columns_are_named() -> None:
    refused = refusal(changed(A1="Name", H1=""))
    assert (refused.reason, refused.place) == ("columns", f"{COLUMNS[0]}, {COLUMNS[7]}")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"ID;Feld\n", "format"),
        (b"%PDF-1.7", "format"),
        (b"x" * (UPLOAD_BYTES + 1), "too-large"),
        (OLD_OFFICE + b"\0" * 600, "encrypted"),
        (b"PK\x03\x04" + b"x" * 100, "broken"),
        (zip_of(readme_txt=b"no workbook"), "format"),
        (repack(Xlsx().write(TEXTS), xl__vbaProject_bin=b"macro"), "macros"),
        (repack(Xlsx().write(TEXTS), xl__sharedStrings_xml=BOMB), "unsafe"),
        (repack(Xlsx().write(TEXTS), xl__sheet1_bin=BOMB), "unsafe"),
        (repack(Xlsx().write(TEXTS), xl__sharedStrings_xml=BOMB.decode().encode("utf-16")), "unsafe"),
        (repack(Xlsx().write(TEXTS), xl__worksheets__sheet1_xml=b"<worksheet"), "broken"),
        (repack(Xlsx().write(TEXTS), xl__worksheets__sheet1_xml=None), "broken"),
        (zip_of(xl__workbook_xml=b"<x/>"), "broken"),
    ],
)
def test_what_is_no_workbook_of_ours_is_refused(content: bytes, reason: str) -> None:
    assert refusal(content).reason == reason


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zip_of(xl__workbook_xml=b"\0" * (200 * 1024 * 1024))
    assert len(bomb) < UPLOAD_BYTES
    assert refusal(bomb).reason == "too-large"
    with pytest.raises(FileRefusedError, match="too-large"):
        unpack(zip_of(**{f"n{number}": b"" for number in range(MOST_FILES + 1)}))


def test_a_file_that_lies_about_its_size_is_broken() -> None:
    honest = zip_of(a=b"\0" * 5_000_000)
    liar = honest.replace((5_000_000).to_bytes(4, "little"), (5).to_bytes(4, "little"))
    assert liar != honest
    with pytest.raises(FileRefusedError, match="broken"):
        unpack(liar)


def test_an_encrypted_zip_says_so() -> None:
    content = bytearray(zip_of(a=b"secret"))
    for start in (content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8):
        content[start] |= 1
    with pytest.raises(FileRefusedError, match="encrypted"):
        unpack(bytes(content))


def test_too_many_rows_are_too_many() -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(COLUMNS)
    for _ in range(MOST_ROWS + 1):
        sheet.append(["a.b"] * len(COLUMNS))
    saved = io.BytesIO()
    book.save(saved)
    assert refusal(saved.getvalue()).reason == "too-large"
