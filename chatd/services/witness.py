"""Sign-in events and refusals as the audit log keeps them (FEATURES F40). Deeds of administrators are audited in them.

What a stranger typed as a name is not kept: now and then it is a password.
"""

import contextlib
import logging
from collections.abc import AsyncIterator

from chatd.auth.address import place as of_place
from chatd.domain.audited import Action
from chatd.domain.errors import ChatError, ErrorCode
from chatd.domain.models import Actor, Session
from chatd.services.allowance import Allowance
from chatd.services.asking import audit, write_down
from chatd.services.chat import Chat
from chatd.services.place import Place
from chatd.store import Tx, users
from chatd.store import audit as entries

DAY_MS = 86_400_000
PRUNED_AT_ONCE = 1000
log = logging.getLogger("chatd.sign_in")
# Why it failed, in one word. A code that is missing is no failure: the page asks for it after the password.
_REASONS = {
    ErrorCode.RATE_LIMITED: "rate",
    ErrorCode.ACCOUNT_DEACTIVATED: "deactivated",
}
_NOT_REGISTERED = {
    ErrorCode.REGISTRATION_DISABLED: "closed",
    ErrorCode.CONFLICT: "taken",  # whoever tries addresses finds out who has an account
    ErrorCode.SEAT_LIMIT: "full",
}


def succeeded(tx: Tx, chat: Chat, session: Session, way: str) -> None:
    """Somebody came in, in the transaction that let him in."""
    of_himself(tx, chat, session, "signIn.succeeded", way=way, newPlace=session.new_place)


def of_himself(tx: Tx, chat: Chat, session: Session, action: Action, **more: object) -> None:
    """What somebody did with a sign-in of his own, or what became of it."""
    if not chat.allowances.sign_ins.take(session.user_id, chat.clock.monotonic()):
        chat.allowances.leave_out(action)
        return
    detail = {"sessionId": session.id} | more
    who, place = session.user_id, {"ip": session.ip, "user_agent": session.user_agent}
    write_down(tx, action, who, who, **place, detail=detail)


@contextlib.asynccontextmanager
async def sign_in(chat: Chat, login: str, place: Place) -> AsyncIterator[None]:
    """Write down a sign-in that is refused in this block; the refusal goes on."""
    try:
        yield
    except ChatError as error:
        await _failed(chat, login, place, error)
        raise


async def _failed(chat: Chat, login: str, place: Place, error: ChatError) -> None:
    reason = _REASONS.get(error.code)
    if error.code is ErrorCode.UNAUTHENTICATED:
        reason = "code" if error.field == "totp" else "password"
    elif error.code is ErrorCode.FORBIDDEN:
        reason = "unverified"
    if reason is None:
        return
    log.info("sign-in failed", extra={"reason": reason, "address": place.ip})

    def deed(tx: Tx) -> None:
        found = users.by_login(tx.connection, login) if login else None
        why = "unknown" if found is None and reason == "password" else reason
        target_id = found.user.id if found is not None else None
        where = {"ip": place.ip, "user_agent": place.user_agent}
        write_down(tx, "signIn.failed", None, target_id, **where, detail={"reason": why})

    if _may(chat, chat.allowances.failures, of_place(place.ip), "signIn.failed"):
        with contextlib.suppress(ChatError):  # a full queue must not change what the stranger hears
            await chat.write(deed)


@contextlib.asynccontextmanager
async def registration(chat: Chat, place: Place) -> AsyncIterator[None]:
    """Write down that somebody was not let in who wanted to make an account; the refusal goes on."""
    try:
        yield
    except ChatError as error:
        if reason := _NOT_REGISTERED.get(error.code):
            await _refused(chat, place, "registration.refused", reason=reason)
        raise


@contextlib.asynccontextmanager
async def link(chat: Chat, place: Place, kind: str) -> AsyncIterator[None]:
    """Write down that a link opened nothing, or not without a right code; the refusal goes on."""
    try:
        yield
    except ChatError as error:
        if error.code in (ErrorCode.NOT_FOUND, ErrorCode.UNAUTHENTICATED):
            reason = "code" if error.field == "totp" else "worthless"
            await _refused(chat, place, "link.refused", kind=kind, reason=reason)
        raise


async def _refused(chat: Chat, place: Place, action: Action, **detail: str) -> None:
    """What a stranger was refused: nothing of what he typed is kept."""
    if _may(chat, chat.allowances.failures, of_place(place.ip), action):
        where = {"ip": place.ip, "user_agent": place.user_agent}
        with contextlib.suppress(ChatError):  # as above
            await chat.write(lambda tx: write_down(tx, action, None, None, **where, detail=detail))


def forgot(tx: Tx, chat: Chat, place: Place, user_id: str | None, **why: str) -> None:
    """Somebody says that he forgot his password, in the transaction that sends a letter, or knows why it does not."""
    if _may(chat, chat.allowances.failures, of_place(place.ip), "user.passwordForgotten"):
        where = {"ip": place.ip, "user_agent": place.user_agent}
        write_down(tx, "user.passwordForgotten", None, user_id, **where, detail=why)


async def failed_proof(chat: Chat, actor: Actor, action: Action) -> None:
    """Somebody signed in gave a wrong password or code where it is asked for again."""
    if _may(chat, chat.allowances.failures, of_place(actor.ip), action):
        await chat.write(lambda tx: audit(tx, actor, action, actor.user_id))


async def denied(chat: Chat, actor: Actor, type: str) -> None:
    """Somebody tried what only administrators may (FEATURES M01)."""
    if _may(chat, chat.allowances.denials, actor.user_id, "denied"):
        await chat.write(lambda tx: audit(tx, actor, "denied", actor.user_id, request=type))


def _may(chat: Chat, allowance: Allowance, key: str, action: Action) -> bool:
    if allowance.take(key, chat.clock.monotonic()):
        return True
    chat.allowances.leave_out(action)
    return False


async def prune(chat: Chat) -> None:
    """Delete entries over `chat.auditRetentionDays`, in slices, so that nobody waits long behind one."""
    days = chat.config.chat.audit_retention_days
    if days == 0:
        return
    before = chat.clock.now() - days * DAY_MS
    while await chat.write(lambda tx: entries.prune(tx.connection, before, PRUNED_AT_ONCE)) == PRUNED_AT_ONCE:
        pass


async def write_left_out(chat: Chat) -> None:
    """One row for all that was not written since the last time: how often of each kind."""
    left_out = chat.allowances.take_left_out()
    if left_out:
        await chat.write(lambda tx: write_down(tx, "audit.leftOut", None, None, ip="", user_agent="", detail=left_out))
