"""The admin panel's frame and its Users page, as administrators walk through it, and as the others do not."""

import pyotp
from playwright.async_api import expect

from tests.page.conftest import Serve
from tests.page.house import House
from tests.page.looks import PHONE
from tests.page.users_page import ALICE, BOB, LONG_ENOUGH, Users, peopled
from tests.postbox import Postbox
from tests.serving import ADMIN_EMAIL

# --- the frame


async def test_F01_the_shield_comes_and_goes_with_the_role(house: House) -> None:
    """R01: at the top right for administrators only, live; who is demoted in the panel stands in the chat again."""
    admin, bob = await house.admin(), await house.visit(BOB)
    shield = bob.page.get_by_test_id("admin-shield")
    await expect(shield).to_have_count(0)
    bob_id = (await admin.ask("user.find", query="bob"))["users"][0]["id"]
    await admin.ask("admin.setRole", userId=bob_id, role="admin")
    await shield.click()
    await expect(bob.page.get_by_test_id("admin-panel")).to_be_visible()
    await expect(bob.page.get_by_role("heading", name="Users", level=1)).to_be_focused()
    assert bob.page.url.endswith("#/admin/users")
    await admin.ask("admin.setRole", userId=bob_id, role="user")
    await expect(bob.page.get_by_test_id("admin-panel")).to_have_count(0)
    await expect(bob.composer).to_be_visible()
    await expect(bob.toast).to_contain_text("You are no longer an administrator.")
    await expect(shield).to_have_count(0)


async def test_the_address_of_the_panel_is_nobodys_else(house: House) -> None:
    """The outsider: an address typed by hand shows him the chat."""
    bob = await house.visit(BOB)
    await bob.go("/#/admin/users")
    await bob.is_in()
    await expect(bob.page.get_by_test_id("admin-panel")).to_have_count(0)


async def test_g_then_a_opens_the_panel_and_back_leads_where_one_was(house: House) -> None:
    """Also after a reload; the chat stays open underneath."""
    admin = await house.visit(ADMIN_EMAIL)
    await admin.open_channel("general")
    address = admin.page.url
    await admin.channel_row("general").focus()
    await admin.page.keyboard.press("g")
    await admin.page.keyboard.press("a")
    await expect(admin.page.get_by_test_id("admin-panel")).to_be_visible()
    await admin.page.reload()
    await expect(admin.page.get_by_test_id("admin-panel")).to_be_visible()
    await admin.page.get_by_test_id("back-to-chat").click()
    await expect(admin.composer).to_be_visible()
    await expect(admin.page).to_have_url(address)


# --- the list


async def test_R05_R06_R12_R13_R14_the_list_is_sorted_searched_and_narrowed_down(house: House) -> None:
    """Newest first; a head sorts and turns round; tabs have counts; a search that finds nobody says so."""
    await peopled(house)
    users = await Users.opened(house)
    await users.lists("Cleo", "Ben", "Ana", "admin")
    head = users.page.locator("[data-sort=name]")
    await head.click()
    await users.lists("admin", "Ana", "Ben", "Cleo")
    await expect(users.page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "ascending")
    await head.click()
    await users.lists("Cleo", "Ben", "Ana", "admin")
    await users.field("role").select_option("admin")
    await users.lists("Ana", "admin")
    await users.field("role").select_option("")
    await users.page.get_by_role("tab", name="Deactivated 1").click()
    await users.lists("Cleo")
    await users.page.get_by_role("tab", name="All 4").click()
    await users.field("search").fill("BEN@example")
    await users.lists("Ben")
    await users.field("search").fill("nobody at all")
    await expect(users.page.get_by_text("Nobody found")).to_be_visible()
    await users.field("search").press("Escape")
    await users.lists("Cleo", "Ben", "Ana", "admin")


async def test_R09_R10_what_others_do_is_seen_at_once(house: House) -> None:
    """Rows come, change and go live, and the panel beside them with them; also after the connection was lost."""
    await peopled(house)
    admin = await house.admin()
    users = await Users.opened(house)
    await users.row("Ben").locator("a.person").click()
    await expect(users.info.get_by_role("heading", name="Ben")).to_be_visible()
    ben = (await admin.ask("admin.listUsers", search="ben"))["users"][0]["id"]
    await admin.ask("admin.updateUser", userId=ben, nickname="Benny", displayName="Benjamin")
    await expect(users.row("Benjamin")).to_be_visible()
    await expect(users.info).to_contain_text("Benny")
    await admin.ask("admin.addUser", userName="dora", displayName="Dora", password=LONG_ENOUGH)
    await expect(users.row("Dora").locator(".state")).to_have_text("Pending")
    await house.running.sign_in_with_password("dora", LONG_ENOUGH)
    await expect(users.row("Dora").locator(".state")).to_have_text("Active")
    await admin.ask("admin.removeUser", userId=ben)
    await expect(users.row("Benjamin")).to_have_count(0)
    await expect(users.info).to_contain_text("This user is gone")


async def test_R02_RX15_seats_are_shown_and_full_seats_stop_new_users(serve: Serve) -> None:
    house = await serve(server={"maxSeats": 3})
    admin = await house.admin()
    await admin.ask("admin.addUser", userName="ana", password=LONG_ENOUGH)
    users = await Users.opened(house)
    seats = users.page.get_by_test_id("seats")
    await expect(seats).to_contain_text("2/3")
    await expect(seats).to_contain_text("1 available")
    await admin.ask("admin.addUser", userName="ben", password=LONG_ENOUGH)
    await expect(seats).to_contain_text("none available")
    await expect(users.button("New user")).to_have_attribute("aria-disabled", "true")
    await expect(users.button("Invite")).to_have_count(0)  # there is no e-mail here


async def test_R36_the_menu_offers_what_the_state_allows(house: House) -> None:
    """Destructive entries last and apart; oneself is looked at and edited only."""
    await peopled(house)
    users = await Users.opened(house)
    everything = ["View", "Edit", "Make Admin", "Reset password", "End all sessions", "Export data"]
    assert await users.menu_of("Ben") == [*everything, "Deactivate", "Delete…"]
    await expect(users.page.get_by_role("menu").locator(".danger")).to_have_text(["Deactivate", "Delete…"])
    await users.page.keyboard.press("Escape")
    assert await users.menu_of("Cleo") == ["Activate", "Delete…"]
    await users.page.keyboard.press("Escape")
    assert await users.menu_of("admin") == ["View", "Edit"]


async def test_R07_the_table_is_walked_by_keys_and_opens_the_panel(house: House) -> None:
    await peopled(house)
    users = await Users.opened(house)
    await users.row("Cleo").locator("a.person").focus()
    await users.page.keyboard.press("ArrowDown")
    await expect(users.row("Ben").locator("a.person")).to_be_focused()
    await users.page.keyboard.press("Shift+F10")
    await expect(users.page.get_by_role("menu")).to_be_visible()
    await users.page.keyboard.press("Escape")
    await users.page.keyboard.press("/")
    await expect(users.field("search")).to_be_focused()
    await users.row("Ben").locator("a.person").press("Enter")
    await expect(users.page.locator("#info-title")).to_be_focused()
    await users.page.keyboard.press("Escape")
    await expect(users.info).to_have_count(0)
    await expect(users.row("Ben").locator("a.person")).to_be_focused()
    await users.page.keyboard.press("n")
    await expect(users.page.get_by_test_id("user-form")).to_be_visible()


# --- one user


async def test_R15_R16_the_panel_shows_what_is_known_of_a_user(house: House) -> None:
    await peopled(house)
    admin = await house.admin()
    ben = (await admin.ask("admin.listUsers", search="ben"))["users"][0]["id"]
    await admin.ask(
        "admin.updateUser", userId=ben, extension="214", bio="Lamps.", timezone="Asia/Tokyo", emailVerified=True
    )
    users = await Users.opened(house, f"/{ben}")
    for fact in ("@ben", "Active", "ben@example.com", "Verified", "Asia/Tokyo", "214", "Lamps.", "1session"):
        await expect(users.info).to_contain_text(fact)
    await users.info.get_by_role("button", name="Direct message").click()
    await expect(users.page.get_by_role("heading", name="Ben", level=1)).to_be_visible()


async def test_R17_R23_F44_only_what_was_touched_is_saved_and_a_taken_name_is_refused(house: House) -> None:
    """R18-R30: a name that differs in case only is taken; the form keeps what was typed."""
    await peopled(house)
    admin = await house.admin()
    ben = (await admin.ask("admin.listUsers", search="ben"))["users"][0]["id"]
    users = await Users.opened(house, f"/{ben}/edit")
    await users.field("userName").fill("ANA")
    await users.field("nickname").fill("Benny")
    await users.button("Save user").click()
    await expect(users.page.get_by_text("Username already exists. Choose another one.")).to_be_visible()
    await expect(users.field("userName")).to_be_focused()
    await admin.ask("admin.updateUser", userId=ben, extension="99")
    await expect(users.page.get_by_text("Somebody changed this user just now.")).to_be_visible()
    await expect(users.field("extension")).to_have_value("99")
    await expect(users.field("nickname")).to_have_value("Benny")
    await users.field("userName").fill("benjamin")
    await users.button("Save user").click()
    await users.told("Ben is saved.")
    saved = (await admin.ask("admin.getUser", userId=ben))["user"]
    assert (saved["userName"], saved["nickname"], saved["extension"], saved["displayName"]) == (
        "benjamin",
        "Benny",
        "99",
        "Ben",
    )


async def test_leaving_a_form_with_changes_asks(house: House) -> None:
    await peopled(house)
    users = await Users.opened(house, "/new/edit")
    await users.field("displayName").fill("Kim")
    await users.button("Cancel").click()
    await expect(users.page.get_by_test_id("confirm")).to_contain_text("Discard your changes?")
    await users.button("Discard changes").click()
    await expect(users.page.get_by_role("heading", name="Users", level=1)).to_be_visible()


async def test_R04_M13_a_new_user_gets_a_password_that_is_shown_once(house: House) -> None:
    """Made up, meeting the policy, handed over; the rules tick while one types."""
    users = await Users.opened(house)
    await users.button("New user").click()
    await users.field("displayName").fill("Kim")
    await users.field("userName").fill("kim")
    await users.field("nickname").fill("K")
    await users.button("Save user").click()
    await expect(users.page.get_by_text("Enter a first password, or have one made.")).to_be_visible()
    await users.button("Make one up").click()
    await users.button("Save user").click()
    given = users.page.get_by_test_id("hand-over")
    await expect(given).to_contain_text("Kim can sign in now.")
    password = await given.locator(".secret").inner_text()
    assert len(password) >= 8
    admin = await house.admin()
    made = (await admin.ask("admin.listUsers", search="kim"))["users"][0]
    assert (made["displayName"], made["nickname"]) == ("Kim", "K")


async def test_R34_F47_a_password_set_by_hand_is_repeated_and_must_meet_the_policy(house: House) -> None:
    await peopled(house)
    admin = await house.admin()
    ben = (await admin.ask("admin.listUsers", search="ben"))["users"][0]["id"]
    users = await Users.opened(house, f"/{ben}/edit")
    await users.page.locator("input[name=kind][value=manual]").check()
    await users.field("password").fill("short")
    await users.field("repeated").fill("other")
    await users.button("Save user").click()
    await expect(users.page.get_by_text("2 things need attention: password, repeated password.")).to_be_visible()
    await expect(users.page.get_by_text("The two do not match yet.")).to_be_visible()
    rule = users.page.locator(".rules li", has_text="At least 8 characters")
    await expect(rule).to_have_class("broken")
    await users.field("password").fill("harbour lamps 61 ")
    await expect(rule).to_have_class("met")
    await expect(users.page.locator(".rules .warned")).to_contain_text("space at the beginning or the end")
    await users.field("repeated").fill("harbour lamps 61 ")
    await users.button("Save user").click()
    await expect(users.page.get_by_test_id("hand-over")).to_contain_text("Ben can sign in with this password now.")
    assert await users.page.locator(".hand-over .secret").text_content() == "harbour lamps 61 "


# --- what is done to somebody


async def test_F23_a_removal_shows_first_what_it_keeps_and_erases(house: House) -> None:
    """Counts, and who inherits a private channel that nobody else could manage."""
    alice, admin = await house.client(ALICE), await house.admin()
    bob = await house.client(BOB)
    channel = (await alice.ask("channel.create", name="hiring", kind="private"))["channel"]["id"]
    await alice.ask("channel.addMember", channelId=channel, userId=bob.user_id)
    for text in ("one", "two"):
        await alice.ask("message", channelId=channel, content=text)
    await alice.ask("bot.create", userName="alices-bot")
    assert (await admin.ask("admin.removeUserPreview", userId=alice.user_id))["counts"]["messages"] == 2
    users = await Users.opened(house)
    await users.choose("alice", "Delete…")
    dialog = users.page.get_by_test_id("remove-user")
    await expect(dialog.locator("tr", has_text="Messages")).to_contain_text("2")
    await expect(dialog.locator("tr", has_text="hiring")).to_contain_text("to bob")
    await expect(dialog.locator("tr", has_text="Bots")).to_contain_text("1")
    await dialog.locator("[name=erasure]").select_option("delete")
    await expect(dialog.locator("tr", has_text="Messages")).to_contain_text("deleted")
    await expect(users.button("Delete user")).to_have_attribute("aria-disabled", "true")
    await dialog.get_by_role("textbox").fill("alice")
    await users.button("Delete user").click()
    await expect(users.row("alice")).to_have_count(0)


async def test_R03_RX16_many_are_invited_with_a_result_for_each(serve: Serve, box: Postbox) -> None:
    """Any separators; who is here already and what is no address are told apart, and only those come again."""
    house = await serve(email=box.settings())
    admin = await house.admin()
    await admin.ask("admin.addUser", userName="ana", email="ana@example.com", password=LONG_ENOUGH)
    users = await Users.opened(house)
    await users.button("Invite").click()
    dialog = users.page.get_by_test_id("invite")
    await users.field("emails").fill("lea@example.com; kim@\nana@example.com, LEA@example.com")
    await expect(dialog.locator(".chips li")).to_have_text(["kim@, not a full address"])
    await users.visitor.axe()
    await users.button("Send 2 invitations").click()
    await expect(dialog.get_by_role("heading")).to_have_text("1 invited, 2 not")
    await expect(dialog.locator("li", has_text="lea@example.com")).to_contain_text("sent")
    await box.letter_to("lea@example.com")
    await users.button("Correct the 2").click()
    await expect(users.field("emails")).to_have_value("ana@example.com\nkim@")
    await users.page.keyboard.press("Escape")
    assert "Resend welcome email" in await users.menu_of("lea")
    await users.page.get_by_role("menuitem", name="Resend welcome email").click()
    await users.told("The welcome e-mail to lea is on its way.")
    await box.letter_to("lea@example.com", 2)


async def test_RX08_what_cannot_be_undone_asks_for_one_more_check(house: House) -> None:
    """A wrong code stands under its field, the right one sends the deed again; given up, nothing was done."""
    await peopled(house)
    users = await Users.opened(house)
    admin = await house.admin()
    secret = (await admin.ask("totp.begin"))["secret"]
    await admin.ask("totp.confirm", code=pyotp.TOTP(secret).at(house.clock.now() // 1000))
    house.clock.advance(60)
    check = users.page.get_by_test_id("step-up")
    await users.choose("Ana", "Remove Admin")
    await users.button("Cancel").click()
    await expect(check).to_have_count(0)
    await expect(users.row("Ana")).to_contain_text("Admin")
    await expect(users.visitor.toast).to_have_count(0)
    await users.choose("Ana", "Remove Admin")
    await users.field("proof").fill("000000")
    await users.visitor.axe()
    await users.button("Confirm").click()
    await expect(check.locator(".error")).to_be_visible()
    await users.field("proof").fill(pyotp.TOTP(secret).at(house.clock.now() // 1000))
    await users.button("Confirm").click()
    await users.told("Ana is no longer an administrator.")
    await expect(check).to_have_count(0)


async def test_the_users_page_is_for_everybody(house: House) -> None:
    """The rules of WCAG, in both themes and on a phone: list, panel, form."""
    await peopled(house)
    users = await Users.opened(house)
    await users.lists("Cleo", "Ben", "Ana", "admin")
    await users.visitor.axe_for_everybody()
    await users.row("Ben").locator("a.person").click()
    await expect(users.info).to_contain_text("ben@example.com")
    await users.visitor.axe_for_everybody()
    await users.info.get_by_role("link", name="Edit").click()
    await expect(users.page.get_by_test_id("user-form")).to_be_visible()
    await users.page.locator("input[name=kind][value=manual]").check()
    await users.visitor.axe_for_everybody()


async def test_a_phone_shows_menu_list_panel_and_form_one_by_one(house: House) -> None:
    """The arrow leads from each to the one before, and no screen scrolls sideways."""
    await peopled(house)
    users = await Users.opened(house, size=PHONE)
    await users.page.get_by_role("link", name="Admin menu").click()
    await expect(users.page.get_by_role("navigation", name="Administration")).to_be_visible()
    await users.page.get_by_role("link", name="Users").click()
    await users.row("Ben").locator("a.person").click()
    await expect(users.info).to_be_visible()
    await expect(users.page.get_by_role("heading", name="Users", level=1)).to_be_hidden()
    assert await users.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await users.info.get_by_role("button", name="Close user info").click()
    await expect(users.page).to_have_url(f"{house.url}/#/admin/users")  # a step back, which takes its time
    await users.page.get_by_role("link", name="Admin menu").click()
    await users.page.get_by_test_id("back-to-chat").click()
    await expect(users.page.get_by_test_id("admin-panel")).to_have_count(0)
