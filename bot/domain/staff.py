"""Who works at the desk: roles, what each may do, and the wall between municipalities."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import GERMAN, Language

StaffId = NewType("StaffId", str)
"""Random; stands in the case log in place of a name."""

IDLE_FOR = timedelta(minutes=30)
LASTS_FOR = timedelta(hours=10)
"""A session ends after so long without a request, and after so long in any case."""
INVITATION_VALID_FOR = timedelta(days=7)


class Role(StrEnum):
    """What somebody does here. One person may have several, but who manages people never sees cases, and who audits does nothing else."""

    ADMIN = "admin"
    CASEWORKER = "caseworker"
    LEAD = "lead"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    ANALYST = "analyst"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """What a page or a button of the desk asks for."""

    MANAGE_PEOPLE = "manage-people"
    SEE_CASES = "see-cases"
    WORK_ON_CASES = "work-on-cases"
    READ_CONTACT = "read-contact"
    ASSIGN_CASES = "assign-cases"
    CLOSE_CASES = "close-cases"
    ANSWER_CHATS = "answer-chats"
    KEEP_RECORDS = "keep-records"
    """Retention, legal hold and the export of one person's data."""
    SEE_STATISTICS = "see-statistics"
    READ_LOG = "read-log"
    EDIT_KNOWLEDGE = "edit-knowledge"
    PUBLISH_KNOWLEDGE = "publish-knowledge"


_CASEWORK = frozenset({Permission.SEE_CASES, Permission.WORK_ON_CASES, Permission.READ_CONTACT, Permission.ANSWER_CHATS})
PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset({Permission.MANAGE_PEOPLE}),
    Role.CASEWORKER: _CASEWORK,
    Role.LEAD: _CASEWORK | {Permission.ASSIGN_CASES, Permission.CLOSE_CASES, Permission.KEEP_RECORDS, Permission.SEE_STATISTICS},
    Role.EDITOR: frozenset({Permission.EDIT_KNOWLEDGE}),
    Role.PUBLISHER: frozenset({Permission.EDIT_KNOWLEDGE, Permission.PUBLISH_KNOWLEDGE}),
    Role.ANALYST: frozenset({Permission.SEE_STATISTICS}),
    Role.AUDITOR: frozenset({Permission.READ_LOG}),
}
SEES_CASES = frozenset({Role.CASEWORKER, Role.LEAD})
NEEDS_SECOND_FACTOR = frozenset(Role) - {Role.EDITOR}
"""Everyone who can see cases, numbers about them or the log, or let others in. An editor may choose to."""


@dataclass(frozen=True, kw_only=True)
class StaffMember:
    """One account of the desk. `municipalities` are the cities whose cases this person works on."""

    id: StaffId
    name: str
    email: str
    roles: frozenset[Role]
    municipalities: frozenset[MunicipalityId] = frozenset()
    language: Language = GERMAN
    created_at: datetime
    disabled_at: datetime | None = None
    seen_on: date | None = None
    """The day of the last sign-in: enough to find accounts that nobody uses, too little to watch anybody."""

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles allows it."""
        return self.disabled_at is None and any(permission in PERMISSIONS[role] for role in self.roles)

    def sees_case_of(self, municipality: MunicipalityId | None) -> bool:
        """The wall between municipalities: one's own cities; cases without a known city are for leads, who give them one."""
        if not self.may(Permission.SEE_CASES):
            return False
        return Role.LEAD in self.roles if municipality is None else municipality in self.municipalities

    def needs_second_factor(self) -> bool:
        """Whether signing in takes a one-time code, too."""
        return bool(self.roles & NEEDS_SECOND_FACTOR)


def find_role_fault(roles: frozenset[Role], municipalities: frozenset[MunicipalityId]) -> str | None:
    """What is wrong with a choice of roles, as a key of the desk's words; None when nothing is.

    >>> find_role_fault(frozenset({Role.ADMIN, Role.LEAD}), frozenset())
    'people.fault.admin-sees-no-cases'
    >>> find_role_fault(frozenset({Role.LEAD}), frozenset())
    'people.fault.no-municipality'
    >>> find_role_fault(frozenset({Role.AUDITOR, Role.EDITOR}), frozenset())
    'people.fault.auditor-alone'
    >>> find_role_fault(frozenset({Role.AUDITOR}), frozenset())
    """
    if not roles:
        return "people.fault.no-role"
    if Role.ADMIN in roles and roles & SEES_CASES:
        return "people.fault.admin-sees-no-cases"
    if Role.AUDITOR in roles and len(roles) > 1:  # nobody audits themselves
        return "people.fault.auditor-alone"
    if roles & SEES_CASES and not municipalities:
        return "people.fault.no-municipality"
    return None


def is_admin(member: StaffMember) -> bool:
    """Whether somebody can let others in."""
    return member.may(Permission.MANAGE_PEOPLE)


def find_email_fault(email: str) -> str | None:
    """What is wrong with an e-mail address, as a key of the desk's words; whether it exists, only a letter would show.

    >>> find_email_fault("zoe@stadt.example"), find_email_fault("zoe"), find_email_fault("a@b, c@d.example")
    (None, 'people.fault.no-address', 'people.fault.no-address')
    """
    name, _, domain = email.partition("@")
    is_address = bool(name) and "." in domain.strip(".") and not any(char.isspace() or char in ",;<>@" for char in name + domain)
    return None if is_address else "people.fault.no-address"
