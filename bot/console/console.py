"""The desk as part of the web application: its rooms, static files and entrance."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.console.alerts import chat as alert_chat
from bot.console.alerts import events as alert_events
from bot.console.alerts import lists as alert_lists
from bot.console.alerts.watch import add_watch
from bot.console.cases import attachments, case, codes, contact, intake, messages, records, work
from bot.console.cases import list as case_list
from bot.console.chats import hours as chat_hours
from bot.console.chats import inbox as chat_inbox
from bot.console.chats import thread as chat_thread
from bot.console.desk import home
from bot.console.entrance import Entrance, note_begun
from bot.console.knowledge import contacts as knowledge_contacts
from bot.console.knowledge import entry as knowledge_entry
from bot.console.knowledge import entry_new as knowledge_new
from bot.console.knowledge import files as knowledge_files
from bot.console.knowledge import files_archive, files_texts
from bot.console.knowledge import history as knowledge_history
from bot.console.knowledge import item_form as knowledge_forms
from bot.console.knowledge import links as knowledge_links
from bot.console.knowledge import news as knowledge_news
from bot.console.knowledge import overview as knowledge_overview
from bot.console.knowledge import publish as knowledge_publish
from bot.console.knowledge import questions as knowledge_questions
from bot.console.knowledge import review as knowledge_review
from bot.console.knowledge import review_list as knowledge_reviews
from bot.console.knowledge import try_it as knowledge_try
from bot.console.knowledge import usage as knowledge_usage
from bot.console.log import export as log_export
from bot.console.log import log
from bot.console.pages import Pages
from bot.console.people import account, invitation, people, person, provider, second_step, sign_in
from bot.console.records import export as case_export
from bot.console.records import hold, journal
from bot.console.records import records as retention
from bot.console.routes import Access, Route, get
from bot.console.statistics import statistics
from bot.services.desk.ports import DeskPorts

HERE = Path(__file__).parent
CASE_ROUTES = (*case.ROUTES, *codes.ROUTES, *records.ROUTES, *contact.ROUTES, *attachments.ROUTES)
ROUTES: tuple[Route, ...] = (
    *home.ROUTES,
    *intake.ROUTES,  # before the cases: "new" is no number
    *chat_inbox.ROUTES,
    *chat_hours.ROUTES,
    *chat_thread.ROUTES,
    *alert_lists.ROUTES,
    *alert_events.ROUTES,
    *alert_chat.ROUTES,
    *sign_in.ROUTES,
    *second_step.ROUTES,
    *provider.ROUTES,
    *invitation.ROUTES,
    *account.ROUTES,
    *people.ROUTES,
    *person.ROUTES,
    *case_list.ROUTES,
    *CASE_ROUTES,
    *work.ROUTES,
    *messages.ROUTES,
    *knowledge_questions.ROUTES,
    *knowledge_try.ROUTES,
    *knowledge_overview.ROUTES,
    *knowledge_files.ROUTES,
    *files_texts.ROUTES,
    *files_archive.ROUTES,
    *knowledge_usage.ROUTES,
    *knowledge_new.ROUTES,
    *knowledge_entry.ROUTES,
    *statistics.ROUTES,
    *log.ROUTES,
    *log_export.ROUTES,
    *retention.ROUTES,
    *journal.ROUTES,
    *hold.ROUTES,
    *case_export.ROUTES,
    *knowledge_contacts.ROUTES,
    *knowledge_links.ROUTES,
    *knowledge_news.ROUTES,
    *knowledge_forms.ROUTES,  # before what holds for every kind: contacts and programmes are retired in their own way
    *knowledge_reviews.ROUTES,
    *knowledge_review.ROUTES,
    *knowledge_history.ROUTES,
    *knowledge_publish.ROUTES,
)
"""Every address of the desk."""


@dataclass(frozen=True, kw_only=True)
class Console:
    """The staff door."""

    ports: DeskPorts

    def add_to(self, app: web.Application) -> None:
        """Register every route under /console, and a page for whatever is not there."""
        app.on_response_prepare.append(note_begun)
        entrance = Entrance(ports=self.ports, pages=Pages())
        for route in every_route():
            app.router.add_route(route.method, f"/console{route.path}", _through(entrance, route))
        add_watch(app, self.ports)
        app.router.add_static("/console-static/", HERE / "static")


def every_route() -> Iterable[Route]:
    """All addresses; the last one answers what is not there."""
    return (*ROUTES, get("/{nothing:.*}", home.show_nothing, Access.SIGNED_IN))


def _through(entrance: Entrance, route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def enter(request: web.Request) -> web.StreamResponse:
        return await entrance.enter(request, route)

    return enter
