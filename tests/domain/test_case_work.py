"""What the office's steps do to a case, its clocks and its log."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.case_messages import Way, find_way
from bot.domain.case_work import Step, change_status, decline_closing, may_assign, may_move, propose_closing, write_to_person
from bot.domain.cases import TRANSITIONS, CaseChannel, CaseStatus
from bot.domain.errors import NotAllowedError
from bot.domain.messages import ConversationId
from bot.domain.report_form import Draft
from bot.domain.staff import Role, StaffId, StaffMember
from tests.domain.sample import HALLE, NOW
from tests.domain.test_cases import CONSENT, opened

LATER = NOW + timedelta(days=3)
STEP = Step(by=StaffId("s1"), at=LATER)
CASE, _ = opened(Draft(consent=CONSENT, wants_reply_in_chat=True))
CHAT = ConversationId("c" * 64)


def somebody(role: Role, id_: str = "s1") -> StaffMember:
    """A member of staff."""
    return StaffMember(
        id=StaffId(id_), name="Z", email="z@stadt.example", roles=frozenset({role}), municipalities=frozenset({HALLE}), created_at=NOW
    )


class TestAMessageToThePerson:
    def test_the_first_one_acknowledges_the_report(self) -> None:
        case, entries = write_to_person(CASE, STEP, way="web")
        assert (case.status, case.acknowledged_at, case.feedback_given_at, case.touched_at) == (CaseStatus.ACKNOWLEDGED, LATER, None, LATER)
        assert [(entry.event, entry.details) for entry in entries] == [
            ("message-to-person", {"way": "web"}),
            ("status-changed", {"from": "new", "to": "acknowledged"}),
        ]

    @pytest.mark.parametrize("status", sorted(set(CaseStatus) - {CaseStatus.NEW}))
    def test_later_it_is_the_feedback_and_leaves_the_status_alone(self, status: CaseStatus) -> None:
        case, entries = write_to_person(replace(CASE, status=status, acknowledged_at=NOW), STEP)
        assert (case.status, case.acknowledged_at, len(entries)) == (status, NOW, 1)
        assert case.feedback_given_at == (None if status is CaseStatus.ACKNOWLEDGED else LATER)

    def test_feedback_is_given_once(self) -> None:
        case, _ = write_to_person(replace(CASE, status=CaseStatus.CLARIFYING, feedback_given_at=NOW), STEP)
        assert case.feedback_given_at == NOW

    @pytest.mark.parametrize(
        ("channel", "address", "chat", "way"),
        [
            (CaseChannel.WEB, None, CHAT, Way.WEB),
            (CaseChannel.TELEGRAM, "4711", CHAT, Way.TELEGRAM),
            (CaseChannel.TELEGRAM, None, CHAT, Way.CODE),
            (CaseChannel.TELEGRAM, "4711", None, Way.CODE),
            (CaseChannel.WEB, None, None, Way.CODE),
            (CaseChannel.PHONE, None, None, Way.CODE),
        ],
    )
    def test_goes_to_the_linked_chat_or_waits(self, channel, address, chat, way) -> None:
        assert find_way(replace(CASE, channel=channel, reply_address=address), chat) is way


class TestTheStatus:
    @pytest.mark.parametrize("status", list(CaseStatus))
    def test_follows_the_table_and_nothing_else(self, status: CaseStatus) -> None:
        for to in CaseStatus:
            if to in TRANSITIONS[status]:
                moved, _ = change_status(replace(CASE, status=status), to, STEP, reason="resolved")
                assert (moved.status, moved.acknowledged_at) == (to, LATER)
            else:
                with pytest.raises(NotAllowedError):
                    change_status(replace(CASE, status=status), to, STEP, reason="resolved")

    @pytest.mark.parametrize("reason", ["", "because"])
    def test_closing_needs_a_reason_of_the_list(self, reason: str) -> None:
        with pytest.raises(NotAllowedError):
            change_status(CASE, CaseStatus.CLOSED, STEP, reason=reason)

    def test_a_proposal_is_declined_or_followed(self) -> None:
        proposed, _ = propose_closing(CASE, "resolved", STEP)
        declined, entry = decline_closing(proposed, STEP)
        assert (proposed.proposed_closing, declined.proposed_closing) == ("resolved", None)
        assert (entry.event, entry.details) == ("closing-declined", {"reason": "resolved"})
        with pytest.raises(NotAllowedError):
            decline_closing(declined, STEP)


class TestWhoMayDoWhat:
    def test_a_caseworker_takes_what_nobody_has_and_gives_back_their_own(self) -> None:
        me, other = somebody(Role.CASEWORKER), StaffId("s2")
        mine, theirs = replace(CASE, assignee=me.id), replace(CASE, assignee=other)
        assert may_assign(CASE, me.id, me)
        assert may_assign(mine, None, me)
        assert not any(
            [may_assign(CASE, other, me), may_assign(mine, other, me), may_assign(theirs, me.id, me), may_assign(theirs, None, me)]
        )

    def test_a_lead_assigns_and_closes(self) -> None:
        lead = somebody(Role.LEAD)
        assert may_assign(replace(CASE, assignee="s2"), StaffId("s3"), lead)
        assert may_move(CaseStatus.CLOSED, lead)
        assert not may_move(CaseStatus.CLOSED, somebody(Role.CASEWORKER))
        assert may_move(CaseStatus.REOPENED, somebody(Role.CASEWORKER))
