"""meetings and digests

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema here."""
    op.create_table(
        "zones",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_zones")),
    )
    op.create_table(
        "breaks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["zone"], ["zones.name"], name=op.f("fk_breaks_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breaks")),
    )
    with op.batch_alter_table("breaks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_breaks_zone"), ["zone"], unique=False)

    op.create_table(
        "digest_choices",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("clock", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_digest_choices_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_digest_choices")),
    )
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("planned_at", storage.base.Moment(timezone=True), nullable=False),
        sa.Column("sent_at", storage.base.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_digests_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("person_id", "week", name=op.f("uq_digests_person_id_week")),
    )
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("made_at", storage.base.Moment(timezone=True), nullable=False),
        sa.Column("revoked_at", storage.base.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_feeds_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_feeds_fingerprint")),
    )
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feeds_person_id"), ["person_id"], unique=False)

    op.create_table(
        "imported_closures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_imported_closures_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_closures")),
    )
    with op.batch_alter_table("imported_closures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_closures_centre_id"), ["centre_id"], unique=False)

    op.create_table(
        "local_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("has_class", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_local_days_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_days")),
    )
    with op.batch_alter_table("local_days", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_local_days_school_id"), ["school_id"], unique=False)

    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cycles", sa.String(), nullable=False),
        sa.Column("starts", storage.base.Moment(timezone=True), nullable=False),
        sa.Column("ends", storage.base.Moment(timezone=True), nullable=False),
        sa.Column("arrives", storage.base.Moment(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("referente_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("referente_yes_at", storage.base.Moment(timezone=True), nullable=True),
        sa.Column("contact_yes_at", storage.base.Moment(timezone=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made_at", storage.base.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_meetings_centre_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["people.id"], name=op.f("fk_meetings_contact_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["people.id"], name=op.f("fk_meetings_proposed_by_id")),
        sa.ForeignKeyConstraint(["referente_id"], ["people.id"], name=op.f("fk_meetings_referente_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_meetings_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index("ix_meetings_centre_arrives", ["centre_id", "arrives"], unique=False)
        batch_op.create_index(batch_op.f("ix_meetings_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index("ix_meetings_referente_arrives", ["referente_id", "arrives"], unique=False)
        batch_op.create_index(
            "uq_meetings_kept",
            ["school_id", "kind", "cycles", "starts"],
            unique=True,
            sqlite_where=sa.text("state = 'kept'"),
            postgresql_where=sa.text("state = 'kept'"),
        )

    op.create_table(
        "meeting_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", storage.base.Secret(), nullable=False),
        sa.Column("at", storage.base.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_meeting_notes_author_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_notes_meeting_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_meeting_notes_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_notes")),
    )
    with op.batch_alter_table("meeting_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_notes_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_notes_school_id"), ["school_id"], unique=False)

    op.create_table(
        "meeting_bubbles",
        sa.Column("bubble_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bubble_id"], ["bubbles.id"], name=op.f("fk_meeting_bubbles_bubble_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_bubbles_meeting_id")),
        sa.PrimaryKeyConstraint("bubble_id", name=op.f("pk_meeting_bubbles")),
    )
    with op.batch_alter_table("meeting_bubbles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_bubbles_meeting_id"), ["meeting_id"], unique=False)

    with op.batch_alter_table("schools", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wednesdays", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("towns", schema=None) as batch_op:
        batch_op.add_column(sa.Column("zone", sa.String(), server_default="C", nullable=False))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("towns", schema=None) as batch_op:
        batch_op.drop_column("zone")

    with op.batch_alter_table("schools", schema=None) as batch_op:
        batch_op.drop_column("wednesdays")

    with op.batch_alter_table("meeting_bubbles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_bubbles_meeting_id"))

    op.drop_table("meeting_bubbles")
    with op.batch_alter_table("meeting_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_notes_school_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_notes_meeting_id"))

    op.drop_table("meeting_notes")
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_meetings_kept",
            sqlite_where=sa.text("state = 'kept'"),
            postgresql_where=sa.text("state = 'kept'"),
        )
        batch_op.drop_index("ix_meetings_referente_arrives")
        batch_op.drop_index(batch_op.f("ix_meetings_contact_id"))
        batch_op.drop_index("ix_meetings_centre_arrives")

    op.drop_table("meetings")
    with op.batch_alter_table("local_days", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_local_days_school_id"))

    op.drop_table("local_days")
    with op.batch_alter_table("imported_closures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_closures_centre_id"))

    op.drop_table("imported_closures")
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feeds_person_id"))

    op.drop_table("feeds")
    op.drop_table("digests")
    op.drop_table("digest_choices")
    with op.batch_alter_table("breaks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_breaks_zone"))

    op.drop_table("breaks")
    op.drop_table("zones")
