"""The first administrator, made when there is nobody yet. How he signs in is sign_in's."""

import secrets
from dataclasses import dataclass

from chatd.domain.errors import CloseCode
from chatd.services import accounts, revocation
from chatd.services.accounts import NewUser
from chatd.services.chat import Chat
from chatd.store import Reader, Tx, users


@dataclass(slots=True, frozen=True)
class FirstStart:
    """What the first start made: shown to the operator once, then never again."""

    login: str
    one_time_password: str | None


async def prepare(chat: Chat, *, serving: bool) -> FirstStart | None:
    """Make the first administrator on the first start only (FEATURES M14-M17).

    Without a configured password they get a one-time password, which is returned and must be changed. A password
    configured later replaces it as long as nobody changed it, when a server starts: a command beside a server that
    runs with other settings changes nobody's password.
    """
    initial = chat.config.chat.initial_user
    one_time = None if initial.password else secrets.token_urlsafe(12)
    if not await chat.read(users.is_empty):
        if serving:
            await _replace_generated_password(chat)
        return None
    password_hash = await chat.passwords.hash(initial.password or one_time or "")
    new = NewUser(
        initial.user_name,
        initial.email,
        None,
        "admin",
        password_hash,
        "configured" if initial.password else "generated",
        require_password_change=initial.password is None,
        verified=True,
        id=initial.id,
    )

    def deed(tx: Tx) -> FirstStart | None:
        if not users.is_empty(tx.connection):
            return None
        user = accounts.create(tx, chat, new)
        return FirstStart(user.email or user.user_name, one_time)

    return await chat.write(deed)


async def _replace_generated_password(chat: Chat) -> None:
    initial = chat.config.chat.initial_user
    if initial.password is None:
        return
    logins = [initial.user_name] if initial.email is None else [initial.email, initial.user_name]

    def look(connection: Reader) -> users.Credentials | None:
        # By address, else by name: the address may have been configured only after the first start.
        return next(filter(None, (users.by_login(connection, login) for login in logins)), None)

    found = await chat.read(look)
    if found is None or found.password_origin not in ("generated", None):
        return
    password_hash = await chat.passwords.hash(initial.password)

    def deed(tx: Tx) -> None:
        now = users.credentials(tx.connection, found.user.id)
        if now is None or now.password_version != found.password_version or now.user.role != "admin":
            return
        users.set_password(tx.connection, found.user.id, password_hash, origin="configured", require_change=False)
        revocation.end_all(tx, found.user.id, CloseCode.PASSWORD_RESET, by=None)

    await chat.write(deed)
