"""Hearing a second proof: counted by account and by session, so that nobody inside, or with a password, guesses it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from chatd.auth.throttle import Guess
from chatd.domain.errors import ChatError, CloseCode, ErrorCode
from chatd.domain.models import Actor, User
from chatd.services import revocation, witness
from chatd.services.chat import Chat
from chatd.store import Tx, guesses, sessions
from chatd.store.guesses import OF_ACCOUNT, OF_SESSION, Counted

ENDS_SESSION = 10  # wrong ones in a row, however long they take
TOO_MANY = "Too many wrong codes or passwords. Wait a quarter of an hour, then try again."


@asynccontextmanager
async def hearing(chat: Chat, actor: Actor) -> AsyncIterator[Guess]:
    """Hear one proof of somebody who is signed in; whoever finds it wrong sets `failed`. Raises `rate_limited`.

    After five wrong ones in a row a session is heard again in a quarter of an hour, after ten it ends.
    """
    assert actor.session_id is not None
    guess = Guess()
    async with chat.throttle.guess(actor.user_id, actor.ip) as here:
        try:
            async with _counted(chat, OF_SESSION, actor.session_id, guess):
                yield guess
        finally:
            here.failed = guess.failed
            if guess.failed and chat.throttle.enabled:
                await _end_if_guessing(chat, actor)


@asynccontextmanager
async def hearing_code(chat: Chat, user: User | None, code: str | None) -> AsyncIterator[None]:
    """The second step of a sign-in, ten wrong ones in a row at most: whoever tries knows the password already."""
    if user is None or not user.totp_enabled or code is None:
        yield
        return
    guess = Guess()
    async with _counted(chat, OF_ACCOUNT, user.id, guess):
        try:
            yield
        except ChatError as error:
            guess.failed = error.field == "totp"
            raise


@asynccontextmanager
async def _counted(chat: Chat, whose: Counted, id: str, guess: Guess) -> AsyncIterator[None]:
    if not chat.throttle.enabled:
        yield
        return
    if wait := await chat.write(lambda tx: guesses.begin(tx.connection, whose, id, tx.now)):
        raise ChatError(ErrorCode.RATE_LIMITED, TOO_MANY, retry_after_ms=wait)
    try:
        yield
    except BaseException:
        if not guess.failed:  # it was refused for something else: a busy server, a full queue
            await chat.write(lambda tx: guesses.take_back(tx.connection, whose, id))
        raise
    if not guess.failed:
        await chat.write(lambda tx: guesses.forgive(tx.connection, whose, id))


async def _end_if_guessing(chat: Chat, actor: Actor) -> None:
    def deed(tx: Tx) -> None:
        assert actor.session_id is not None
        found = sessions.get(tx.connection, actor.session_id, tx.now)
        if found is not None and guesses.wrong(tx.connection, OF_SESSION, actor.session_id) >= ENDS_SESSION:
            revocation.end(tx, [found.session], CloseCode.SESSION_REVOKED, by=None)
            witness.of_himself(tx, chat, found.session, "session.guessedWrong")

    await chat.write(deed, actor)
