"""The Settings dialog in the words of its tests: where things stand in it. What must happen is not known here."""

import re
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from tests.page.visitor import Visitor


@dataclass
class SettingsDialog:
    """The open Settings of one visitor."""

    visitor: Visitor

    @classmethod
    async def opened_by(cls, visitor: Visitor, section: str | None = None) -> "SettingsDialog":
        """Click the server name, then the section: profile, password, sessions, people and so on."""
        await visitor.page.get_by_test_id("server-name").click()
        settings = cls(visitor)
        await expect(settings.dialog).to_be_visible()
        if section is not None:
            await settings.go(section)
        return settings

    @property
    def page(self) -> Page:
        return self.visitor.page

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_test_id("settings")

    @property
    def top(self) -> Locator:
        """The dialog that lies on top."""
        return self.page.locator("dialog[open]").last

    @property
    def heading(self) -> Locator:
        return self.dialog.locator(".pane > header h3")

    def entry(self, section: str) -> Locator:
        return self.dialog.locator(f"nav [data-section={section}]")

    async def go(self, section: str) -> None:
        await self.entry(section).click()
        await expect(self.entry(section)).to_have_attribute("aria-current", "page")

    def field(self, name: str) -> Locator:
        return self.top.locator(f"[name={name}]")

    def button(self, name: str) -> Locator:
        return self.top.get_by_role("button", name=name, exact=True)

    def error_of(self, name: str) -> Locator:
        """The sentence under a field."""
        return self.top.locator(".field", has=self.page.locator(f"[name={name}]")).locator(".error")

    async def told(self, sentence: str) -> None:
        """Wait for the toast that says so."""
        await expect(self.visitor.toast.filter(has_text=sentence)).to_be_visible()

    # --- people

    def person(self, user_name: str) -> Locator:
        """A row of the list, by the exact user name."""
        at = self.page.locator("bdi").filter(has_text=re.compile(rf"^@{re.escape(user_name)}$"))
        return self.dialog.get_by_test_id("person").filter(has=at)

    async def menu_of(self, user_name: str) -> list[str]:
        """Open somebody's menu; its entries."""
        await self.person(user_name).locator("[data-act=menu]").click()
        await expect(self.page.get_by_role("menu")).to_be_visible()
        return await self.page.get_by_role("menu").locator(".menu-label").all_inner_texts()

    async def choose(self, user_name: str, deed: str) -> None:
        """Open somebody's menu and take an entry."""
        await self.menu_of(user_name)
        await self.page.get_by_role("menuitem", name=deed).click()

    async def lists(self, *user_names: str) -> None:
        """Wait until the list holds just these people, in this order."""
        shown = self.dialog.get_by_test_id("person").locator("p.muted bdi:first-child")
        await expect(shown).to_have_text([f"@{name}" for name in user_names])

    # --- focus

    async def focused(self) -> str:
        """The accessible label, name or text of what has the focus."""
        return str(
            await self.page.evaluate(
                """() => {
                  const element = document.activeElement;
                  return element.getAttribute("aria-label") ?? element.getAttribute("name") ?? element.innerText.trim();
                }"""
            )
        )
