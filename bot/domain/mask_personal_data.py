"""Mask what may tell who somebody is: names, phones, addresses, dates of birth, numbers of files. Public numbers and papers stay.

Neutral marks such as ‹phone› take its place; what they are called is a matter of words. Masking twice changes nothing more. It errs
on the side of masking, but a question must stay a question: no year, law, amount, city, office or number of a paper is touched.
"""

import re
import unicodedata
from collections.abc import Callable

from bot.domain import personal_patterns as patterns
from bot.domain import personal_words as words
from bot.domain.folding import fold

MARKS = ("email", "link", "handle", "iban", "code", "file-number", "date", "phone", "address", "name", "number")
MARK = re.compile(rf"‹({'|'.join(MARKS)})›")
MOST_NAMES = 4
PROTECTED_FROM = 0xE000
"""Private letters that stand for what must not be touched while the rest is looked at."""


def mask_personal_data(text: str) -> str:
    """The text with marks in place of personal data.

    >>> mask_personal_data("Ich heiße Anna Müller, 0176 1234567, geboren am 3.4.1985")
    'Ich heiße ‹name›, ‹phone›, geboren am ‹date›'
    >>> mask_personal_data("Was steht in 20-V-33-0003 zu § 15 AGG, und gilt 0800 546 546 5 noch?")
    'Was steht in 20-V-33-0003 zu § 15 AGG, und gilt 0800 546 546 5 noch?'
    """
    kept: list[str] = []
    masked = "".join(char for char in unicodedata.normalize("NFC", text) if not is_private(char))
    masked = mask_linked(masked)
    masked = on_latin_digits(patterns.BORN, lambda found: f"{found[1] or ''}‹date›", masked)
    masked = on_latin_digits(patterns.AFTER_FILE_WORD, mask_file_number, masked)
    masked = protect(masked, kept)
    masked = mask_numbers(masked)
    for pattern in patterns.ADDRESSES:
        masked = on_latin_digits(pattern, mask_address, masked)
    return restore(mask_names(masked), kept)


def without_marks(text: str) -> str:
    """The text without any marks, to learn from.

    >>> without_marks("Ich heiße ‹name›, wer hilft mir?")
    'Ich heiße, wer hilft mir?'
    """
    return " ".join(re.sub(r"\s+([,.;:?!؟،])", r"\1", MARK.sub("", text)).split())


def mask_linked(text: str) -> str:
    """What leads to somebody on the net."""
    text = patterns.EMAIL.sub("‹email›", text)
    text = patterns.LINK_WITH_USER.sub("‹link›", text)
    text = patterns.LINK.sub(r"\1/‹link›", text)
    return patterns.HANDLE.sub("‹handle›", text)


def mask_file_number(found: re.Match[str]) -> str:
    """What follows a word such as Aktenzeichen, unless it is one of the papers'."""
    return found[0] if patterns.PUBLIC.fullmatch(found[2].rstrip(".")) else f"{found[1]}‹file-number›"


def mask_numbers(text: str) -> str:
    """Accounts, codes, files and phones."""
    text = on_latin_digits(patterns.IBAN, lambda _: "‹iban›", text)
    text = on_latin_digits(patterns.COURT_FILE, lambda _: "‹file-number›", text)
    text = on_latin_digits(patterns.PHONE, lambda _: "‹phone›", text)
    text = on_latin_digits(patterns.CODE, lambda found: "‹code›" if has_letter_and_digit(found[0]) else found[0], text)
    text = on_latin_digits(patterns.AFTER_PHONE_WORD, lambda found: f"{found[1]}‹phone›", text)
    return on_latin_digits(patterns.LONG_NUMBER, lambda _: "‹number›", text)


def mask_address(found: re.Match[str]) -> str:
    """A street with its number; a day of the week or a part of a law is none."""
    street = found.groupdict().get("street")
    if street and fold(street) in words.NO_STREETS:
        return found[0]
    return "‹address›"


def mask_names(text: str) -> str:
    """Names after introductions and titles, and under a greeting at the end."""
    text = patterns.SIGNED.sub(lambda found: f"{found[1]}‹name›", text)
    text = replace_names(patterns.INTRODUCED, text, any_case=True)
    text = replace_names(patterns.PRESENTED, text, any_case=False, fewest=2)
    text = replace_names(patterns.TITLED, text, any_case=False)
    text = replace_names(patterns.TITLED_ANYHOW, text, any_case=True)
    return patterns.TITLED_AFTER.sub("‹name›", text)


def replace_names(before: re.Pattern[str], text: str, *, any_case: bool, fewest: int = 1) -> str:
    """A mark in place of the words that follow, as long as they look like names; so many of them at least."""
    parts, position = [], 0
    while found := before.search(text, position):
        end = end_of_names(text, found.end(), any_case=any_case)
        if len(text[found.end() : end].split()) < fewest:
            end = found.end()
        parts.append(text[position : found.end()] + ("‹name›" if end > found.end() else ""))
        position = end
    return "".join(parts) + text[position:]


def end_of_names(text: str, start: int, *, any_case: bool) -> int:
    """Where the names that begin here end; the start itself when there are none."""
    end, count, first_is_small = start, 0, False
    while count < MOST_NAMES and (word := (patterns.NEXT_WORD if count else patterns.A_WORD).match(text, end)):
        small = word[1][0].islower()
        has_case = word[1][0].lower() != word[1][0].upper()
        is_word = fold(word[1]) in words.NO_NAMES and (count == 0 or not has_case or small)
        if is_word or (small and not any_case):
            break
        if count and ((small and not first_is_small) or ((first_is_small or not has_case) and count > 1)):
            break
        if count == 0:
            first_is_small = small
        end, count = word.end(), count + 1
    return end


def on_latin_digits(pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str], text: str) -> str:
    """Replace what a pattern finds in a text whose digits are read as Latin ones; everything else stays as it was written."""
    parts, position = [], 0
    for found in pattern.finditer(to_latin_digits(text)):
        parts += [text[position : found.start()], as_written(found, replace(found), text)]
        position = found.end()
    return "".join(parts) + text[position:]


def to_latin_digits(text: str) -> str:
    """The same text, letter by letter, with Latin digits."""
    return "".join(str(unicodedata.decimal(char, char)) for char in text)


def as_written(found: re.Match[str], replaced: str, text: str) -> str:
    """The replacement; where it repeats what was found, with its own digits."""
    if replaced == found[0]:
        return text[found.start() : found.end()]
    beginning = found[1] if found.re.groups and found[1] else ""
    if beginning and replaced.startswith(beginning):
        return text[found.start() : found.start() + len(beginning)] + replaced[len(beginning) :]
    return replaced


def protect(text: str, kept: list[str]) -> str:
    """One private letter in place of each thing that must not be touched; `kept` takes them."""
    parts, position = [], 0
    for found in patterns.PUBLIC.finditer(to_latin_digits(text)):
        kept.append(text[found.start() : found.end()])
        parts += [text[position : found.start()], chr(PROTECTED_FROM + len(kept) - 1)]
        position = found.end()
    return "".join(parts) + text[position:]


def restore(text: str, kept: list[str]) -> str:
    """What was protected, back in its place."""
    return "".join(kept[ord(char) - PROTECTED_FROM] if is_private(char) else char for char in text)


def is_private(char: str) -> bool:
    """Whether a letter belongs to those that nobody types."""
    return 0xE000 <= ord(char) <= 0xF8FF  # noqa: PLR2004


def has_letter_and_digit(code: str) -> bool:
    """Whether something looks like a code rather than like words or years."""
    return any(char.isdigit() for char in code) and any(char.isalpha() for char in code)
