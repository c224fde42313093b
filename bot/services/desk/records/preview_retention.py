"""What a run of the retention would erase today; changes nothing."""

from bot.domain.case_filter import Wall
from bot.domain.retention import Preview, preview
from bot.services.ports import Ports


async def preview_retention(wall: Wall | None, ports: Ports) -> Preview:
    """Judge the cases of some cities, or of all (None), by the rules."""
    now = ports.now()
    async with ports.unit_of_work() as work:
        return preview(await work.retention.candidates(wall, now), now)
