"""The desk: staff, what it does to cases, alerts, and chats with a human."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
NOT_STATED = ("gender", "age_band", "evidence", "witnesses", "body", "own_administration", "outcome")
MOMENTS = ("acknowledged_at", "feedback_given_at", "touched_at")
DAYS = ("contact_on", "next_due")
WORDS = ("assignee", "proposed_closing")
LISTED = (
    "municipality", "status", "next_due", "filed_at", "number", "assignee", "language", "channel", "area", "area_detail", "form",
    "grounds", "on_hold", "proposed_closing", "erased_at",
)  # fmt: skip
REPLACED = ("status", "municipality")
"""Columns whose own index would only keep SQLite from reading the one of the list."""


def upgrade() -> None:
    """Make everything."""
    extend_cases()
    make_case_tables()
    make_staff()
    make_alerts()
    make_handovers()


def downgrade() -> None:
    """Drop it, with all accounts and all work on cases; the cases stay."""
    tables = (
        "handover_messages handovers office_hours staff_chat_codes staff_chats alerts saved_filters sign_in_failures staff_invitations "
        "staff_sessions staff case_visits case_attachments case_records"
    )
    for table in tables.split():
        op.drop_table(table)
    op.drop_index("ix_outbox_for_page", "outbox")
    for column in ("staff", "german"):
        op.drop_column("case_messages", column)
    op.drop_index("ix_cases_list", "cases")
    for column in REPLACED:
        op.create_index(f"ix_cases_{column}", "cases", [column])
    op.drop_index("ix_cases_next_due", "cases")
    for column in (*NOT_STATED, *MOMENTS, *DAYS, *WORDS, "assessment", "on_hold", "version"):
        op.drop_column("cases", column)


def extend_cases() -> None:
    """What staff adds to a case; the cases that are there are due when they had to be acknowledged."""
    for name in NOT_STATED:
        op.add_column("cases", sa.Column(name, sa.Text(), nullable=False, server_default="not-stated"))
    for name, kind in [(name, MOMENT) for name in MOMENTS] + [(name, sa.Date()) for name in DAYS] + [(name, sa.Text()) for name in WORDS]:
        op.add_column("cases", sa.Column(name, kind))
    op.add_column("cases", sa.Column("assessment", sa.LargeBinary()))
    op.add_column("cases", sa.Column("on_hold", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("cases", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE cases SET next_due = date(acknowledge_by) WHERE status <> 'closed' AND erased_at IS NULL")
    op.create_index("ix_cases_next_due", "cases", ["next_due"])
    for column in REPLACED:
        op.drop_index(f"ix_cases_{column}", "cases")
    op.create_index("ix_cases_list", "cases", LISTED)
    for_page = sa.text("state = 'for-page'")
    op.create_index("ix_outbox_for_page", "outbox", ["conversation", "id"], postgresql_where=for_page, sqlite_where=for_page)
    op.add_column("case_messages", sa.Column("staff", sa.Text()))
    op.add_column("case_messages", sa.Column("german", sa.LargeBinary()))


def make_case_tables() -> None:
    """Records and files with a case, and who has it open."""
    op.create_table(
        "case_records",
        text("reference"),
        text("case_number", "cases.number", table="case_records"),
        text("kind"),
        text("code"),
        sa.Column("happened_on", sa.Date()),
        text("staff"),
        moment("written_at"),
        sealed("text"),
        named("case_records", "reference"),
    )
    op.create_index("ix_case_records_case_number", "case_records", ["case_number"])
    op.create_table(
        "case_attachments",
        text("reference"),
        text("case_number", "cases.number", table="case_attachments"),
        text("staff"),
        moment("added_at"),
        text("media_type"),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sealed("name"),
        sealed("content"),
        named("case_attachments", "reference"),
    )
    op.create_index("ix_case_attachments_case_number", "case_attachments", ["case_number"])
    op.create_table("case_visits", text("case_number"), text("staff"), moment("seen_at"), named("case_visits", "case_number", "staff"))


def make_staff() -> None:
    """Accounts and how they get in."""
    op.create_table(
        "staff",
        text("id"),
        text("email_hash"),
        sealed("profile"),
        text("password_hash", nullable=True),
        *choices("roles", "municipalities"),
        text("language"),
        moment("created_at"),
        moment("disabled_at", nullable=True),
        sa.Column("seen_on", sa.Date()),
        sa.Column("last_code_step", sa.BigInteger()),
        named("staff", "id"),
        sa.UniqueConstraint("email_hash", name="uq_staff_email_hash"),
    )
    op.create_table(
        "staff_sessions",
        text("token_hash"),
        text("reference"),
        text("staff", "staff.id", table="staff_sessions"),
        text("stage"),
        text("device"),
        moment("opened_at"),
        moment("seen_at"),
        named("staff_sessions", "token_hash"),
        sa.UniqueConstraint("reference", name="uq_staff_sessions_reference"),
    )
    op.create_index("ix_staff_sessions_staff", "staff_sessions", ["staff"])
    op.create_index("ix_staff_sessions_seen_at", "staff_sessions", ["seen_at"])
    op.create_table(
        "staff_invitations",
        text("token_hash"),
        text("purpose"),
        text("staff", nullable=True),
        sealed("profile"),
        *choices("roles", "municipalities"),
        text("invited_by", nullable=True),
        moment("expires_at"),
        named("staff_invitations", "token_hash"),
    )
    op.create_index("ix_staff_invitations_expires_at", "staff_invitations", ["expires_at"])
    op.create_table(
        "sign_in_failures", running(), text("subject"), moment("at"), named("sign_in_failures", "id"), sqlite_autoincrement=True
    )
    op.create_index("ix_sign_in_failures_subject", "sign_in_failures", ["subject"])
    op.create_index("ix_sign_in_failures_at", "sign_in_failures", ["at"])
    op.create_table(
        "saved_filters",
        text("reference"),
        text("staff", "staff.id", table="saved_filters"),
        sealed("name"),
        text("query"),
        named("saved_filters", "reference"),
    )
    op.create_index("ix_saved_filters_staff", "saved_filters", ["staff"])


def make_alerts() -> None:
    """What staff is told, and where."""
    op.create_table(
        "alerts",
        running(),
        text("staff", "staff.id", table="alerts"),
        text("kind"),
        text("case_number", nullable=True),
        moment("at"),
        moment("seen_at", nullable=True),
        moment("told_at", nullable=True),
        sa.Column("due_on", sa.Date()),
        named("alerts", "id"),
        sa.UniqueConstraint("staff", "kind", "case_number", "due_on", name="uq_alerts_staff_kind_case_number_due_on"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alerts_staff", "alerts", ["staff"])
    op.create_index("ix_alerts_case_number", "alerts", ["case_number"])
    unseen = sa.text("seen_at IS NULL")
    op.create_index("ix_alerts_unseen", "alerts", ["staff"], postgresql_where=unseen, sqlite_where=unseen)
    op.create_table(
        "staff_chats",
        text("staff", "staff.id", table="staff_chats"),
        text("conversation"),
        sealed("address"),
        moment("linked_at"),
        named("staff_chats", "staff"),
        sa.UniqueConstraint("conversation", name="uq_staff_chats_conversation"),
    )
    op.create_table(
        "staff_chat_codes",
        text("code_hash"),
        text("staff", "staff.id", table="staff_chat_codes"),
        moment("expires_at"),
        named("staff_chat_codes", "code_hash"),
    )
    op.create_index("ix_staff_chat_codes_staff", "staff_chat_codes", ["staff"])


def make_handovers() -> None:
    """Chats with a human, and when humans are there."""
    op.create_table(
        "handovers",
        text("reference"),
        text("conversation"),
        text("channel"),
        sealed("address", nullable=True),
        text("language"),
        text("municipality", nullable=True),
        text("state"),
        moment("opened_at"),
        text("taken_by", nullable=True),
        moment("touched_at"),
        moment("ended_at", nullable=True),
        named("handovers", "reference"),
    )
    for column in ("conversation", "municipality", "state"):
        op.create_index(f"ix_handovers_{column}", "handovers", [column])
    op.create_table(
        "handover_messages",
        running(),
        text("reference"),
        text("handover", "handovers.reference", table="handover_messages"),
        text("author"),
        text("staff", nullable=True),
        moment("written_at"),
        sealed("text"),
        named("handover_messages", "id"),
        sa.UniqueConstraint("reference", name="uq_handover_messages_reference"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handover_messages_handover", "handover_messages", ["handover"])
    op.create_table("office_hours", text("municipality"), *choices("hours"), named("office_hours", "municipality"))


def text(name: str, refers_to: str = "", *, table: str = "", nullable: bool = False) -> "sa.Column[str]":
    """A text column, which may refer to another table."""
    foreign = [sa.ForeignKey(refers_to, name=f"fk_{table}_{name}")] if refers_to else []
    return sa.Column(name, sa.Text(), *foreign, nullable=nullable)


def sealed(name: str, *, nullable: bool = False) -> "sa.Column[bytes]":
    """A sealed column."""
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    """A moment in UTC."""
    return sa.Column(name, MOMENT, nullable=nullable)


def choices(*names: str) -> "list[sa.Column[list]]":
    """Lists of codes."""
    return [sa.Column(name, JSON, nullable=False) for name in names]


def running() -> "sa.Column[int]":
    """A running number."""
    return sa.Column("id", ID, nullable=False)


def named(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    """The primary key under its name."""
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")
