"""How invented cases go: each is a story that says when its next step is due; all are told in the order of time."""

import heapq
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.demo.office import Office
from bot.demo.people import CITIES
from bot.demo.stories import Story
from bot.demo.words import ANSWERS, ASSESSMENTS, NOTES, OUTCOMES, STEPS_TAKEN
from bot.domain.case_codes import AGE_BANDS, GENDERS, INTERVENTIONS, NOT_STATED, REFERRALS
from bot.domain.case_records import RecordKind
from bot.domain.cases import CaseChannel, CaseNumber, CaseStatus
from bot.domain.intake import Intake
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import GERMAN, Language
from bot.domain.messages import Channel
from bot.domain.report_form import Draft, Incident
from bot.domain.staff import StaffMember

GERMANY = ZoneInfo("Europe/Berlin")
OPENS, CLOSES = 8, 16
CITY_WEIGHTS = (34, 26, 18, 12, 10)
CHANNELS = {CaseChannel.WEB: 38, CaseChannel.TELEGRAM: 27, CaseChannel.PHONE: 19, CaseChannel.VISIT: 12, CaseChannel.LETTER: 4}
LANGUAGES = {"de": 46, "ar": 13, "uk": 10, "en": 9, "tr": 7, "fa": 4, "ru": 4, "fr": 2, "pl": 2, "ro": 1, "vi": 1, "es": 1}
Life = AsyncIterator[datetime]


async def tell(lives: Iterable[Life], office: Office, until: datetime) -> None:
    """Live all lives side by side, step by step in the order of time; what would come after `until` has not happened."""
    due: list[tuple[datetime, int, Life]] = []
    for order, life in enumerate(lives):
        due.append((await anext(life), order, life))
    heapq.heapify(due)
    while due:
        at, order, life = heapq.heappop(due)
        if at > until:
            continue
        office.clock.now = at
        if following := await anext(life, None):
            heapq.heappush(due, (max(following, at), order, life))


@dataclass(kw_only=True)
class Fate:
    """Draws what happens to one case."""

    office: Office
    until: datetime
    dice: Random
    stories: tuple[Story, ...]

    def happens(self, probability: float) -> bool:
        """Whether something does."""
        return self.dice.random() < probability

    def is_recent(self, days: int) -> bool:
        """Whether the story has come close to its end; earlier, somebody would have noticed."""
        return self.until - self.office.clock() < timedelta(days=days)

    def later(self, least: float, most: float) -> datetime:
        """Some days from now, while the office is open."""
        moment = (self.office.clock() + timedelta(days=self.dice.triangular(least, most, least + (most - least) / 3))).astimezone(GERMANY)
        if not OPENS <= moment.hour < CLOSES:
            moment = moment.replace(hour=self.dice.randrange(OPENS, CLOSES))
        return moment + timedelta(days=max(0, 7 - moment.weekday()) if moment.weekday() > 4 else 0)  # noqa: PLR2004  # to Monday

    def one(self, weights: dict[str, int]) -> str:
        """One of several, by weight."""
        return self.dice.choices(list(weights), list(weights.values()))[0]


async def live(filed_at: datetime, fate: Fate) -> Life:
    """One case from the report on."""
    office = fate.office
    yield filed_at
    number = await report(fate)
    if fate.happens(0.12) and fate.is_recent(40):
        return  # overlooked: it becomes overdue
    yield fate.later(0.1, 9 if fate.happens(0.1) else 5)
    worker = await begin(number, fate)
    if fate.happens(0.05):
        yield fate.later(1, 20)
        await office.do_as_person(number, fate.dice.choice(("withdraw-yes", "delete-yes")))
        return
    if fate.happens(0.12):
        yield fate.later(1, 10)
        await office.move(number, CaseStatus.CLOSED, office.lead, reason=fate.dice.choice(("documentation-only", "not-responsible")))
        return
    async for moment in clarify(number, worker, fate):
        yield moment
    if fate.happens(0.25) and fate.is_recent(75):
        return  # it has gone quiet
    async for moment in accompany(number, worker, fate):
        yield moment
    async for moment in finish(number, worker, fate):
        yield moment


async def report(fate: Fate) -> CaseNumber:
    """Somebody tells what happened, in the chat or to staff."""
    office, dice = fate.office, fate.dice
    channel, language = CaseChannel(fate.one({each.value: weight for each, weight in CHANNELS.items()})), Language(fate.one(LANGUAGES))
    (city,) = dice.choices(CITIES, CITY_WEIGHTS)
    in_chat = channel in (CaseChannel.WEB, CaseChannel.TELEGRAM)
    story = dice.choice([each for each in fate.stories if each.language == (language if in_chat else GERMAN)])
    incident = happened(fate)
    if in_chat:
        return await office.report(write_draft(story, incident, city, fate), Channel(channel), language)
    worker = dice.choice(office.caseworkers(city))
    return await office.take_down(write_intake(story, incident, fate, city=city, channel=channel, language=language), worker)


def happened(fate: Fate) -> Incident:
    """When it was: mostly a known day in the weeks before."""
    if fate.happens(0.15):
        return Incident(repeated=True, precision="unknown", words="Beispiel: immer wieder")
    day = fate.office.clock().date() - timedelta(days=int(fate.dice.triangular(0, 60, 3)))
    return Incident(since=day, until=day, precision="day")


def write_draft(story: Story, incident: Incident, city: MunicipalityId, fate: Fate) -> Draft:
    """The form as a person fills it in."""
    wants_reply = fate.happens(0.7)
    return Draft(
        story=story.text,
        incident=incident,
        municipality=None if fate.happens(0.03) else city,
        area=story.area,
        area_detail=story.detail,
        grounds=() if fate.happens(0.08) else story.grounds,
        form=story.form,
        wish=NOT_STATED if fate.happens(0.2) else story.wish,
        contact="" if wants_reply or fate.happens(0.4) else "Beispiel: 0100 0000000",
        wants_reply_in_chat=wants_reply,
    )


def write_intake(story: Story, incident: Incident, fate: Fate, *, city: MunicipalityId, channel: CaseChannel, language: Language) -> Intake:
    """The form as staff fills it in."""
    dice = fate.dice
    return Intake(
        channel=channel,
        contact_on=fate.office.clock().date(),
        municipality=city,
        language=language,
        consent_way="in-writing" if channel is CaseChannel.LETTER else "orally",
        story=story.text,
        incident=incident,
        place="",
        area=story.area,
        area_detail=story.detail,
        grounds=story.grounds,
        form=story.form,
        wish=story.wish,
        contact="Beispiel: 0100 0000000" if fate.happens(0.8) else "",
        reporter=dice.choice(("affected", "affected", "affected", "relative", "witness", "professional")),
        kind=dice.choice(("report", "report", "advice", "accompaniment")),
        gender=dice.choice(GENDERS),
        age_band=dice.choice(AGE_BANDS),
        evidence=dice.choice(("yes", "no", NOT_STATED)),
        witnesses=dice.choice(("yes", "no", NOT_STATED)),
        body=story.body,
        is_mine=fate.happens(0.6),
    )


async def begin(number: CaseNumber, fate: Fate) -> StaffMember:
    """Somebody takes the case, and the person is told that it has arrived."""
    office, case = fate.office, await fate.office.case(number)
    if case.municipality is None:
        (city,) = fate.dice.choices(CITIES, CITY_WEIGHTS)
        await office.correct(number, office.lead, municipality=city)
    worker = fate.dice.choice(office.caseworkers((await office.case(number)).municipality))
    if case.assignee is None:
        by_lead = fate.happens(0.3)
        await office.give(number, worker, office.lead if by_lead else worker)
    await office.write(number, "received", worker)
    return await office.assignee(number)


async def clarify(number: CaseNumber, worker: StaffMember, fate: Fate) -> Life:
    """Staff looks closer: codes, notes, a question and its answer."""
    office, dice = fate.office, fate.dice
    yield fate.later(1, 12)
    await office.move(number, CaseStatus.CLARIFYING, worker)
    await office.correct(number, worker, **find_out(fate))
    await office.keep(number, worker, RecordKind.NOTE, dice.choice(NOTES))
    if fate.happens(0.6):
        yield fate.later(0.1, 6)
        await office.write(number, dice.choice(("ask-details", "ask-appointment")), worker)
        if fate.happens(0.7):
            yield office.clock() + timedelta(hours=dice.uniform(1, 120))
            language = (await office.case(number)).language
            await office.do_as_person(number, "add", ANSWERS.get(language, ANSWERS[GERMAN]))
    if fate.happens(0.25):
        yield fate.later(0.1, 4)
        await office.attach(number, worker)


def find_out(fate: Fate) -> dict[str, object]:
    """What staff learns about the person and the other side."""
    dice = fate.dice
    return {
        "gender": dice.choices(GENDERS, (46, 38, 3, 1, 12))[0],
        "age_band": dice.choices(AGE_BANDS, (4, 22, 34, 22, 6, 12))[0],
        "reporter": dice.choice(("affected", "affected", "affected", "relative", "witness")),
        "evidence": dice.choice(("yes", "no", NOT_STATED)),
        "witnesses": dice.choice(("yes", "no", NOT_STATED)),
        "own_administration": dice.choices(("yes", "no"), (22, 78))[0],
    }


async def accompany(number: CaseNumber, worker: StaffMember, fate: Fate) -> Life:
    """What the office does about it."""
    office, dice = fate.office, fate.dice
    yield fate.later(1, 14)
    await office.move(number, CaseStatus.ACCOMPANYING, worker)
    await office.write(number, "next-steps", worker)
    for _ in range(dice.choice((1, 1, 2, 3))):
        yield fate.later(1, 15)
        code = dice.choice(INTERVENTIONS)
        await office.keep(number, worker, RecordKind.INTERVENTION, STEPS_TAKEN, code=code)
    if fate.happens(0.45):
        yield fate.later(1, 8)
        await office.assess(number, worker, dice.choice(ASSESSMENTS))
    if fate.happens(0.3):
        yield fate.later(1, 10)
        await office.keep(number, worker, RecordKind.REFERRAL, STEPS_TAKEN, code=dice.choice(REFERRALS))
        await office.move(number, CaseStatus.REFERRED, worker)
        await office.write(number, "referred", worker)


async def finish(number: CaseNumber, worker: StaffMember, fate: Fate) -> Life:
    """How it ends, and how some do not end there."""
    office, dice = fate.office, fate.dice
    yield fate.later(3, 60)
    reason, outcome = dice.choices(OUTCOMES, (30, 12, 8, 18, 14, 18))[0]
    await office.correct(number, worker, outcome=outcome)
    await office.propose(number, worker, reason)
    yield fate.later(0.1, 8)
    if fate.happens(0.1):
        await office.decline(number, office.lead)
        yield fate.later(5, 30)
    await office.write(number, "closing", worker)
    await office.move(number, CaseStatus.CLOSED, office.lead, reason=reason)
    if fate.happens(0.05):
        await office.hold(number, office.lead, "court")
    if fate.happens(0.12):
        yield fate.later(10, 60)
        await office.do_as_person(number, "add", ANSWERS[GERMAN])
        await office.move(number, CaseStatus.REOPENED, worker)
        yield fate.later(20, 60)
        await office.write(number, "closing", worker)
        await office.move(number, CaseStatus.CLOSED, office.lead, reason=reason)
