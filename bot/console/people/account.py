"""One's own account: name, language, password, second factor, recovery codes, and where one is signed in."""

from aiohttp import web

from bot.console.entrance import LANGUAGE_COOKIE
from bot.console.people.entry import secret_of, tell_wait
from bot.console.routes import Access, get, post
from bot.console.visit import Visit
from bot.domain.errors import NotAllowedError
from bot.domain.languages import match_language
from bot.domain.passwords import SHORTEST
from bot.services.desk.people.change_member import change_own
from bot.services.desk.people.change_password import change_password, check_password
from bot.services.desk.people.confirm_code import confirm_code
from bot.services.desk.people.find_session import lasts
from bot.services.desk.people.set_up_second_factor import offer_second_factor, renew_recovery_codes, set_up_second_factor
from bot.services.desk.people.sign_in_ports import TooManyAttemptsError
from bot.services.desk.people.sign_out import sign_out, sign_out_everywhere
from bot.services.desk.people.stored_people import StaffSession


async def show_account(visit: Visit) -> web.StreamResponse:
    """The page."""
    return await show_page(visit)


async def show_page(visit: Visit, *, about: str = "", fault: str = "", status: int = 422) -> web.StreamResponse:
    """The page, with what was wrong about which form."""
    member = visit.member
    async with visit.ports.bot.unit_of_work() as work:
        sessions = [each for each in await work.staff_sessions.of(member.id) if lasts(each, visit.now)]
        credentials = await work.staff.credentials(member.id)
    values = {
        "sessions": sessions,
        "own": session_of(visit).reference,
        "has_code": credentials.code_secret is not None,
        "codes_left": len(credentials.recovery_hashes),
        "shortest": SHORTEST,
        "faults": {about: fault},
    }
    return visit.show("people/account.html", values, status=status if fault else 200)


def session_of(visit: Visit) -> StaffSession:
    """The session of this browser."""
    if visit.session is None:
        raise web.HTTPForbidden
    return visit.session


async def save_profile(visit: Visit) -> web.StreamResponse:
    """Store name and language."""
    language = match_language(visit.field("language"), frozenset(visit.ports.languages)) or visit.member.language
    try:
        await change_own(visit.member.id, visit.ports, name=visit.field("name", characters=120), language=language)
    except NotAllowedError as error:
        return await show_page(visit, about="profile", fault=visit.said(str(error)))
    response = visit.go("/account", done="saved")
    response.del_cookie(LANGUAGE_COOKIE, path="/", secure=True, httponly=True, samesite="Lax")
    return response


async def save_password(visit: Visit) -> web.StreamResponse:
    """Store a new password."""
    new = secret_of(visit, "password")
    try:
        if new != secret_of(visit, "again"):
            return await show_page(visit, about="password", fault=visit.said("people.fault.not-the-same"))
        await change_password(visit.member, secret_of(visit, "old"), new, visit.ports, session=session_of(visit).reference)
    except NotAllowedError as error:
        return await show_page(visit, about="password", fault=visit.said(str(error), shortest=SHORTEST))
    except TooManyAttemptsError as error:
        return await show_page(visit, about="password", fault=tell_wait(visit, error), status=429)
    return visit.go("/account", done="password-changed")


async def show_second_factor(visit: Visit) -> web.StreamResponse:
    """The QR code of a new second factor."""
    return await show_offer(visit)


async def show_offer(visit: Visit, *, about: str = "", fault: str = "", status: int = 422) -> web.StreamResponse:
    """The QR code with its form, and what was wrong with it."""
    offer = await offer_second_factor(session_of(visit), visit.said("desk.name"), visit.ports)
    return visit.show("people/second_factor.html", {"offer": offer, "faults": {about: fault}}, status=status if fault else 200)


async def save_second_factor(visit: Visit) -> web.StreamResponse:
    """Store it, if both the old and the new code are right."""
    session = session_of(visit)
    offer = await offer_second_factor(session, visit.said("desk.name"), visit.ports)
    try:
        if offer.replaces and not await confirm_code(visit.member.id, visit.field("old", characters=40), visit.ports):
            return await show_offer(visit, about="old", fault=visit.said("people.fault.code"))
        if not offer.replaces and not await check_password(visit.member, secret_of(visit, "old"), visit.ports):
            return await show_offer(visit, about="old", fault=visit.said("people.fault.old-password"))
    except TooManyAttemptsError as error:
        return await show_offer(visit, about="old", fault=tell_wait(visit, error), status=429)
    codes = await set_up_second_factor(session, visit.field("code", characters=40), visit.ports, may_replace=True)
    if codes is None:
        return await show_offer(visit, about="code", fault=visit.said("people.fault.code"))
    return visit.show("people/recovery_codes.html", {"codes": codes, "way": "/console/account"})


async def save_recovery_codes(visit: Visit) -> web.StreamResponse:
    """Show new recovery codes, once."""
    try:
        is_right = await confirm_code(visit.member.id, visit.field("code", characters=40), visit.ports)
    except TooManyAttemptsError as error:
        return await show_page(visit, about="recovery", fault=tell_wait(visit, error), status=429)
    if not is_right:
        return await show_page(visit, about="recovery", fault=visit.said("people.fault.code"))
    codes = await renew_recovery_codes(visit.member.id, visit.ports)
    return visit.show("people/recovery_codes.html", {"codes": codes, "way": "/console/account"})


async def end_session(visit: Visit) -> web.StreamResponse:
    """End one of one's own sessions. Raises LookupError."""
    await sign_out(visit.member.id, visit.part("reference"), visit.ports, by=visit.member.id)
    return visit.go("/account", done="session-closed")


async def end_others(visit: Visit) -> web.StreamResponse:
    """End all of one's own sessions but this one."""
    await sign_out_everywhere(visit.member.id, visit.ports, by=visit.member.id, but=session_of(visit).reference)
    return visit.go("/account", done="sessions-ended")


ROUTES = (
    get("/account", show_account, Access.SIGNED_IN),
    post("/account/profile", save_profile, Access.SIGNED_IN),
    post("/account/password", save_password, Access.SIGNED_IN),
    get("/account/second-factor", show_second_factor, Access.SIGNED_IN),
    post("/account/second-factor", save_second_factor, Access.SIGNED_IN),
    post("/account/recovery-codes", save_recovery_codes, Access.SIGNED_IN),
    post("/account/sessions/others", end_others, Access.SIGNED_IN),
    post("/account/sessions/{reference}", end_session, Access.SIGNED_IN),
)
