"""Answers kept within a unit of work (storage/session.py) stand on nothing that is written unseen."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

import storage
from storage.session import BUSY
from storage.tables import metadata


def kept_queries() -> list[Callable[..., Any]]:
    found = []
    for one in pkgutil.iter_modules(storage.__path__, "storage."):
        for _, thing in inspect.getmembers(importlib.import_module(one.name), inspect.iscoroutinefunction):
            if hasattr(thing, "__wrapped__") and thing.__module__ == one.name:
                found.append(thing.__wrapped__)
    return found


def test_busy_tables_exist() -> None:
    assert metadata.tables.keys() >= BUSY


def test_a_query_that_is_asked_once_reads_no_busy_table() -> None:
    queries = kept_queries()
    assert len(queries) > 15
    for query in queries:
        names = inspect.getclosurevars(query).globals
        tables = {getattr(one, "__tablename__", "") for one in names.values()}
        assert not tables & BUSY, f"{query.__module__}.{query.__name__}"
