"""Everything the desk's pages say has words in German and English, and no words lie about unused."""

import re
from functools import cache

from babel.messages.pofile import read_po

from bot.adapters.wording.catalogues import Catalogues
from bot.domain.languages import ENGLISH, GERMAN
from tests.house.source import KEY, ROOT, known_keys, literals

QUOTED = re.compile(r"""['"]([a-z][a-z0-9.-]*)['"]""")
CONSOLE = ROOT / "bot/console"


@cache
def desk_words() -> Catalogues:
    """The catalogues of the desk."""
    return Catalogues(ROOT / "responses", "console*")


@cache
def desk_keys() -> frozenset[str]:
    """Every key of the desk's English catalogues."""
    keys = set()
    for path in (ROOT / "responses/en/LC_MESSAGES").glob("console*.po"):
        with path.open("rb") as file:
            keys |= {message.id if isinstance(message.id, str) else message.id[0] for message in read_po(file) if message.id}
    return frozenset(keys)


def written() -> set[str]:
    """Every short text that stands in the desk's code and templates: keys, parts of keys, and much else."""
    templates = [file.read_text(encoding="utf-8") for file in (CONSOLE / "templates").rglob("*.html")]
    return {text for template in templates for text in QUOTED.findall(template)} | literals("bot")


def test_the_desk_speaks_german_and_english() -> None:
    assert set(desk_words().languages) == {GERMAN, ENGLISH}


def test_every_key_of_the_desk_has_words() -> None:
    templates = [file.read_text(encoding="utf-8") for file in (CONSOLE / "templates").rglob("*.html")]
    said = {key for template in templates for key in re.findall(r"""\bsay\(\s*['"]([a-z0-9.-]+)['"]\s*[,)]""", template)}
    said |= {text for text in literals("bot/console") if KEY.fullmatch(text) and text.partition(".")[0] in FAMILIES}
    assert len(said) > 300
    assert sorted(key for key in said - desk_keys() - known_keys() if not key.endswith((".html", ".js", ".css"))) == []


FAMILIES = {key.partition(".")[0] for key in desk_keys()} - {"code"}
"""What the keys of the desk begin with; code is the bot's, too."""


def test_no_words_of_the_desk_are_left_that_nobody_says() -> None:
    parts = written()
    beginnings = tuple(part for part in parts if part.endswith(".") and part.count("."))
    doors = {f"done.{part}" for part in parts} | {f"code.{part}" for part in parts}
    unsaid = [key for key in desk_keys() if key not in parts | doors and not key.startswith(beginnings)]
    assert sorted(unsaid) == []
