"""The write queue: arrival order is commit order, one bad write harms no other, nothing uncommitted is told."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from chatd.domain.errors import ChatError, ErrorCode
from chatd.store import Tx, control, writer
from chatd.store.writer import ContentEvent
from tests.client import Refused
from tests.serving import Running
from tests.store.opened import FailingCommits, opened, put, stored, told


def refuse(tx: Tx) -> None:
    raise ChatError(ErrorCode.CONFLICT, "no")


def speak(number: int) -> ContentEvent:
    return ContentEvent("general", number, "message.created", {})


async def test_arrival_order_is_commit_order(tmp_path: Path) -> None:
    """Writes queued at once are applied, told and answered in the order they came."""
    async with opened(tmp_path) as store:
        applied: list[int] = []
        answered: list[int] = []
        outcomes = told(store)

        def deed(tx: Tx, number: int) -> int:
            applied.append(number)
            tx.tell(speak(number))
            return number

        futures = [store.write(lambda tx, number=number: deed(tx, number)) for number in range(600)]
        for future in futures:
            future.add_done_callback(lambda done: answered.append(done.result()))
        assert await asyncio.gather(*futures) == list(range(600))
        assert applied == answered == list(range(600))
        assert [event.seq for outcome in outcomes for event in outcome.events] == list(range(600))


async def test_writes_that_wait_share_a_transaction(tmp_path: Path) -> None:
    """Many writes at once take few commits, at most BATCH_WRITES in one."""
    async with opened(tmp_path) as store:
        batches: list[int] = []
        store.writer.observe = lambda writes, seconds: batches.append(writes)
        await asyncio.gather(*(store.write(put(f"k{number}")) for number in range(writer.BATCH_WRITES + 8)))
        assert batches == [writer.BATCH_WRITES, 8]


async def test_it_is_committed_before_it_is_told_and_told_before_it_is_answered(tmp_path: Path) -> None:
    """When the event is told another connection reads the row; the answer comes after that."""
    async with opened(tmp_path) as store:
        seen: list[str] = []
        store.writer.committed = lambda outcome: seen.append("told")
        future = store.write(put("a"))
        future.add_done_callback(lambda done: seen.append("answered"))
        await future
        assert await stored(store) == ["a"]
        assert seen == ["told", "answered"]


async def test_a_refused_write_does_not_spoil_its_neighbours(tmp_path: Path) -> None:
    """The refused one gets its error and tells nothing; those around it commit."""
    async with opened(tmp_path) as store:
        outcomes = told(store)

        def refused_late(tx: Tx) -> None:
            tx.tell(speak(1))
            refuse(tx)

        results = await asyncio.gather(
            store.write(put("a")), store.write(refused_late), store.write(put("b")), return_exceptions=True
        )
        assert (results[0], results[2]) == ("a", "b")
        assert isinstance(results[1], ChatError)
        assert results[1].code == ErrorCode.CONFLICT
        assert await stored(store) == ["a", "b"]
        assert [event for outcome in outcomes for event in outcome.events] == []


@pytest.mark.parametrize("neighbours", [0, 2])
async def test_what_a_refused_write_changed_is_undone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, neighbours: int
) -> None:
    """A deed that refuses too late is a bug, which is logged: it leaves nothing, and those around it commit."""
    async with opened(tmp_path) as store:
        outcomes = told(store)

        def refused_too_late(tx: Tx) -> None:
            put("half")(tx)
            tx.control("user", userId="eve")
            refuse(tx)

        others = [store.write(put(f"k{number}")) for number in range(neighbours)]
        results = await asyncio.gather(store.write(refused_too_late), *others, return_exceptions=True)
        assert isinstance(results[0], ChatError)
        assert results[0].code == ErrorCode.CONFLICT
        expected = [f"k{number}" for number in range(neighbours)]
        assert (await stored(store), results[1:]) == (expected, expected)
        assert [row for outcome in outcomes for row in outcome.rows] == []
        assert await store.read(control.head) == 0
        assert "a write was refused after it had changed something" in caplog.text


async def test_a_database_error_leaves_the_others_committed(tmp_path: Path) -> None:
    """One write of a batch breaks a constraint: it alone is `internal`, each other one commits exactly once."""
    async with opened(tmp_path) as store:
        outcomes = told(store)

        def spoken(key: str, number: int):  # type: ignore[no-untyped-def]
            def deed(tx: Tx) -> str:
                tx.tell(speak(number))
                return put(key)(tx)

            return deed

        deeds = [spoken("a", 1), spoken("b", 2), spoken("a", 3), spoken("c", 4)]
        results = await asyncio.gather(*map(store.write, deeds), return_exceptions=True)
        assert (results[0], results[1], results[3]) == ("a", "b", "c")
        assert isinstance(results[2], ChatError)
        assert results[2].code == ErrorCode.INTERNAL
        assert await stored(store) == ["a", "b", "c"]
        assert [event.seq for outcome in outcomes for event in outcome.events] == [1, 2, 4]


async def test_a_bug_in_one_deed_leaves_the_others_committed(tmp_path: Path) -> None:
    """A deed that fails in a way nobody thought of is `internal` alone, also when it had written something."""
    async with opened(tmp_path) as store:

        def buggy(tx: Tx) -> None:
            put("half")(tx)
            raise KeyError("nobody thought of this")

        results = await asyncio.gather(
            store.write(put("a")), store.write(buggy), store.write(put("b")), return_exceptions=True
        )
        assert (results[0], results[2]) == ("a", "b")
        assert isinstance(results[1], ChatError)
        assert results[1].code == ErrorCode.INTERNAL
        assert await stored(store) == ["a", "b"]


async def test_a_failed_commit_is_no_answer_and_no_event(tmp_path: Path) -> None:
    """When COMMIT itself fails the write is `internal`, nothing is stored or told, and the next write works."""
    async with opened(tmp_path) as store:
        outcomes = told(store)
        failing = FailingCommits(store, 1)
        with pytest.raises(ChatError) as failed:
            await store.write(put("lost"))
        assert failed.value.code == ErrorCode.INTERNAL
        assert failing.left == 0
        assert (await stored(store), outcomes) == ([], [])
        await store.write(put("kept"))
        assert await stored(store) == ["kept"]
        assert len(outcomes) == 1


async def test_a_failed_commit_of_a_batch_is_tried_one_by_one(tmp_path: Path) -> None:
    """After the COMMIT of a batch failed each write is tried alone: all are stored once, in order, told once."""
    async with opened(tmp_path) as store:
        outcomes = told(store)
        FailingCommits(store, 1)
        results = await asyncio.gather(*(store.write(put(key, key)) for key in "abc"))
        assert results == ["a", "b", "c"] == await stored(store)
        assert len(outcomes) == 3


async def test_no_control_row_of_a_failed_commit_is_applied(tmp_path: Path) -> None:
    """A row of control_log whose commit failed is neither told nor skipped: the cursor stays."""
    async with opened(tmp_path) as store:
        outcomes = told(store)
        FailingCommits(store, 1)
        with pytest.raises(ChatError):
            await store.write(lambda tx: tx.control("settings", settings={}))
        assert (store.writer.cursor, outcomes) == (0, [])
        row = await store.write(lambda tx: tx.control("settings", settings={"name": "x"}))
        assert store.writer.cursor == row
        assert [one.body for one in outcomes[0].rows] == [{"settings": {"name": "x"}}]


async def test_too_many_waiting_writes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the bound a write is `unavailable` at once; those that wait are committed, and then there is room."""
    monkeypatch.setattr(writer, "QUEUE_WRITES", 3)
    async with opened(tmp_path) as store:
        waiting = [store.write(put(key)) for key in "abc"]
        with pytest.raises(ChatError) as refused:
            store.write(put("d"))
        assert refused.value.code == ErrorCode.UNAVAILABLE
        await asyncio.gather(*waiting)
        await store.write(put("e"))
        assert await stored(store) == ["a", "b", "c", "e"]


async def test_stop_commits_what_waits(tmp_path: Path) -> None:
    """What was queued before the end is committed and answered; what comes after is `unavailable`."""
    async with opened(tmp_path) as store:
        waiting = [store.write(put(f"k{number:03}")) for number in range(700)]
        stopping = asyncio.create_task(store.writer.stop())
        await stopping
        assert all(future.done() and future.exception() is None for future in waiting)
        assert len(await stored(store)) == 700
        with pytest.raises(ChatError) as refused:
            store.write(put("late"))
        assert refused.value.code == ErrorCode.UNAVAILABLE


async def test_a_caller_who_left_does_not_undo_his_write(tmp_path: Path) -> None:
    """A cancelled wait changes nothing: the write is committed, its neighbours are answered."""
    async with opened(tmp_path) as store:
        leaving, staying = store.write(put("a")), store.write(put("b"))
        leaving.cancel()
        assert await staying == "b"
        assert await stored(store) == ["a", "b"]


async def test_a_failure_while_telling_is_no_failed_write(tmp_path: Path) -> None:
    """What is committed is answered as committed, whatever happens to the telling."""
    async with opened(tmp_path) as store:

        def fail(outcome: object) -> None:
            raise RuntimeError("deaf")

        store.writer.committed = fail
        assert await asyncio.gather(store.write(put("a")), store.write(put("b"))) == ["a", "b"]
        assert await stored(store) == ["a", "b"]


async def test_rows_of_another_process_come_before_ones_own(tmp_path: Path) -> None:
    """A write learns of the control rows that were committed before it, and tells them first, once."""
    async with opened(tmp_path, "one") as first, opened(tmp_path, "two") as second:
        outcomes = told(second)
        theirs = await first.write(lambda tx: tx.control("user", userId="bob"))
        mine = await second.write(lambda tx: tx.control("user", userId="alice"))
        await second.write(put("a"))
        assert [[row.id for row in outcome.foreign] for outcome in outcomes] == [[theirs], []]
        assert [[row.id for row in outcome.rows] for outcome in outcomes] == [[mine], []]
        assert [(row.node, row.body) for row in outcomes[0].foreign] == [("one", {"userId": "bob"})]


async def test_a_refused_write_still_tells_others_rows(tmp_path: Path) -> None:
    """Rows of another process that a refused write came across are told as well."""
    async with opened(tmp_path, "one") as first, opened(tmp_path, "two") as second:
        outcomes = told(second)
        theirs = await first.write(lambda tx: tx.control("user", userId="bob"))
        with pytest.raises(ChatError):
            await second.write(refuse)
        assert [row.id for outcome in outcomes for row in outcome.foreign] == [theirs]


async def test_on_the_wire_a_failed_commit_is_internal_and_silent(node: Running) -> None:
    """alice is told `internal`, bob hears nothing; then everything works and no `seq` is missing."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    channel_id = (await alice.ask("channel.list"))["channels"][0]["id"]
    FailingCommits(node.node.chat.store, 1)
    refusal = await alice.refused("message", channelId=channel_id, content="lost")
    assert refusal.code == "internal"
    await bob.refute("message.created")
    sent = (await alice.ask("message", channelId=channel_id, content="kept"))["message"]
    event = await bob.expect("message.created")
    assert (event["seq"], event["payload"]["message"]) == (1, sent)
    history = (await bob.ask("message.history", channelId=channel_id))["messages"]
    assert [message["content"] for message in history] == ["kept"]


async def test_on_the_wire_many_in_flight_survive_a_failed_commit(node: Running) -> None:
    """Two COMMITs fail: what is answered ok is stored once and told in order, what is not is nowhere."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    channel_id = (await alice.ask("channel.list"))["channels"][0]["id"]
    FailingCommits(node.node.chat.store, 2)
    futures = [await alice.start("message", channelId=channel_id, content=str(number)) for number in range(30)]
    replies = await asyncio.gather(*futures)
    kept = [str(number) for number, reply in enumerate(replies) if reply["ok"]]
    heard = [(await bob.expect("message.created")) for _ in kept]
    assert [event["payload"]["message"]["content"] for event in heard] == kept
    assert [event["seq"] for event in heard] == list(range(1, len(kept) + 1))
    await bob.refute("message.created")
    history = (await bob.ask("message.history", channelId=channel_id, limit=200))["messages"]
    assert [message["content"] for message in history] == kept
    assert {reply["error"]["code"] for reply in replies if not reply["ok"]} <= {"internal"}


async def test_on_the_wire_a_full_disk_loses_nothing_acknowledged(node: Running) -> None:
    """With the database full alice is told so and reads on; with room again she writes on."""
    alice = await node.client("alice@example.com")
    channel_id = (await alice.ask("channel.list"))["channels"][0]["id"]
    store = node.node.chat.store
    pages = await store.write(lambda tx: tx.connection.execute(text("PRAGMA page_count")).scalar_one())
    await store.write(lambda tx: tx.connection.execute(text(f"PRAGMA max_page_count = {pages}")).scalar_one())
    kept = []
    with pytest.raises(Refused) as full:
        for number in range(1000):
            kept.append(
                (await alice.ask("message", channelId=channel_id, content=f"{number} " + "x" * 3000))["message"]
            )
    assert full.value.code == "unavailable"
    await store._writing.dispose()  # a new connection has no such bound
    kept.append((await alice.ask("message", channelId=channel_id, content="room again"))["message"])
    history = (await alice.ask("message.history", channelId=channel_id, limit=200))["messages"]
    assert history == kept
