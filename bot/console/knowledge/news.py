"""News: announce an entry to those who subscribed to its topic, and see what was announced."""

from aiohttp import web

from bot.console.labels import city_name, language_name, staff_name
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.knowledge import Entry, EntryId, in_language
from bot.domain.languages import GERMAN, is_right_to_left, match_language
from bot.domain.news import DAYS_BEFORE, NEWS_TOPICS, Announcement, Occasion
from bot.domain.staff import Permission
from bot.services.desk.knowledge.announce import announce
from bot.services.desk.knowledge.preview_news import NewsPreview, preview_news
from bot.services.desk.knowledge.read_news import Progress, read_news

UNDECIDED = 422


async def show_news(visit: Visit) -> web.StreamResponse:
    """The page; with an entry in the address, what announcing it would send."""
    return await show_page(visit, visit.request.query.get("entry", ""), visit.request.query.get("preview", ""))


async def send_news(visit: Visit) -> web.StreamResponse:
    """Announce what was looked at."""
    entry = visit.field("entry")
    if "yes" not in visit.ticked("checked"):
        return await show_page(visit, entry, visit.field("preview"), fault="news.fault.not-checked")
    if not await announce(entry, visit.field("fingerprint"), visit.member, visit.ports):
        return await show_page(visit, entry, visit.field("preview"), fault="news.fault.announced-today")
    return visit.go("/knowledge/news", done="announced")


async def show_page(visit: Visit, entry: str, wanted: str, *, fault: str = "") -> web.Response:
    """The page, with what was wrong with the form."""
    news = await read_news(visit.ports)
    language = match_language(wanted, frozenset(visit.ports.bot.wording.languages)) or GERMAN
    preview = await preview_news(entry, language, visit.member, visit.ports) if entry else None
    values = {
        "topics": [(name_topic(visit, topic), news.subscribers[topic], news.entries[topic]) for topic in NEWS_TOPICS],
        "title_of": lambda found: title_of(visit, found),
        "chosen": entry,
        "preview": preview,
        "audience": tell_audience(visit, preview) if preview else "",
        "lacking": ", ".join(language_name(visit, code) for code in preview.lacking) if preview else "",
        "spoken": [(code, language_name(visit, code)) for code in visit.ports.bot.wording.languages],
        "shown_in": language,
        "direction": "rtl" if is_right_to_left(language) else "ltr",
        "fault": visit.said(fault) if fault else "",
        "announced": [(each, tell_what(visit, each.announcement), tell_progress(visit, each)) for each in news.announced],
        "who": lambda announcement: staff_name(visit, announcement.announced_by or "system", news.staff),
        "topic_of": lambda announcement: name_topic(visit, announcement.topic),
        "upcoming": [(day, programme.name) for day, programme in news.upcoming],
        "days_before": sorted(DAYS_BEFORE, reverse=True),
    }
    return visit.show("knowledge/news.html", values, status=UNDECIDED if fault else 200)


def name_topic(visit: Visit, topic: str) -> str:
    """A topic as people see it in the menu."""
    return visit.ports.bot.wording.say_plain(f"menu.{topic}", visit.language)


def title_of(visit: Visit, entry: Entry) -> str:
    """An entry's title, with its city."""
    title, _ = in_language(entry.title, visit.language)
    return f"{title} ({city_name(visit, entry.municipality)})" if entry.municipality else title


def tell_audience(visit: Visit, preview: NewsPreview) -> str:
    """To whom it goes, and to how many."""
    entry = preview.entry
    topic, city = name_topic(visit, entry.topic), city_name(visit, entry.municipality)
    whom = visit.said("news.to-city", topic=topic, city=city) if entry.municipality else visit.said("news.to-all", topic=topic)
    return f"{whom} {visit.said('news.few') if preview.recipients is None else visit.said('news.many', number=preview.recipients)}"


def tell_what(visit: Visit, announcement: Announcement) -> str:
    """What was announced."""
    occasion = announcement.occasion
    return tell_entry(visit, occasion) if occasion.kind == "entry" else tell_deadline(visit, occasion)


def tell_entry(visit: Visit, occasion: Occasion) -> str:
    """The entry's title; its id where it is not published any more."""
    entry = visit.ports.bot.published.knowledge.entries.get(EntryId(occasion.subject))
    return title_of(visit, entry) if entry else occasion.subject


def tell_deadline(visit: Visit, occasion: Occasion) -> str:
    """The programme and the day."""
    programme = visit.ports.bot.published.knowledge.programmes.get(occasion.subject)
    name = programme.name if programme else occasion.subject
    return visit.said("news.deadline-of", programme=name, day=occasion.day, number=occasion.days)


def tell_progress(visit: Visit, progress: Progress) -> str:
    """How far it is."""
    if progress.announcement.ended_at:
        return visit.said("news.sent-to-few") if progress.total is None else visit.said("news.sent-to", number=progress.total)
    if progress.total is None or progress.sent is None:
        return visit.said("news.running")
    return visit.said("news.running-at", number=progress.sent, total=progress.total)


ROUTES = (
    get("/knowledge/news", show_news, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/news", send_news, Permission.PUBLISH_KNOWLEDGE),
)
