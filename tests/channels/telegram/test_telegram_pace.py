"""How fast we may send."""

import asyncio

from bot.channels.telegram.pace import Pace


async def seconds_for(pace: Pace, *chats: int) -> float:
    clock = asyncio.get_running_loop().time
    started = clock()
    await asyncio.gather(*(pace.wait_for_turn(chat) for chat in chats))
    return clock() - started


async def test_all_chats_together_keep_the_gap() -> None:
    assert 0.19 <= await seconds_for(Pace(pause_seconds=0.02), *range(1, 11), 1) < 0.6


async def test_a_group_waits_longer_and_lets_others_pass() -> None:
    pace = Pace(pause_seconds=0, group_pause_seconds=0.2)
    await pace.wait_for_turn(-1)
    group = asyncio.create_task(seconds_for(pace, -1))
    await asyncio.sleep(0)
    assert await seconds_for(pace, 7, 8, -2) < 0.1
    assert await group >= 0.19


async def test_groups_that_were_quiet_are_forgotten() -> None:
    pace = Pace(pause_seconds=0, group_pause_seconds=0.01)
    for group in range(-20, 0):
        await pace.wait_for_turn(group)
    await asyncio.sleep(0.02)
    await pace.wait_for_turn(-1)
    assert set(pace.next_in_group) == {-1}
