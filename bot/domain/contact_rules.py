"""What a contact may say about how to reach it: phone number, e-mail, website, hours."""

import re
from collections.abc import Iterator, Mapping, Sequence
from ipaddress import ip_address
from itertools import combinations
from urllib.parse import urlsplit

from bot.domain.office_hours import DAYS, HoursError, Span, read_span

SHORT_NUMBERS = re.compile(r"110|112|115|116\d{3}")
"""Emergency numbers, the authorities' number, and the European ones for help."""
FEWEST_DIGITS, MOST_DIGITS = 6, 13
"""Of a number with its area code and the zero before it."""
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s.,;<>]+(\.[^@\s.,;<>]+)+")
SEPARATORS = re.compile(r"[\s/()–-]")
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:\s*(?:Uhr|h))?", re.IGNORECASE)
Wrong = tuple[tuple[str | int, ...], str, Mapping[str, object]]
"""Where something is wrong, the code of what it is, and values for the sentence."""


def find_contact_faults(content: Mapping[str, object]) -> Iterator[Wrong]:
    """Everything that is wrong about how to reach a contact.

    >>> [(path, code) for path, code, _ in find_contact_faults({"phone": "0345 FOO", "website": "halle.de", "hours": []})]
    [(('phone',), 'phone-letters'), (('website',), 'website')]
    """
    for name, find in (("phone", find_phone_fault), ("email", find_email_fault), ("website", find_website_fault)):
        value = content.get(name) or ""
        if isinstance(value, str) and (code := find(value)):
            yield (name,), code, {"value": value}
    hours = content.get("hours")
    if isinstance(hours, Sequence) and not isinstance(hours, str):
        yield from find_hours_faults([row for row in hours if isinstance(row, Mapping)])


def find_phone_fault(text: str) -> str:
    """What is wrong about a phone number as dialled in Germany; empty when nothing is.

    >>> [find_phone_fault(each) for each in ("0800 546 546 5", "116 016", "112", "+49 345 221-0", "(0345) 221 0", "")]
    ['', '', '', '', '', '']
    >>> [find_phone_fault(each) for each in ("0345 CALL", "0345*1", "2214050", "+43 1 58858", "0345", "0345 12345678901", "+49 0345 221")]
    ['phone-letters', 'phone-characters', 'phone-area', 'phone-country', 'phone-short', 'phone-long', 'phone-zero']
    """
    digits = SEPARATORS.sub("", text)
    if not digits or SHORT_NUMBERS.fullmatch(digits):
        return ""
    if any(character.isalpha() for character in digits):
        return "phone-letters"
    if not re.fullmatch(r"\+?[0-9]+", digits):
        return "phone-characters"
    return _find_fault_of_number(re.sub(r"^00", "+", digits))


def _find_fault_of_number(digits: str) -> str:
    if digits.startswith("+") and not digits.startswith("+49"):
        return "phone-country"
    if digits.startswith("+490"):
        return "phone-zero"
    national = re.sub(r"^\+49", "0", digits)
    if not national.startswith("0"):
        return "phone-area"
    if len(national) < FEWEST_DIGITS:
        return "phone-short"
    return "phone-long" if len(national) > MOST_DIGITS else ""


def find_email_fault(text: str) -> str:
    """What is wrong about an e-mail address; empty when nothing is.

    >>> [find_email_fault(each) for each in ("integration@stadt.example", "", "integration(at)stadt.example", "a@b")]
    ['', '', 'email', 'email']
    """
    return "" if not text or EMAIL.fullmatch(text) else "email"


def find_website_fault(text: str) -> str:
    """What is wrong about the address of a website; empty when nothing is.

    >>> [find_website_fault(each) for each in ("https://www.halle.de/", "http://wiesbaden.de/x?y=1", "")]
    ['', '', '']
    >>> [find_website_fault(each) for each in ("www.halle.de", "javascript:alert(1)", "http://localhost", "http://10.0.0.1/")]
    ['website', 'website', 'website', 'website']
    """
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        wrong = parts.scheme not in ("http", "https") or "." not in host or "@" in parts.netloc or _is_number(host) or parts.port == 0
    except ValueError:
        wrong = True
    return "website" if text and (wrong or re.search(r"\s", text)) else ""


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def find_hours_faults(rows: Sequence[Mapping[str, object]]) -> Iterator[Wrong]:
    """Rows of hours that cannot be, each once.

    >>> week = [{"days": ["mo"], "from": "09:00", "to": "12:00"}, {"days": ["mo"], "from": "11:00", "to": "15:00"}]
    >>> [(path, code) for path, code, _ in find_hours_faults(week)]
    [(('hours', 1), 'hours-overlap')]
    >>> wrong = [{"days": [], "from": "09:00", "to": "12:00"}, {"days": ["mo"], "from": "12:00", "to": "09:00"}]
    >>> [code for _, code, _ in find_hours_faults(wrong)]
    ['hours-days', 'hours-order']
    """
    spans: list[tuple[int, Span]] = []
    for number, row in enumerate(rows):
        named = row.get("days")
        days = [str(day) for day in named] if isinstance(named, Sequence) else []
        code, span = _read_row(row)
        if not days or set(days) - set(DAYS):
            code = "hours-days"
        if code or span is None:
            yield ("hours", number), code, {"opens": row.get("from") or "", "closes": row.get("to") or ""}
            continue
        spans += [(number, Span(weekday=DAYS.index(day), opens=span.opens, closes=span.closes)) for day in days]
    told = set()
    for (earlier, one), (later, other) in combinations(spans, 2):
        if later not in told and one.weekday == other.weekday and one.opens < other.closes and other.opens < one.closes:
            told.add(later)
            yield ("hours", later), "hours-overlap", {"row": earlier + 1}


def _read_row(row: Mapping[str, object]) -> tuple[str, Span | None]:
    """The code of what is wrong, or the span on a Monday. Times are written with two digits each, as the bot shows them."""
    times = (str(row.get("from") or ""), str(row.get("to") or ""))
    if any(not re.fullmatch(r"\d\d:\d\d", time) for time in times):
        return "hours-time", None
    try:
        return "", read_span("-".join(times), 0)
    except HoursError as error:
        return ("hours-order" if str(error) == "order" else "hours-time"), None


def read_clock(text: str) -> str:
    """A time as it is stored, where it can be read; else what was typed.

    >>> [read_clock(each) for each in ("9", "9.30 Uhr", "08:00", "24", "noon", "9:75")]
    ['09:00', '09:30', '08:00', '24:00', 'noon', '9:75']
    """
    found = CLOCK.fullmatch(text.strip())
    if not found or int(found[2] or 0) > 59:  # noqa: PLR2004
        return text
    return f"{int(found[1]):02}:{int(found[2] or 0):02}"


def to_office_hours(rows: Sequence[tuple[Sequence[str], str, str]]) -> tuple[Span, ...]:
    """The hours of a contact, for asking whether somebody is there: rows of days, from and to that have no faults.

    >>> len(to_office_hours([(("mo", "tu"), "09:00", "12:00")]))
    2
    """
    spans = [(day, read_span(f"{opens}-{closes}", DAYS.index(day))) for days, opens, closes in rows for day in days]
    return tuple(sorted(span for _, span in spans))
