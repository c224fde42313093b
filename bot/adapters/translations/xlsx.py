"""Texts for translators as a workbook: one row for each text, everything locked but the translation."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from bot.adapters.translations.unpack import unpack
from bot.domain.translation_texts import ReturnedText, TranslationText
from bot.services.desk.knowledge.exchanged_files import FileRefusedError

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
COLUMNS = ("ID", "Feld/Field", "Deutsch", "English", "Übersetzung/Translation", "Hinweis/Note", "Sprache/Language", "Prüfwert/Check")
WIDTHS = (28, 10, 55, 55, 55, 34, 10, 18)
ENTRY, FIELD, GERMAN, ENGLISH, TRANSLATION, NOTE, LANGUAGE, HASH = range(len(COLUMNS))
NEEDED = (ENTRY, FIELD, TRANSLATION, LANGUAGE, HASH)
MOST_ROWS, MOST_COLUMNS = 5_000, 30
RIGHT_TO_LEFT = ("ar", "fa", "he", "ku", "ps", "ur")
FACTS = "Muss vorkommen/must appear: "
NEEDS_WORK = {"outdated": "veraltet/outdated", "machine-made-unreviewed": "maschinell, ungeprüft/machine-made, not reviewed"}
DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


class Xlsx:
    """Implements desk.knowledge.exchanged_files.TranslationFormat."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(self, texts: Sequence[TranslationText]) -> bytes:
        """A workbook of one sheet, named after the language."""
        file = io.BytesIO()
        with Workbook(file, OPTIONS) as book:
            sheet = book.add_worksheet(texts[0].language if texts else "texts")
            head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
            locked = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#444444"})
            direction = 2 if texts and texts[0].language in RIGHT_TO_LEFT else 1
            free = book.add_format({"text_wrap": True, "valign": "top", "locked": False, "bg_color": "#FFFBE6", "reading_order": direction})
            for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
                sheet.set_column(column, column, width, None, {"hidden": column in (LANGUAGE, HASH)})
                sheet.write_string(0, column, name, head)
            for row, text in enumerate(texts, start=1):
                for column, value in enumerate(_cells(text)):
                    sheet.write_string(row, column, value, free if column == TRANSLATION else locked)
            sheet.freeze_panes(1, 2)
            sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        return file.getvalue()

    def read(self, content: bytes) -> list[ReturnedText]:
        """The rows of the first sheet. Raises FileRefusedError."""
        check_parts(unpack(content))
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_vba=False, keep_links=False, data_only=False)
            return list(_read_rows(book.worksheets[0]))
        except FileRefusedError:
            raise
        except Exception as error:  # a broken workbook breaks in countless ways
            raise FileRefusedError("broken") from error


def check_parts(parts: dict[str, bytes]) -> None:
    """Refuse what is no plain workbook: macros, and XML that defines entities."""
    if "xl/workbook.xml" not in parts:
        raise FileRefusedError("format")
    if any("vba" in name.lower() for name in parts):
        raise FileRefusedError("macros")
    if any(DOCTYPE.search(part.replace(b"\0", b"")) for part in parts.values()):  # whatever its name: a workbook says which parts it reads
        raise FileRefusedError("unsafe")


def _cells(text: TranslationText) -> tuple[str, ...]:
    facts = FACTS + " · ".join(text.facts) if text.facts else ""
    note = "\n".join(filter(None, (NEEDS_WORK.get(text.state, ""), facts)))
    return (text.entry, text.field, text.german, text.english, text.text, note, text.language, text.german_hash)


def _read_rows(sheet: Any) -> Iterator[ReturnedText]:  # noqa: ANN401
    rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
    heads = [_text(cell) for cell in next(rows, ())]
    if any(COLUMNS[column] not in heads for column in NEEDED):
        raise FileRefusedError("columns", ", ".join(COLUMNS[column] for column in NEEDED if COLUMNS[column] not in heads))
    places = [heads.index(name) if name in heads else -1 for name in COLUMNS]
    for number, cells in enumerate(rows, start=2):
        values = [_text(cells[place]) if 0 <= place < len(cells) else "" for place in places]
        if not any(values):
            continue
        if number > MOST_ROWS + 1:
            raise FileRefusedError("too-large")
        place = places[TRANSLATION]
        yield ReturnedText(
            row=number,
            entry=values[ENTRY],
            field=values[FIELD],
            language=values[LANGUAGE],
            text=values[TRANSLATION],
            german_hash=values[HASH],
            is_formula=place < len(cells) and cells[place].data_type == "f",
        )


def _text(cell: Any) -> str:  # noqa: ANN401
    return "" if cell.value is None else str(cell.value).strip()
