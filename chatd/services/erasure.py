"""What becomes of the messages of somebody who is removed (FEATURES RX05): one bulk event, whatever their number."""

from typing import Literal

from chatd.domain.models import User
from chatd.protocol.control import Control
from chatd.services.chat import Chat
from chatd.store import Tx, channels, messages, users

Erasure = Literal["keep", "unlink", "delete"]
NOBODY = "removed-user"  # to whom unlinked messages belong


def erase(tx: Tx, chat: Chat, user: User, kind: Erasure) -> None:
    """`keep` changes nothing, `unlink` gives the messages to nobody, `delete` leaves tombstones."""
    if kind == "keep":
        return
    heads = messages.channels_of_author(tx.connection, user.id)
    if not heads:
        return
    raised = [(channel_id, seq + 1) for channel_id, seq in heads]
    if kind == "unlink":
        _require_nobody(tx)
        messages.unlink_author(tx.connection, user.id, NOBODY, raised)
    else:
        messages.bury_author(tx.connection, user.id, raised, tx.now)
    channels.set_heads(tx.connection, raised, tx.now)
    tx.control(Control.ERASED, author=user.id, erasure=kind, channels=dict(raised))


def _require_nobody(tx: Tx) -> None:
    if users.get(tx.connection, NOBODY) is None:
        users.insert_user(
            tx.connection, id=NOBODY, user_name="removed", display_name="Removed user", role="user", created_at=tx.now
        )
        users.mark_removed(tx.connection, NOBODY, tx.now)
