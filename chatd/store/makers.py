"""What something is worth that somebody made: tokens, webhooks, links. It is worth what its maker is worth now."""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_

from chatd.domain.models import COMMAND_LINE
from chatd.store.schema import users

_makers = users.alias("makers")


def made_by_administrator(maker: ColumnElement[Any]) -> ColumnElement[bool]:
    """Made by somebody who is an active administrator now, or on the command line."""
    return or_(
        maker == COMMAND_LINE,
        exists().where(
            _makers.c.id == maker,
            _makers.c.role == "admin",
            _makers.c.deactivated_at.is_(None),
            _makers.c.removed_at.is_(None),
        ),
    )
