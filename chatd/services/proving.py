"""Hearing a second proof: throttled by place, account and session, so that a stolen session is no way to guess."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from chatd.auth.throttle import Guess
from chatd.domain.errors import CloseCode
from chatd.domain.models import Actor
from chatd.services import revocation, witness
from chatd.services.chat import Chat
from chatd.store import Tx, sessions


@asynccontextmanager
async def hearing(chat: Chat, actor: Actor) -> AsyncIterator[Guess]:
    """Hear one proof of somebody who is signed in; whoever finds it wrong sets `failed`. Raises `rate_limited`.

    After five wrong ones a session is heard again in a quarter of an hour, after ten it ends.
    """
    throttle, guess = chat.throttle, Guess()
    try:
        async with (
            throttle.guess(actor.user_id, actor.ip) as here,
            throttle.second_factor(actor.user_id, actor.session_id, guess),
        ):
            try:
                yield guess
            finally:
                here.failed = guess.failed
    finally:
        if guess.ends_session:
            await _end_session(chat, actor)


async def _end_session(chat: Chat, actor: Actor) -> None:
    def deed(tx: Tx) -> None:
        assert actor.session_id is not None
        found = sessions.get(tx.connection, actor.session_id, tx.now)
        if found is not None:
            revocation.end(tx, [found.session], CloseCode.SESSION_REVOKED, by=None)
            witness.of_himself(tx, chat, found.session, "session.guessedWrong")

    await chat.write(deed, actor)
