"""The session of a unit of work: what changes seldom is asked once in it.

A message asks a dozen times who covers whom and when the centre is open, and forty messages may
share a transaction. Within one unit of work the answer is kept, until something it may stand on
changes there; nothing outlives the unit.
"""

from collections.abc import Callable, Coroutine, Hashable
from functools import wraps
from itertools import chain
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session

P = ParamSpec("P")
T = TypeVar("T")

BUSY = frozenset({"inbox", "outbox", "conversations", "messages", "bubbles"})
"""The tables every message writes to: a query that is asked once never reads them."""


class WorkSession(Session):
    """A session that keeps answers (:func:`once`), and hold of the rows that change seldom."""


def once(
    query: Callable[Concatenate[AsyncSession, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[AsyncSession, P], Coroutine[Any, Any, T]]:
    """Ask a query of tables that change seldom once in a unit of work."""

    @wraps(query)
    async def asked(session: AsyncSession, /, *args: P.args, **kwargs: P.kwargs) -> T:
        answers: dict[Hashable, T] = session.info.setdefault("answers", {})
        _forget_if_changed(session.sync_session)
        key = (query, *map(_hashable, args), *((name, _hashable(one)) for name, one in kwargs.items()))
        if key not in answers:
            answers[key] = await query(session, *args, **kwargs)
        return answers[key]

    return asked


def _hashable(value: object) -> Hashable:
    if isinstance(value, list):
        return tuple(value)
    assert isinstance(value, Hashable)
    return value


def _forget_if_changed(session: Session, *_: object) -> None:
    changed = chain(session.new, session.dirty, session.deleted)
    if any(one.__tablename__ not in BUSY for one in changed):
        _forget(session)


def _forget(session: Session) -> None:
    session.info.get("answers", {}).clear()


@event.listens_for(WorkSession, "do_orm_execute")
def _forget_at_bulk_changes(state: ORMExecuteState) -> None:
    if state.is_update or state.is_delete or state.is_insert:
        _forget(state.session)


@event.listens_for(WorkSession, "loaded_as_persistent")
def _hold(session: Session, row: Any) -> None:
    # A session holds its rows weakly: without this the same town is read again at each message.
    if row.__tablename__ not in BUSY:
        session.info.setdefault("held", []).append(row)


event.listen(WorkSession, "after_flush", _forget_if_changed)
