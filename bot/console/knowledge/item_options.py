"""The lists to choose from on the forms for contacts, programmes and sources."""

from bot.console.knowledge.item_words import title_of
from bot.console.labels import city_name, language_name
from bot.console.visit import Visit
from bot.domain.form_rules import PERIODS, SOURCE_KINDS
from bot.domain.knowledge import Topic
from bot.domain.office_hours import DAYS
from bot.services.desk.knowledge.read_directory import Directory

Options = list[tuple[str, str]]
SPOKEN = (
    "am", "az", "bg", "bs", "el", "hi", "hr", "hu", "hy", "it", "ka", "ku", "nl", "pa", "ps", "pt", "so", "sq", "sr", "ti", "ur", "zh",
)  # fmt: skip
"""Languages in which offices may speak, beside those that the bot answers in."""


def options_of(visit: Visit, directory: Directory) -> dict[str, Options]:
    """Every list by its name: pairs of code and label."""
    bot = visit.ports.bot
    cities = sorted(map(str, bot.published.knowledge.municipalities))
    answered = [code for code in bot.wording.languages if "-" not in code]
    sources = [(line.id, title_of(visit, line.content, line.id)) for line in directory.lines("source")]
    return {
        "city": [("none", visit.said("contacts.everywhere")), *((code, city_name(visit, code)) for code in cities)],
        "source": [("", visit.said("contacts.please-choose")), *sorted(sources, key=lambda pair: pair[1].casefold())],
        "source-kind": [(kind, visit.said(f"contacts.source-kind.{kind}")) for kind in SOURCE_KINDS],
        "per": [(per, visit.said(f"contacts.per.{per or 'unknown'}")) for per in PERIODS],
        "topic": [(topic.value, visit.said(f"review.value.topic.{topic}")) for topic in Topic],
        "day": [(day, bot.wording.say_plain(f"day.{day}", visit.language)) for day in DAYS],
        "language": sorted(((code, language_name(visit, code)) for code in (*answered, *SPOKEN)), key=lambda pair: pair[1].casefold()),
    }
