"""What the tests of requests share: the words in which they talk, open rooms and look at a channel."""

from typing import Any

from tests.client import Client


async def general(client: Client) -> str:
    """The id of the channel that everybody is in."""
    listed = (await client.ask("channel.list"))["channels"]
    return str(next(channel["id"] for channel in listed if channel["name"] == "general"))


async def say(client: Client, channel_id: str, content: str = "hello", **more: Any) -> dict[str, Any]:
    return dict((await client.ask("message", channelId=channel_id, content=content, **more))["message"])


async def open_room(client: Client, name: str, kind: str = "public", **more: Any) -> dict[str, Any]:
    return dict((await client.ask("channel.create", name=name, kind=kind, **more))["channel"])


async def secret_of(owner: Client, *members: Client) -> str:
    """The id of a private channel of these people."""
    made = await open_room(owner, "secret", "private", members=[member.user_id for member in members])
    return str(made["id"])


async def history(client: Client, channel_id: str) -> list[dict[str, Any]]:
    return list((await client.ask("message.history", channelId=channel_id, limit=200))["messages"])


async def channel_of(client: Client, channel_id: str) -> dict[str, Any]:
    """A channel as this person sees it now."""
    listed = (await client.ask("channel.list"))["channels"]
    return dict(next(channel for channel in listed if channel["id"] == channel_id))


async def head(client: Client, channel_id: str) -> int:
    """The `seq` of a channel's last change."""
    return int((await channel_of(client, channel_id))["seq"])
