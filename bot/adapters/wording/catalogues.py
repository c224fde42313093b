"""Catalogues: words by key and language, with numbers and dates as each language writes them."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

from bot.adapters.wording.check_catalogue import find_faults
from bot.domain.bidi import FIRST_STRONG_ISOLATE, POP_ISOLATE
from bot.domain.errors import KnowledgeError
from bot.domain.languages import ENGLISH, GERMAN, Language, is_right_to_left, without_variety

MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~-]|(?<=\d)\.)")


class Catalogues:
    """Implements the Wording port. All catalogues are read and checked at start."""

    def __init__(self, folder: Path, name: str = "bot") -> None:
        """Read every `<language>/LC_MESSAGES/<name>.po` below a folder; several for `console*`. Raises KnowledgeError naming each fault."""
        files: dict[Language, list[Path]] = {}
        for path in sorted(folder.glob(f"*/LC_MESSAGES/{name}.po")):
            files.setdefault(Language(path.parent.parent.name), []).append(path)
        if ENGLISH not in files:
            message = f"{folder}: the English catalogue en/LC_MESSAGES/{name}.po is missing; it is the reference for all others."
            raise KnowledgeError(message)
        catalogues = {language: _read_all(paths) for language, paths in files.items()}
        faults = [
            f"{folder.name}/{language}/LC_MESSAGES/{name}.po: {fault}"
            for language, catalogue in catalogues.items()
            for fault in find_faults(catalogue, catalogues[ENGLISH])
        ]
        if faults:
            raise KnowledgeError("\n".join(faults))
        self._translations = {language: _compile(catalogue) for language, catalogue in catalogues.items()}
        self._locales = {language: _locale(language) for language in catalogues}
        self._languages = tuple(sorted(catalogues, key=_place))

    @property
    def languages(self) -> tuple[Language, ...]:
        """German and English first, each with its varieties, then by code."""
        return self._languages

    def say(self, key: str, language: Language, /, **values: object) -> str:
        """The words for a key, as Markdown: what a person wrote in a value is escaped.

        In Arabic and Persian, values are isolated from the text's direction.
        With a value called `count` the plural form that the language asks for is taken.
        """
        return self._fill(
            key, language, {name: MARKDOWN.sub(r"\\\1", value) if isinstance(value, str) else value for name, value in values.items()}
        )

    def say_plain(self, key: str, language: Language, /, **values: object) -> str:
        """The same as plain text, for what is never Markdown: sources and labels."""
        return self._fill(key, language, values)

    def _fill(self, key: str, language: Language, values: Mapping[str, object]) -> str:
        speaks = language if language in self._translations else ENGLISH
        translations = self._translations[speaks]
        count = values.get("count")
        template = translations.ngettext(key, key, count) if isinstance(count, int) else translations.gettext(key)
        locale, isolate = self._locales[speaks], is_right_to_left(speaks)
        written = {name: _isolate(_write(value, locale), isolate=isolate) for name, value in values.items()}
        return template.format_map(written) if written else template


def _place(language: Language) -> tuple[bool, bool, str]:
    main = without_variety(language)
    return main != GERMAN, main != ENGLISH, language


def _write(value: object, locale: Locale) -> str:
    match value:
        case datetime():
            return format_datetime(value, "medium", locale=locale)
        case date():
            return format_date(value, "long", locale=locale)
        case int() | float():
            return format_decimal(value, locale=locale)
        case _:
            return str(value)


def _isolate(text: str, *, isolate: bool) -> str:
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if isolate else text


def _read_all(paths: list[Path]) -> Catalog:
    """The words of all files of one language together. Raises KnowledgeError when two of them have the same key."""
    together, *others = map(_read, paths)
    for path, catalogue in zip(paths[1:], others, strict=True):
        for message in catalogue:
            key = message.id if isinstance(message.id, str) else message.id[0]
            if key and together.get(key):
                fault = f"{path}: “{key}” stands in another file of this language, too. Keep one."
                raise KnowledgeError(fault)
            if key:
                together.add(message.id, message.string)
    return together


def _read(path: Path) -> Catalog:
    try:
        return read_po(BytesIO(path.read_bytes()), locale=str(_locale(Language(path.parent.parent.name))), abort_invalid=True)
    except (PoFileError, ValueError) as error:
        message = f"{path}: this catalogue cannot be read: {error}"
        raise KnowledgeError(message) from error


def _compile(catalogue: Catalog) -> GNUTranslations:
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _locale(language: Language) -> Locale:
    """The locale of a language code; a variety such as "de-simple" writes numbers like its language."""
    try:
        return Locale.parse(without_variety(language))
    except (UnknownLocaleError, ValueError) as error:
        message = f"responses/{language}: {language!r} is no language code that CLDR knows. Name the folder after one, for example “it”."
        raise KnowledgeError(message) from error
