"""The write queue: group commit, one writer per database. What the writes do is said by who queues them."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Generic, TypeVar

import orjson
from sqlalchemy import Connection, insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chatd.domain.errors import ChatError, ErrorCode, unavailable
from chatd.domain.models import Actor
from chatd.store import control
from chatd.store.control import ControlRow
from chatd.store.dialect import changes, trouble_of
from chatd.store.health import DatabaseReplaced, Health, OpenFiles
from chatd.store.schema import control_log
from chatd.store.write_lock import WriteLock

T = TypeVar("T")
log = logging.getLogger("chatd.store")

BATCH_WRITES = 512
BATCH_BYTES = 1 << 20
QUEUE_WRITES = 20_000  # over it a write is refused: memory for waiting writes stays bounded
GATHER_SECONDS = 0.02  # a commit waits at most this long for the fan-out before it and for what still comes in
QUIET_TURNS = 3  # loop turns (some 10 µs each) without a new write: from a frame on the socket to here it takes two
HANGS_SECONDS = 10.0  # more than any batch takes on a disk that works
HANGS = "its disk does not answer. Look whether it is broken or overloaded"
REPLACED = (
    "its files were removed or replaced while chatd runs, and what is written now would go nowhere. Stop chatd, put "
    "the right files in their place, start it again"
)
RETRY_SECONDS = 10  # for the attempts one by one after a failed batch; a database that hangs fails the rest


@dataclass(slots=True, frozen=True)
class ContentEvent:
    """A change of a channel's content: what is told to those who may see the channel, under its `seq`."""

    channel_id: str
    seq: int
    type: str
    payload: dict[str, Any]


class Tx:
    """The transaction of one batch, as a write sees it. Rows given to `control` are applied after the commit."""

    __slots__ = ("_node", "_work", "connection", "now", "spoiled")

    def __init__(self, connection: Connection, now: int, node: str) -> None:
        self.connection = connection
        self.now = now
        self._node = node
        self._work: Work[Any] | None = None
        self.spoiled = False  # a write was refused after it had changed something: nothing of this may be committed

    def attempt(self, work: "Work[Any]", deed: Callable[[], Any]) -> None:
        """Run `deed` for `work`; a ChatError becomes its result. The deed must refuse before it changes anything."""
        self._work = work
        before = changes(self.connection)
        try:
            work.result, work.error = deed(), None
        except ChatError as error:
            work.error, work.rows, work.events, work.unaudited = error, [], [], []
            if changes(self.connection) != before:
                self.spoiled = True
                log.error("a write was refused after it had changed something; all of it is undone", exc_info=error)

    def control(self, kind: str, **body: Any) -> int:
        """Append a row to control_log: every node applies it, this one right after the commit. The row's id."""
        assert self._work is not None
        text = orjson.dumps(body)
        row = {"at": self.now, "node": self._node, "kind": kind, "body": text.decode()}
        result = self.connection.execute(insert(control_log), row)
        key = result.inserted_primary_key
        assert key is not None
        self._work.rows.append(ControlRow(key[0], self._node, kind, orjson.loads(text)))
        return int(key[0])

    def leave_out(self, action: str) -> None:
        """Count an entry that the audit log has no room for, once all else is committed."""
        assert self._work is not None
        self._work.unaudited.append(action)

    def tell(self, event: ContentEvent) -> None:
        """Publish `event` after the commit."""
        assert self._work is not None
        self._work.events.append(event)


@dataclass(slots=True, eq=False)
class Work(Generic[T]):
    """One queued write: a function of the transaction, and what came of it."""

    deed: Callable[[Tx], T] | None
    asking: Actor | None
    done: "asyncio.Future[T]"
    size: int = 256
    result: T | None = None
    error: ChatError | None = None
    rows: list[ControlRow] = field(default_factory=list)
    events: list[ContentEvent] = field(default_factory=list)
    unaudited: list[str] = field(default_factory=list)

    @classmethod
    def apply_run(cls, tx: Tx, run: "Sequence[Any]") -> None:
        """Apply neighbours of one class in order; a subclass may read for all of them at once."""
        for work in run:
            tx.attempt(work, lambda work=work: work.deed(tx))  # type: ignore[misc]  # mypy cannot type the default


class Spoiled(Exception):
    """The batch holds what a refused write had changed already: it is rolled back, its writes are tried alone."""


@dataclass(slots=True, frozen=True)
class Outcome:
    """A committed write, for the one who tells: rows of others that came before it, its own rows, its events."""

    foreign: list[ControlRow]
    rows: list[ControlRow]
    events: list[ContentEvent]
    asking: Actor | None
    unaudited: list[str] = field(default_factory=list)


class Writer:
    """Takes all writes that wait, applies them in order in one transaction, commits, tells, answers.

    Arrival order is commit order. A refused write gets its ChatError while the others commit, and leaves nothing
    behind. After an unexpected error each write of the batch is tried alone; where the database itself cannot be
    written all that wait are `unavailable`, within 3 s. Nothing is told inside a transaction.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        lock: WriteLock,
        now: Callable[[], int],
        node: str,
        *,
        health: Health,
        files: OpenFiles,
    ) -> None:
        self._engine, self._lock, self._now, self._node = engine, lock, now, node
        self._health, self._files = health, files
        self._queue: deque[Work[Any]] = deque()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._connection: AsyncConnection | None = None
        self._closing = False
        self.cursor = 0  # the last control row applied here
        self.committing = False  # from the first write of a batch until all of it is told
        self._began: float | None = None  # when the batch under way was begun
        self.committed: Callable[[Outcome], None] = lambda outcome: None
        self.busy: Callable[[], bool] = lambda: False  # is there a fan-out that the next commit would only crowd?
        self.observe: Callable[[int, float], None] = lambda writes, seconds: None

    def submit(self, work: Work[T]) -> "asyncio.Future[T]":
        """Queue a write without waiting. Refuses with `unavailable` when too many wait."""
        if len(self._queue) >= QUEUE_WRITES or self._closing:
            raise unavailable("The server is busy or stopping; try again in a moment.")
        if self.hangs:
            raise self._health.fails(HANGS, 1)
        self._queue.append(work)
        self._wake.set()
        return work.done

    @property
    def waiting(self) -> int:
        return len(self._queue)

    @property
    def hangs(self) -> bool:
        """Has the batch under way taken so long that nobody should wait behind it? Its own writes have to."""
        return self._began is not None and asyncio.get_running_loop().time() - self._began > HANGS_SECONDS

    def look_after(self) -> None:
        """Once a second: nobody waits for ever behind a disk that does not answer."""
        if self.hangs:
            self._refuse_waiting([], HANGS)

    async def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="chatd-writer")

    async def stop(self) -> None:
        """Commit what waits, then end."""
        self._closing = True
        self._wake.set()
        if self._task is not None:
            await asyncio.wait([self._task])  # whoever gives up waiting does not end it

    async def _run(self) -> None:
        while True:
            if not self._queue:
                if self._closing:
                    break
                self._wake.clear()
                await self._wake.wait()
                continue
            await self._gather()
            batch = self._take()
            try:
                await self._commit(batch)
            except Exception as error:  # the writer outlives every failure; the callers hear of it
                if (reason := self._why_not(error)) is not None:
                    self._refuse_waiting(batch, reason)
                elif len(batch) == 1:
                    self._fail(batch, error)
                else:
                    log.warning("batch failed, trying its writes one by one", exc_info=error)
                    await self._commit_one_by_one(batch)
        await self._drop_connection()

    def _why_not(self, error: Exception) -> str | None:
        """Why the database as a whole cannot be written; None where the fault is in what was written."""
        if isinstance(error, DatabaseReplaced):
            return REPLACED
        reason = trouble_of(error)
        if isinstance(error, OSError):
            reason = f"its folder cannot be used ({error.strerror or error})"
        holder = self._lock.holder()
        if reason is None or holder is None or holder.is_here:
            return reason
        return f"{reason}; the last to write was process {holder.pid}"

    def _refuse_waiting(self, batch: list[Work[Any]], reason: str) -> None:
        refused = [*batch, *self._queue]
        self._queue.clear()
        refusal = self._health.fails(reason, len(refused))
        for work in refused:
            if not work.done.done():
                work.done.set_exception(refusal)

    async def _commit_one_by_one(self, batch: list[Work[Any]]) -> None:
        deadline = asyncio.get_running_loop().time() + RETRY_SECONDS
        for at, work in enumerate(batch):
            try:
                if asyncio.get_running_loop().time() > deadline:
                    raise TimeoutError("the database did not recover in time")
                await self._commit([work])
            except Exception as error:  # noqa: BLE001 - as in _run
                if (reason := self._why_not(error)) is not None:
                    self._refuse_waiting(batch[at:], reason)
                    return
                self._fail([work], error)

    async def _gather(self) -> None:
        """Wait while a fan-out is under way or more keeps coming: it shares one commit, and one write per socket."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + GATHER_SECONDS
        quiet = 0
        while quiet < QUIET_TURNS and loop.time() < deadline:
            before = len(self._queue)
            await asyncio.sleep(0)
            quiet = quiet + 1 if len(self._queue) == before and not self.busy() else 0

    def _take(self) -> list[Work[Any]]:
        batch: list[Work[Any]] = []
        size = 0
        while self._queue and len(batch) < BATCH_WRITES and size < BATCH_BYTES:
            work = self._queue.popleft()
            size += work.size
            batch.append(work)
        return batch

    async def _commit(self, batch: list[Work[Any]]) -> None:
        for work in batch:
            work.result, work.error, work.rows, work.events, work.unaudited = None, None, [], [], []
        self._began = started = asyncio.get_running_loop().time()
        try:
            foreign = await self._store(batch)
        except BaseException as error:
            self.committing = False
            if not isinstance(error, DatabaseReplaced):
                self._files.forget_log()
            await self._drop_connection()
            raise
        finally:
            self._began = None
        self._health.works()
        self.observe(len(batch), asyncio.get_running_loop().time() - started)
        self._tell(batch, foreign)
        self.committing = False

    async def _store(self, batch: list[Work[Any]]) -> list[ControlRow]:
        """One transaction, in the files that stand at the database's place before and after it."""
        has_turn = await self._lock.acquire()
        try:
            self.committing = True
            self._files.require_same()
            is_new = self._connection is None
            if self._connection is None:
                self._connection = await self._engine.connect()
            async with self._connection.begin():
                foreign = await self._connection.run_sync(self._apply, batch)
            if is_new:
                self._files.see_log()
            self._files.require_same()
            return foreign
        finally:
            if has_turn:
                self._lock.release()

    async def _drop_connection(self) -> None:
        """Give the connection back; after a failure nobody knows what state it is in."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(SQLAlchemyError):
                await connection.close()

    def _apply(self, connection: Connection, batch: list[Work[Any]]) -> list[ControlRow]:
        tx = Tx(connection, self._now(), self._node)
        foreign = control.after(connection, self.cursor)
        for _, run in groupby(batch, type):
            neighbours = list(run)
            neighbours[0].apply_run(tx, neighbours)
        if tx.spoiled:
            raise Spoiled
        return foreign

    def _tell(self, batch: list[Work[Any]], foreign: list[ControlRow]) -> None:
        foreign = [row for row in foreign if row.id > self.cursor]
        for work in batch:
            if work.error is None:
                self._publish(Outcome(foreign, work.rows, work.events, work.asking, work.unaudited))
                foreign = []
            if not work.done.done():
                if work.error is None:
                    work.done.set_result(work.result)
                else:
                    work.done.set_exception(work.error)
        if foreign:
            self._publish(Outcome(foreign, [], [], None))

    def _publish(self, outcome: Outcome) -> None:
        for row in (*outcome.foreign, *outcome.rows):
            self.cursor = max(self.cursor, row.id)
        with _logged("telling of a committed write failed"):
            self.committed(outcome)

    def _fail(self, batch: list[Work[Any]], error: Exception) -> None:
        refusal = batch[0].error if isinstance(error, Spoiled) else None
        if refusal is None:
            log.error("write failed", exc_info=error)
        for work in batch:
            if not work.done.done():
                work.done.set_exception(
                    refusal or ChatError(ErrorCode.INTERNAL, "This was not stored. Try again in a moment.")
                )


@contextlib.contextmanager
def _logged(what: str) -> Iterator[None]:
    """A failure after the commit must not look like a failed write: it is logged, the answer stands."""
    try:
        yield
    except Exception as error:  # see above
        log.error(what, exc_info=error)
