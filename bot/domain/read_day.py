"""Days as forms, files and addresses hold them."""

from datetime import date


def read_day(value: object) -> date | None:
    """The day that an ISO text names, or a day itself; None for everything else.

    >>> read_day("2026-11-20"), read_day("2026-02-30"), read_day(None)
    (datetime.date(2026, 11, 20), None, None)
    """
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None
