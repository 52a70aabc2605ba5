"""Every view with much and awkward in it, in light, dark and on a phone: whole, calm, and without a finding of axe.

With CHATD_SCREENSHOTS set to a folder the pictures are kept there: `make screenshots` puts them into docs/screenshots.
"""

import asyncio

from playwright.async_api import expect

from tests.client import Client
from tests.page.camera import Camera
from tests.page.house import House
from tests.page.looks import PHONE
from tests.page.settings_dialog import SettingsDialog

MESSAGES = 2000
CHANNELS = 60
CODE = """```c
/* 12-bit target, ramp of 180 ms */
static uint16_t ramp(uint16_t now, uint16_t goal) {
    int step = (goal - now) / 18;
    return step ? now + step : goal;
}
```"""
LIST = """@maya it is, raised from 40 to 65 mg. Two things left before the freeze:

- sign the image with the new key
- write the field notes"""


class Town:
    """People who have talked a lot."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.people: dict[str, Client] = {}
        self.channels: dict[str, str] = {}

    async def settle(self) -> None:
        names = {"maya": "Maya Lindqvist", "tomas": "Tomás Rivera", "aiko": "Aiko Tanaka", "noor": "نور حداد"}
        for name, shown in (names | {"jonas": "Jonas Weber", "priya": "Priya Nair"}).items():
            self.people[name] = client = await self.house.client(f"{name}@example.com")
            await client.ask("me.update", displayName=shown)
        admin = await self.house.admin()
        await admin.ask("admin.updateSettings", name="Lanternworks")
        await admin.ask("admin.setRole", userId=self.people["maya"].user_id, role="admin")
        maya = self.people["maya"]
        for name in ("firmware", "field-tests", "support", *[f"project-{n:02}" for n in range(CHANNELS - 3)]):
            topic = "Beam controller 2.x. Freeze on Thursday, ship to the field team on Friday" * (name == "firmware")
            made = await maya.ask("channel.create", name=name, kind="public", topic=topic)
            self.channels[name] = made["channel"]["id"]

    async def say(self, name: str, text: str, channel: str = "firmware", **more: str) -> str:
        sent = await self.people[name].ask("message", channelId=self.channels[channel], content=text, **more)
        return str(sent["message"]["id"])

    async def talk(self) -> None:
        talkers = ["tomas", "aiko", "priya", "jonas"]
        channel = self.channels["firmware"]
        for start in range(0, MESSAGES, 100):
            told = [
                await self.people[talkers[number // 5 % 4]].start(
                    "message", channelId=channel, content=f"Note {number}: the beam holds at {number % 90} metres."
                )
                for number in range(start, start + 100)
            ]
            await asyncio.gather(*told)
        await self.say("noor", "مرحبا، هل يمكنني تجربة المصباح الجديد غدا؟")
        await self.say("tomas", "L" + "o" * 3990 + "ng line")
        await self.people["maya"].ask("read", channelId=channel, messageId=await self.say("aiko", CODE))
        seen = await self.say("tomas", "Lovely. I took one out on the canal path after sunset, see for yourself.")
        for name, emoji in (("aiko", "🔥"), ("maya", "🔥"), ("noor", "🔥"), ("jonas", "👏")):
            await self.people[name].ask("reaction", messageId=seen, reaction=emoji)
        root = await self.say("priya", "Is the `accel_wake` threshold in this build?")
        for name, text in (("jonas", "Yes, since rc2. Which serials?"), ("priya", "LW-2041, LW-2055 and LW-2107.")):
            await self.say(name, text, threadId=root)
        await self.say("aiko", "Panniers shake at 11 Hz, so this should be the fix.", threadId=root)
        await self.say("jonas", LIST)
        await self.say("tomas", "Who takes the field tests, @maya?", "field-tests")
        await self.say("tomas", "Three reports today.", "support")
        for name in ("tomas", "aiko", "noor", "jonas"):
            opened = await self.people[name].ask("dm.open", userIds=[self.people["maya"].user_id])
            self.channels["dm " + name] = opened["channel"]["id"]
        await self.say("tomas", "Are you around?", "dm tomas")
        await self.people["jonas"].ask("presence.set", status="dnd")


async def test_every_view_holds_what_people_bring(house: House) -> None:
    """2,000 messages, 60 channels, a line of 4,000 characters, code, a name from the right, a loss, a failure."""
    town = Town(house)
    await town.settle()
    await town.talk()
    stranger = await house.visit()
    await stranger.go()
    await expect(stranger.page.get_by_test_id("sign-in")).to_be_visible()
    await Camera(stranger).take("sign-in")

    phone = await house.visit("maya@example.com", size=PHONE, has_touch=True)
    await expect(phone.channel_row("firmware")).to_be_visible()
    await Camera(phone, "phone").take("list")
    await phone.channel_row("firmware").click()
    await phone.sees("sign the image with the new key")
    await Camera(phone, "phone").take("chat")

    maya = await house.visit("maya@example.com", wired=True)
    camera, page = Camera(maya), maya.page
    await maya.channel_row("firmware").click()
    await maya.sees("sign the image with the new key")
    await Camera(maya, "light", "dark").take("chat")

    await maya.message("accel_wake").get_by_text("3 replies").click()
    await expect(maya.thread_panel.get_by_text("Panniers shake at 11 Hz")).to_be_visible()
    await camera.take("thread")
    await page.keyboard.press("Escape")
    await expect(maya.thread_panel).to_be_hidden()

    await page.keyboard.press("Control+k")
    await page.keyboard.type("fi")
    await expect(page.get_by_role("option").first).to_be_visible()
    await camera.take("switcher")
    await page.keyboard.press("Escape")
    await maya.stream.focus()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await camera.take("keyboard")
    await page.keyboard.press("Escape")
    settings = await SettingsDialog.opened_by(maya, "people")
    await expect(settings.dialog.get_by_test_id("person").first).to_be_visible()
    await camera.take("people")
    await page.keyboard.press("Escape")
    await expect(settings.dialog).to_be_hidden()

    await maya.loses_connection()
    await maya.send("Draft comes before lunch.")
    await camera.take("offline")
    await town.people["maya"].ask("channel.leave", channelId=town.channels["firmware"])
    await maya.regains_connection()
    await expect(maya.message("Draft comes before lunch.")).to_contain_text("Try again")
    await camera.take("failed")
