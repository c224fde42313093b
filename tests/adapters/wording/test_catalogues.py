"""What the bot says: plurals, numbers, dates, escaping and direction, each as its language does."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.adapters.wording.catalogues import Catalogues
from bot.domain.errors import KnowledgeError

HEAD = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: {}\\n"\n\n'
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "de": "nplurals=2; plural=(n != 1);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);",
    "fa": "nplurals=2; plural=(n > 1);",
    "uk": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
}
FORMS = {"pl": ["jeden", "kilka", "wiele"], "ru": ["один", "несколько", "много"], "ar": ["صفر", "واحد", "اثنان", "قليل", "كثير", "آخر"]}
ENGLISH = 'msgid "hello"\nmsgstr "Hello {name}"\n\nmsgid "bye"\nmsgstr "Goodbye"\n'


def write(folder: Path, language: str, body: str) -> None:
    """A catalogue."""
    file = folder / language / "LC_MESSAGES" / "bot.po"
    file.parent.mkdir(parents=True)
    file.write_text(HEAD.format(language, PLURALS.get(language, PLURALS["en"])) + body, encoding="utf-8")


def plural(*forms: str) -> str:
    """The body of a catalogue with one counted message."""
    return 'msgid "minutes"\nmsgid_plural "minutes"\n' + "".join(f'msgstr[{number}] "{form}"\n' for number, form in enumerate(forms))


@pytest.mark.parametrize(
    ("language", "counts"),
    [
        ("pl", {1: "jeden", 2: "kilka", 4: "kilka", 5: "wiele", 12: "wiele", 22: "kilka", 101: "wiele"}),
        ("ru", {1: "один", 3: "несколько", 5: "много", 11: "много", 21: "один", 111: "много"}),
        ("ar", {0: "صفر", 1: "واحد", 2: "اثنان", 3: "قليل", 10: "قليل", 11: "كثير", 99: "كثير", 100: "آخر", 103: "قليل"}),
    ],
)
def test_plurals_are_those_of_the_language(tmp_path: Path, language: str, counts: dict[int, str]) -> None:
    write(tmp_path, "en", plural("one", "many"))
    write(tmp_path, language, plural(*FORMS[language]))
    words = Catalogues(tmp_path)
    assert {count: words.say("minutes", language, count=count) for count in counts} == counts
    assert (words.say("minutes", "en", count=1), words.say("minutes", "en", count=5)) == ("one", "many")


@pytest.mark.parametrize(
    ("language", "number", "day"),
    [
        ("en", "60,000", "November 20, 2026"),
        ("de", "60.000", "20. November 2026"),
        ("pl", "60\xa0000", "20 listopada 2026"),
        ("ru", "60\xa0000", "20 ноября 2026\u202fг."),
        ("uk", "60\xa0000", "20 листопада 2026\u202fр."),
        ("fa", "60,000", "20 نوامبر 2026"),  # digits as on the letters that people get in Germany
    ],
)
def test_numbers_and_days_are_written_as_the_language_does(tmp_path: Path, language: str, number: str, day: str) -> None:
    body = 'msgid "fact"\nmsgstr "{euros} | {day}"\n'
    for code in {"en", language}:
        write(tmp_path, code, body)
    said = Catalogues(tmp_path).say("fact", language, euros=60000, day=date(2026, 11, 20))
    assert said.translate(dict.fromkeys(map(ord, "\u2068\u2069"))) == f"{number} | {day}"


def test_a_moment_is_more_than_a_day(tmp_path: Path) -> None:
    write(tmp_path, "en", 'msgid "at"\nmsgstr "{moment}"\n')
    said = Catalogues(tmp_path).say("at", "en", moment=datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
    assert "9:30" in said.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("*bold* _x_ `c`", r"\*bold\* \_x\_ \`c\`"),
        ("[a](http://b.example)", r"\[a\]\(http://b.example\)"),
        ("1. first", r"1\. first"),
        ("<b>&amp;</b>", r"\<b\>&amp;\</b\>"),
        ("{name} {0}", r"\{name\} \{0\}"),
        ("Halle", "Halle"),
    ],
)
def test_what_a_person_typed_stays_what_they_typed(tmp_path: Path, value: str, written: str) -> None:
    write(tmp_path, "en", ENGLISH)
    assert Catalogues(tmp_path).say("hello", "en", name=value) == f"Hello {written}"


@pytest.mark.parametrize(("language", "isolated"), [("ar", True), ("fa", True), ("de", False), ("en", False)])
def test_values_are_isolated_where_one_writes_from_the_right(tmp_path: Path, language: str, *, isolated: bool) -> None:
    for code in {"en", language}:
        write(tmp_path, code, ENGLISH)
    said = Catalogues(tmp_path).say("hello", language, name="Jobcenter 12")
    assert said == ("Hello \u2068Jobcenter 12\u2069" if isolated else "Hello Jobcenter 12")


def test_a_language_that_is_not_spoken_is_answered_in_english(tmp_path: Path) -> None:
    write(tmp_path, "en", ENGLISH)
    assert Catalogues(tmp_path).say("bye", "xx") == "Goodbye"


def test_german_and_english_are_offered_first(tmp_path: Path) -> None:
    for code in ("ar", "uk", "en", "de", "fa"):
        write(tmp_path, code, ENGLISH)
    assert Catalogues(tmp_path).languages == ("de", "en", "ar", "fa", "uk")


def test_a_variety_speaks_with_the_numbers_of_its_language(tmp_path: Path) -> None:
    write(tmp_path, "en", ENGLISH)
    write(tmp_path, "de-simple", ENGLISH)
    assert Catalogues(tmp_path).say("hello", "de-simple", name=1234567) == "Hello 1.234.567"


@pytest.mark.parametrize(
    ("german", "fault"),
    [
        ('msgid "hello"\nmsgstr "Hallo {name}"\n', "“bye” has no text"),
        ('msgid "hello"\nmsgstr "Hallo {name}"\n\nmsgid "bye"\nmsgstr ""\n', "“bye” has no text"),
        (ENGLISH.replace("{name}", "{nickname}"), "“hello” must use {name}, but uses {nickname}"),
        (ENGLISH.replace("{name}", "du"), "“hello” must use {name}, but uses no placeholder"),
        (ENGLISH.replace("Goodbye", "{x}"), "“bye” must use no placeholder, but uses {x}"),
        (ENGLISH.replace("{name}", "{name"), "“hello”: a brace is not closed"),
        (ENGLISH.replace("Goodbye", "\u202eTschüss"), "“bye” holds a character that overrides the writing direction"),
        (ENGLISH + '\nmsgid "more"\nmsgstr "mehr"\n', "“more” is not used"),
    ],
)
def test_every_fault_is_named(tmp_path: Path, german: str, fault: str) -> None:
    write(tmp_path, "en", ENGLISH)
    write(tmp_path, "de", german)
    with pytest.raises(KnowledgeError) as caught:
        Catalogues(tmp_path)
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"{tmp_path.name}/de/LC_MESSAGES/bot.po: {fault}")


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    write(tmp_path, "en", ENGLISH)
    write(tmp_path, "de", "")
    write(tmp_path, "fr", ENGLISH.replace("{name}", "{"))
    with pytest.raises(KnowledgeError) as caught:
        Catalogues(tmp_path)
    assert len(str(caught.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("language", "forms"), [("pl", ["jeden", "kilka {count}"]), ("ru", ["один", "{count}"]), ("ar", ["واحد", "{count}"])]
)
def test_too_few_plural_forms_are_a_fault(tmp_path: Path, language: str, forms: list[str]) -> None:
    write(tmp_path, "en", plural("one", "many {count}"))
    write(tmp_path, language, plural(*forms))
    with pytest.raises(KnowledgeError, match="minutes"):
        Catalogues(tmp_path)


def test_a_plural_form_for_exactly_one_or_two_needs_no_number(tmp_path: Path) -> None:
    write(tmp_path, "en", plural("one minute", "{count} minutes"))
    assert Catalogues(tmp_path).say("minutes", "en", count=1) == "one minute"


@pytest.mark.parametrize("language", ["klingonisch", "xx"])
def test_a_folder_that_is_no_language_is_a_fault(tmp_path: Path, language: str) -> None:
    write(tmp_path, "en", ENGLISH)
    write(tmp_path, language, ENGLISH)
    with pytest.raises(KnowledgeError, match="no language code"):
        Catalogues(tmp_path)


def test_without_english_nothing_can_be_checked(tmp_path: Path) -> None:
    write(tmp_path, "de", ENGLISH)
    with pytest.raises(KnowledgeError, match="English catalogue"):
        Catalogues(tmp_path)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    write(tmp_path, "en", ENGLISH + '\nmsgid "broken\n')
    with pytest.raises(KnowledgeError, match=r"bot\.po: this catalogue cannot be read"):
        Catalogues(tmp_path)
