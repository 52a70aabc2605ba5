"""The admin panel's Sessions page, as administrators look through it, end what they do not trust, and see it happen."""

import pyotp
from playwright.async_api import Locator, expect

from tests.client import Client
from tests.page.admin_page import AdminPage
from tests.page.conftest import Serve
from tests.page.house import House

ANA, BEN = "ana@example.com", "ben@example.com"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.3 Mobile/15E148 Safari/604.1"
)


class Sessions(AdminPage):
    """The Sessions page of one administrator: where things stand on it."""

    path = "sessions"

    @property
    def landmark(self) -> Locator:
        return self.page.get_by_role("heading", name="Sessions", level=1)

    @property
    def rows(self) -> Locator:
        return self.page.get_by_test_id("session-row")

    def of(self, name: str) -> Locator:
        return self.rows.filter(has=self.page.locator(f"strong bdi:text-is('{name}')"))


async def signed_in_elsewhere(house: House, email: str, device: str) -> None:
    """A sign-in without an open window."""
    answer = await house.running.http.post(
        house.url + "/auth/dev-login", json={"email": email}, headers={"User-Agent": device}
    )
    assert answer.status_code == 200


async def id_of(admin: Client, name: str) -> str:
    return str((await admin.ask("admin.listUsers", search=name))["users"][0]["id"])


async def test_F35_every_session_is_shown_with_who_on_what_from_where(house: House) -> None:
    """Person, device, address, windows, how long it lasts; one's own is marked and has no button."""
    await house.client(BEN)
    await signed_in_elsewhere(house, ANA, IPHONE)
    sessions = await Sessions.opened(house)
    await expect(sessions.rows).to_have_count(3)
    for fact in ("Safari on iPhone", "127.0.0.1", "0", "in 7 days", "Revoke"):
        await expect(sessions.of("ana")).to_contain_text(fact)
    await expect(sessions.of("ben").locator("td").nth(4)).to_have_text("now")
    await expect(sessions.of("ben").locator("td").nth(5)).to_have_text("1")
    await expect(sessions.of("admin")).to_contain_text("This one")
    await expect(sessions.of("admin").get_by_role("button")).to_have_count(0)
    await expect(sessions.page.locator(".page-head p")).to_contain_text("3 sessions, 2 open windows.")


async def test_F36_sessions_are_filtered_by_user_search_and_who_is_here(house: House) -> None:
    """By a click on the name, by the address, by text, by open windows; a chip leads back to all."""
    admin = await house.client(BEN)
    await signed_in_elsewhere(house, BEN, IPHONE)
    await signed_in_elsewhere(house, ANA, IPHONE)
    sessions = await Sessions.opened(house)
    await expect(sessions.rows).to_have_count(4)
    search = sessions.page.locator("[name=search]")
    await search.fill("iphone")
    await expect(sessions.rows.locator("strong")).to_have_text(["ana", "ben"])
    await search.fill("nothing like it")
    await expect(sessions.page.get_by_text("No session found")).to_be_visible()
    await search.press("Escape")
    await sessions.page.get_by_role("radio", name="Online now").click()
    await expect(sessions.rows).to_have_count(2)
    await expect(sessions.of("ana")).to_have_count(0)
    await sessions.page.get_by_role("radio", name="Online now").press("ArrowRight")
    await expect(sessions.page.get_by_text("No sessions")).to_be_visible()
    await sessions.page.get_by_role("radio", name="All").click()
    await sessions.of("ben").first.locator("a.person").click()
    await expect(sessions.page).to_have_url(f"{house.url}/#/admin/sessions/{admin.user_id}")
    await expect(sessions.page.get_by_test_id("chip")).to_contain_text("Of ben")
    await expect(sessions.rows.locator("strong")).to_have_text(["ben", "ben"])
    await sessions.page.reload()
    await expect(sessions.rows).to_have_count(2)
    await sessions.button("Show the sessions of everybody").click()
    await expect(sessions.rows).to_have_count(4)


async def test_F37_one_suspicious_session_ends_and_only_its_windows_close(house: House) -> None:
    """Its owner is signed out there with the right sentence; his other window stays; the log says who did it."""
    suspicious, trusted = await house.visit(BEN, user_agent=IPHONE), await house.visit(BEN)
    sessions = await Sessions.opened(house)
    phone = sessions.of("ben").filter(has_text="Safari on iPhone")
    await phone.get_by_role("button", name="Revoke").click()
    await sessions.told("The session of ben was ended: Safari on iPhone.")
    await expect(phone).to_have_count(0)
    await expect(sessions.of("ben")).to_have_count(1)
    await sessions.visitor.toast.get_by_role("button", name="Log").click()  # it is there for six seconds
    await expect(sessions.page.locator("tr[data-action='session.revoked']")).to_contain_text("ben")
    suspicious.forgive()
    await suspicious.is_out("An administrator ended this session.")
    await trusted.send("still here")
    await trusted.sees("still here")


async def test_F22_all_sessions_of_one_user_end_after_a_question(house: House) -> None:
    """Find the user's sessions, end them all: so many ended, none is left, nobody else is touched."""
    ben = await house.client(BEN)
    await signed_in_elsewhere(house, BEN, IPHONE)
    ana = await house.client(ANA)
    sessions = await Sessions.opened(house, f"/{ben.user_id}")
    await expect(sessions.rows).to_have_count(2)
    await sessions.button("End all of ben…").click()
    await sessions.button("Cancel").click()
    await expect(sessions.rows).to_have_count(2)
    await sessions.button("End all of ben…").click()
    await sessions.visitor.axe()
    await sessions.button("End all sessions").click()
    await sessions.told("2 sessions of ben were ended.")
    await expect(sessions.page.get_by_text("No sessions")).to_be_visible()
    assert (await ben.ended()).code == 4502
    await ana.ask("ping")


async def test_F42_everybody_but_me_is_signed_out_after_a_second_proof(house: House) -> None:
    """Who has two-step sign-in proves himself again; given up, nothing was done; this window stays open."""
    ben = await house.client(BEN)
    admin = await house.admin()
    secret = (await admin.ask("totp.begin"))["secret"]
    await admin.ask("totp.confirm", code=pyotp.TOTP(secret).at(house.clock.now() // 1000))
    house.clock.advance(60)
    sessions = await Sessions.opened(house)
    await expect(sessions.rows).to_have_count(3)
    await sessions.button("End all but mine…").click()
    await sessions.button("End all but mine").click()
    check = sessions.page.get_by_test_id("step-up")
    await check.get_by_role("button", name="Cancel").click()
    await ben.ask("ping")
    await sessions.button("End all but mine").click()
    await check.locator("[name=proof]").fill(pyotp.TOTP(secret).at(house.clock.now() // 1000))
    await check.get_by_role("button", name="Confirm").click()
    await sessions.told("2 sessions were ended.")
    assert (await ben.ended()).code == 4502
    await expect(sessions.rows).to_have_count(1)
    await expect(sessions.of("admin")).to_contain_text("This one")


async def test_F38_sign_ins_and_ends_are_seen_as_they_happen(house: House) -> None:
    """In the table and in words above it: who came, who went and why."""
    sessions = await Sessions.opened(house)
    feed = sessions.page.get_by_test_id("feed")
    await expect(feed).to_have_text("Sign-ins and ends appear here as they happen.")
    await expect(sessions.rows).to_have_count(1)  # from here on the server tells the page
    ben = await house.client(BEN)
    await expect(feed).to_contain_text("ben signed in")
    await expect(sessions.of("ben")).to_have_count(1)
    await ben.ask("session.signOut")
    await expect(feed.locator("summary")).to_contain_text("A session of ben ended: signed out")
    await expect(sessions.of("ben")).to_have_count(0)
    await feed.locator("summary").click()
    await expect(feed.get_by_role("listitem")).to_contain_text(["ben signed in"])


async def test_F38_an_outsider_cannot_look_on(house: House) -> None:
    """The address typed by hand shows him the chat, and nothing of anybody's sign-in reaches his page."""
    ben = await house.visit(BEN)
    await ben.go("/#/admin/sessions")
    await ben.page.reload()
    await ben.is_in()
    await signed_in_elsewhere(house, ANA, IPHONE)
    await expect(ben.page.get_by_test_id("admin-panel")).to_have_count(0)


async def test_RX11_the_list_is_sorted_by_its_heads(house: House) -> None:
    """Last active first; by start, newest first, and turned round."""
    await signed_in_elsewhere(house, ANA, IPHONE)
    house.clock.advance(3600)
    await signed_in_elsewhere(house, BEN, IPHONE)
    house.clock.advance(3600)
    sessions = await Sessions.opened(house)
    names = sessions.rows.locator("strong")
    await expect(names).to_have_text(["admin", "ben", "ana"])
    head = sessions.page.locator("[data-sort=createdAt]")
    await head.click()
    await head.click()
    await expect(names).to_have_text(["ana", "ben", "admin"])
    await expect(sessions.page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "ascending")


async def test_M32_the_limit_of_one_user_is_shown_and_set(serve: Serve) -> None:
    """Empty is the server's, a number is his own; it holds at the next sign-in."""
    house = await serve(auth={"maxActiveSessions": 3})
    ben = await house.client(BEN)
    sessions = await Sessions.opened(house, f"/{ben.user_id}")
    lead = sessions.page.locator(".page-head p")
    await expect(lead).to_contain_text("At most 3 sessions each; one more ends the oldest.")
    await sessions.button("Session limit…").click()
    field = sessions.page.locator("[name=sessionLimit]")
    await field.fill("many")
    await sessions.button("Save limit").click()
    await expect(field).to_be_focused()
    await expect(sessions.page.get_by_text("Enter a whole number from 0 to 10,000, or nothing.")).to_be_visible()
    await sessions.visitor.axe()
    await field.fill("1")
    await sessions.button("Save limit").click()
    await expect(lead).to_contain_text("ben may have 1 session at once, whatever the server's limit.")
    await signed_in_elsewhere(house, BEN, IPHONE)
    assert (await ben.ended()).code == 4501
    await expect(sessions.rows).to_have_count(1)


async def test_after_a_lost_connection_the_list_is_right_again(house: House) -> None:
    """What began and ended meanwhile is not missed."""
    ben = await house.client(BEN)
    sessions = await Sessions.opened(house, wired=True)
    await expect(sessions.of("ben")).to_have_count(1)
    await sessions.visitor.loses_connection()
    await ben.ask("session.signOut")
    await signed_in_elsewhere(house, ANA, IPHONE)
    await sessions.visitor.regains_connection()
    await expect(sessions.of("ana")).to_have_count(1)
    await expect(sessions.of("ben")).to_have_count(0)


async def test_many_sessions_have_pages(house: House) -> None:
    """Fifty on a page; the way back and forth is at the bottom."""
    for _ in range(60):
        await signed_in_elsewhere(house, BEN, IPHONE)
    sessions = await Sessions.opened(house)
    await expect(sessions.rows).to_have_count(50)
    pager = sessions.page.locator(".pager")
    await expect(pager).to_contain_text("1 to 50 of 61")
    await sessions.button("Next").click()
    await expect(sessions.rows).to_have_count(11)
    await expect(pager).to_contain_text("51 to 61 of 61")
    await expect(sessions.button("Next")).to_have_attribute("aria-disabled", "true")
    await sessions.button("Previous").click()
    await expect(sessions.rows).to_have_count(50)


async def test_the_sessions_page_is_for_everybody(house: House) -> None:
    """The rules of WCAG, in both themes and on a phone: of all, of one; and no screen scrolls sideways."""
    ben = await house.client(BEN)
    await (await house.admin()).ask("admin.updateUser", userId=ben.user_id, displayName="<b>مريم</b> " + "long" * 20)
    sessions = await Sessions.opened(house)
    await expect(sessions.rows.first).to_be_visible()
    await sessions.visitor.axe_for_everybody()
    await signed_in_elsewhere(house, ANA, IPHONE)
    await signed_in_elsewhere(house, ANA, IPHONE)
    await sessions.page.locator("details.feed summary").click()
    await sessions.visitor.axe_for_everybody()
    await sessions.visitor.go(f"/#/admin/sessions/{ben.user_id}")
    await expect(sessions.page.get_by_test_id("chip")).to_be_visible()
    await expect(sessions.rows).to_have_count(1)
    await sessions.visitor.axe_for_everybody()
