"""Getting in by a link: invitations, forgotten passwords, confirmed addresses, links to register with."""

from collections.abc import Callable
from typing import Any

from chatd.auth.passwords import random_password
from chatd.auth.tokens import hashed
from chatd.domain import mails as letters
from chatd.domain.errors import ChatError, CloseCode, ErrorCode, conflict, invalid, not_found
from chatd.domain.models import Actor, Role, User
from chatd.domain.rules import MAX_JOIN_LINKS
from chatd.domain.text import require_email
from chatd.protocol.shapes import EndedReply, InviteResult, JoinLinkShape
from chatd.services import accounts, mail, new_password, revocation, two_step, witness
from chatd.services.accounts import NewUser
from chatd.services.asking import audit, require_admin_asker, require_user
from chatd.services.chat import Chat
from chatd.services.link_letters import AGAIN_AFTER_MS, DAY_MS, make, send_invitation
from chatd.services.place import Place
from chatd.services.proving import hearing_code
from chatd.services.reading import require_admin_reader
from chatd.services.sign_in import SignIn, open_session, require_open
from chatd.store import Reader, Tx, links, users
from chatd.store.links import Link

RESET_MINUTES = 30
INVITE_DAYS = 3
WORTHLESS = "This link is not valid any more: it was used, or its time is over. Ask for a new one."


async def add(chat: Chat, actor: Actor, *, welcome: bool, random: bool = False, **account: Any) -> User:
    """An administrator makes an account; who gets no password is sent a link to choose it (FEATURES R26, M12).

    A `random` one is sent to its owner and is to be changed at the first sign-in (FEATURES R31-R33).
    """
    if welcome or random:
        mail.require_configured(chat)
        if account["email"] is None:  # before anything is written: what is refused must have changed nothing
            raise _no_address()
    if account["email"] is not None and (welcome or random or account["password"] is None):
        await mail.require_deliverable(chat, account["email"])
    if random:
        if account["password"] is not None:
            raise invalid("Give a password or have one made, not both.", "password")
        account |= {"password": random_password(chat.config.auth.password_policy), "require_change": True}

    def then(tx: Tx, user: User) -> None:
        if account["password"] is None:
            send_invitation(tx, chat, user, by=actor.user_id, days=INVITE_DAYS)
        elif random:
            _send_password(tx, chat, user, account["password"])
        elif welcome and user.email is not None:
            mail.queue(tx, user.email, letters.welcome(mail.server_name(tx), mail.page_address(chat), user.user_name))

    return await accounts.add(chat, actor, **account, then=then)


def _no_address() -> ChatError:
    return conflict("This user has no e-mail address.", "email")


def _send_password(tx: Tx, chat: Chat, user: User, password: str) -> None:
    if user.email is None:
        raise _no_address()
    words = letters.password_set(mail.server_name(tx), mail.page_address(chat), user.user_name, password)
    mail.queue(tx, user.email, words)


async def reset_by_email(chat: Chat, actor: Actor, user_id: str, *, revoke: bool, tokens: bool = False) -> EndedReply:
    """A random password, which only its owner is told (FEATURES R31-R33). How much ended."""
    mail.require_configured(chat)
    password = random_password(chat.config.auth.password_policy)

    def send(tx: Tx, user: User) -> None:
        _send_password(tx, chat, user, password)

    return await accounts.reset_password(
        chat, actor, user_id, password, require_change=True, revoke=revoke, tokens=tokens, first=send
    )


async def invite(chat: Chat, actor: Actor, emails: list[str], role: Role, days: int) -> list[InviteResult]:
    """Accounts for these addresses and a letter to each (FEATURES R03); one that is refused does not sink the rest."""
    mail.require_configured(chat)
    return [await _invite_one(chat, actor, email, role, days) for email in dict.fromkeys(emails)]


async def _invite_one(chat: Chat, actor: Actor, email: str, role: Role, days: int) -> InviteResult:
    def deed(tx: Tx) -> User:
        require_admin_asker(tx, actor)
        user = accounts.create(tx, chat, NewUser(None, address, None, role))
        send_invitation(tx, chat, user, by=actor.user_id, days=days)
        audit(tx, actor, "user.invited", user.id, email=address, role=role)
        return user

    try:
        address = require_email(email)
        await mail.require_deliverable(chat, address)
        user = await chat.write(deed, actor)
    except ChatError as error:
        if error.code in (ErrorCode.FORBIDDEN, ErrorCode.UNAUTHENTICATED, ErrorCode.UNAVAILABLE):
            raise
        return {"email": email, "userId": None, "code": error.code.value, "message": error.message}
    return {"email": email, "userId": user.id, "code": None, "message": None}


async def resend_welcome(chat: Chat, actor: Actor, user_id: str, days: int) -> None:
    """A new letter to somebody who never signed in (FEATURES RX16)."""
    mail.require_configured(chat)

    def deed(tx: Tx) -> None:
        require_admin_asker(tx, actor)
        user = require_user(tx, user_id)
        if user.status != "pending":
            raise conflict("This user has signed in already, or is deactivated.")
        if user.email is None:
            raise _no_address()
        send_invitation(tx, chat, user, by=actor.user_id, days=days)
        audit(tx, actor, "user.welcomed", user_id)

    await chat.write(deed, actor)


async def forgot_password(chat: Chat, email: str, place: Place) -> None:
    """A link to choose a new password, if this address is somebody's; the same silence if not (FEATURES M19)."""
    mail.require_configured(chat)

    def deed(tx: Tx) -> None:
        found = users.by_login(tx.connection, email) if "@" in email else None
        if found is None or found.user.email is None:
            return witness.forgot(tx, chat, place, None, notSent="unknown")
        user = found.user
        if user.deactivated_at is not None:
            return witness.forgot(tx, chat, place, user.id, notSent="deactivated")
        if tx.now - links.youngest(tx.connection, user.id, "password") < AGAIN_AFTER_MS:
            return witness.forgot(tx, chat, place, user.id, notSent="again")  # nobody fills another one's mailbox
        token, _ = make(tx, chat, "password", RESET_MINUTES * 60_000, user=user, created_by=None)
        words = letters.reset(mail.server_name(tx), mail.page_address(chat, "password/" + token), RESET_MINUTES)
        mail.queue(tx, found.user.email, words)
        return witness.forgot(tx, chat, place, user.id)

    async with chat.throttle.guess(email, place.ip) as guess:
        await chat.write(deed)
        guess.failed = True  # asking counts as a failure, whoever it was: addresses cannot be tried out in bulk


async def set_up_password(chat: Chat, token: str, password: str, place: Place, totp: str | None) -> SignIn:
    """Choose a password by a link and come in; the link is used up, and other sessions end (FEATURES M12)."""
    mail.require_configured(chat)
    async with witness.link(chat, place, "password"):
        return await _set_up_password(chat, token, password, place, totp)


async def _set_up_password(chat: Chat, token: str, password: str, place: Place, totp: str | None) -> SignIn:
    link = await chat.read(lambda connection: links.find(connection, hashed(token), "password", chat.clock.now()))
    async with chat.throttle.guess("link", place.ip) as guess:
        guess.failed = link is None
    if link is None or link.user_id is None:
        raise not_found(WORTHLESS)
    user_id = link.user_id
    password_hash = await new_password.hashed(chat, password, user_id=user_id, by=place.ip)

    def deed(tx: Tx) -> SignIn:
        found = links.find(tx.connection, hashed(token), "password", tx.now)
        user = users.get(tx.connection, user_id)
        if found is None or user is None or user.removed_at is not None or user.email != found.email:
            raise not_found(WORTHLESS)
        require_open(tx, user_id)
        two_step.require_code(tx, user, totp)  # a mailbox alone opens no account with two-step sign-in
        new_password.put(tx, chat, user_id, password_hash, require_change=False)
        users.update_user(tx.connection, user_id, email_verified=True)
        revocation.end_all(tx, user_id, CloseCode.PASSWORD_RESET, by="self")
        actor = Actor(user_id, None, place.ip, place.user_agent)
        audit(tx, actor, "user.passwordChosen", user_id)
        return open_session(tx, chat, user_id, place, None, way="link")

    found = await chat.read(lambda connection: users.get(connection, user_id))
    async with chat.throttle.guess(user_id, place.ip) as guess:
        try:
            async with hearing_code(chat, found, totp):
                return await chat.write(deed)
        except ChatError as error:  # who reads the letters may not try out codes either
            guess.failed = error.code is ErrorCode.UNAUTHENTICATED
            raise


async def verify_email(chat: Chat, token: str, place: Place) -> None:
    """The address is the user's (FEATURES R20, R21), if it is still the one that they have or want."""

    def deed(tx: Tx) -> None:
        link = links.find(tx.connection, hashed(token), "verify", tx.now)
        user = users.get(tx.connection, link.user_id) if link and link.user_id else None
        if link is None or user is None or user.removed_at is not None:
            raise not_found(WORTHLESS)
        if link.email == user.email:
            users.update_user(tx.connection, user.id, email_verified=True)
        elif link.email is not None and link.email == user.pending_email:
            if users.email_is_taken(tx.connection, link.email):
                raise conflict("This e-mail address is in use already.", "email")
            users.update_user(tx.connection, user.id, email=link.email, email_verified=True, pending_email=None)
        else:
            raise not_found(WORTHLESS)
        links.drop_of_user(tx.connection, user.id, "verify")
        accounts.tell(tx, "user.updated", user.id)

    async with witness.link(chat, place, "verify"):
        await chat.write(deed)


# --- links by which strangers register ---------------------------------------------------------------------------


def join_link_shape(link: Link) -> JoinLinkShape:
    return {
        "id": link.id,
        "createdBy": link.created_by,
        "createdAt": link.created_at,
        "expiresAt": link.expires_at,
        "usesLeft": link.uses_left,
        "used": link.used,
    }


async def create_join_link(chat: Chat, actor: Actor, days: int, uses: int | None) -> tuple[JoinLinkShape, str]:
    """A link by which people register themselves (FEATURES RX14); its address is shown this once."""

    def deed(tx: Tx) -> tuple[JoinLinkShape, str]:
        require_admin_asker(tx, actor)
        if links.count_joining(tx.connection, tx.now) >= MAX_JOIN_LINKS:
            raise conflict(f"There are {MAX_JOIN_LINKS} links already; delete one that is not needed any more.")
        token, link = make(tx, chat, "join", days * DAY_MS, user=None, created_by=actor.user_id, uses=uses)
        audit(tx, actor, "link.created", None, linkId=link.id, days=days, uses=uses)
        return join_link_shape(link), mail.page_address(chat, "join/" + token)

    return await chat.write(deed, actor)


async def list_join_links(chat: Chat, actor: Actor) -> list[JoinLinkShape]:
    def look(connection: Reader) -> list[JoinLinkShape]:
        require_admin_reader(chat, connection, actor)
        return [join_link_shape(link) for link in links.joining(connection, chat.clock.now())]

    return await chat.read(look)


async def delete_join_link(chat: Chat, actor: Actor, link_id: str) -> None:
    def deed(tx: Tx) -> None:
        require_admin_asker(tx, actor)
        if not links.delete_link(tx.connection, link_id):
            raise not_found("There is no such link.")
        audit(tx, actor, "link.deleted", None, linkId=link_id)

    await chat.write(deed, actor)


def require_join_link(connection: Reader, token: str, now: int) -> Link:
    """The link by which somebody may register now. Raises `registration_disabled`."""
    link = links.find(connection, hashed(token), "join", now)
    if link is None:
        raise ChatError(ErrorCode.REGISTRATION_DISABLED, WORTHLESS)
    return link


def admit_by_link(tx: Tx, token: str) -> Callable[[], None]:
    """What counts one more registration by this link. Raises `registration_disabled` when it lets nobody in any more.

    A link is worth what its maker is worth: who is no administrator any more lets nobody in, not even himself.
    """
    link = require_join_link(tx.connection, token, tx.now)
    return lambda: links.use(tx.connection, link)
