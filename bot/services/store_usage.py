"""Bring what was counted into the database, now and then."""

from bot.services.ports import Ports


async def store_usage(ports: Ports) -> None:
    """Add what this process counted since the last time. What cannot be stored is kept for the next time; a crash loses it."""
    counted = dict(ports.usage)
    if not counted:
        return
    ports.usage.clear()
    try:
        async with ports.unit_of_work() as work:
            await work.usage.add(counted)
            await work.commit()
    except BaseException:
        ports.usage.update(counted)
        raise
