"""Which version of a case a form was filled in on."""

from bot.console.visit import Visit


def seen_version(visit: Visit) -> int:
    """The posted version; one that no case has where there is none."""
    version = visit.field("version", characters=9)
    return int(version) if version.isascii() and version.isdecimal() else -1
