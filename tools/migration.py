"""Write the migration that brings the newest schema to the models: ``python -m tools.migration "why"``.

Works on an empty SQLite database in memory: nothing of yours is touched. Read what it wrote.
"""

import sys

from alembic import command
from sqlalchemy import create_engine

from storage.schema import migrations, numbers


def main(why: str) -> None:
    """Write ``storage/migrations/versions/<number>_<why>.py``."""
    with create_engine("sqlite://").connect() as connection:
        config = migrations(connection)
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        command.upgrade(config, "head")
        command.revision(config, why, autogenerate=True, rev_id=f"{int(numbers()[-1]) + 1:04d}")


if __name__ == "__main__":
    main(sys.argv[1])
