"""The admin panel's Audit log page: who did what to whom, when and from where; live, page by page, to take along."""

import json
import re
from pathlib import Path
from typing import get_args

from playwright.async_api import Locator, expect

from chatd.domain.audited import Action
from tests.client import Client
from tests.page.admin_page import AdminPage
from tests.page.house import House

STATIC = Path(__file__).parent.parent.parent / "static"
BEN, EVE = "ben@example.com", "eve@example.com"
LONG_ENOUGH = "a long enough one"


class Log(AdminPage):
    """The Audit log page of one administrator: where things stand on it."""

    path = "audit"

    @property
    def landmark(self) -> Locator:
        return self.page.get_by_role("heading", name="Audit log", level=1)

    @property
    def rows(self) -> Locator:
        return self.page.get_by_test_id("audit-row")

    def row(self, action: str) -> Locator:
        return self.page.locator(f"tr[data-action='{action}']")

    async def choose(self, name: str, value: str) -> None:
        await self.page.locator(f"select[name={name}]").select_option(value)

    async def says(self, *sentences: str) -> None:
        """Wait until the log holds just these, newest first."""
        await expect(self.rows.locator(".what")).to_have_text(list(sentences))


async def added(admin: Client, name: str, **more: object) -> str:
    reply = await admin.ask("admin.addUser", userName=name, displayName=name.title(), password=LONG_ENOUGH, **more)
    return str(reply["user"]["id"])


def sentences(table: str) -> dict[str, str]:
    text = (STATIC / "lib" / "text_admin_audit.js").read_text(encoding="utf-8")
    return dict(re.findall(rf'^  "audit\.{table}\.([\w.]+)": "(.*)",$', text, re.MULTILINE))


def test_MX02_everything_that_is_written_down_has_a_sentence() -> None:
    """For each action of the server one, and none for what it never writes."""
    assert sorted(sentences("did")) == sorted(get_args(Action))


def test_every_action_can_be_filtered_for() -> None:
    """Each stands in a group, and no group looks for what does not exist."""
    source = (STATIC / "models" / "audit_log.js").read_text(encoding="utf-8")
    table = source.split("export const GROUPS = {", 1)[1].split("};", 1)[0]
    wanted = {part for group in re.findall(r'"(.*)"', table) for part in group.split(",")}

    def named(part: str) -> set[str]:
        return {action for action in get_args(Action) if action == part or action.startswith(part.removesuffix("*"))}

    assert {action for part in wanted for action in named(part)} == set(get_args(Action))
    assert [part for part in wanted if not named(part)] == []


def test_a_name_that_nobody_declared_cannot_be_written() -> None:
    """Services give names as literals of the declared type, which the type checker holds them to."""
    source = (STATIC.parent / "chatd" / "services" / "asking.py").read_text(encoding="utf-8")
    assert len(re.findall(r"action: Action", source)) == 2
    assert "action: str" not in source


async def test_MX02_a_deed_is_written_down_with_who_whom_when_and_from_where(house: House) -> None:
    """In words; opened, with all its details and the way to everything else about both."""
    admin = await house.admin()
    ben = await added(admin, "ben")
    await admin.ask("admin.setRole", userId=ben, role="admin")
    log = await Log.opened(house)
    row = log.row("role.changed")
    for fact in ("admin", "Role changed", "Ben, Admin", "127.0.0.1"):
        await expect(row).to_contain_text(fact)
    await row.get_by_role("button", name="Details: Role changed").click()
    detail = log.page.locator("td.detail")
    for fact in ("Time", "Address", "127.0.0.1", "Role", "Admin", "role.changed"):
        await expect(detail).to_contain_text(fact)
    await detail.get_by_role("link", name="All about Ben").click()
    await expect(log.page).to_have_url(f"{house.url}/#/admin/audit/{ben}")
    await expect(log.page.get_by_test_id("chip")).to_contain_text("About Ben")
    await log.says("Role changed", "User added")
    await log.button("Show the whole log").click()
    await expect(log.row("signIn.succeeded").first).to_be_visible()
    await log.visitor.go(f"/#/admin/audit/{admin.user_id}/by")
    await expect(log.page.get_by_test_id("chip")).to_contain_text("By admin")
    await expect(log.row("role.changed")).to_have_count(1)


async def test_F40_the_log_is_filtered_and_searched(house: House) -> None:
    """By what happened, by when, by a name; what is found is told."""
    admin = await house.admin()
    house.clock.added_ms = -2 * 86_400_000
    ben = await added(admin, "ben")
    house.clock.added_ms = 0
    await added(admin, "cleo")
    await admin.ask("admin.setRole", userId=ben, role="admin")
    log = await Log.opened(house)
    await log.choose("group", "roles")
    await log.says("Role changed")
    await log.choose("group", "users")
    await log.says("User added", "User added")
    await log.choose("period", "day")
    await log.says("User added")
    await log.choose("period", "")
    await log.says("User added", "User added")
    await log.page.locator("[name=search]").fill("ben")
    await log.says("User added")
    await expect(log.rows).to_contain_text("Ben")
    await log.page.locator("[name=search]").fill("nobody of this name")
    await expect(log.page.get_by_text("No entry found")).to_be_visible()


async def test_F46_refusals_and_failures_stand_out(house: House) -> None:
    """Who tried what he may not, and who came with a wrong password; without what was typed."""
    admin = await house.admin()
    await added(admin, "ben")
    eve = await house.client(EVE)
    await eve.refused("admin.setRole")
    for login in ("ben", "hunter2"):
        await house.running.http.post(
            house.url + "/auth/password-login", json={"login": login, "password": "not the one"}
        )
    log = await Log.opened(house)
    await log.choose("group", "refused")
    await log.says("Sign-in failed", "Sign-in failed", "Refused: Admin access required")
    await expect(log.rows.first).to_contain_text("unknown name")
    await expect(log.rows.nth(1)).to_contain_text("Ben, wrong password")
    await expect(log.row("denied")).to_contain_text("admin.setRole")
    await expect(log.page.locator("tr.refused")).to_have_count(3)
    await expect(log.page.get_by_text("hunter2")).to_have_count(0)


async def test_F38_what_happens_stands_at_the_top_at_once(house: House) -> None:
    """Also of somebody whom the page has not heard of, by name; and after a lost connection."""
    admin = await house.admin()
    log = await Log.opened(house, wired=True)
    await expect(log.rows.first).to_be_visible()
    ben = await added(admin, "ben")
    await expect(log.rows.first).to_contain_text("User added")
    await expect(log.rows.first).to_contain_text("Ben, User")
    await log.visitor.loses_connection()
    await admin.ask("admin.removeUser", userId=ben)
    await log.visitor.regains_connection()
    await expect(log.rows.first).to_contain_text("User deleted")
    await expect(log.rows.first).to_contain_text("Ben")


async def test_MX02_older_entries_are_read_page_by_page(house: House) -> None:
    """Nothing shifts while the log grows: behind the last entry of a page comes the next."""
    admin = await house.admin()
    ben = await added(admin, "ben")
    for number in range(60):
        await admin.ask("admin.updateUser", userId=ben, nickname=f"Number {number}")
    log = await Log.opened(house, f"/{ben}")
    await expect(log.rows).to_have_count(50)
    await expect(log.page.locator(".pager")).to_contain_text("61 entries")
    await admin.ask("admin.updateUser", userId=ben, nickname="One more")
    await expect(log.page.locator(".pager")).to_contain_text("62 entries")
    last = int(await log.rows.last.get_attribute("data-id") or 0)
    await log.button("Older").click()
    await expect(log.rows).to_have_count(12)
    assert int(await log.rows.first.get_attribute("data-id") or 0) == last - 1
    await expect(log.rows.last).to_contain_text("User added")
    await expect(log.button("Older")).to_have_attribute("aria-disabled", "true")
    await log.button("Newer").click()
    await expect(log.rows).to_have_count(50)


async def test_MX02_what_is_shown_can_be_taken_along(house: House) -> None:
    """All pages of it, with the same filters, as a file; and that is written down too."""
    admin = await house.admin()
    ben = await added(admin, "ben")
    await admin.ask("admin.setRole", userId=ben, role="admin")
    log = await Log.opened(house)
    await log.choose("group", "roles")
    await log.says("Role changed")
    await log.button("Export").click()
    async with log.page.expect_download() as file:
        await log.page.get_by_role("menuitem", name="As data (JSON)").click()
    assert (await file.value).suggested_filename.endswith(".json")
    text = Path(await (await file.value).path()).read_text(encoding="utf-8")
    assert "role.changed" in text
    assert "user.added" not in text
    json.loads(text)
    await log.choose("group", "server")
    await expect(log.row("export.made")).to_be_visible()


async def test_F40_an_outsider_reads_nothing(house: House) -> None:
    ben = await house.visit(BEN)
    await ben.go("/#/admin/audit")
    await ben.page.reload()
    await ben.is_in()
    await expect(ben.page.get_by_test_id("admin-panel")).to_have_count(0)


async def test_the_audit_log_is_for_everybody(house: House) -> None:
    """The rules of WCAG, in both themes and on a phone: closed, open, nothing found; no screen scrolls sideways."""
    admin = await house.admin()
    await added(admin, "ben")
    eve = await house.client(EVE)
    await eve.refused("admin.stats")
    log = await Log.opened(house)
    await expect(log.row("denied")).to_be_visible()
    await log.visitor.axe_for_everybody()
    await log.row("denied").get_by_role("button").click()
    await expect(log.page.locator("td.detail")).to_be_visible()
    await log.visitor.axe_for_everybody()
