"""What the tests of tokens, bots and webhooks share: making one, and acting by it."""

from typing import Any

import httpx

from tests.client import Client
from tests.serving import Running


async def make_token(client: Client, name: str = "a script", **more: Any) -> dict[str, Any]:
    return dict(await client.ask("token.create", name=name, **more))


async def make_bot(client: Client, user_name: str = "buildbot") -> tuple[str, str]:
    """(id, token) of a new bot."""
    made = await client.ask("bot.create", userName=user_name, withToken=True)
    return str(made["user"]["id"]), str(made["token"])


async def make_webhook(admin: Client, channel_id: str, name: str = "Deploy") -> tuple[str, str]:
    """(id, token) of a new webhook."""
    made = await admin.ask("admin.createWebhook", name=name, channelId=channel_id)
    return str(made["webhook"]["id"]), str(made["token"])


async def ask(node: Running, token: str, type: str = "ping", **payload: Any) -> httpx.Response:
    """One request over HTTP by a token."""
    headers = {"Authorization": f"Bearer {token}"}
    return await node.http.post(f"{node.url}/api/{type}", json=payload, headers=headers)


async def post(node: Running, webhook_id: str, token: str | None, **body: Any) -> httpx.Response:
    """What another program posts by a webhook."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return await node.http.post(f"{node.url}/webhooks/{webhook_id}/messages", json=body, headers=headers)


async def counts(admin: Client, user_id: str) -> dict[str, int]:
    """What administrators see that an account has."""
    found: dict[str, int] = (await admin.ask("admin.getUser", userId=user_id))["user"]["counts"]
    return found


async def audited(admin: Client, action: str) -> list[dict[str, Any]]:
    """The audit log's entries of one kind, newest first."""
    return list((await admin.ask("admin.auditLog", action=action, limit=200))["entries"])
