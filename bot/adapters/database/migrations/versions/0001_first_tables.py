"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
WAITING = sa.text("state = 'waiting'")
REFUSAL = "case_log is append-only"


def upgrade() -> None:
    """Make everything."""
    make_chats()
    make_queue("inbox", *inbox_columns())
    make_queue("outbox", *outbox_columns())
    op.create_index("ix_inbox_newest", "inbox", ["source", "message_number"])
    op.create_index("ix_inbox_conversation", "inbox", ["conversation"])
    make_cases()
    make_case_log()
    make_knowledge()


def downgrade() -> None:
    """Drop everything, with all data."""
    tables = "case_messages cases erasures case_log case_log_head inbox outbox conversations web_links knowledge_items publications secrets"
    for table in tables.split():
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_case_log_change()")


def text(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    """A text column."""
    return sa.Column(name, sa.Text(), nullable=nullable)


def sealed(name: str, *, nullable: bool = True) -> "sa.Column[bytes]":
    """A sealed column."""
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def inbox_columns() -> list[sa.schema.SchemaItem]:
    """What only the inbox has."""
    return [
        text("source"),
        text("message_id"),
        sa.Column("message_number", sa.BigInteger()),
        sa.Column("received_at", MOMENT, nullable=False),
        sealed("payload"),
        sealed("answer"),
        sa.UniqueConstraint("source", "message_id", name="uq_inbox_source_message_id"),
    ]


def outbox_columns() -> list[sa.schema.SchemaItem]:
    """What only the outbox has."""
    return [
        text("reference"),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        text("reason", nullable=True),
        sealed("content"),
        sa.UniqueConstraint("reference", name="uq_outbox_reference"),
    ]


def make_queue(name: str, *columns: sa.schema.SchemaItem) -> None:
    """A queue with one lane per conversation."""
    op.create_table(
        name,
        sa.Column("id", ID, nullable=False),
        text("conversation", nullable=True),
        text("state"),
        text("claim", nullable=True),
        sa.Column("claimed_until", MOMENT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", MOMENT),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sqlite_autoincrement=True,
    )
    op.create_index(f"ix_{name}_lane", name, ["conversation", "id"], postgresql_where=WAITING, sqlite_where=WAITING)
    op.create_index(f"ix_{name}_waiting", name, ["id"], postgresql_where=WAITING, sqlite_where=WAITING)
    op.create_index(f"ix_{name}_done_at", name, ["done_at"])


def make_chats() -> None:
    """Conversations, one-time links, secrets."""
    op.create_table(
        "conversations",
        text("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sealed("state", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_updated_at", "conversations", ["updated_at"])
    op.create_table(
        "web_links",
        text("token_hash"),
        text("language"),
        text("municipality", nullable=True),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_web_links"),
    )
    op.create_table("secrets", text("name"), sealed("value", nullable=False), sa.PrimaryKeyConstraint("name", name="pk_secrets"))


def make_cases() -> None:
    """Cases, what was added to them, and which were erased."""
    op.create_table(
        "cases",
        *(text(name) for name in ("number", "kind", "reporter", "status", "channel", "language")),
        text("municipality", nullable=True),
        sa.Column("filed_at", MOMENT, nullable=False),
        sa.Column("incident_since", sa.Date()),
        sa.Column("incident_until", sa.Date()),
        text("incident_precision"),
        sa.Column("incident_repeated", sa.Boolean(), nullable=False),
        *(text(name) for name in ("area", "area_detail", "form", "wish", "frame")),
        *(text(name) for name in ("consent_version", "consent_language", "code_list_version")),
        sa.Column("grounds", JSON, nullable=False),
        sa.Column("deadlines", JSON, nullable=False),
        *(sa.Column(name, MOMENT, nullable=False) for name in ("acknowledge_by", "feedback_by", "consent_given_at")),
        text("closed_reason", nullable=True),
        sa.Column("closed_at", MOMENT),
        sa.Column("erased_at", MOMENT),
        text("receipt_hash", nullable=True),
        text("conversation", nullable=True),
        *(sealed(name) for name in ("key", "statement", "contact", "reply_address")),
        sa.PrimaryKeyConstraint("number", name="pk_cases"),
        sa.UniqueConstraint("receipt_hash", name="uq_cases_receipt_hash"),
    )
    for column in ("status", "municipality", "filed_at", "conversation"):
        op.create_index(f"ix_cases_{column}", "cases", [column])
    op.create_table(
        "case_messages",
        sa.Column("id", ID, nullable=False),
        *(text(name) for name in ("case_number", "reference", "author", "language")),
        sa.Column("written_at", MOMENT, nullable=False),
        sealed("text", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_messages"),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_case_messages_case_number"),
        sa.UniqueConstraint("reference", name="uq_case_messages_reference"),
    )
    op.create_index("ix_case_messages_case_number", "case_messages", ["case_number"])
    op.create_table(
        "erasures",
        text("case_number"),
        sa.Column("erased_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("case_number", name="pk_erasures"),
    )


def make_case_log() -> None:
    """The log, its head, and the triggers that refuse every change."""
    op.create_table(
        "case_log",
        sa.Column("position", ID, autoincrement=False, nullable=False),
        *(text(name) for name in ("case_number", "event", "actor")),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("details", JSON, nullable=False),
        text("previous_hash"),
        text("hash"),
        sa.PrimaryKeyConstraint("position", name="pk_case_log"),
    )
    op.create_index("ix_case_log_case_number", "case_log", ["case_number"])
    head = op.create_table(
        "case_log_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        text("hash"),
        sa.PrimaryKeyConstraint("id", name="pk_case_log_head"),
    )
    op.bulk_insert(head, [{"id": 1, "position": 0, "hash": "0" * 64}])
    for statement in POSTGRESQL_TRIGGERS if op.get_context().dialect.name == "postgresql" else SQLITE_TRIGGERS:
        op.execute(statement)


SQLITE_TRIGGERS = (
    f"CREATE TRIGGER case_log_update BEFORE UPDATE ON case_log BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER case_log_delete BEFORE DELETE ON case_log BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    # INSERT OR REPLACE deletes without asking the trigger above.
    """CREATE TRIGGER case_log_replace BEFORE INSERT ON case_log WHEN EXISTS (SELECT 1 FROM case_log WHERE position = NEW.position)
    BEGIN SELECT RAISE(ABORT, 'case_log is append-only'); END""",
)
POSTGRESQL_TRIGGERS = (
    f"""CREATE FUNCTION refuse_case_log_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER case_log_change BEFORE UPDATE OR DELETE OR TRUNCATE ON case_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_case_log_change()""",
)


def make_knowledge() -> None:
    """Curated files and what was published of them."""
    op.create_table(
        "knowledge_items",
        *(text(name) for name in ("kind", "id", "content", "imported_hash", "content_hash")),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_knowledge_items"),
    )
    op.create_table(
        "publications",
        sa.Column("number", sa.Integer(), nullable=False),
        *(text(name) for name in ("fingerprint", "model", "items")),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_publications"),
    )
