"""The pages of the knowledge desk with real objects in them, out of the training desk."""

from bot.demo.run_demo import Demo
from bot.services.desk.knowledge.find_differences import find_differences
from bot.services.desk.knowledge.read_publishing import read_publishing

HISTORIES = ("entry/bot.who-are-you", "entry/discrimination.complaint-at-work", "contact/ads", "source/agg")
"""Restored, changed in two languages, and as it came with the files."""
MORE = (
    "/knowledge?stage=draft", "/knowledge?stage=never-asked", "/knowledge?translation=outdated", "/knowledge?words=nothing-like-this",
    "/knowledge?page=2", "/knowledge/entry/discrimination.housing?translation=ar", "/knowledge/entry/bot.languages?translation=fa",
    "/knowledge/contacts?city=halle", "/knowledge/contact/ads?preview=ar", "/knowledge/questions?language=ar",
    "/knowledge/questions?page=2", "/knowledge/questions?language=vi&kind=unhelpful",
    "/knowledge/usage?month=2026-10", "/knowledge/usage?month=2024-01",
    "/knowledge/news?entry=discrimination.counselling&preview=ar", "/knowledge/news?entry=nothing",
)  # fmt: skip
"""The same pages with something chosen, and with nothing to show."""


async def find_knowledge(demo: Demo) -> dict[str, list[str]]:
    """By the part of an address before its parameters: what stands for them."""
    async with demo.ports.bot.unit_of_work() as work:
        drafts = await work.drafts.all()
    changes = (await read_publishing(demo.ports)).changes
    differences = await find_differences(demo.ports)
    begun = [draft.id for draft in drafts if draft.kind == "entry"]
    return {
        "/knowledge/": list(HISTORIES),
        "/knowledge/entry/": [*begun, "bot.privacy", "halle.legal-basis"],
        "/knowledge/contact/": ["ads", "leverkusen.integration-centre"],
        "/knowledge/programme/": ["wir.vielfaltszentrum"],
        "/knowledge/source/": ["agg"],
        "/knowledge/review/": [f"{draft.kind}/{draft.id}" for draft in drafts],
        "/knowledge/publish/changes/": [f"{change.kind}/{change.id}" for change in changes],
        "/knowledge/files/difference/": [f"{each.kind}/{each.id}" for each in differences],
    }
