"""The parts that every deed works with, put together by `app`. No deeds here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from chatd.auth.door import Door
from chatd.auth.passwords import Passwords
from chatd.auth.throttle import SignInThrottle
from chatd.auth.tokens import Tokens
from chatd.config import Config
from chatd.domain.models import Actor
from chatd.domain.seams import Clock, TokenSource
from chatd.hub.hub import Hub
from chatd.protocol import frames
from chatd.services.allowance import Allowances
from chatd.services.fetching import Fetcher
from chatd.services.one_at_a_time import OneAtATime
from chatd.services.portrait import Drawing
from chatd.services.pulse import Pulse
from chatd.services.usage import Usage
from chatd.store import Outcome, Reader, Store, Tx

T = TypeVar("T")


@dataclass(slots=True)
class Chat:
    """One node's parts. `write` and `read` are the two ways to the database."""

    config: Config
    store: Store
    hub: Hub
    clock: Clock
    chance: TokenSource
    passwords: Passwords
    tokens: Tokens
    throttle: SignInThrottle
    door: Door
    drawing: Drawing
    fetcher: Fetcher
    draining: bool = False
    upgrades_waiting: int = 0
    missed: Callable[[], None] = lambda: None  # control rows were pruned before this node saw them
    token_uses: Usage = field(default_factory=Usage)
    webhook_uses: Usage = field(default_factory=Usage)
    pulse: Pulse = field(default_factory=Pulse)
    allowances: Allowances = field(default_factory=Allowances)
    pictures_coming: OneAtATime = field(default_factory=OneAtATime)
    exports_going: OneAtATime = field(default_factory=OneAtATime)
    relay_asked_at: float | None = None  # monotonic; and whether it takes every address
    relay_takes_all: bool = True
    background: set[Any] = field(default_factory=set)  # tasks that nobody awaits, kept from the garbage collector

    @property
    def auto_join(self) -> bool:
        return self.config.chat.auto_join_public_channels

    def new_id(self) -> str:
        return self.chance.id(self.clock.now())

    async def write(self, deed: Callable[[Tx], T], actor: Actor | None = None) -> T:
        """Queue `deed` before the first wait; done when it is committed and told on this node."""
        return await self.store.write(deed, asking=actor)

    async def read(self, look: Callable[[Reader], T]) -> T:
        return await self.store.read(look)

    def tell(self, outcome: Outcome) -> None:
        """Apply a committed write: rights first, in the order of the database, then content."""
        if outcome.foreign and outcome.foreign[0].id > self.hub.cursor + 1:
            self.missed()
        for row in outcome.foreign:
            self.hub.apply(row.id, row.kind, row.body, own=False)
        for row in outcome.rows:
            self.hub.apply(row.id, row.kind, row.body, own=True, asking=outcome.asking)
        for action in outcome.unaudited:
            self.allowances.leave_out(action)
        for event in outcome.events:
            self.pulse.messages += event.type == "message.created"
            encoded = frames.event(event.type, event.payload, event.channel_id, event.seq)
            self.hub.publish(event.channel_id, event.seq, encoded)
