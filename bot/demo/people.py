"""The invented staff of the training desk: somebody for every role, each city in somebody's hands."""

import secrets
from dataclasses import dataclass, replace

from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import GERMAN
from bot.domain.receipts import make_receipt, show_receipt
from bot.domain.staff import Role, StaffId, StaffMember
from bot.services.desk.people.accept_invitation import accept_invitation
from bot.services.desk.people.invite import invite
from bot.services.desk.people.make_invitation import make_first_invitation
from bot.services.desk.ports import DeskPorts

CITIES = tuple(map(MunicipalityId, ("halle", "wiesbaden", "dresden", "leverkusen", "magdeburg")))
HALLE, WIESBADEN, DRESDEN, LEVERKUSEN, MAGDEBURG = CITIES
FIRST = ("Ada Beispiel", "admin@demo.example")
OTHERS: tuple[tuple[str, str, Role, tuple[MunicipalityId, ...]], ...] = (
    ("Leyla Muster", "leitung@demo.example", Role.LEAD, CITIES),
    ("Kim Beispiel", "halle@demo.example", Role.CASEWORKER, (HALLE, MAGDEBURG)),
    ("Robin Muster", "wiesbaden@demo.example", Role.CASEWORKER, (WIESBADEN,)),
    ("Toni Probe", "dresden@demo.example", Role.CASEWORKER, (DRESDEN, LEVERKUSEN, HALLE)),
    ("Elif Probe", "redaktion@demo.example", Role.EDITOR, ()),
    ("Noor Beispiel", "redaktion2@demo.example", Role.EDITOR, ()),
    ("Pavel Muster", "freigabe@demo.example", Role.PUBLISHER, ()),
    ("Ana Beispiel", "statistik@demo.example", Role.ANALYST, CITIES),
    ("Udo Probe", "pruefung@demo.example", Role.AUDITOR, ()),
)
"""Name, address, role, and the cities whose cases this person works on."""


@dataclass(frozen=True, kw_only=True)
class Keys:
    """What opens every account of the training desk: one password, and one secret for one-time codes."""

    password: str
    code_secret: str


def make_keys(ports: DeskPorts) -> Keys:
    """New ones, made anew with the desk."""
    return Keys(password=show_receipt(make_receipt(secrets.token_bytes(10))), code_secret=ports.codes.make_secret(secrets.token_bytes(20)))


async def hire(ports: DeskPorts, keys: Keys) -> list[StaffMember]:
    """Everybody, in the way people come to a desk: by links that they accept."""
    async with ports.bot.unit_of_work() as work:
        link = await make_first_invitation(work, ports.bot.cipher, ports.bot.now())
        await work.commit()
    admin = await _accept(link or "", FIRST, ports, keys)
    for name, email, role, cities in OTHERS:
        link = await invite(ports, name=name, email=email, roles=frozenset({role}), municipalities=frozenset(cities), by=admin)
        await _accept(link, (name, email), ports, keys)
    await invite(
        ports,
        name="Neu Muster",
        email="neu@demo.example",
        roles=frozenset({Role.CASEWORKER}),
        municipalities=frozenset({HALLE}),
        by=admin,
    )
    async with ports.bot.unit_of_work() as work:
        return await work.staff.all()


async def _accept(link: str, who: tuple[str, str], ports: DeskPorts, keys: Keys) -> StaffId:
    """Accept a link; the second factor is set up at once."""
    name, email = who
    staff = await accept_invitation(link, ports, name=name, email=email, password=keys.password, language=GERMAN)
    async with ports.bot.unit_of_work() as work:
        credentials = await work.staff.credentials(staff)
        await work.staff.save_credentials(staff, replace(credentials, code_secret=keys.code_secret))
        await work.commit()
    return staff
