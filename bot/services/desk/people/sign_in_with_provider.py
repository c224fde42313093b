"""Sign in through the organisation's identity provider: it vouches for an address that has an account here."""

from dataclasses import replace

from bot.domain.staff import StaffId
from bot.services.desk.people.sign_in_ports import Departure, RefusedError
from bot.services.desk.ports import DeskPorts


async def sign_in_with_provider(departure: Departure, return_address: str, code: str, ports: DeskPorts) -> tuple[StaffId, bool]:
    """The account, and whether a second factor was asked for there. Raises RefusedError, NotAvailableError.

    An account is never made by this: who is not invited does not get in. The first time ties the account to this person at the
    provider; an address that somebody else gets there later opens nothing. A new link from an admin unties it.
    """
    if ports.provider is None:
        raise RefusedError("There is no identity provider.")
    identity = await ports.provider.return_from(departure, return_address, code, ports.bot.now())
    async with ports.bot.unit_of_work() as work:
        member = await work.staff.find_by_email(identity.email)
        if member is None or member.disabled_at:
            raise RefusedError("There is no account with this address.")
        credentials = await work.staff.credentials(member.id)
        if credentials.subject not in (None, identity.subject):
            raise RefusedError("The account with this address belongs to somebody else at the provider.")
        if credentials.subject is None:
            await work.staff.save_credentials(member.id, replace(credentials, subject=identity.subject))
            await work.commit()
    return member.id, identity.is_multi_factor
