"""How the invented desk has looked after the knowledge for two years: changed, reviewed and published, up to what lies on it now."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

from bot.demo.audience import announce_once, count_a_year, subscribe
from bot.demo.editing import ask, change, check_always, hand_out, learn, restore, retire
from bot.demo.knowledge_words import CHECKED, LEARNED, REASON, read_changes, read_questions
from bot.demo.lives import CLOSES, GERMANY, OPENS, Life
from bot.demo.office import Office
from bot.demo.publish import go_back, hold, let_through, publish
from bot.services.desk.knowledge.check_links import check_links

FRIDAY, SPREAD = 4, 200
"""The last working day; so many minutes the steps lie apart from the hour at which the story ends."""
Step = tuple[float, Callable[[], Awaitable[object]]]
"""So many days before the story ends, and what happens then."""


async def tend_knowledge(office: Office, dice: Random) -> Life:
    """One step after the other; what lies on the desk in the end is what these left there."""
    for days, step in sorted(plan(office, dice), key=lambda each: each[0], reverse=True):
        yield at_work(office.until - timedelta(days=days, minutes=dice.randrange(SPREAD)), office.until)
        await step()


def at_work(moment: datetime, until: datetime) -> datetime:
    """A moment while the office is open, on the same day or the Friday before; within the last day any moment.

    What would come before its predecessor by that waits for it: a story goes on in its own order.
    """
    if until - moment < timedelta(days=1):
        return moment
    here = moment.astimezone(GERMANY)
    hour = here.hour if OPENS <= here.hour < CLOSES else OPENS + here.hour % (CLOSES - OPENS)
    return here.replace(hour=hour) - timedelta(days=max(0, here.weekday() - FRIDAY))


def plan(office: Office, dice: Random) -> list[Step]:
    """Everything that happens. Six publications: the second lasts longest, the fourth was taken back, the last one was let through."""
    return [
        (720, partial(hand_out, office)),
        *((each.days, partial(change, each, office)) for each in read_changes()),
        *((each.days, partial(ask, each, office)) for each in read_questions()),
        *((days, partial(learn, text, entry, scope, office)) for days, text, entry, scope in LEARNED),
        *((250 + days, partial(check_always, text, entry, office)) for days, (text, entry) in enumerate(CHECKED)),
        (380, partial(publish, office, dice)),
        (160, partial(publish, office, dice)),
        (46, partial(publish, office, dice)),
        (45, partial(go_back, 3, office)),
        (44, partial(restore, "bot.who-are-you", office)),
        (30, partial(hold, "pl", 3, office, dice)),
        (29.9, partial(let_through, REASON, office)),
        (24, partial(subscribe, office, dice)),
        (23, partial(announce_once, "discrimination.counselling", office)),
        (21, partial(check_links, office.ports)),
        (3, partial(retire, "halle.walking-and-cycling", office)),
        (2, partial(hold, "tr", 5, office, dice)),
        (1, partial(check_links, office.ports)),
        (0.01, partial(count_a_year, office, dice)),
    ]
