"""The admin panel's page "Statistics", as administrators walk through it."""

import re

from playwright.async_api import Locator, Request, expect

from chatd.services import figures
from tests.page.admin_page import AdminPage
from tests.page.house import House

ALICE, BOB = "alice@example.com", "bob@example.com"
LONG_ENOUGH = "a long enough one"


class Statistics(AdminPage):
    """The page of one administrator: where things stand on it."""

    path = "stats"

    @property
    def landmark(self) -> Locator:
        return self.page.get_by_test_id("figures")

    def figure(self, id: str) -> Locator:
        return self.page.locator(f"[data-figure={id}] .figure")

    def chart(self, title: str) -> Locator:
        return self.page.get_by_role("region", name=title, exact=True)

    @property
    def never(self) -> Locator:
        return self.page.get_by_test_id("never-signed-in")

    @property
    def idle(self) -> Locator:
        return self.page.get_by_test_id("idle")

    async def period(self, name: str) -> None:
        await self.page.get_by_role("radio", name=name).click()
        await expect(self.page.get_by_role("radio", name=name)).to_have_attribute("aria-checked", "true")


async def written(house: House, days: int = 3) -> None:
    """Bob writes a message more each day; the figures are written down."""
    for day in range(days):
        bob = await house.client(BOB)
        channel = (await bob.ask("channel.list"))["channels"][0]["id"]
        for n in range(day + 1):
            await bob.ask("message", channelId=channel, content=f"message {n}")
        await figures.write_down(house.running.node.chat)
        if day < days - 1:
            house.clock.advance(24 * 3600)


async def test_F02_the_panel_has_people_sessions_keys_and_statistics_over_the_open_socket(house: House) -> None:
    """The four pages of the guide, each loaded without a request over HTTP; nobody else gets any of them."""
    await written(house, 1)
    statistics = await Statistics.opened(house)
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    statistics.page.on("request", note)
    for name, there in (
        ("Users", "user-row"),
        ("Sessions", "session-row"),
        ("Tokens and webhooks", "join-links"),
        ("Statistics", "figures"),
    ):
        await statistics.page.get_by_role("navigation", name="Administration").get_by_role("link", name=name).click()
        await expect(statistics.page.get_by_role("heading", name=name, level=1)).to_be_visible()
        await expect(statistics.page.get_by_test_id(there).first).to_be_visible()
    assert [url for url in asked if "/static/" not in url] == []


async def test_the_figures_are_live(house: House) -> None:
    """Who comes and writes while the page is open is counted within seconds, by the server's own news."""
    statistics = await Statistics.opened(house)
    await expect(statistics.figure("messages")).to_contain_text("0")
    await expect(statistics.figure("sessions")).to_contain_text("1 open window")
    alice = await house.client(ALICE)
    channel = (await alice.ask("channel.list"))["channels"][0]["id"]
    for n in range(3):
        await alice.ask("message", channelId=channel, content=f"message {n}")
    await expect(statistics.figure("sessions")).to_contain_text("2 open windows")
    await expect(statistics.figure("messages")).to_contain_text("3")


async def test_charts_show_what_was_written_down_and_the_same_as_a_table(house: House) -> None:
    """A sentence names each chart; its table has the numbers; the period changes all of them."""
    await written(house)
    statistics = await Statistics.opened(house)
    await expect(statistics.figure("messages")).to_contain_text("2 yesterday")
    chart = statistics.chart("Messages per day")
    assert "6 in all, most 3 at" in str(await chart.get_by_role("img").get_attribute("aria-label"))
    await expect(chart.locator(".bars rect")).to_have_count(30)
    await statistics.button("Show as table: Messages per day").click()
    await expect(chart.locator("tbody td")).to_have_text(["1", "2", "3"])
    await statistics.button("Show as chart: Messages per day").click()
    await expect(chart.get_by_role("img")).to_be_visible()
    await expect(statistics.chart("Answer time, ms").locator("polyline")).to_have_count(2)
    await statistics.period("24 hours")
    await expect(statistics.chart("Messages per hour").locator(".bars rect")).to_have_count(24)
    await statistics.period("12 months")
    await expect(statistics.chart("Messages per week").get_by_role("img")).to_have_attribute(
        "aria-label", re.compile("^Messages per week: 6 in all")
    )
    await statistics.page.keyboard.press("ArrowLeft")
    await expect(statistics.chart("Messages per day")).to_be_visible()


async def test_M36_who_never_came_and_who_is_long_away_is_listed_and_deactivated_at_once(house: House) -> None:
    """Administrators are counted and left out; the time can be chosen; the list empties when the deed is done."""
    admin = await house.admin()
    await admin.ask("admin.addUser", userName="ingrid", email="ingrid@example.com", password=LONG_ENOUGH)
    await house.client(ALICE)
    house.clock.advance(20 * 86400)
    await house.client(BOB)
    house.clock.advance(20 * 86400)
    statistics = await Statistics.opened(house)
    await expect(statistics.figure("people")).to_contain_text("1 administrator")
    await expect(statistics.never.locator("li a")).to_have_text(["ingrid"])
    await expect(statistics.idle.locator("li a")).to_have_text(["alice"])
    await statistics.idle.locator("select").select_option("14")
    await expect(statistics.idle.locator("li a")).to_have_text(["alice", "bob"])
    await statistics.idle.locator("select").select_option("30")
    await expect(statistics.idle.locator("li a")).to_have_text(["alice"])
    await statistics.button("Deactivate these…").click()
    await expect(statistics.page.get_by_test_id("ask")).to_contain_text("Administrators are left out.")
    await statistics.button("Cancel").click()
    await expect(statistics.idle.locator("li a")).to_have_text(["alice"])
    await statistics.idle.locator("select").select_option("14")
    await expect(statistics.idle.locator("li a")).to_have_text(["alice", "bob"])
    await statistics.button("Deactivate these…").click()
    await statistics.page.get_by_test_id("ask").get_by_role("button", name="Deactivate").click()
    await expect(statistics.idle).to_contain_text("Everybody was here lately.")
    again = await house.admin()
    assert (await again.ask("admin.listUsers"))["counts"]["deactivated"] >= 2


async def test_the_statistics_are_for_everybody(house: House) -> None:
    """The rules of WCAG, in both themes and on a phone, where nothing scrolls sideways."""
    await written(house, 2)
    statistics = await Statistics.opened(house)
    await expect(statistics.page.get_by_role("img").first).to_be_visible()
    await statistics.visitor.axe_for_everybody()
    await statistics.button("Show as table: Answer time, ms").click()
    await statistics.visitor.axe_for_everybody()
