"""How invented people use the bot and follow its news: counts of a year, subscriptions, and an announcement that went out."""

import secrets
from datetime import date, timedelta
from random import Random

from bot.demo.lives import LANGUAGES
from bot.demo.office import Office
from bot.demo.people import CITIES
from bot.domain.knowledge import Entry, Topic
from bot.domain.languages import Language
from bot.domain.messages import Channel, ConversationId
from bot.domain.news import NEWS_TOPICS, Subscription, advance, find_audience
from bot.domain.usage import Happening, UsageKind
from bot.services.desk.knowledge.announce import announce
from bot.services.desk.knowledge.preview_news import fingerprint_of, to_announcement
from bot.services.store_usage import store_usage

YEAR = 365
BUSIEST = 34
"""Questions on a weekday at the end; a third of it a year before, and of that a third at weekends."""
SUNDAYS = (5, 6)
QUESTIONS = {UsageKind.ANSWERED: 74, UsageKind.SUGGESTED: 15, UsageKind.DECLINED: 9, UsageKind.EMERGENCY: 1}
AFTERWARDS = {UsageKind.SHOWN: 0.3, UsageKind.HELPED: 0.09, UsageKind.UNHELPFUL: 0.02}
"""What may follow an answer: another entry is opened, or somebody says whether it helped."""
TOPICS = {Topic.DISCRIMINATION: 9, Topic.CONTACTS: 8, Topic.ABOUT_THE_BOT: 3, Topic.WIR_FUNDING: 3, Topic.CITY_PAPERS: 1}
IN_CITY = {"halle": 30, "wiesbaden": 24, "dresden": 14, "leverkusen": 10, "magdeburg": 8, "": 34}
SUBSCRIBED = 46


async def count_a_year(office: Office, dice: Random) -> None:
    """Count what happened on each day of a year, as the bot counts it."""
    today, usage = office.clock().date(), office.ports.bot.usage
    entries = [entry for entry in office.ports.bot.published.knowledge.entries.values() if entry.audience == "public"]
    weights = [TOPICS[entry.topic] / (1 + place % 9) for place, entry in enumerate(entries)]
    for ago in range(YEAR, -1, -1):
        day = today - timedelta(days=ago)
        for _ in range(_questions_on(day, ago, dice)):
            (kind,) = dice.choices(list(QUESTIONS), list(QUESTIONS.values()))
            (language,) = dice.choices(list(LANGUAGES), list(LANGUAGES.values()))
            (city,) = dice.choices(list(IN_CITY), list(IN_CITY.values()))
            (entry,) = dice.choices(entries, weights)
            usage[Happening(day, kind, entry.id if kind is UsageKind.ANSWERED else "", language, city)] += 1
            if kind is UsageKind.ANSWERED:
                usage.update(_follow(day, entry, language, city, dice))
    await store_usage(office.ports.bot)


def _questions_on(day: date, ago: int, dice: Random) -> int:
    busy = BUSIEST * (1 - 2 / 3 * ago / YEAR) * dice.uniform(0.6, 1.2)
    return round(busy / 3 if day.weekday() in SUNDAYS else busy)


def _follow(day: date, entry: Entry, language: str, city: str, dice: Random) -> list[Happening]:
    return [Happening(day, kind, entry.id, language, city) for kind, share in AFTERWARDS.items() if dice.random() < share]


async def subscribe(office: Office, dice: Random) -> None:
    """Some chats want news."""
    async with office.ports.bot.unit_of_work() as work:
        for _ in range(SUBSCRIBED):
            await work.subscriptions.add(
                Subscription(
                    conversation=ConversationId(secrets.token_hex(32)),
                    channel=Channel.TELEGRAM,
                    topic=dice.choices(NEWS_TOPICS, (3, 2, 5, 1))[0],
                    language=Language(dice.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]),
                    municipality=dice.choice((*CITIES, None)),
                    address="0",
                    subscribed_on=office.clock().date(),
                )
            )
        await work.commit()


async def announce_once(entry: str, office: Office) -> None:
    """Announce an entry; all messages have long been sent, and none is: there is nobody to send them to."""
    ports = office.ports
    wanted = to_announcement(entry, office.publisher, ports)
    await announce(entry, fingerprint_of(wanted, ports), office.publisher, ports)
    async with ports.bot.unit_of_work() as work:
        announced = await work.announcements.find(wanted.occasion)
        audience = find_audience(wanted, ports.bot.published.knowledge)
        if announced and audience:
            batch = await work.subscriptions.next(audience, after="", most=SUBSCRIBED)
            await work.announcements.move(advance(announced, batch, office.clock(), is_last=True), announced)
            await work.commit()
