"""What a contact, a programme or a source must hold, beyond fields of the right kind."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.contact_rules import Wrong, find_contact_faults, find_website_fault
from bot.domain.knowledge_drafts import is_retiring
from bot.domain.read_day import read_day

NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "contact": (("office",), ("role", "de"), ("role", "en")),
    "programme": (("name",), ("funder",)),
    "source": (("title",),),
}
"""Fields that are never empty."""
ROWS = {"amounts": "purpose", "deadlines": "what"}
"""Rows of a programme, and the words that each needs in German and English."""
PERIODS = ("year", "once", "")
SOURCE_KINDS = ("paper", "law", "office")


def find_form_faults(kind: str, content: Mapping[str, object]) -> Iterator[Wrong]:
    """Everything that is wrong with the fields of an item of these kinds; nothing for other kinds.

    >>> [(path, code) for path, code, _ in find_form_faults("source", {"title": "", "kind": "paper", "link": "x"})]
    [(('title',), 'missing'), (('link',), 'website')]
    """
    if is_retiring(kind, content):
        return
    state = content.get("state", "published")
    if kind in ("contact", "programme") and state != "published":
        yield ("state",), "not-allowed", {"field": "state", "value": state, "allowed": "published, retired"}
    for path in NEEDED.get(kind, ()):
        if not str(_value(content, path) or "").strip():
            yield path, "missing", {"field": ".".join(path)}
    if kind == "contact":
        yield from find_contact_faults(content)
    if kind == "programme":
        yield from _find_programme_faults(content)
    if kind == "source":
        if content.get("kind") not in SOURCE_KINDS:
            yield ("kind",), "not-allowed", {"field": "kind", "value": content.get("kind"), "allowed": ", ".join(SOURCE_KINDS)}
        link = str(content.get("link") or "")
        if code := find_website_fault(link):
            yield ("link",), code, {"value": link}


def _value(content: Mapping[str, object], path: Sequence[str]) -> object:
    value: object = content
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _find_programme_faults(content: Mapping[str, object]) -> Iterator[Wrong]:
    for name, words in ROWS.items():
        rows = content.get(name)
        for number, row in enumerate(rows if isinstance(rows, Sequence) and not isinstance(rows, str) else ()):
            for language in ("de", "en"):
                if isinstance(row, Mapping) and not str(_value(row, (words, language)) or "").strip():
                    yield (name, number, words, language), "missing", {"field": f"{name}.{number}.{words}.{language}"}
            if name == "amounts" and isinstance(row, Mapping):
                yield from _find_amount_faults(number, row)


def _find_amount_faults(number: int, row: Mapping[str, object]) -> Iterator[Wrong]:
    euros, since, until = row.get("euros"), read_day(row.get("from")), read_day(row.get("until"))
    if isinstance(euros, int) and euros <= 0:
        yield ("amounts", number, "euros"), "euros", {"value": euros}
    if row.get("per", "") not in PERIODS:
        yield ("amounts", number, "per"), "not-allowed", {"field": "per", "value": row.get("per"), "allowed": ", ".join(PERIODS)}
    if since and until and since > until:
        yield ("amounts", number, "until"), "period", {"since": since, "until": until}
