"""Texts on their way to translators, and what a workbook looks like inside."""

import io
import zipfile
from dataclasses import replace

from bot.domain.languages import Language
from bot.domain.translation_texts import TranslationText, hash_text

ANSWER = "Es gibt **60.000 Euro**.\n\n- bis zum 31. Dezember 2025\n- beim Vielfaltszentrum"
TEXTS = (
    TranslationText(
        entry="halle.money",
        field="title",
        language=Language("ar"),
        german="Geld",
        english="Money",
        text="المال",
        state="outdated",
        facts=(),
        german_hash=hash_text("Geld"),
    ),
    TranslationText(
        entry="halle.money",
        field="answer",
        language=Language("ar"),
        german=ANSWER,
        english='=HYPERLINK("https://evil.example")',
        text="",
        state="missing",
        facts=("60000", "2025-12-31", "Vielfaltszentrum"),
        german_hash=hash_text(ANSWER),
    ),
)
TRANSLATED = (TEXTS[0], replace(TEXTS[1], text="هناك **60,000** يورو.\n\n- Vielfaltszentrum"))


def repack(content: bytes, **changed: bytes | None) -> bytes:
    """The same ZIP with files in the place of others, added to it, or (None) left out. `__` stands for a slash, `_` for a dot."""
    names = {name.replace("__", "/").replace("_", "."): part for name, part in changed.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        parts = {info.filename: before.read(info) for info in before.infolist()} | names
        for name, part in parts.items():
            if part is not None:
                after.writestr(name, part)
    return packed.getvalue()


def zip_of(**files: bytes) -> bytes:
    """A ZIP with these files."""
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    return repack(empty.getvalue(), **files)
