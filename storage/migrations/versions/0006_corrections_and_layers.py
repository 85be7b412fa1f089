"""corrections and layers

Revision: 0006, after 0005.

A correction points at the message that was judged instead of keeping a copy of its words.
"""

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema here."""
    op.create_table(
        "layers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("made_at", storage.base.Moment(timezone=True), nullable=False),
        sa.Column("corrections", sa.Integer(), nullable=False),
        sa.Column("confirmations", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("pulls", sa.JSON(), nullable=False),
        sa.Column("better", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("undone_at", storage.base.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_layers_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layers")),
    )
    with op.batch_alter_table("layers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_layers_centre_id"), ["centre_id"], unique=False)
        batch_op.create_index(
            "uq_layers_active",
            ["centre_id"],
            unique=True,
            sqlite_where=sa.text("active"),
            postgresql_where=sa.text("active"),
        )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.add_column(sa.Column("message_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("asked", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("set_aside_at", storage.base.Moment(timezone=True), nullable=True))
    op.execute(
        "UPDATE corrections SET message_id = (SELECT max(m.id) FROM messages m"
        " WHERE m.conversation_id = corrections.conversation_id AND m.from_teacher)"
    )
    op.execute(
        "DELETE FROM corrections WHERE message_id IS NULL"
        " OR id NOT IN (SELECT max(c.id) FROM corrections c GROUP BY c.message_id)"
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.alter_column("message_id", existing_type=sa.Integer(), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_corrections_message_id"), ["message_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_corrections_message_id"), "messages", ["message_id"], ["id"]
        )
        batch_op.drop_constraint(batch_op.f("fk_corrections_conversation_id"), type_="foreignkey")
        batch_op.drop_column("conversation_id")
        batch_op.drop_column("text")


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.add_column(sa.Column("conversation_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("text", storage.base.Secret(), nullable=True))
    op.execute(
        "UPDATE corrections SET"
        " conversation_id = (SELECT m.conversation_id FROM messages m WHERE m.id = corrections.message_id),"
        " text = (SELECT m.text FROM messages m WHERE m.id = corrections.message_id)"
    )
    op.execute("DELETE FROM corrections WHERE text IS NULL")
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.alter_column("conversation_id", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("text", existing_type=storage.base.Secret(), nullable=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_corrections_conversation_id"), "conversations", ["conversation_id"], ["id"]
        )
        batch_op.drop_constraint(batch_op.f("fk_corrections_message_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_corrections_message_id"), type_="unique")
        batch_op.drop_column("set_aside_at")
        batch_op.drop_column("asked")
        batch_op.drop_column("message_id")
    op.drop_table("layers")
