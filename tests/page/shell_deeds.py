"""What one does with the shell, for its tests: dialogs, menus, people pickers. Where a part stands is visitor.py's."""

from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.client import Client
from tests.page.visitor import Visitor

ALICE, BOB, EVE = "alice@example.com", "bob@example.com", "eve@example.com"


async def make_channel(client: Client, name: str, **more: Any) -> str:
    """Somebody makes a channel without a browser. Returns its id."""
    return str((await client.ask("channel.create", name=name, **more))["channel"]["id"])


async def dialog(visitor: Visitor, name: str) -> Locator:
    """The open dialog of this test id."""
    found = visitor.page.get_by_test_id(name)
    await expect(found).to_be_visible()
    return found


async def choose_in_menu(visitor: Visitor, button: Locator, entry: str) -> None:
    """Open the menu of this button and choose."""
    await button.click()
    await visitor.page.get_by_role("menuitem", name=entry).click()


async def channel_deed(visitor: Visitor, entry: str) -> None:
    """Choose an entry of the open channel's menu."""
    await choose_in_menu(visitor, visitor.page.get_by_test_id("channel-menu"), entry)


async def confirm(visitor: Visitor, deed: str) -> None:
    """Answer the question with the button that names the deed."""
    asked = await dialog(visitor, "confirm")
    await asked.get_by_role("button", name=deed).click()
    await expect(asked).to_be_hidden()


async def pick_person(within: Locator, query: str, name: str) -> None:
    """Type into a people picker and take the person with Enter."""
    box = within.get_by_role("combobox")
    await box.fill(query)
    await expect(within.get_by_role("option").first).to_contain_text(name)
    await box.press("Enter")
    await expect(within.locator(".one").filter(has_text=name)).to_be_visible()


async def open_place(page: Page) -> str:
    """The hash of the address: where the page says it is."""
    return str(await page.evaluate("location.hash"))


def adder(visitor: Visitor) -> Locator:
    """The plus beside Channels."""
    return visitor.page.get_by_role("button", name="Create or join a channel")


def badge(row: Locator) -> Locator:
    """The number on a row of the sidebar."""
    return row.locator(".badge")
