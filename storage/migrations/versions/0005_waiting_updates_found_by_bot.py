"""waiting updates found by bot: with only `id` in it, SQLite left that small index for a big one

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Bring the schema here."""
    op.drop_index("ix_inbox_waiting", "inbox")
    op.create_index(
        "ix_inbox_waiting", "inbox", ["bot", "id"], sqlite_where=WAITING, postgresql_where=WAITING
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_inbox_waiting", "inbox")
    op.create_index("ix_inbox_waiting", "inbox", ["id"], sqlite_where=WAITING, postgresql_where=WAITING)
