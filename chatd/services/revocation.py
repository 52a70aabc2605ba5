"""The one road by which any session ends: rows and control_log in one transaction; the hub then cuts the sockets.

Commit, drop subscriptions, `bye`, close, hint to the other nodes, reply: in this order for every reason there is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chatd.domain.errors import CloseCode, not_found
from chatd.domain.models import Actor, Session
from chatd.protocol.control import Control
from chatd.protocol.shapes import RevokedReply
from chatd.services import witness
from chatd.services.asking import (
    audit,
    require_admin_asker,
    require_free,
    require_session,
    require_sign_in,
    require_user,
)
from chatd.services.chat import Chat
from chatd.store import Reader, Tx, links, sessions, tokens, users

EXPIRED_BATCH = 200
ROW_SESSIONS = 500  # sessions in one row of control_log


@dataclass(slots=True, frozen=True)
class Ended:
    """How many sessions ended, and the control rows that say so to every node."""

    sessions: int
    rows: list[int]


def end(tx: Tx, ending: Iterable[Session], code: CloseCode, *, by: str | None) -> Ended:
    """End sessions: worth nothing from the commit on, their sockets cut before the caller hears of it."""
    ending = list(ending)
    sessions.delete_many(tx.connection, [session.id for session in ending])
    return cut(tx, ending, code, by=by)


def cut(tx: Tx, held: Iterable[Session], code: CloseCode, *, by: str | None) -> Ended:
    """Cut the sockets of sessions: of those that have ended, or of tokens that are refused for a while only."""
    pairs = [[session.id, session.user_id] for session in held]
    rows = [
        tx.control(Control.SESSIONS_ENDED, sessions=pairs[start : start + ROW_SESSIONS], code=int(code), by=by)
        for start in range(0, len(pairs), ROW_SESSIONS)
    ]
    return Ended(len(pairs), rows)


def end_all(tx: Tx, user_id: str, code: CloseCode, *, by: str | None, but: str | None = None) -> Ended:
    """End every sign-in of a user, `but` one, and the links of letters to them. Their tokens stay."""
    links.drop_of_user(tx.connection, user_id)
    everything = sessions.of_user(tx.connection, user_id, now=0)  # expired ones too: they may still have sockets
    return end(tx, [session for session in everything if session.id != but], code, by=by)


def end_tokens(tx: Tx, user_id: str, *, by: str) -> int:
    """End the tokens of a user and of their bots: whoever held a session may have made them. How many."""
    holders = [user_id, *(bot.id for bot in users.bots_of(tx.connection, [user_id]))]
    return end(tx, tokens.of_users(tx.connection, holders), CloseCode.SESSION_REVOKED, by=by).sessions


def end_everything(tx: Tx, user_id: str, code: CloseCode, *, by: str | None) -> Ended:
    """End every sign-in and every token of a user who goes for good."""
    ended = end_all(tx, user_id, code, by=by)
    revoked = end(tx, tokens.of_users(tx.connection, [user_id]), code, by=by)
    return Ended(ended.sessions + revoked.sessions, ended.rows + revoked.rows)


def cut_what_was_made(tx: Tx, maker_id: str) -> None:
    """Cut the sockets of tokens that an administrator made for others: they are refused while the maker is none."""
    cut(tx, tokens.made_for_others(tx.connection, maker_id), CloseCode.SESSION_REVOKED, by="admin")


async def sign_out(chat: Chat, actor: Actor) -> None:
    """End the current session only; nothing to do when it has ended already."""

    def deed(tx: Tx) -> None:
        assert actor.session_id is not None
        found = sessions.get(tx.connection, actor.session_id, tx.now)
        if found is not None:
            require_sign_in(found)
            end(tx, [found.session], CloseCode.SIGNED_OUT, by="self")
            witness.of_himself(tx, chat, found.session, "signIn.ended")

    await chat.write(deed, actor)


async def revoke_own(chat: Chat, actor: Actor, session_id: str) -> None:
    """End one of one's own sessions, perhaps this one."""

    def deed(tx: Tx) -> None:
        require_sign_in(require_free(require_session(tx, actor)))
        found = sessions.get(tx.connection, session_id, tx.now)
        if found is None or found.user.id != actor.user_id or found.session.kind == "token":
            raise not_found("There is no such session of yours; it may have ended already.")
        end(tx, [found.session], CloseCode.SESSION_REVOKED, by="self")
        witness.of_himself(tx, chat, found.session, "session.revokedByOwner")

    await chat.write(deed, actor)


async def sign_out_others(chat: Chat, actor: Actor) -> int:
    """End all of one's own sessions but this one; how many."""

    def deed(tx: Tx) -> int:
        asking = require_sign_in(require_free(require_session(tx, actor)))
        ended = end_all(tx, asking.user.id, CloseCode.SESSION_REVOKED, by="self", but=actor.session_id).sessions
        if ended:
            witness.of_himself(tx, chat, asking.session, "session.othersRevoked", sessions=ended)
        return ended

    return await chat.write(deed, actor)


async def revoke(chat: Chat, actor: Actor, session_id: str) -> None:
    """An administrator ends anybody's session."""

    def deed(tx: Tx) -> None:
        require_admin_asker(tx, actor)
        found = sessions.get(tx.connection, session_id, tx.now)
        if found is None or found.session.kind == "token":
            raise not_found("There is no such session; it may have ended already.")
        end(tx, [found.session], CloseCode.SESSION_REVOKED, by="admin")
        audit(tx, actor, "session.revoked", found.user.id, sessionId=session_id)

    await chat.write(deed, actor)


async def revoke_user(chat: Chat, actor: Actor, user_id: str, *, with_tokens: bool = False) -> RevokedReply:
    """An administrator ends all sign-ins of one user, the asking one included; without `with_tokens` tokens stay."""

    def deed(tx: Tx) -> RevokedReply:
        require_admin_asker(tx, actor)
        require_user(tx, user_id)
        ended = end_all(tx, user_id, CloseCode.SESSION_REVOKED, by="admin").sessions
        revoked = end_tokens(tx, user_id, by="admin") if with_tokens else 0
        audit(tx, actor, "session.allOfUserRevoked", user_id, sessions=ended, tokens=revoked)
        return {"revoked": ended, "tokens": revoked}

    return await chat.write(deed, actor)


async def revoke_all(chat: Chat, actor: Actor, *, with_tokens: bool = False) -> RevokedReply:
    """An administrator ends all sign-ins but the asking one (FEATURES F42), and all tokens `with_tokens`.

    Those of the server itself stay: they belong to no person, and the list of tokens ends them.
    """

    def deed(tx: Tx) -> RevokedReply:
        require_admin_asker(tx, actor)
        everything = sessions.everybodys(tx.connection)
        others = [session for session in everything if session.id != actor.session_id]
        links.drop_of_everybody(tx.connection)
        ended = end(tx, others, CloseCode.SESSION_REVOKED, by="admin").sessions
        revoked = 0
        if with_tokens:
            peoples = [token for token in tokens.everybodys(tx.connection) if token.id != actor.session_id]
            revoked = end(tx, peoples, CloseCode.SESSION_REVOKED, by="admin").sessions
        audit(tx, actor, "session.allRevoked", None, sessions=ended, tokens=revoked)
        return {"revoked": ended, "tokens": revoked}

    return await chat.write(deed, actor)


async def end_expired(chat: Chat) -> int:
    """End sessions whose time is over; how many. Called again and again by every node."""

    def deed(tx: Tx) -> int:
        late = sessions.expired(tx.connection, tx.now, EXPIRED_BATCH)
        return end(tx, late, CloseCode.SESSION_EXPIRED, by=None).sessions

    return await chat.write(deed)


def any_expired(chat: Chat, connection: Reader) -> bool:
    return bool(sessions.expired(connection, chat.clock.now(), 1))
