"""The shell by keyboard: switcher, shortcuts, keyboard map, regions, the order of Tab."""

import re

from playwright.async_api import expect

from tests.page.house import House
from tests.page.shell_deeds import ALICE, BOB, dialog, make_channel, open_place

FIRST_CONTROL = "a[href], button, input, textarea, [tabindex='0']"


async def test_the_switcher_finds_by_letters_and_opens_with_enter(house: House) -> None:
    bob = await house.client(BOB)
    for name in ("firmware", "field-tests", "night-rides"):
        await make_channel(bob, name)
    alice = await house.visit(ALICE)
    await alice.page.keyboard.press("Control+k")
    switcher = await dialog(alice, "switcher")
    box = switcher.get_by_role("combobox")
    await expect(box).to_be_focused()
    await box.press_sequentially("nr")
    await expect(switcher.get_by_test_id("switcher-row").first).to_contain_text("night-rides")
    await expect(switcher.locator("mark").first).to_have_text("n")
    await box.fill("f")
    await expect(switcher.get_by_test_id("switcher-row").first).to_have_attribute("aria-selected", "true")
    await box.press("ArrowDown")
    chosen = switcher.locator("[role=option][aria-selected=true]")
    await expect(box).to_have_attribute("aria-activedescendant", str(await chosen.get_attribute("id")))
    name = str(await chosen.locator("bdi").text_content())
    await box.press("Enter")
    await expect(switcher).to_be_hidden()
    await expect(alice.channel_row(name)).to_have_attribute("aria-current", "page")
    await expect(alice.composer).to_be_focused()


async def test_the_switcher_writes_to_somebody_one_has_not_written_to(house: House) -> None:
    await house.client(BOB)
    alice = await house.visit(ALICE)
    await alice.page.locator(".jump").click()
    switcher = await dialog(alice, "switcher")
    await switcher.get_by_role("combobox").fill("bob")
    await expect(switcher.get_by_test_id("switcher-row").first).to_contain_text("new conversation")
    await switcher.get_by_role("combobox").press("Enter")
    await expect(alice.channel_row("bob")).to_have_attribute("aria-current", "page")


async def test_escape_leaves_the_switcher_and_the_focus_is_where_it_was(house: House) -> None:
    alice = await house.visit(ALICE)
    await alice.composer.fill("half a sen")
    await alice.page.keyboard.press("Control+k")
    switcher = await dialog(alice, "switcher")
    await switcher.get_by_role("combobox").fill("nothing like this")
    await expect(switcher).to_contain_text("Nothing is called that.")
    await alice.page.keyboard.press("Escape")
    await expect(switcher).to_be_hidden()
    await expect(alice.composer).to_be_focused()
    await expect(alice.composer).to_have_value("half a sen")


async def test_alt_arrows_walk_the_channels_and_with_shift_the_unread_ones(house: House) -> None:
    bob = await house.client(BOB)
    ids = {name: await make_channel(bob, name) for name in ("aaa", "bbb", "ccc")}
    alice = await house.visit(ALICE)
    await expect(alice.composer).to_be_focused()
    await alice.page.keyboard.press("Alt+ArrowDown")
    await expect(alice.channel_row("aaa")).to_have_attribute("aria-current", "page")
    await alice.page.keyboard.press("Alt+ArrowUp")
    await alice.page.keyboard.press("Alt+ArrowUp")
    await expect(alice.channel_row("ccc")).to_have_attribute("aria-current", "page")
    await bob.ask("message", channelId=ids["bbb"], content="news")
    await expect(alice.channel_row("bbb")).to_have_class(re.compile("unread"))
    await alice.page.keyboard.press("Alt+Shift+ArrowDown")
    await expect(alice.channel_row("bbb")).to_have_attribute("aria-current", "page")


async def test_the_keyboard_map_opens_with_a_question_mark_that_nobody_is_writing(house: House) -> None:
    alice = await house.visit(ALICE)
    await alice.composer.press_sequentially("why?")
    await expect(alice.composer).to_have_value("why?")
    await expect(alice.page.get_by_test_id("keyboard-map")).to_have_count(0)
    await alice.channel_row("general").focus()
    await alice.page.keyboard.press("?")
    keys = await dialog(alice, "keyboard-map")
    for row in ("Jump to…", "Around the page", "Edit my last message", "Reply in thread"):
        await expect(keys.locator("dt", has_text=row)).to_be_visible()
    await alice.page.keyboard.press("Escape")
    await expect(keys).to_be_hidden()
    await expect(alice.channel_row("general")).to_be_focused()


async def test_control_comma_opens_settings(house: House) -> None:
    alice = await house.visit(ALICE)
    await alice.page.keyboard.press("Control+,")
    await expect(alice.page.get_by_test_id("settings")).to_be_visible()
    await alice.page.keyboard.press("Control+k")
    await expect(alice.page.get_by_test_id("switcher")).to_have_count(0)


async def test_tab_goes_from_the_skip_link_through_sidebar_bar_and_list_to_the_composer(house: House) -> None:
    alice = await house.visit(ALICE)
    await alice.send("something to read")
    await alice.page.locator(FIRST_CONTROL).first.focus()
    met: list[str] = []
    for _ in range(40):
        part = await alice.page.evaluate(
            """() => {
              const held = document.activeElement;
              if (held.matches(".skip")) return "skip";
              const region = held.closest("[data-region]:not(main), [data-testid=stream], [data-testid=composer]");
              return region ? region.dataset.region ?? region.dataset.testid : "elsewhere";
            }"""
        )
        if not met or met[-1] != part:
            met.append(part)
        if part == "composer":
            break
        await alice.page.keyboard.press("Tab")
    assert met == ["skip", "sidebar", "bar", "stream", "composer"]


async def test_the_skip_link_leads_to_the_message_box(house: House) -> None:
    alice = await house.visit(ALICE)
    await alice.page.locator(FIRST_CONTROL).first.focus()
    await expect(alice.page.get_by_role("button", name="Skip to the message box")).to_be_in_viewport()
    before = await open_place(alice.page)
    await alice.page.keyboard.press("Enter")
    await expect(alice.composer).to_be_focused()
    assert await open_place(alice.page) == before


async def test_f6_walks_the_regions_and_comes_back_to_where_one_was(house: House) -> None:
    alice = await house.visit(ALICE)
    await alice.send("something to read")
    await expect(alice.composer).to_be_focused()
    await alice.page.keyboard.press("F6")
    await expect(alice.channel_row("general")).to_be_focused()
    await alice.page.keyboard.press("F6")
    await expect(alice.page.get_by_test_id("members-button")).to_be_focused()
    await alice.page.keyboard.press("F6")
    await expect(alice.message("something to read")).to_be_focused()
    await alice.page.keyboard.press("F6")
    await expect(alice.composer).to_be_focused()
    await alice.page.keyboard.press("Shift+F6")
    await alice.page.keyboard.press("Shift+F6")
    await expect(alice.page.get_by_test_id("members-button")).to_be_focused()
    await alice.page.keyboard.press("Enter")
    panel = await dialog(alice, "members-panel")
    await alice.page.keyboard.press("Shift+F6")
    await expect(alice.composer).to_be_focused()
    await alice.page.keyboard.press("F6")
    await expect(panel.locator(":focus")).to_have_count(1)


async def test_the_list_is_one_tab_stop_that_arrows_walk(house: House) -> None:
    bob = await house.client(BOB)
    for name in ("aaa", "bbb"):
        await make_channel(bob, name)
    alice = await house.visit(ALICE)
    await expect(alice.page.locator(".link-row[tabindex='0']")).to_have_count(1)
    await alice.channel_row("general").focus()
    await alice.page.keyboard.press("ArrowDown")
    await expect(alice.channel_row("aaa")).to_be_focused()
    await alice.page.keyboard.press("End")
    await expect(alice.channel_row("bbb")).to_be_focused()
    await alice.page.keyboard.press("Enter")
    await expect(alice.channel_row("bbb")).to_have_attribute("aria-current", "page")


async def test_escape_goes_to_the_end_and_marks_all_read(house: House) -> None:
    bob = await house.client(BOB)
    channel = await make_channel(bob, "firmware")
    for number in range(60):
        await bob.ask("message", channelId=channel, content=f"line {number}")
    alice = await house.visit(ALICE)
    await alice.open_channel("firmware")
    await alice.sees("line 0")
    await expect(alice.message("line 59")).not_to_be_in_viewport()
    await alice.page.keyboard.press("Escape")
    await expect(alice.message("line 59")).to_be_in_viewport()
    await expect(alice.channel_row("firmware")).not_to_have_class(re.compile("unread"))
