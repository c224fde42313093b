"""Files that come from outside: unpacked within bounds, and the texts of translators read from them and written to them."""

from collections.abc import Mapping

from bot.adapters.translations.xliff import Xliff
from bot.adapters.translations.xlsx import Xlsx
from bot.services.desk.knowledge.exchanged_files import TranslationFormat

FORMATS: Mapping[str, TranslationFormat] = {"xlsx": Xlsx(), "xlf": Xliff()}
"""By the ending of a file's name."""
