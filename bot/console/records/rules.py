"""Cases as the rules of retention see them, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.console.labels import city_name, label
from bot.console.visit import Visit
from bot.domain.retention import KeptCase


@dataclass(frozen=True, kw_only=True)
class KeptLine:
    """One case in a list."""

    number: str
    city: str
    status: str
    rule: str
    last_at: datetime
    kept_until: date | None


def tell_kept(visit: Visit, cases: Iterable[KeptCase]) -> list[KeptLine]:
    """Cases with names for their codes."""
    return [
        KeptLine(
            number=case.number,
            city=city_name(visit, case.municipality),
            status=label(visit, "status", case.status.value),
            rule=label(visit, "retention-rule", case.rule.value) if case.rule else "",
            last_at=case.last_at,
            kept_until=case.kept_until,
        )
        for case in cases
    ]
