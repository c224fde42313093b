"""Offer to write with a human of the city's Ombuds office, and say what happens then."""

from dataclasses import replace

from bot.domain.handovers import find_answering
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import is_right_to_left
from bot.domain.messages import Button, Channel, Reply
from bot.domain.office_hours import DAYS, OfficeHours, group_days
from bot.services.ports import UnitOfWork
from bot.services.show_suggestions import city_name
from bot.services.turn import Outcome, Turn

NEIGHBOURS = 3
"""From so many days in a row on only the first and the last are named."""


async def offer_human(shown: Outcome, turn: Turn, work: UnitOfWork) -> Outcome:
    """The contacts, and where somebody answers chats an offer beside them; where the city is not known, the question for it."""
    cities = [] if turn.message.in_group or turn.conversation.handover else await find_answered_cities(turn, work)
    city = turn.conversation.municipality
    if city and city in cities:
        return replace(shown, replies=(*shown.replies, await _offer(city, turn, work)))
    if city or not cities:
        return shown
    buttons = tuple(Button(label=city_name(each, turn), value=f"human:{each}") for each in cities)
    ask = Reply(text=turn.say("handover.ask-city"), choices=buttons)
    return replace(shown, replies=(*shown.replies, ask))


async def find_answered_cities(turn: Turn, work: UnitOfWork) -> list[MunicipalityId]:
    """The cities in which somebody answers chats: none is offered where nobody would read it."""
    staff = await work.staff.all()
    return [city for city in turn.knowledge.municipalities if find_answering(staff, city)]


async def _offer(city: MunicipalityId, turn: Turn, work: UnitOfWork) -> Reply:
    hours = tell_hours(await work.office_hours.of(city), turn)
    parts = [turn.say("handover.offer", city=city_name(city, turn), hours=hours or turn.say("handover.no-hours"))]
    if turn.message.channel is Channel.TELEGRAM:
        parts.append(turn.say("report.telegram-warning"))
    return Reply(text="\n\n".join(parts), choices=(turn.button("handover", "handover.begin"),))


def tell_hours(hours: OfficeHours, turn: Turn) -> str:
    """The office hours in the person's language, in one line; empty where there are none."""
    comma = "، " if is_right_to_left(turn.language) else ", "
    told = []
    for days, written in group_days(hours):
        names = [turn.say(f"day.{DAYS[day]}") for day in days]
        named = f"{names[0]}–{names[-1]}" if len(names) >= NEIGHBOURS else comma.join(names)
        told.append(f"{named} {written}")
    return "; ".join(told)
