"""What a node does again and again: applies others' control rows, polls heads, slides and ends sessions, prunes."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from chatd.domain.errors import ChatError, CloseCode
from chatd.hub.tasks import end_tasks
from chatd.services import administration, figures, mail, revocation, sign_in, tokens, witness
from chatd.services.chat import Chat
from chatd.store import Reader, channels, control, links
from chatd.store.control import ControlRow

CONTROL_SECONDS = 1.0
HEADS_SECONDS = 1.0
HEADS_OVERLAP_MS = 10_000  # clocks of nodes may differ, and a transaction may be slow: heads are asked for again
EXPIRY_SECONDS = 2.0
SLIDE_SECONDS = 60.0
PRUNE_SECONDS = 60.0
PRESENCE_SECONDS = 4.0
STATS_SECONDS = 5.0
MAIL_SECONDS = 1.0
FIGURES_SECONDS = 60.0
STORE_SECONDS = 0.5  # what is wrong with the database is noticed within a second
STOP_SECONDS = 1.0
BLIND_SECONDS = 10.0  # without the control log a node no longer knows who may hear: it stops delivering
log = logging.getLogger("chatd.upkeep")


class Upkeep:
    """The background of one node. Every turn that fails is logged and tried again."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._tasks: list[asyncio.Task[None]] = []
        self._seen_at = 0.0
        self._heads_since = 0
        self._stopping = asyncio.Event()

    async def start(self) -> None:
        """Take over the channels as they are, then begin the rounds."""
        chat = self._chat
        self._seen_at = chat.clock.monotonic()
        self._heads_since = chat.clock.now() - HEADS_OVERLAP_MS

        def look(connection: Reader) -> tuple[int, list[tuple[str, int, bool]]]:
            return control.head(connection), channels.public_heads(connection)

        chat.hub.cursor, heads = await chat.read(look)
        chat.store.writer.cursor = chat.hub.cursor
        chat.hub.load(heads)
        chat.missed = self._missed
        rounds: list[tuple[Callable[[], Awaitable[object]], float]] = [
            (self._expire, EXPIRY_SECONDS),
            (self._slide, SLIDE_SECONDS),
            (self._prune, PRUNE_SECONDS),
            (self._stats, STATS_SECONDS),
            (self._mail, MAIL_SECONDS),
            (self._figures, FIGURES_SECONDS),
            (chat.store.look_after, STORE_SECONDS),
        ]
        if not chat.hub.bus.alone:
            await chat.hub.presence.compare()
            rounds += [(self._heads, HEADS_SECONDS), (chat.hub.presence.compare, PRESENCE_SECONDS)]
        self._tasks = [asyncio.create_task(self._follow(), name="chatd-control")]
        self._tasks += [asyncio.create_task(self._again(turn, seconds)) for turn, seconds in rounds]

    async def stop(self) -> None:
        """Let the turns under way finish; one that takes longer than a second is cancelled."""
        await self.write_uses()
        self._stopping.set()
        self._chat.hub.wake_control.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
        await end_tasks(self._tasks)

    async def write_uses(self) -> None:
        """What is still in memory only, before the writer stops."""
        with contextlib.suppress(ChatError):
            await tokens.write_uses(self._chat)
            await figures.write_down(self._chat)

    async def _again(self, turn: Callable[[], Awaitable[object]], seconds: float) -> None:
        while not await self._told_to_stop(seconds):
            try:
                await turn()
            except Exception as error:  # see the class
                log.warning("upkeep failed", exc_info=error)

    async def _told_to_stop(self, seconds: float) -> bool:
        """Wait for the next turn, or the end."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        return self._stopping.is_set()

    async def _follow(self) -> None:
        """Apply new control rows at each hint of the bus, and once a second."""
        wake = self._chat.hub.wake_control
        while not self._stopping.is_set():
            try:
                async with asyncio.timeout(CONTROL_SECONDS):
                    await wake.wait()
            except TimeoutError:
                pass
            wake.clear()
            try:
                await self.apply_new()
            except Exception as error:  # see the class
                log.warning("control log cannot be read", exc_info=error)
            await self._look_after_sight()

    async def apply_new(self) -> None:
        """Apply the rows behind the cursor; they come in the order of commits, so none can appear before it later."""
        chat = self._chat
        before = chat.hub.cursor

        def look(connection: Reader) -> tuple[list[ControlRow], list[tuple[str, int, bool]] | None]:
            oldest, rows = control.oldest(connection), control.after(connection, before)
            missed = oldest is not None and oldest > before + 1 and before > 0 and rows and rows[0].id == oldest
            return rows, channels.public_heads(connection) if missed else None

        rows, heads = await chat.read(look)
        if heads is not None:
            self._start_afresh(heads)
        for row in rows:
            if row.id <= chat.hub.cursor:
                continue
            if row.node == chat.hub.node and chat.store.writer.committing:
                chat.hub.wake_control.set()  # it is told in a moment, to its asker too: what is behind it comes then
                break
            chat.hub.apply(row.id, row.kind, row.body, own=False)
        chat.store.writer.cursor = chat.hub.cursor
        self._seen_at = chat.clock.monotonic()

    def _start_afresh(self, heads: list[tuple[str, int, bool]]) -> None:
        """Rows were pruned before this node saw them: everybody comes back and is looked at anew."""
        log.warning("this node missed control rows; all its sockets start afresh")
        hub = self._chat.hub
        for session in list(hub.sessions.values()):
            for socket in session.sockets:
                socket.cut(CloseCode.RESTART, reconnect_after_ms=1000)
        hub.channels.clear()  # what was public may be private by now
        hub.load(heads)

    def _missed(self) -> None:
        """The same when a write of our own was the first to see the gap."""
        self._start_afresh([])
        self._in_background(self._load_public())

    async def _load_public(self) -> None:
        self._chat.hub.load(await self._chat.read(channels.public_heads))

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        self._chat.background.add(task := asyncio.create_task(work))
        task.add_done_callback(self._chat.background.discard)

    async def _look_after_sight(self) -> None:
        blind = self._chat.clock.monotonic() - self._seen_at > BLIND_SECONDS
        sequencer = self._chat.hub.sequencer
        if blind and not sequencer.held:
            log.error("no sight of the control log: delivery stops until it is back")
            sequencer.held = True
        elif sequencer.held and not blind:
            self._heads_since = 0  # what was held back is found by its heads
            sequencer.held = False
            try:
                await self._heads()
            except Exception as error:  # on a single node nobody else looks for heads
                log.warning("what was held back cannot be read", exc_info=error)
                sequencer.held = True

    async def _heads(self) -> None:
        """Compare the heads of changed channels: what the bus lost is fetched."""
        chat, now = self._chat, self._chat.clock.now()
        since = self._heads_since
        for channel_id, seq in await chat.read(lambda connection: channels.heads_since(connection, since)):
            if (channel := chat.hub.channels.get(channel_id)) is not None:
                chat.hub.sequencer.head_is(channel, seq)
        self._heads_since = now - HEADS_OVERLAP_MS

    async def _expire(self) -> None:
        if not self._chat.draining and await self._chat.read(
            lambda connection: revocation.any_expired(self._chat, connection)
        ):
            while await revocation.end_expired(self._chat):
                pass

    async def _slide(self) -> None:
        await sign_in.slide_live(self._chat)
        await tokens.write_uses(self._chat)

    async def _stats(self) -> None:
        await administration.tell_stats(self._chat)

    async def _figures(self) -> None:
        await figures.write_down(self._chat)

    async def _mail(self) -> None:
        if not self._chat.draining:
            await mail.send_due(self._chat)

    async def _prune(self) -> None:
        await witness.write_left_out(self._chat)
        await witness.prune(self._chat)
        await self._chat.write(lambda tx: control.prune(tx.connection, tx.now))
        await self._chat.write(lambda tx: links.prune(tx.connection, tx.now))
