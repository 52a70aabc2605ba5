"""The admin panel's page "Server settings", as administrators walk through it."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.page.admin_page import AdminPage
from tests.page.conftest import Serve
from tests.page.house import House
from tests.page.looks import DESK, PHONE

BOB = "bob@example.com"
PASSWORD = "a long enough one"


class ServerSettings(AdminPage):
    """The page of one administrator: where things stand on it."""

    path = "settings"

    @property
    def landmark(self) -> Locator:
        return self.fixed("limits")

    @property
    def name(self) -> Locator:
        return self.page.locator("[name=name]")

    def required(self, value: str) -> Locator:
        return self.page.locator(f"[name=totpRequired][value={value}]")

    def fixed(self, group: str) -> Locator:
        return self.page.get_by_test_id(f"fixed-{group}")


async def test_M08_what_is_saved_holds_at_once_for_everybody(house: House) -> None:
    """Only what was touched is sent; a wrong name stands under its field, and nothing is saved then."""
    admin, bob = await house.admin(), await house.visit(BOB)
    settings = await ServerSettings.opened(house)
    await expect(settings.button("Save settings")).to_have_attribute("aria-disabled", "true")
    await settings.name.fill("  ")
    await settings.page.locator("[name=requireVerifiedEmail]").click()
    await expect(settings.page.locator(".save-bar")).to_contain_text("2 changes are not saved yet.")
    await settings.button("Save settings").click()
    await expect(settings.name).to_be_focused()
    await expect(settings.page.locator(".field .error")).to_have_text("Enter a name.")
    await expect(settings.page.locator(".save-bar")).to_contain_text("1 thing needs attention: name.")
    assert (await admin.ask("admin.getSettings"))["settings"]["requireVerifiedEmail"] is False
    await settings.name.fill("Lanternworks")
    await settings.button("Save settings").click()
    await settings.told("The settings are saved.")
    await expect(bob.page.get_by_test_id("server-name")).to_contain_text("Lanternworks")
    now = (await admin.ask("admin.getSettings"))["settings"]
    assert (now["name"], now["requireVerifiedEmail"]) == ("Lanternworks", True)
    await expect(settings.button("Save settings")).to_have_attribute("aria-disabled", "true")


async def test_what_another_administrator_changes_is_seen_and_what_one_typed_stays(house: House) -> None:
    """Two at once: an untouched field follows, a touched one is kept, and saving overwrites nothing else."""
    admin = await house.admin()
    settings = await ServerSettings.opened(house)
    await settings.name.fill("Mine")
    await admin.ask("admin.updateSettings", requireVerifiedEmail=True)
    await expect(settings.page.locator("[name=requireVerifiedEmail]")).to_be_checked()
    await expect(settings.name).to_have_value("Mine")
    await settings.required("admins").check()
    await expect(settings.page.locator(".notice")).to_contain_text("You have no two-step sign-in yet.")
    await settings.required("none").check()
    await settings.button("Save settings").click()
    await settings.told("The settings are saved.")
    now = (await admin.ask("admin.getSettings"))["settings"]
    assert now == {"name": "Mine", "totpRequired": "none", "requireVerifiedEmail": True}


async def test_whoever_requires_two_step_sign_in_sets_it_up_at_once(house: House) -> None:
    """The notice has said so: saved, the page asks for it, and opens where it was."""
    settings = await ServerSettings.opened(house)
    await settings.required("admins").check()
    await settings.button("Save settings").click()
    await expect(settings.page.get_by_text("Set up two-step sign-in first.")).to_be_visible()
    await (await house.admin()).close()


async def test_changes_can_be_undone_after_a_question(house: House) -> None:
    settings = await ServerSettings.opened(house)
    await settings.name.fill("Never")
    await settings.button("Undo changes").click()
    await settings.button("Cancel").click()
    await expect(settings.name).to_have_value("Never")
    await settings.button("Undo changes").click()
    await settings.button("Discard changes").click()
    await expect(settings.name).to_have_value("chatd")
    await expect(settings.page.locator(".save-bar p")).to_have_text("")


@pytest.mark.parametrize("size", [DESK, PHONE])
async def test_leaving_with_changes_asks_first(house: House, size: tuple[int, int]) -> None:
    """By a link, by the browser's back, by the way to the chat: nothing typed is lost without a word."""
    settings = await ServerSettings.opened(house, size=size)
    page = settings.page
    await settings.name.fill("Half typed")
    link = page.locator(".admin-nav [data-page=users]" if size == DESK else "main a.back")
    for leave in (link.click, page.go_back):
        await leave()
        await settings.button("Cancel").click()
        await expect(settings.name).to_have_value("Half typed")
        await expect(page).to_have_url(re.compile(r"#/admin/settings$"))
    await link.click()
    await settings.button("Discard changes").click()
    await expect(settings.name).to_have_count(0)
    await expect(page).to_have_url(re.compile(r"#/admin/users$" if size == DESK else r"#/admin$"))


async def test_who_loses_the_role_is_not_asked(house: House) -> None:
    """A demoted administrator stands in the chat again, whatever was typed."""
    admin = await house.admin()
    made = await admin.ask("admin.addUser", userName="ana", email="ana@example.com", role="admin", password=PASSWORD)
    ana = await house.visit("ana@example.com")
    await ana.go("/#/admin/settings")
    await ana.page.locator("[name=name]").fill("Half typed")
    await admin.ask("admin.setRole", userId=made["user"]["id"], role="user")
    await expect(ana.page.get_by_test_id("admin-panel")).to_have_count(0)
    await expect(ana.page.get_by_test_id("composer")).to_be_visible()
    await expect(ana.page.locator("dialog[open]")).to_have_count(0)


async def test_what_the_file_decides_is_shown_and_cannot_be_changed(serve: Serve) -> None:
    """Seats, sessions, registration, passwords: as text, without a field."""
    house = await serve(
        auth={"isInviteRequired": False, "maxActiveSessions": 3, "passwordPolicy": {"minLength": 12, "history": 5}},
        server={"maxSeats": 50},
    )
    settings = await ServerSettings.opened(house)
    await expect(settings.fixed("signIn")).to_contain_text("Open to everybody")
    await expect(settings.fixed("sessions")).to_contain_text("at most 3")
    await expect(settings.fixed("sessions")).to_contain_text("7 days")
    await expect(settings.fixed("limits").locator("div", has_text="Seats")).to_contain_text("at most 50")
    await expect(settings.fixed("passwords")).to_contain_text("At least 12 characters")
    await expect(settings.fixed("passwords")).to_contain_text("The last 5")
    await expect(settings.page.locator("dl").locator("input, select, button")).to_have_count(0)


async def test_the_settings_page_is_for_everybody(house: House) -> None:
    """The rules of WCAG, in both themes and on a phone, where nothing scrolls sideways."""
    settings = await ServerSettings.opened(house)
    await settings.required("admins").check()
    await settings.visitor.axe_for_everybody()
