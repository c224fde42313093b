"""Sign in through the organisation's identity provider: it vouches for an address that has an account here."""

from bot.domain.staff import StaffId
from bot.services.desk.people.sign_in_ports import Departure, RefusedError
from bot.services.desk.ports import DeskPorts


async def sign_in_with_provider(departure: Departure, return_address: str, code: str, ports: DeskPorts) -> tuple[StaffId, bool]:
    """The account, and whether a second factor was asked for there. Raises RefusedError, NotAvailableError.

    An account is never made by this: who is not invited does not get in.
    """
    if ports.provider is None:
        raise RefusedError("There is no identity provider.")
    identity = await ports.provider.return_from(departure, return_address, code, ports.bot.now())
    async with ports.bot.unit_of_work() as work:
        member = await work.staff.find_by_email(identity.email)
    if member is None or member.disabled_at:
        raise RefusedError("There is no account with this address.")
    return member.id, identity.is_multi_factor
