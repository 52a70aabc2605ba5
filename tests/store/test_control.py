"""control_log: rows in the order of commits, and a head that pruning keeps."""

from pathlib import Path

from chatd.store import Store, control
from tests.serving import MovableClock
from tests.store.opened import opened


async def write(store: Store, *kinds: str) -> list[int]:
    return [await store.write(lambda tx, kind=kind: tx.control(kind, userId="bob")) for kind in kinds]


async def kinds(store: Store, cursor: int = 0) -> list[str]:
    return [row.kind for row in await store.read(lambda connection: control.after(connection, cursor))]


async def prune(store: Store) -> None:
    await store.write(lambda tx: control.prune(tx.connection, tx.now))


def clock_of(store: Store) -> MovableClock:
    assert isinstance(store._clock, MovableClock)
    return store._clock


async def test_after_gives_the_rows_behind_the_cursor_in_order(tmp_path: Path) -> None:
    """Each reader gets what it has not seen, oldest first, and nothing when it has seen all."""
    async with opened(tmp_path) as store:
        ids = await write(store, "user", "member", "channel")
        assert ids == sorted(ids)
        assert await kinds(store) == ["user", "member", "channel"]
        assert await kinds(store, ids[0]) == ["member", "channel"]
        assert await kinds(store, ids[-1]) == []
        (row,) = await store.read(lambda connection: control.after(connection, ids[1]))
        assert (row.id, row.node, row.kind, row.body) == (ids[2], "node", "channel", {"userId": "bob"})


async def test_an_empty_log_has_a_head_of_nothing(tmp_path: Path) -> None:
    """Before the first row the head is 0 and there is no oldest row."""
    async with opened(tmp_path) as store:
        assert await store.read(lambda c: (control.head(c), control.oldest(c))) == (0, None)


async def test_pruning_keeps_what_is_young(tmp_path: Path) -> None:
    """Rows older than KEEP_MS go, younger ones stay."""
    async with opened(tmp_path) as store:
        await write(store, "old", "older")
        clock_of(store).advance(control.KEEP_MS / 1000 + 1)
        await write(store, "young", "youngest")
        await prune(store)
        assert await kinds(store) == ["young", "youngest"]


async def test_pruning_keeps_the_head(tmp_path: Path) -> None:
    """However old, the last row stays: a node that starts then knows where the log stands."""
    async with opened(tmp_path) as store:
        ids = await write(store, "old", "last")
        clock_of(store).advance(10 * control.KEEP_MS / 1000)
        await prune(store)
        assert await kinds(store) == ["last"]
        assert await store.read(lambda c: (control.head(c), control.oldest(c))) == (ids[-1], ids[-1])
    async with opened(tmp_path) as again:
        assert again.writer.cursor == ids[-1]
