"""Keep a filter of the case list under a name."""

import secrets
from collections.abc import Sequence
from urllib.parse import urlencode

from bot.domain.case_filter import read_filter, to_pairs, without_words
from bot.domain.errors import NotAllowedError
from bot.domain.staff import Permission, StaffMember
from bot.services.desk.cases.find_cases import choices_of
from bot.services.desk.cases.stored_list import SavedFilter
from bot.services.desk.ports import DeskPorts

MOST = 30
"""So many filters can one person keep."""


async def save_filter(name: str, pairs: Sequence[tuple[str, str]], member: StaffMember, ports: DeskPorts) -> str:
    """Keep what is known of the parameters, never what was searched for; how an address writes it. Raises NotAllowedError when full."""
    async with ports.bot.unit_of_work() as work:
        colleagues = [each for each in await work.staff.all() if each.may(Permission.WORK_ON_CASES)]
        kept, _ = read_filter(pairs, choices_of(member, colleagues, ports))
        query = urlencode(to_pairs(without_words(kept)))
        if len(await work.saved_filters.of(member.id)) >= MOST:
            message = f"Nobody keeps more than {MOST} filters."
            raise NotAllowedError(message)
        await work.saved_filters.add(SavedFilter(reference=secrets.token_hex(16), staff=member.id, name=name, query=query))
        await work.commit()
    return query
