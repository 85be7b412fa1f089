"""The inbox keeps each update once, the outbox gives each chat its order, on both databases."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from storage import due, facts, inbox, outbox
from storage.due import Due
from storage.inbox import Received
from storage.outbox import OutboxRow
from storage.store import Store, Work, is_away

NOW = datetime(2026, 11, 24, 18, 42, tzinfo=UTC)
BOT = 1


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    opened = Store(database_url)
    yield opened
    await opened.close()


def update(number: int, lane: str = "7") -> Received:
    return Received(number, lane, f'{{"update_id": {number}}}')


async def owe(work: Work, chat: str, words: str, *, urgent: bool = False) -> None:
    work.add(
        OutboxRow(
            address=chat,
            lane=f"{chat}!" if urgent else chat,
            call="send",
            text=words,
            not_before=work.now,
            created_at=work.now,
        )
    )
    await work.flush()


async def test_an_update_given_twice_is_kept_once(store: Store) -> None:
    for batch in ([update(5), update(6)], [update(6), update(7)]):
        async with store.work(NOW) as work:
            await inbox.keep(work.session, BOT, batch, NOW)
    async with store.work(NOW) as work:
        assert [row.update_id for row in await inbox.due(work.session, BOT, NOW, 10)] == [5, 6, 7]
        assert await inbox.next_offset(work.session, BOT) == 8
        assert await inbox.next_offset(work.session, 2) == 0, "another bot counts for itself"


async def test_a_postponed_update_holds_its_chat_and_no_other(store: Store) -> None:
    async with store.work(NOW) as work:
        await inbox.keep(work.session, BOT, [update(1, "a"), update(2, "a"), update(3, "b")], NOW)
    async with store.work(NOW) as work:
        first = (await inbox.due(work.session, BOT, NOW, 1))[0]
        first.not_before = NOW + timedelta(minutes=1)
    async with store.work(NOW) as work:
        assert [row.update_id for row in await inbox.due(work.session, BOT, NOW, 10)] == [3]
        later = NOW + timedelta(minutes=2)
        assert [row.update_id for row in await inbox.due(work.session, BOT, later, 10)] == [1, 2, 3]


async def test_handled_updates_are_emptied_after_some_days(store: Store) -> None:
    async with store.work(NOW) as work:
        await inbox.keep(work.session, BOT, [update(1), update(2)], NOW)
    async with store.work(NOW) as work:
        for row in await inbox.due(work.session, BOT, NOW, 1):
            row.state, row.handled_at = "done", NOW
    async with store.work(NOW) as work:
        assert await inbox.empty_handled(work.session, NOW + timedelta(days=2), timedelta(days=3)) == 0
        assert await inbox.empty_handled(work.session, NOW + timedelta(days=4), timedelta(days=3)) == 1
        assert [row.raw for row in await inbox.due(work.session, BOT, NOW, 10)] == ['{"update_id": 2}']


async def test_only_the_head_of_each_chat_is_claimed_urgent_ones_first(store: Store) -> None:
    async with store.work(NOW) as work:
        for chat, words in (("1", "a"), ("1", "b"), ("2", "c")):
            await owe(work, chat, words)
        await owe(work, "1", "⚠", urgent=True)
    async with store.work(NOW) as work:
        claimed = await outbox.claim(work.session, NOW, 10)
        assert [row.text for row in claimed] == ["⚠", "a", "c"]
    async with store.work(NOW) as work:
        assert await outbox.claim(work.session, NOW, 10) == [], "what is in flight holds its chat"


async def test_claims_of_a_dead_process_are_given_back(store: Store) -> None:
    async with store.work(NOW) as work:
        await owe(work, "1", "a")
    async with store.work(NOW) as work:
        await outbox.claim(work.session, NOW, 10)
    async with store.work(NOW) as work:
        assert await outbox.release(work.session) == 1
        assert [row.text for row in await outbox.claim(work.session, NOW, 10)] == ["a"]


async def test_nothing_is_kept_of_a_work_that_fails(store: Store) -> None:
    async def stumbles() -> None:
        async with store.work(NOW) as work:
            await facts.remember(work.session, "half", "done")
            await work.flush()
            raise LookupError

    with pytest.raises(LookupError):
        await stumbles()
    async with store.work(NOW) as work:
        assert await facts.recall(work.session, "half") is None


async def test_works_side_by_side_lose_no_change(store: Store) -> None:
    async with store.work(NOW) as work:
        work.add(Due(kind="count", subject_id=1, at=NOW, attempts=0))

    async def add_one() -> None:
        async with store.work(NOW) as work:
            for row in await due.due_now(work.session, NOW, 1):
                row.attempts += 1

    if store.sqlite:
        await asyncio.gather(*(add_one() for _ in range(100)))
        expected = 100
    else:  # SKIP LOCKED: a row another work holds is left to it
        for _ in range(20):
            await add_one()
        expected = 20
    async with store.work(NOW) as work:
        assert [row.attempts for row in await due.due_now(work.session, NOW, 1)] == [expected]


async def test_an_occurrence_planned_twice_stands_once_and_never_comes_back(store: Store) -> None:
    for _ in range(2):
        async with store.work(NOW) as work:
            await due.plan(work.session, "nudge", 1, NOW, "half")
    async with store.work(NOW) as work:
        (row,) = await due.due_now(work.session, NOW, 10)
        row.done_at = NOW
    async with store.work(NOW) as work:
        await due.plan(work.session, "nudge", 1, NOW + timedelta(days=1), "half")
        assert await due.due_now(work.session, NOW + timedelta(days=2), 10) == []


async def test_one_process_at_a_time_is_elected(store: Store) -> None:
    other = Store(store.url.render_as_string(hide_password=False))
    assert await store.elected()
    assert await store.elected(), "asking again keeps the turn"
    assert not await other.elected()
    await store.close()
    assert await other.elected()
    await other.close()


@pytest.mark.parametrize("state", ["57P01", "57P03", "53100", "55000", "25006", "08006"])
def test_a_server_that_cannot_is_away(state: str) -> None:
    assert is_away(_refusal(state))


@pytest.mark.parametrize("state", ["23505", "42P01", "22P02", None])
def test_a_question_badly_asked_is_ours(state: str | None) -> None:
    assert not is_away(_refusal(state))


def _refusal(state: str | None) -> DBAPIError:
    """What SQLAlchemy makes of asyncpg's errors that it has no name for."""
    return DBAPIError("SELECT 1", {}, _Refused(state))


class _Refused(Exception):
    """As asyncpg's errors have it."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__()
        self.sqlstate = sqlstate
