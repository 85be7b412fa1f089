"""no timezone of a centre

Revision: 0009, after 0008. It was never read: the service reckons in Europe/Paris.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema here."""
    # Not as a batch: SQLite would make the table anew, and everything hangs on a centre's row.
    op.drop_column("centres", "timezone")


def downgrade() -> None:
    """Take it back."""
    op.add_column(
        "centres", sa.Column("timezone", sa.String(), nullable=False, server_default="Europe/Paris")
    )
