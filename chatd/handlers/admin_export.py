"""admin.export*: files with what the server knows. What a panel shows of it is admin's."""

from chatd.dispatch.registry import Access, Context, request
from chatd.protocol.requests import Export, OneUserProven
from chatd.protocol.shapes import ExportReply
from chatd.services import exports


@request("admin.export", Export, ExportReply, access=Access.ADMIN, proof=True, reads=True)
async def export(context: Context, request: Export) -> ExportReply:
    """A link to all users, or to the audit log, as CSV or JSON, narrowed by the same filters as their lists.

    `GET <url>` answers with the file: once, within five minutes, while the session that asked for it lives. In CSV
    times are UTC and a cell that a spreadsheet would run begins with an apostrophe.
    """
    return await exports.of_table(context.chat, context.actor, request)


@request("admin.exportUser", OneUserProven, ExportReply, access=Access.ADMIN, proof=True, reads=True, sign_in=True)
async def export_user(context: Context, request: OneUserProven) -> ExportReply:
    """A link to a zip with what belongs to one user, fetched as that of `admin.export`.

    In it are the profile and picture, bots, channels, sessions, tokens without their secrets, messages and reactions,
    those of the bots too. What was said in private channels and direct conversations that the asker is not in has
    `content` null: `me.export` holds it, for the user alone.
    """
    return await exports.of_user(context.chat, context.actor, request.user_id)
