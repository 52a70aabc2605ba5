"""The one way to a new password's hash: the policy, and what was used before. Old passwords are checked elsewhere."""

from chatd.domain.errors import invalid
from chatd.domain.passwords import require_password
from chatd.services.chat import Chat
from chatd.store import Tx, password_history, users


async def hashed(
    chat: Chat, password: str, *, user_id: str | None = None, field: str = "password", by: str = ""
) -> str:
    """The hash of a password that may be set. Raises `invalid` naming every rule it breaks (FEATURES A5-1, RX12).

    `by` is the address for which it is made. For a known user the passwords that he had lately are refused too, as many
    as `passwordPolicy.history` says.
    """
    policy = chat.config.auth.password_policy
    require_password(policy, password, field)
    if user_id is not None and policy.history:
        known = await chat.read(lambda connection: password_history.latest(connection, user_id, policy.history))
        for password_hash in known:
            if await chat.passwords.matches(password, password_hash, by=by):
                raise invalid(f"This is one of the last {policy.history} passwords; choose another.", field)
    return await chat.passwords.hash(password, by=by)


def put(tx: Tx, chat: Chat, user_id: str, password_hash: str, *, require_change: bool, origin: str = "chosen") -> None:
    """Set it; the one before goes into the history."""
    password_history.remember(tx.connection, user_id, tx.now, chat.config.auth.password_policy.history)
    users.set_password(tx.connection, user_id, password_hash, origin=origin, require_change=require_change)
