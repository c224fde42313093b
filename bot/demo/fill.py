"""Fill a desk with an invented office: its people, 300 cases over two years, chats, alerts, its knowledge, and all that lies on a desk."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from bot.demo.knowledge import tend_knowledge
from bot.demo.lives import Fate, Life, live, tell
from bot.demo.office import Clock, Office
from bot.demo.people import CITIES, Keys, hire, make_keys
from bot.demo.stories import read_stories
from bot.demo.words import CHAT_ANSWER, CHATS
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import Language
from bot.domain.office_hours import DAYS
from bot.services.desk.alerts.mark_alerts_seen import mark_alerts_seen
from bot.services.desk.alerts.remind_staff import remind_staff
from bot.services.desk.cases.save_filter import save_filter
from bot.services.desk.chats.end_chat import end_chat
from bot.services.desk.chats.set_office_hours import set_office_hours
from bot.services.desk.ports import DeskPorts

CASES = 300
HISTORY = timedelta(days=730)
SEED = 2026
GROWS = 0.6
"""Below 1: more cases every month."""
READ_UP_TO = timedelta(days=4)
HOURS = "9:00–12:00, 13:00–16:00"


@dataclass(frozen=True, kw_only=True)
class Filled:
    """Who works at the desk, and how they get in."""

    office: Office
    keys: Keys


async def fill(ports: DeskPorts, clock: Clock, *, cases: int = CASES) -> Filled:
    """Two years up to now; afterwards the clock shows the real time. The same seed gives the same office."""
    until = datetime.now(UTC)
    clock.now = until - HISTORY
    dice = Random(SEED)  # noqa: S311  # invented cases, not secrets
    keys = make_keys(ports)
    office = Office(ports=ports, clock=clock, staff=await hire(ports, keys), until=until)
    await set_hours(office)
    starts = sorted(until - HISTORY * (1 - dice.random() ** GROWS) for _ in range(cases))
    stories = read_stories()
    fates = [Fate(office=office, until=until, dice=Random(dice.random()), stories=stories) for _ in starts]  # noqa: S311
    lives = [live(start, fate) for start, fate in zip(starts, fates, strict=True)]
    others = (chat(office, until), read_alerts(office, until), tend_knowledge(office, Random(SEED)))  # noqa: S311
    await tell([*lives, *others], office, until)
    clock.now = None
    await remind_staff(ports.bot)
    await save_filter("Wohnen, noch offen", [("area", "housing")], office.lead, ports)
    return Filled(office=office, keys=keys)


async def set_hours(office: Office) -> None:
    """The office answers chats from Monday to Friday."""
    typed = dict.fromkeys(DAYS[:5], HOURS)
    for city in CITIES:
        await set_office_hours(city, typed, office.lead, office.ports)


async def chat(office: Office, until: datetime) -> Life:
    """Some people want to speak to a human: one chat has ended, one is running, the others wait."""
    for hours, (city, language, words) in zip((30, 3, 2, 1), CHATS, strict=True):
        yield until - timedelta(hours=hours)
        reference = await office.ask_for_human(MunicipalityId(city), Language(language), words)
        worker = office.caseworkers(MunicipalityId(city))[0]
        if hours >= 3:  # noqa: PLR2004
            yield office.clock() + timedelta(minutes=9)
            await office.answer_chat(reference, worker, CHAT_ANSWER)
        if hours > 24:  # noqa: PLR2004
            yield office.clock() + timedelta(minutes=20)
            await end_chat(reference, worker, office.ports)


async def read_alerts(office: Office, until: datetime) -> Life:
    """What staff was told up to some days ago they have read."""
    yield until - READ_UP_TO
    for member in office.staff:
        await mark_alerts_seen(member, office.ports.bot)
