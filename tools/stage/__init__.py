"""What the torture, the bench and the fuzz share: a Telegram, a database, a town, a service to kill."""

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
"""The checkout: the service is run from it."""
