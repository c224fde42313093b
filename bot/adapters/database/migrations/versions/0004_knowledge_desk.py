"""The knowledge desk: drafts, versions, runs of publication, questions to check, usage, links, subscriptions and announcements."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
WAITING = sa.text("state = 'waiting'")
TABLES = (
    "announcements", "subscriptions", "links", "usage", "check_questions", "publication_runs", "knowledge_versions", "knowledge_drafts",
)  # fmt: skip


def upgrade() -> None:
    """Make everything."""
    op.add_column("knowledge_items", text("owner", nullable=True))
    op.add_column("publications", text("published_by", nullable=True))
    op.add_column("publications", sa.Column("reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("publications", sa.Column("restores", sa.Integer()))
    make_editing()
    make_publishing()
    make_listening()
    make_news()
    let_news_wait()


def downgrade() -> None:
    """Drop it, with all drafts and all subscriptions; what was accepted and published stays."""
    op.drop_index("ix_outbox_waiting", "outbox")
    op.drop_column("outbox", "rank")
    op.create_index("ix_outbox_waiting", "outbox", ["id"], postgresql_where=WAITING, sqlite_where=WAITING)
    for table in TABLES:
        op.drop_table(table)
    for column in ("restores", "reason", "published_by"):
        op.drop_column("publications", column)
    op.drop_column("knowledge_items", "owner")


def make_editing() -> None:
    """Drafts, and items as they were accepted."""
    op.create_table(
        "knowledge_drafts",
        text("kind"),
        text("id"),
        number("version"),
        text("state"),
        text("content"),
        text("base_hash"),
        sa.Column("authors", JSON, nullable=False),
        text("remark"),
        text("saved_by"),
        moment("saved_at"),
        named("knowledge_drafts", "kind", "id"),
    )
    op.create_table(
        "knowledge_versions",
        sa.Column("number", ID, nullable=False),
        text("kind"),
        text("item"),
        text("cause"),
        text("content"),
        text("content_hash"),
        sa.Column("authors", JSON, nullable=False),
        text("reviewer", nullable=True),
        moment("accepted_at"),
        named("knowledge_versions", "number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_knowledge_versions_item", "knowledge_versions", ["kind", "item", "number"])


def make_publishing() -> None:
    """Runs of publication, and the questions that editors want answered rightly for ever."""
    op.create_table(
        "publication_runs",
        sa.Column("number", ID, nullable=False),
        number("active", nullable=True),
        text("state"),
        number("percent"),
        *(text(name) for name in ("items", "model", "report", "fault", "reason", "asked_by")),
        moment("asked_at"),
        text("claim", nullable=True),
        moment("claimed_until", nullable=True),
        moment("ended_at", nullable=True),
        named("publication_runs", "number"),
        sa.UniqueConstraint("active", name="uq_publication_runs_active"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "check_questions",
        text("reference"),
        text("language"),
        text("municipality", nullable=True),
        text("entry"),
        sealed("text"),
        text("added_by"),
        day("added_on"),
        named("check_questions", "reference"),
    )


def make_listening() -> None:
    """What people ask, counted; and the addresses that stand in the knowledge."""
    words = ("outcome", "entry", "language", "municipality")
    op.create_table("usage", day("day"), *(text(name) for name in words), number("times"), named("usage", "day", *words))
    op.create_table(
        "links",
        text("address"),
        moment("due_at"),
        moment("checked_at", nullable=True),
        number("status", nullable=True),
        text("fault"),
        text("moved_to"),
        moment("failing_since", nullable=True),
        named("links", "address"),
    )
    op.create_index("ix_links_due_at", "links", ["due_at"])


def make_news() -> None:
    """Who wants news, and what was announced."""
    op.create_table(
        "subscriptions",
        *(text(name) for name in ("reference", "conversation", "channel", "topic", "language")),
        text("municipality", nullable=True),
        sealed("address"),
        day("subscribed_on"),
        named("subscriptions", "reference"),
        sa.UniqueConstraint("conversation", "topic", name="uq_subscriptions_conversation_topic"),
    )
    op.create_index("ix_subscriptions_topic", "subscriptions", ["topic", "reference"])
    op.create_table(
        "announcements",
        text("occasion"),
        text("topic"),
        text("announced_by", nullable=True),
        moment("announced_at"),
        text("sent_after"),
        number("recipients"),
        moment("ended_at", nullable=True),
        named("announcements", "occasion"),
    )


def let_news_wait() -> None:
    """A rank for what goes out: answers before news."""
    op.add_column("outbox", sa.Column("rank", sa.Integer(), nullable=False, server_default="0"))
    op.drop_index("ix_outbox_waiting", "outbox")
    op.create_index("ix_outbox_waiting", "outbox", ["rank", "id"], postgresql_where=WAITING, sqlite_where=WAITING)


def text(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    """A text column."""
    return sa.Column(name, sa.Text(), nullable=nullable)


def number(name: str, *, nullable: bool = False) -> "sa.Column[int]":
    """A whole number."""
    return sa.Column(name, sa.Integer(), nullable=nullable)


def sealed(name: str) -> "sa.Column[bytes]":
    """A sealed column."""
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def day(name: str) -> sa.Column:
    """A day."""
    return sa.Column(name, sa.Date(), nullable=False)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    """A moment in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def named(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    """The primary key under its name."""
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")
