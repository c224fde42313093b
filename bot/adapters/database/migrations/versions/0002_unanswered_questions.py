"""Questions without a good answer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "unanswered_questions",
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text()),
        sa.Column("entries", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_unanswered_questions"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_unanswered_questions_asked_on", "unanswered_questions", ["asked_on"])


def downgrade() -> None:
    """Drop it, with all questions."""
    op.drop_table("unanswered_questions")
