"""What the forms for contacts, programmes and sources ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """How a field is asked for."""

    TEXT = "text"
    LONG = "long"
    WORDS = "words"
    """The same line in several languages."""
    LONG_WORDS = "long-words"
    DAY = "day"
    CLOCK = "clock"
    NUMBER = "number"
    CHOICE = "choice"
    TICK = "tick"
    TICKS = "ticks"
    ROWS = "rows"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of an item's content."""

    name: str
    sort: Sort
    options: str = ""
    """The list to choose from: see item_options."""
    row: tuple["Field", ...] = ()
    """What a row consists of; the first field tells whether it is empty."""
    label: str = ""
    """The name whose words it bears, where its own would say too little."""
    is_optional: bool = False
    """Left out of a row, or None for a day, where nothing was entered."""
    characters: int = 500


Group = tuple[str, tuple[Field, ...]]
CITY = Field(name="municipality", sort=Sort.CHOICE, options="city")
ORIGIN: Group = (
    "origin",
    (
        Field(
            name="source",
            sort=Sort.ROWS,
            row=(
                Field(name="id", sort=Sort.CHOICE, options="source", label="source"),
                Field(name="section", sort=Sort.TEXT, is_optional=True),
            ),
        ),
        Field(name="as_of", sort=Sort.DAY),
        Field(name="checked_on", sort=Sort.DAY),
        Field(name="review_after", sort=Sort.DAY),
    ),
)
PERIOD = (Field(name="from", sort=Sort.DAY, is_optional=True), Field(name="until", sort=Sort.DAY, is_optional=True))
GROUPS: Mapping[str, tuple[Group, ...]] = {
    "contact": (
        ("who", (CITY, Field(name="office", sort=Sort.TEXT), Field(name="role", sort=Sort.WORDS))),
        (
            "reach",
            (
                Field(name="address", sort=Sort.TEXT),
                Field(name="phone", sort=Sort.TEXT, characters=60),
                Field(name="email", sort=Sort.TEXT, characters=200),
                Field(name="website", sort=Sort.TEXT),
            ),
        ),
        (
            "hours",
            (
                Field(
                    name="hours",
                    sort=Sort.ROWS,
                    row=(
                        Field(name="days", sort=Sort.TICKS, options="day"),
                        Field(name="from", sort=Sort.CLOCK, characters=20),
                        Field(name="to", sort=Sort.CLOCK, characters=20),
                    ),
                ),
                Field(name="by_appointment", sort=Sort.TICK),
            ),
        ),
        (
            "about",
            (
                Field(name="languages", sort=Sort.TICKS, options="language"),
                Field(name="topics", sort=Sort.TICKS, options="topic"),
            ),
        ),
        ORIGIN,
    ),
    "programme": (
        (
            "what",
            (
                Field(name="name", sort=Sort.TEXT),
                CITY,
                Field(name="funder", sort=Sort.TEXT),
                Field(name="who_may_apply", sort=Sort.LONG_WORDS, characters=4000),
            ),
        ),
        (
            "amounts",
            (
                Field(
                    name="amounts",
                    sort=Sort.ROWS,
                    row=(
                        Field(name="purpose", sort=Sort.WORDS),
                        Field(name="euros", sort=Sort.NUMBER, characters=30),
                        Field(name="per", sort=Sort.CHOICE, options="per"),
                        *PERIOD,
                    ),
                ),
            ),
        ),
        (
            "conditions",
            (
                Field(name="conditions", sort=Sort.LONG_WORDS, characters=4000),
                Field(name="needed", sort=Sort.LONG_WORDS, characters=4000),
            ),
        ),
        (
            "deadlines",
            (
                Field(
                    name="deadlines",
                    sort=Sort.ROWS,
                    row=(Field(name="what", sort=Sort.WORDS), Field(name="date", sort=Sort.DAY)),
                ),
            ),
        ),
        ORIGIN,
    ),
    "source": (
        (
            "paper",
            (
                Field(name="kind", sort=Sort.CHOICE, options="source-kind"),
                Field(name="title", sort=Sort.TEXT),
                CITY,
                Field(name="date", sort=Sort.DAY),
                Field(name="link", sort=Sort.TEXT),
            ),
        ),
    ),
}


def fields_of(kind: str) -> tuple[Field, ...]:
    """All fields of a kind, in the order of the form."""
    return tuple(field for _, fields in GROUPS[kind] for field in fields)
