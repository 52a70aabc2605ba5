"""How somebody signs in, stays signed in and is known again. Rights are not judged here."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal

from chatd.auth.door import Credential, Knock
from chatd.auth.tokens import HOST_MARK, PREFIX, hashed
from chatd.domain.errors import ChatError, CloseCode, ErrorCode, unauthenticated
from chatd.domain.models import Session, User
from chatd.domain.rules import require_seat
from chatd.domain.text import email_key, require_email
from chatd.protocol import views
from chatd.protocol.control import Control
from chatd.services import accounts, link_letters, mail, new_password, restrictions, revocation, two_step, witness
from chatd.services.accounts import NewUser
from chatd.services.chat import Chat
from chatd.services.place import Place
from chatd.services.proving import hearing_code
from chatd.store import Reader, Tx, sessions, settings, users
from chatd.store.sessions import SignedIn

WRONG = "The name or the password is wrong. Check the spelling, capitals and spaces too."
UNVERIFIED = "Confirm your e-mail address first: a letter with a link is on its way to you."
DAY_MS = 86_400_000
SLIDE_MS = 60_000  # `expiresAt` moves at most once a minute


@dataclass(slots=True, frozen=True)
class SignIn:
    """A new session with the secret of its cookie, or one whose tokens were renewed (then without)."""

    session: Session
    user: User
    cookie: str | None


def _refused(reason: Literal["unknown", "deactivated"] = "unknown") -> ChatError:
    if reason == "deactivated":
        return ChatError(ErrorCode.ACCOUNT_DEACTIVATED, "This account is deactivated. Ask an administrator.")
    return unauthenticated(WRONG)


def _life_ms(chat: Chat, *, remember: bool) -> int:
    auth = chat.config.auth
    return 1000 * (auth.remember_me_expiry_seconds if remember else auth.refresh_token_expiry_seconds)


def last_moment(chat: Chat, created_at: int) -> int:
    """When a sign-in ends, however often it is used (`server.sessionMaxDays`)."""
    return created_at + chat.config.server.session_max_days * DAY_MS


def require_open(tx: Tx, user_id: str, password_version: int | None = None) -> users.Credentials:
    """The account as it is now, if anybody may sign in as it, with the password that was checked."""
    found = users.credentials(tx.connection, user_id)
    if found is None or (password_version is not None and found.password_version != password_version):
        raise _refused()
    if found.user.role == "bot":  # whatever address or password it was given: it has tokens
        raise _refused()
    if found.user.deactivated_at is not None:
        raise _refused("deactivated")
    return found


def open_session(
    tx: Tx, chat: Chat, user_id: str, place: Place, password_version: int | None, *, way: str = "password"
) -> SignIn:
    """Insert a session and end the surplus oldest, in one transaction that re-reads the user.

    `password_version` is that of the password that was checked: changed meanwhile, it counts no more.
    """
    found = require_open(tx, user_id, password_version)
    cookie = (HOST_MARK if place.secure else "") + chat.chance.token()
    known = found.user.last_login_at is None or sessions.was_here(tx.connection, user_id, place.ip, place.user_agent)
    session = Session(
        id=chat.chance.id(tx.now),
        user_id=user_id,
        created_at=tx.now,
        last_active_at=tx.now,
        expires_at=min(tx.now + _life_ms(chat, remember=place.remember), last_moment(chat, tx.now)),
        ip=place.ip,
        user_agent=place.user_agent,
        remember=place.remember,
        new_place=not known,
        restricted=restrictions.of_sign_in(
            tx.connection, found.user, require_password_change=found.require_password_change
        ),
        refresh_number=1,
    )
    values = {name: getattr(session, name) for name in Session.__dataclass_fields__}
    sessions.insert_session(tx.connection, **values, token_hash=hashed(cookie))
    _make_room(tx, chat, found.user, session)
    shape = views.session(session, current=False, sockets=0)
    tx.control(Control.SESSION_STARTED, session=shape, userId=user_id, sessionId=session.id)
    mail.tell_of_sign_in(tx, chat, found.user, session)
    witness.succeeded(tx, chat, session, way)
    was_pending = found.user.status == "pending"
    users.update_user(tx.connection, user_id, last_login_at=tx.now)
    user = accounts.tell(tx, "user.updated", user_id) if was_pending else users.get(tx.connection, user_id)
    assert user is not None
    return SignIn(session, user, cookie)


def _make_room(tx: Tx, chat: Chat, user: User, new: Session) -> None:
    """End the oldest sessions over the limit (FEATURES M32, M33); bots are exempt (A5-8)."""
    limit = user.session_limit if user.session_limit is not None else chat.config.auth.max_active_sessions
    if limit == 0 or user.role == "bot":
        return
    others = [session for session in sessions.of_user(tx.connection, user.id, tx.now) if session.id != new.id]
    surplus = others[: max(0, len(others) + 1 - limit)]
    revocation.end(tx, surplus, CloseCode.SESSION_LIMIT, by=None)
    for session in surplus:
        witness.of_himself(tx, chat, session, "session.limitReached")


def must_verify(tx: Tx, chat: Chat, user: User) -> bool:
    """Does the server let in only whose address is confirmed (FEATURES R21)? Administrators always come in."""
    if not chat.config.email.is_configured or user.email is None or user.email_verified or user.role == "admin":
        return False
    return bool(settings.get_all(tx.connection)["requireVerifiedEmail"])


async def by_password(chat: Chat, login: str, password: str, place: Place, totp: str | None = None) -> SignIn:
    """Sign in with a password, and a code where two-step sign-in is on.

    Unknown name and wrong password: the same answer after the same time. A wrong code counts as a failure too.
    """

    login = email_key(login) if "@" in login else login.strip()

    def deed(tx: Tx) -> SignIn:
        assert found is not None
        user = require_open(tx, found.user.id, found.password_version).user
        if must_verify(tx, chat, user):
            raise ChatError(ErrorCode.FORBIDDEN, UNVERIFIED, "email")
        two_step.require_code(tx, user, totp)  # last: it uses the code up, and what is refused must change nothing
        return open_session(tx, chat, found.user.id, place, found.password_version)

    async with witness.sign_in(chat, login, place), chat.throttle.guess(login, place.ip) as guess:
        found = await chat.read(lambda connection: users.by_login(connection, login))
        if found is None or not await chat.read(lambda at: sessions.has_been_at(at, found.user.id, place.ip)):
            await chat.throttle.require_not_hunted(login)
        guess.failed = not await chat.passwords.matches(password, found.password_hash if found else None, by=place.ip)
        if found is None or guess.failed:
            raise _refused()
        try:
            async with hearing_code(chat, found.user, totp):
                return await chat.write(deed)
        except ChatError as error:
            guess.failed = error.code is ErrorCode.UNAUTHENTICATED
            if error.message == UNVERIFIED:
                user, email = found.user, found.user.email or ""
                await chat.write(lambda tx: link_letters.send_verification(tx, chat, user, email))
            raise


async def for_tests(chat: Chat, email: str, place: Place) -> SignIn:
    """Dev mode: whoever names an address is let in; an unknown one becomes a user where anybody may register."""
    email = require_email(email)

    def deed(tx: Tx) -> SignIn | None:
        found = users.by_login(tx.connection, email)
        if found is None and chat.config.auth.is_invite_required:
            return None
        user_id = found.user.id if found else _register(tx, chat, NewUser(None, email, None)).id
        return open_session(tx, chat, user_id, place, None, way="dev")

    async with witness.sign_in(chat, email, place), chat.throttle.guess(email, place.ip) as guess:
        signed_in = await chat.write(deed)
        guess.failed = signed_in is None
        if signed_in is None:
            raise unauthenticated("Nobody with this address was added here; ask an administrator.")
    return signed_in


def _register(tx: Tx, chat: Chat, new: NewUser) -> User:
    """Somebody makes his own account: it counts as signed in from the start, so everybody hears of it once."""
    return accounts.create(
        tx,
        chat,
        NewUser(
            new.user_name,
            new.email,
            new.display_name,
            "user",
            new.password_hash,
            "chosen",
            last_login_at=tx.now,
        ),
    )


async def register(
    chat: Chat,
    email: str,
    password: str,
    user_name: str | None,
    display_name: str | None,
    place: Place,
    admit: Callable[[Tx], Callable[[], None]] | None = None,
    admits: Callable[[Reader, int], object] | None = None,
) -> SignIn:
    """Make one's own account and sign in (FEATURES F09-F12); always a regular user.

    Where only those come in whose address is confirmed, the account is made, a letter is sent, and this is refused like
    a sign-in.

    `admit` lets somebody in who has a link, in the same transaction, where registration is not open to all: it
    refuses before anything is changed, and what it returns counts them once they have their account. `admits` asks the
    same beforehand: the hash of a password is dear, and comes last.
    """

    def look(connection: Reader) -> None:
        if admits is not None:
            admits(connection, chat.clock.now())
        accounts.require_not_taken(connection, email, user_name)
        require_seat(users.seats_used(connection), chat.config.server.max_seats)

    def deed(tx: Tx) -> SignIn | None:
        count = admit(tx) if admit is not None else None
        user = _register(tx, chat, new)
        if count is not None:
            count()
        if must_verify(tx, chat, user):
            link_letters.send_verification(tx, chat, user, email)
            return None
        return open_session(tx, chat, user.id, place, None, way="registration")

    async with witness.registration(chat, place), _registering(chat, place):
        if chat.config.auth.is_invite_required and admit is None:
            raise ChatError(ErrorCode.REGISTRATION_DISABLED, "Registration is disabled")
        user_name, address = accounts.require_names(user_name, email)
        email = address or email
        await chat.read(look)
        password_hash = await new_password.hashed(chat, password, by=place.ip)
        new = NewUser(user_name, email, display_name, password_hash=password_hash)
        signed_in = await chat.write(deed)
    if signed_in is None:
        raise ChatError(ErrorCode.FORBIDDEN, UNVERIFIED, "email")
    return signed_in


@asynccontextmanager
async def _registering(chat: Chat, place: Place) -> AsyncIterator[None]:
    """Refusals count as failures: nobody tries in bulk which addresses have an account, or which links are good."""
    async with chat.throttle.guess("register", place.ip) as guess:
        try:
            yield
        except ChatError as error:
            guess.failed = error.code in (ErrorCode.CONFLICT, ErrorCode.REGISTRATION_DISABLED)
            raise


async def refresh(chat: Chat, token: str) -> tuple[SignIn, int]:
    """A new pair for a refresh token; (the session, the number of its next refresh token).

    The token before the last is accepted until its successor has been used: the answer may have been lost. An older
    one has been stolen or copied, so the session ends (RFC 9700 section 4.14.2).
    """
    claim = chat.tokens.read_refresh(token)
    if claim is None:
        raise unauthenticated("This refresh token is not valid; sign in again.")

    def deed(tx: Tx) -> tuple[SignIn, int] | None:
        found = sessions.get(tx.connection, claim.session_id, tx.now)
        if found is None or claim.number > found.session.refresh_number:
            raise unauthenticated()
        if claim.number < found.session.refresh_number - 1:
            revocation.end(tx, [found.session], CloseCode.SESSION_REVOKED, by=None)
            witness.of_himself(tx, chat, found.session, "session.refreshedTwice")
            return None
        restrictions.settle(tx, found.user.id)  # it may be older than the rule
        found = sessions.get(tx.connection, claim.session_id, tx.now) or found
        if claim.number == found.session.refresh_number:
            sessions.set_refresh_number(tx.connection, claim.session_id, claim.number + 1)
        return SignIn(found.session, found.user, None), claim.number + 1

    renewed = await chat.write(deed)
    if renewed is None:
        raise unauthenticated("This refresh token was used before, so the session was ended; sign in again.")
    slide(chat, renewed[0].session)
    return renewed


async def identify(chat: Chat, knock: Knock) -> SignedIn:
    """Whose request this is. Raises `unauthenticated`."""
    credential = knock.credential
    if credential is None:
        raise unauthenticated("Sign in first.")
    found = await chat.read(lambda connection: look_up(chat, connection, credential))
    if found is None:
        raise unauthenticated()
    slide(chat, found.session)
    return found


def look_up(chat: Chat, connection: Reader, credential: Credential) -> SignedIn | None:
    """The live session that a credential stands for."""
    now = chat.clock.now()
    if credential.kind == "cookie":
        return sessions.by_token(connection, hashed(credential.token), "sign_in", now)
    if credential.token.startswith(PREFIX):
        return sessions.by_token(connection, hashed(credential.token), "token", now)
    session_id = chat.tokens.session_of(credential.token, now)
    return sessions.get(connection, session_id, now) if session_id is not None else None


def count_use(chat: Chat, session: Session) -> None:
    """One more request or socket of a token; of a sign-in nobody counts them."""
    if session.kind == "token":
        chat.token_uses.add(session.id, chat.clock.now())


def slide(chat: Chat, session: Session) -> None:
    """Being used keeps a sign-in alive; written at most once a minute, without making anybody wait."""
    now = chat.clock.now()
    if session.kind == "token":
        return
    if now - session.last_active_at < SLIDE_MS or chat.draining:
        return
    expires_at = min(now + _life_ms(chat, remember=session.remember), last_moment(chat, session.created_at))
    moved = [(session.id, now, expires_at)]
    future = chat.store.write(lambda tx: sessions.slide(tx.connection, moved))
    future.add_done_callback(lambda done: done.cancelled() or done.exception())


async def slide_live(chat: Chat) -> None:
    """Slide the sessions whose sockets answered a heartbeat since the last call."""
    answered = [session for session in chat.hub.sessions.values() if session.active_at]
    for start in range(0, len(answered), 500):
        moved = []
        for live in answered[start : start + 500]:
            live.expires_at = min(live.active_at + _life_ms(chat, remember=live.remember), live.ends_at)
            moved.append((live.id, live.active_at, live.expires_at))
            live.active_at = 0
        await chat.write(lambda tx, moved=moved: sessions.slide(tx.connection, moved))  # type: ignore[misc]
