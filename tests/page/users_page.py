"""The Users page of the admin panel as tests stand before it: where things are, and people to be seen there."""

from playwright.async_api import Locator, expect

from tests.page.admin_page import AdminPage
from tests.page.house import House

ALICE, BOB = "alice@example.com", "bob@example.com"
LONG_ENOUGH = "a long enough one"


class Users(AdminPage):
    """The Users page of one administrator: where things stand on it."""

    path = "users"

    @property
    def landmark(self) -> Locator:
        return self.page.get_by_test_id("admin-panel")

    def row(self, name: str) -> Locator:
        return self.page.get_by_test_id("user-row").filter(has=self.page.locator(f"strong bdi:text-is('{name}')"))

    async def lists(self, *names: str) -> None:
        await expect(self.page.get_by_test_id("user-row").locator("strong bdi")).to_have_text(list(names))

    async def menu_of(self, name: str) -> list[str]:
        await self.row(name).locator("[data-act=menu]").click()
        await expect(self.page.get_by_role("menu")).to_be_visible()
        return await self.page.get_by_role("menu").locator(".menu-label").all_inner_texts()

    async def choose(self, name: str, deed: str) -> None:
        await self.menu_of(name)
        await self.page.get_by_role("menuitem", name=deed).click()

    def field(self, name: str) -> Locator:
        return self.page.locator(f"[name={name}]").last

    @property
    def info(self) -> Locator:
        return self.page.get_by_test_id("user-info")


async def peopled(house: House) -> None:
    """Ana is an administrator, Ben a user, both signed in, Cleo is deactivated; the first administrator is older."""
    admin = await house.admin()
    for name, role in (("ana", "admin"), ("ben", "user"), ("cleo", "user")):
        house.clock.advance(60_000)
        made = await admin.ask(
            "admin.addUser",
            userName=name,
            email=f"{name}@example.com",
            displayName=name.title(),
            password=LONG_ENOUGH,
            role=role,
        )
    await admin.ask("admin.deactivateUser", userId=made["user"]["id"])
    for name in ("ana", "ben"):
        await house.client(f"{name}@example.com")
