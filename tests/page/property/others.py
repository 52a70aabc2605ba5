"""The other people of the property test: what they do at random, one request after the other. Judged elsewhere."""

import asyncio
import random
from typing import Any

from tests.client import Client, Refused
from tests.page.house import House

EMOJI = ["👍", "🎉", "constructor", "__proto__"]  # any word without a space will do
PAUSE_SECONDS = 0.04
PEOPLE_MAX = 8  # who came and may be removed with what he wrote
HARMLESS = {"conflict", "forbidden", "not_found", "invalid"}  # somebody else was faster, or it may not be done


class Others:
    """bob, carol and an administrator, who come and go in channels that alice reads; and alice on another device."""

    def __init__(self, house: House, chance: random.Random) -> None:
        self.house = house
        self.chance = chance
        self.alice_id = ""
        self.people: list[Client] = []
        self.guests: list[Client] = []
        self.channels: dict[str, list[dict[str, Any]]] = {}  # id -> messages written there, as far as known
        self.secrets: dict[str, Client] = {}  # private channels and who made them
        self.made = 0

    async def come(self) -> None:
        self.device = await self.house.client("alice@example.com")
        self.alice_id = self.device.user_id
        self.people = [await self.house.client(f"{name}@example.com") for name in ("bob", "carol")]
        self.admin = await self.house.admin()
        self.people.append(self.admin)
        self.channels = {channel["id"]: [] for channel in (await self.admin.ask("channel.list"))["channels"]}
        for _ in range(2):
            await self.make_public()
        await self.make_secret()
        for channel_id in self.channels:
            asked = [await self.started(channel_id) for _ in range(self.chance.randrange(150))]
            self.channels[channel_id] = [(await reply)["payload"]["message"] for reply in asked]

    async def live(self, steps: int) -> None:
        deeds = [
            (40, self.say), (12, self.answer), (8, self.edit), (6, self.delete), (12, self.react), (6, self.read),
            (3, self.come_or_go), (1, self.make_public), (1, self.make_secret), (3, self.change_channel),
            (3, self.bring_or_take_alice), (0.7, self.delete_channel), (1.5, self.guest), (1, self.remove_guest),
            (1, self.rename), (0.4, self.flood),
        ]  # fmt: skip
        for _ in range(steps):
            await asyncio.sleep(self.chance.random() * PAUSE_SECONDS)
            (deed,) = self.chance.choices([deed for _, deed in deeds], [weight for weight, _ in deeds])
            try:
                await deed()
            except Refused as refusal:
                assert refusal.code in HARMLESS, refusal

    async def end(self) -> None:
        """A last word in every channel: a client hears of a loss at its end only by what comes after."""
        for channel in (await self.device.ask("channel.list"))["channels"]:
            if channel["joined"] and not channel["archivedAt"]:
                await self.device.ask("message", channelId=channel["id"], content="the end")
            elif channel["joined"]:
                writer = self.secrets.get(channel["id"], self.admin)
                await writer.ask("channel.update", channelId=channel["id"], archived=False)
                await self.device.ask("message", channelId=channel["id"], content="the end")

    # --- deeds

    def somebody(self) -> Client:
        return self.chance.choice(self.people + self.guests)

    def somewhere(self) -> str:
        return self.chance.choice(list(self.channels))

    async def started(self, channel_id: str) -> "asyncio.Future[dict[str, Any]]":
        return await self.chance.choice(self.people).start("message", channelId=channel_id, content=self.words())

    def words(self) -> str:
        return f"text {self.chance.random()}{self.chance.choice(['', '', '', ' @alice', ' @channel', ' @bob'])}"

    async def write(self, who: Client, channel_id: str, **more: Any) -> None:
        message = (await who.ask("message", channelId=channel_id, content=self.words(), **more))["message"]
        self.channels[channel_id].append(message)

    def something(self) -> tuple[str, dict[str, Any]] | None:
        channel_id = self.somewhere()
        written = self.channels[channel_id]
        # Mostly what was said lately, at times something old.
        return (channel_id, self.chance.choice(written[self.chance.choice([0, -10]) :])) if written else None

    async def say(self) -> None:
        await self.write(self.somebody(), self.somewhere())

    async def answer(self) -> None:
        if found := self.something():
            channel_id, message = found
            await self.write(self.somebody(), channel_id, threadId=message["threadId"] or message["id"])

    def author(self, message: dict[str, Any]) -> Client:
        everybody = self.people + self.guests
        return next((one for one in everybody if one.user_id == message["author"]["id"]), self.admin)

    async def edit(self) -> None:
        if found := self.something():
            name = self.chance.choice(["", " @alice"])
            content = f"edited {self.chance.random()}{name}"
            await self.author(found[1]).ask("message.edit", messageId=found[1]["id"], content=content)

    async def delete(self) -> None:
        if found := self.something():
            await self.author(found[1]).ask("message.delete", messageId=found[1]["id"])

    async def react(self) -> None:
        if found := self.something():
            remove = self.chance.random() < 0.4
            emoji = self.chance.choice(EMOJI)
            await self.somebody().ask("reaction", messageId=found[1]["id"], reaction=emoji, remove=remove)

    async def read(self) -> None:
        """alice reads on her other device."""
        if found := self.something():
            await self.device.ask("read", channelId=found[0], messageId=found[1]["id"])

    async def come_or_go(self) -> None:
        type = self.chance.choice(["channel.join", "channel.leave"])
        who = self.chance.choice([*self.people, self.device])
        await who.ask(type, channelId=self.somewhere())

    async def make_public(self) -> None:
        self.made += 1
        made = await self.chance.choice(self.people).ask("channel.create", name=f"room{self.made}")
        self.channels[made["channel"]["id"]] = []

    async def make_secret(self) -> None:
        self.made += 1
        owner = self.chance.choice(self.people)
        members = [one.user_id for one in [*self.people, self.device]]
        made = await owner.ask("channel.create", name=f"secret{self.made}", kind="private", members=members)
        self.channels[made["channel"]["id"]] = []
        self.secrets[made["channel"]["id"]] = owner

    async def change_channel(self) -> None:
        changes = [{"topic": f"topic {self.chance.random()}"}, {"archived": True}, {"archived": False}]
        if self.chance.random() < 0.2:
            changes = [{"kind": "private"}, {"kind": "public"}]
        channel_id = self.somewhere()
        who = self.secrets.get(channel_id, self.admin)
        changed = await who.ask("channel.update", channelId=channel_id, **self.chance.choice(changes))
        if changed["channel"]["kind"] == "private":
            self.secrets.setdefault(channel_id, self.admin)

    async def bring_or_take_alice(self) -> None:
        if self.secrets:
            channel_id, owner = self.chance.choice(list(self.secrets.items()))
            type = self.chance.choice(["channel.addMember", "channel.removeMember"])
            await owner.ask(type, channelId=channel_id, userId=self.alice_id)

    async def delete_channel(self) -> None:
        channel_id = self.somewhere()
        await self.secrets.get(channel_id, self.admin).ask("channel.delete", channelId=channel_id)
        del self.channels[channel_id]
        self.secrets.pop(channel_id, None)

    async def guest(self) -> None:
        if len(self.guests) < PEOPLE_MAX:
            self.made += 1
            guest = await self.house.client(f"guest{self.made}@example.com")
            self.guests.append(guest)
            for _ in range(3):
                await self.write(guest, self.somewhere())

    async def remove_guest(self) -> None:
        if self.guests:
            guest = self.guests.pop(self.chance.randrange(len(self.guests)))
            kind = self.chance.choice(["keep", "unlink", "delete"])
            await self.admin.ask("admin.removeUser", userId=guest.user_id, messageErasure=kind)
            await guest.ended()

    async def rename(self) -> None:
        await self.somebody().ask("me.update", displayName=f"Name {self.chance.random()}")

    async def flood(self) -> None:
        """More than a client may catch up with message by message."""
        channel_id, who = self.somewhere(), self.admin
        await who.ask("channel.join", channelId=channel_id)
        replies = [await who.start("message", channelId=channel_id, content=f"{n} " + "x" * 3900) for n in range(110)]
        for reply in replies:
            await reply
