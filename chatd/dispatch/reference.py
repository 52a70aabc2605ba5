"""What is made from the registry and the settings: the reference for people in docs/, and the names for the page."""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from chatd.config import reference as settings_reference
from chatd.dispatch.browser_names import frames_module
from chatd.dispatch.examples import EXAMPLES, WEBHOOK_EXAMPLE
from chatd.dispatch.registry import REGISTRY, Endpoint
from chatd.dispatch.resources import EXPORT_PATH, OWN_PICTURE_PATH, PICTURE_PATH, WEBHOOK_PATH
from chatd.domain.errors import CloseCode
from chatd.protocol import shapes
from chatd.protocol.http_errors import STATUS
from chatd.protocol.requests import PostByWebhook

EVENTS = {
    "hello": ("the first frame, and again when a restriction ends", "hello"),
    "message.created": ("a message was posted; for a reply `parent` is the root as it became", "message"),
    "message.updated": ("a message was edited", "message"),
    "message.deleted": ("a message became a tombstone", "message"),
    "reaction.added": ("somebody reacted", "reaction"),
    "reaction.removed": ("somebody took a reaction back", "reaction"),
    "channel.changes": ("stands for every change from `after`+1 to `seq`", "changes"),
    "messages.erased": ("many messages changed at once with a removal; `channels` maps ids to `seq`", "erased"),
    "channel.created": ("a channel appeared for the hearer", "channel"),
    "channel.updated": ("a channel changed", "channel"),
    "channel.deleted": ("a channel is gone for the hearer", "channel"),
    "channel.memberAdded": ("somebody came in", "member"),
    "channel.memberRemoved": ("somebody left or was taken out", "member"),
    "user.created": ("an account was made", "user"),
    "user.updated": ("an account changed", "user"),
    "user.removed": ("an account is gone", "user"),
    "presence.changed": ("who is seen as online, in batches", "presence"),
    "typing": ("somebody writes; ephemeral", "member"),
    "read.updated": ("one's own read marker moved", "read"),
    "settings.updated": ("the server's settings changed", "settings"),
    "admin.userChanged": ("topic `users` of `admin.watch`", "userChange"),
    "admin.sessionChanged": ("topic `sessions`", "sessionChange"),
    "admin.auditAdded": ("topic `audit`", "entry"),
    "admin.stats": ("topic `stats`, every few seconds; the payload is that of the request's reply", "stats"),
    "bye": ("the last frame before the server closes on purpose", "bye"),
}
_PAYLOADS = {
    "hello": '{"protocol","serverVersion","node","sessionId","user","heartbeatSeconds","restricted","limits"}',
    "message": '{"message","parent"?:{"id","thread"}}',
    "reaction": '{"messageId","userId","reaction"}',
    "changes": '{"after","messages","resync"}',
    "erased": '{"userId","erasure","channels"}',
    "channel": '{"channel"}',
    "member": '{"channelId","userId"}',
    "user": '{"user"}',
    "presence": '{"presence":[{"userId","status","lastSeenAt"}]}',
    "read": '{"channelId","messageId","unread","mentions"}',
    "settings": '{"settings"}',
    "userChange": '{"change":"created" or "updated" or "removed","user"}',
    "sessionChange": '{"change":"started","session"} or {"change":"ended","sessionIds","userIds","code"}',
    "entry": '{"entry"}',
    "stats": '{"users","sessions","sockets","messages","nodes","channels","admins"}',
    "bye": '{"code","reason","reconnect","reconnectAfterMs"?,"by"?}',
}
_SHAPES = (
    shapes.UserShape,
    shapes.ChannelShape,
    shapes.MessageShape,
    shapes.SessionShape,
    shapes.PresenceShape,
    shapes.TokenShape,
    shapes.WebhookShape,
)


def protocol() -> str:
    """docs/protocol.md."""
    lines = [
        "# The wire, version 1",
        "",
        "Made from the code by `make docs`; a test holds the two together. A request is",
        '`{"type","id"?,"payload"?}` over the socket `/ws`, or `POST /api/<type>` with the payload as the body.',
        "Unknown fields are refused. `null` means that null is allowed, `=` gives the default of what may be left out.",
        "Each example is a payload that a test sends as it stands here, with the ids in angle brackets filled in.",
        "",
        "## Requests",
    ]
    for endpoint in REGISTRY.values():
        lines += _request(endpoint)
    lines += _webhooks()
    lines += _files()
    lines += ["", "## Shapes", ""]
    for shape in _SHAPES:
        name = shape.__name__.removesuffix("Shape").lower()
        lines.append(f"- **{name}** {_fields(TypeAdapter(shape).json_schema())}")
    lines += ["", "## Events", "", "| type | payload | when |", "|---|---|---|"]
    lines += [f"| `{type}` | `{_PAYLOADS[kind]}` | {when} |" for type, (when, kind) in EVENTS.items()]
    lines += ["", "## Error codes", "", "| code | HTTP |", "|---|---|"]
    lines += [f"| `{code}` | {status} |" for code, status in STATUS.items()]
    lines += ["", "## Close codes", "", "| code | reason | come back |", "|---|---|---|"]
    lines += [f"| {int(code)} | {code.reason} | {'yes' if code.reconnect else 'no'} |" for code in sorted(CloseCode)]
    return "\n".join(lines) + "\n"


def _request(endpoint: Endpoint) -> list[str]:
    reply = TypeAdapter(endpoint.reply).json_schema()
    return [
        "",
        f"### `{endpoint.type}`",
        "",
        f"{endpoint.summary} {endpoint.description}".strip(),
        "",
        f"- who: {endpoint.access.value}",
        f"- payload: {_fields(endpoint.model.model_json_schema())}",
        f"- reply: {_fields(reply)}",
        f"- example: `{json.dumps(EXAMPLES[endpoint.type], ensure_ascii=False)}`",
    ]


def _webhooks() -> list[str]:
    return [
        "",
        "## Webhooks",
        "",
        f"`POST {WEBHOOK_PATH}` posts into the channel of one webhook, with its token as bearer, as its bot.",
        "The same `clientId` again gets the first message. 401 for a wrong token, whether there is such a webhook or",
        "not; 404 for one that was deleted, alone or with its channel; 409 while the channel is archived. The rate",
        "limit holds for each webhook by itself. `uses` and `lastUsedAt` are written once a minute.",
        "",
        f"- body: {_fields(PostByWebhook.model_json_schema())}",
        f"- answer: 201, {_fields(TypeAdapter(shapes.OneMessageReply).json_schema())}",
        f"- example: `{json.dumps(WEBHOOK_EXAMPLE)}`",
    ]


def _files() -> list[str]:
    return [
        "",
        "## Files",
        "",
        f"`PUT {OWN_PICTURE_PATH}` with a picture as the body (PNG, JPEG, WebP or GIF, 5 MB and 25 million pixels at",
        "most, judged by its content) makes it somebody's: one's own, that of one's bot, or for administrators",
        "anybody's. It is drawn anew, 256 pixels square, and nothing else in the file is kept. The answer is",
        f'`{{"user"}}`; its `avatarUrl` is `{PICTURE_PATH}`, for everybody signed in, to keep for ever: another',
        "picture has another path.",
        "",
        f"`GET {EXPORT_PATH}` is the file of `admin.export`, `admin.exportUser` and `me.export`: no credential but the",
        "link is needed, which works once, for five minutes, while the session that asked lives and may. A file that",
        "ends without its last chunk was broken off, because the asker lost the right to it or did not read on.",
    ]


def _fields(schema: dict[str, Any]) -> str:
    properties: dict[str, Any] = schema.get("properties", {})
    if not properties:
        return "`{}`"
    required = set(schema.get("required", ()))
    parts = []
    for name, field in properties.items():
        words = _type(field)
        if name not in required:
            default = json.dumps(field["default"]) if "default" in field else "absent"
            words += f" = {default}"
        if "description" in field:
            words += f" ({field['description']})"
        parts.append(f"`{name}` {words}")
    return "; ".join(parts)


def _type(field: dict[str, Any]) -> str:
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2].removesuffix("Shape").lower()
    if "anyOf" in field:
        return " or ".join(_type(option) for option in field["anyOf"])
    if "enum" in field:
        return " or ".join(json.dumps(option) for option in field["enum"])
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}))}{_bounds(field)}"
    if field.get("type") == "object":
        return "object" + _bounds(field)
    names = {"string": "text", "integer": "number", "boolean": "true or false", "null": "null"}
    return names.get(str(field.get("type")), "anything") + _bounds(field)


def _bounds(field: dict[str, Any]) -> str:
    low = next((field[key] for key in ("minLength", "minimum", "minItems") if key in field), None)
    high = next((field[key] for key in ("maxLength", "maximum", "maxItems", "maxProperties") if key in field), None)
    if low is None and high is None:
        return ""
    return f" ({low if low is not None else 0} to {high})" if high is not None else f" (from {low})"


def files() -> dict[str, str]:
    """Path in the project -> content of everything that is made from the code."""
    return {
        "docs/protocol.md": protocol(),
        "docs/settings.md": settings_reference(),
        "static/models/frames.js": frames_module(EVENTS),
    }


def write(project: Path) -> None:
    for path, content in files().items():
        (project / path).write_text(content, encoding="utf-8")
