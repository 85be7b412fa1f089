"""The session of a unit of work: what changes seldom is asked once in it.

A message asks a dozen times who covers whom and when the centre is open, and forty messages may
share a transaction. Within one unit of work the answer is kept, until something it may stand on
changes there; nothing outlives the unit.
"""

from collections.abc import Callable, Coroutine, Hashable, Iterable
from functools import wraps
from itertools import chain
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session

P = ParamSpec("P")
K = TypeVar("K")
T = TypeVar("T")

BUSY = frozenset(
    {"inbox", "outbox", "conversations", "messages", "bubbles"}
    | {"due", "meetings", "meeting_bubbles", "meeting_notes", "digests", "periods_told"}
)
"""Tables written at nearly every turn: writing there forgets no answer, so a query asked once never
reads them (tests/storage/test_kept_answers.py)."""


class WorkSession(Session):
    """A session that keeps answers (:func:`once`), and hold of the rows that change seldom."""


def once(
    query: Callable[Concatenate[AsyncSession, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[AsyncSession, P], Coroutine[Any, Any, T]]:
    """Ask a query of tables that change seldom once in a unit of work."""

    @wraps(query)
    async def asked(session: AsyncSession, /, *args: P.args, **kwargs: P.kwargs) -> T:
        answers: dict[Hashable, T] = session.info.setdefault("answers", {})
        if _changed(session.sync_session):
            await session.flush()
        key = _key(asked, args, kwargs)
        if key not in answers:
            with session.no_autoflush:  # what is still to be written does not change the answer
                answers[key] = await query(session, *args, **kwargs)
        return answers[key]

    return asked


def keep(
    session: AsyncSession,
    asked: Callable[Concatenate[AsyncSession, P], Coroutine[Any, Any, T]],
    answer: T,
    *args: P.args,
    **kwargs: P.kwargs,
) -> None:
    """Keep the answer to a query that is asked :func:`once`, as if it had been asked with these arguments."""
    session.info.setdefault("answers", {})[_key(asked, args, kwargs)] = answer


async def not_kept(
    session: AsyncSession, asked: Callable[[AsyncSession, K], Coroutine[Any, Any, object]], keys: Iterable[K]
) -> list[K]:
    """Those among these keys for which a query asked :func:`once` has no answer yet."""
    if _changed(session.sync_session):
        await session.flush()
    answers = session.info.get("answers", {})
    return [one for one in keys if _key(asked, (one,), {}) not in answers]


def _key(asked: object, args: tuple[object, ...], kwargs: dict[str, Any]) -> Hashable:
    return (asked, *map(_hashable, args), *((name, _hashable(one)) for name, one in kwargs.items()))


def _hashable(value: object) -> Hashable:
    if isinstance(value, list):
        return tuple(value)
    assert isinstance(value, Hashable)
    return value


def _changed(session: Session) -> bool:
    """Whether anything but a busy table is about to be written."""
    return any(one.__tablename__ not in BUSY for one in chain(session.new, session.dirty, session.deleted))


@event.listens_for(WorkSession, "after_flush")
def _forget_if_changed(session: Session, _flush: object) -> None:
    if _changed(session):
        session.info.get("answers", {}).clear()


@event.listens_for(WorkSession, "do_orm_execute")
def _forget_at_bulk_changes(state: ORMExecuteState) -> None:
    if not state.is_select and (
        state.bind_mapper is None or state.bind_mapper.class_.__tablename__ not in BUSY
    ):
        state.session.info.get("answers", {}).clear()


@event.listens_for(WorkSession, "loaded_as_persistent")
def _hold(session: Session, row: Any) -> None:
    # A session holds its rows weakly: without this the same town is read again at each message.
    if row.__tablename__ not in BUSY:
        session.info.setdefault("held", []).append(row)
