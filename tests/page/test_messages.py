"""One message in all its states, and what is done to it: seen live by the other person too."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, Page, Route, expect

from chatd.http.routes import STATIC
from tests.client import Client
from tests.page.house import House
from tests.page.looks import PHONE
from tests.page.visitor import Visitor

RTL_NAME = "يوسف العربي"


async def channel_of(owner: Client, name: str = "harbour", **more: Any) -> str:
    made = await owner.ask("channel.create", name=name, **({"kind": "public"} | more))
    return str(made["channel"]["id"])


async def says(who: Client, channel_id: str, text: str, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = (await who.ask("message", channelId=channel_id, content=text, **more))["message"]
    return made


async def tool(message: Locator, name: str) -> Locator:
    """A tool of this message, which shows its tools when it is pointed at."""
    await message.hover()
    return message.get_by_role("toolbar").get_by_role("button", name=name)


async def from_menu(visitor: Visitor, message: Locator, entry: str) -> None:
    await (await tool(message, "More actions")).click()
    await visitor.page.get_by_role("menuitem", name=entry).click()


def edit_box(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("textbox", name="Edit message")


async def module(route: Route) -> None:
    """A module of the page by itself, for the server sends them in one piece."""
    file = STATIC / route.request.url.partition("/modules/")[2]
    await route.fulfill(body=file.read_text(encoding="utf-8"), content_type="text/javascript")


# --- what a message shows


@pytest.mark.parametrize(
    "content",
    [
        "<script>window.hacked = 1</script>",
        "<img src=x onerror='window.hacked = 1'>",
        "<svg/onload=window.hacked=1>",
        "[x](javascript:window.hacked=1) <javascript:window.hacked=1>",
        "[x](data:text/html,<script>window.hacked=1</script>)",
        "![x](https://elsewhere.invalid/cat.png) <img src=https://elsewhere.invalid/cat.png>",
        "<style>body { display: none }</style><iframe src=/></iframe><base href=//elsewhere.invalid>",
        "```html\n<script>window.hacked = 1</script>\n```",
        "| <img src=x onerror=window.hacked=1> |\n|-|\n| </td></table><script>window.hacked=1</script> |",
        '"><a href="https://x.invalid" onclick="window.hacked=1">x</a>',
    ],
)
async def test_hostile_content_is_text(house: House, content: str) -> None:
    """Nothing in a message runs, asks another host (the suite watches for that) or changes the page."""
    bob = await house.client("bob@example.com")
    place = await channel_of(bob)
    await says(bob, place, content)
    await says(bob, place, "after it")
    alice = await house.visit("alice@example.com")
    await alice.open_channel("harbour")
    await alice.sees("after it")
    assert await alice.page.evaluate("window.hacked ?? null") is None
    wrong = alice.stream.locator(".text :is(script, img, svg, style, iframe, base, [onclick], [onerror], [style])")
    await expect(wrong).to_have_count(0)
    targets = alice.stream.locator(".text a:not([href^='https://'])")
    await expect(targets).to_have_count(0)


async def test_the_second_lock_holds_without_the_first(house: House) -> None:
    """What the Markdown rules would never make is taken out all the same, and what they do make stays."""
    alice = await house.visit("alice@example.com")
    alice.forgive("Content Security Policy")  # stops what the cleaner reads; no message of ours brings it so far
    await alice.page.route(re.compile("/modules/"), module)
    clean = await alice.page.evaluate_handle("async () => (await import('/modules/views/stream/markdown.js')).clean")

    async def cleaned(html: str) -> str:
        return str(await alice.page.evaluate("([clean, html]) => clean(html)", [clean, html]))

    hostile = [
        "<script>1</script>",
        "<img src=x onerror=1>",
        "<svg><a xlink:href='javascript:1'></svg>",
        "<math><mi//xlink:href='data:x,1'></math>",
        "<form action=x><input name=y></form>",
        "<style>*{}</style>",
        "<template><b onclick=1></template>",
        "<!--<b>-->",
    ]
    for html in hostile:
        assert await cleaned(html) == "", html
    assert await cleaned('<p onclick="1" style="color:red" id="x">a</p>') == "<p>a</p>"
    assert await cleaned('<a href="javascript:1" title="x">a</a>') == '<a title="x">a</a>'
    kept = '<a href="https://a.example/" title="x" target="_blank" rel="noopener noreferrer">a</a>'
    assert await cleaned(kept) == kept
    kept = '<ol start="3"><li dir="auto"><span class="box" role="img" aria-label="done">x</span></li></ol>'
    assert await cleaned(kept) == kept


async def test_markdown_is_shown(house: House) -> None:
    """Emphasis, links that open elsewhere, code with its language and a button that copies it."""
    bob = await house.client("bob@example.com")
    place = await channel_of(bob)
    await says(bob, place, "**bold** and [the plan](https://plan.example/)\n```py\nprint('hi')\n```")
    alice = await house.visit("alice@example.com", permissions=["clipboard-read", "clipboard-write"])
    await alice.open_channel("harbour")
    message = alice.message("bold")
    await expect(message.locator("strong", has_text="bold")).to_be_visible()
    link = message.get_by_role("link", name="the plan")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(link).to_have_attribute("target", "_blank")
    await message.locator("pre").hover()
    await message.get_by_role("button", name="Copy").click()
    await expect(message.get_by_role("button", name="Copied")).to_be_visible()
    assert await alice.page.evaluate("navigator.clipboard.readText()") == "print('hi')"


async def test_who_is_named_sees_it(house: House) -> None:
    """The message that names me stands on its own ground; for others the name is only marked; code names nobody."""
    bob = await house.client("bob@example.com")
    for name in ("alice", "carol"):
        await house.client(f"{name}@example.com")
    place = await channel_of(bob)
    await says(bob, place, "over to @alice and `@carol`")
    alice, carol = await house.visit("alice@example.com"), await house.visit("carol@example.com")
    for visitor in (alice, carol):
        await visitor.open_channel("harbour")
        await visitor.sees("over to")
    await expect(alice.message("over to")).to_have_class("msg for-me")
    await expect(alice.message("over to").locator(".mention.me-too")).to_have_text("@alice")
    await expect(carol.message("over to")).to_have_class("msg")
    await expect(carol.message("over to").locator(".mention")).to_have_text("@alice")


@pytest.mark.parametrize("size", [(1280, 800), PHONE, (360, 640)])
async def test_long_lines_and_right_to_left_names(house: House, size: tuple[int, int]) -> None:
    """4,000 characters without a space break; a right-to-left name reorders nothing; nothing scrolls sideways."""
    bob = await house.client("bob@example.com")
    await bob.ask("me.update", displayName=RTL_NAME)
    place = await channel_of(bob)
    await says(bob, place, "x" * 4000)
    await says(bob, place, "https://example.com/" + "y" * 3900)
    await says(bob, place, "```\n" + "z" * 3900 + "\n```")
    await says(bob, place, "|" + "wide|" * 30 + "\n|" + "-|" * 30)
    last = await says(bob, place, "مرحبا، هذا نص طويل مع English في الوسط")
    await (await house.client("alice@example.com")).ask("read", channelId=place, messageId=last["id"])
    alice = await house.visit("alice@example.com", size=size)
    await alice.open_channel("harbour")
    await alice.sees("English")
    await expect(alice.message("English").locator("p")).to_have_css("direction", "rtl")
    await alice.stream.evaluate("(stream) => { stream.scrollTop = 0; }")
    assert await alice.stream.evaluate("(stream) => stream.scrollWidth <= stream.clientWidth")
    assert await alice.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    byline = alice.stream.locator(".byline").first
    name, time = await byline.locator("bdi").bounding_box(), await byline.locator("time").bounding_box()
    assert name and time
    assert time["x"] >= name["x"] + name["width"]


async def test_somebody_who_is_gone_keeps_his_messages(house: House) -> None:
    """A removed author is shown as such; his words stay."""
    admin, bob = await house.admin(), await house.client("bob@example.com")
    place = await channel_of(admin)
    await says(bob, place, "what bob said")
    alice = await house.visit("alice@example.com")
    await alice.open_channel("harbour")
    await alice.sees("what bob said")
    await admin.ask("admin.removeUser", userId=bob.user_id, messageErasure="keep")
    await expect(alice.message("what bob said").locator(".avatar.gone")).to_be_visible()


# --- editing


async def test_editing_in_place(house: House) -> None:
    """Enter saves, the others see it at once and that it was edited; Escape leaves all as it was."""
    bob_elsewhere = await house.client("bob@example.com")
    place = await channel_of(bob_elsewhere)
    alice, bob = await house.visit("alice@example.com"), await house.visit("bob@example.com")
    await alice.open_channel("harbour")
    await bob.open_channel("harbour")
    await alice.send("teh plan")
    await bob.sees("teh plan")
    await from_menu(alice, alice.message("teh plan"), "Edit")
    await expect(edit_box(alice)).to_be_focused()
    await edit_box(alice).fill("nothing of this")
    await alice.page.keyboard.press("Escape")
    await expect(alice.message("teh plan")).to_be_visible()
    await expect(alice.composer).to_be_focused()
    await alice.composer.press("ArrowUp")
    await edit_box(alice).fill("the plan")
    await alice.page.keyboard.press("Shift+Enter")
    await alice.page.keyboard.type("in two lines")
    await alice.page.keyboard.press("Enter")
    await expect(edit_box(alice)).to_have_count(0)
    for visitor in (alice, bob):
        await expect(visitor.message("the plan")).to_contain_text("in two lines")
        await expect(visitor.message("the plan")).to_contain_text("(edited)")
        await visitor.does_not_see("teh plan")
    held = (await bob_elsewhere.ask("message.history", channelId=place))["messages"][-1]
    assert held["content"] == "the plan\nin two lines"


async def test_only_ones_own_messages_can_be_edited(house: House) -> None:
    """Another's message offers neither Edit nor Delete."""
    bob = await house.client("bob@example.com")
    await says(bob, await channel_of(bob), "hands off")
    alice = await house.visit("alice@example.com")
    await alice.open_channel("harbour")
    await (await tool(alice.message("hands off"), "More actions")).click()
    await expect(alice.page.get_by_role("menuitem", name="Quote")).to_be_visible()
    await expect(alice.page.get_by_role("menuitem", name="Edit")).to_have_count(0)
    await expect(alice.page.get_by_role("menuitem", name="Delete")).to_have_count(0)


async def test_a_refused_edit_comes_back(house: House) -> None:
    """The new text shows at once; without a connection the old one is back, and the box with what one wrote."""
    await channel_of(await house.client("bob@example.com"))
    alice = await house.visit("alice@example.com", wired=True)
    await alice.open_channel("harbour")
    await alice.send("first thought")
    await expect(alice.message("first thought")).to_have_attribute("data-id", re.compile(".+"))
    await alice.loses_connection()
    await alice.composer.press("ArrowUp")
    await edit_box(alice).fill("second thought")
    await alice.page.keyboard.press("Enter")
    await expect(alice.toast).to_be_visible()
    await expect(edit_box(alice)).to_have_value("second thought")
    await alice.page.keyboard.press("Escape")
    await expect(alice.message("first thought")).to_be_visible()
    await alice.does_not_see("second thought")


# --- deleting


async def test_deleting_asks_once(house: House) -> None:
    """Cancel leaves it; Delete message makes a tombstone for everybody; Shift skips the question."""
    await channel_of(await house.client("bob@example.com"))
    alice, bob = await house.visit("alice@example.com"), await house.visit("bob@example.com")
    await alice.open_channel("harbour")
    await bob.open_channel("harbour")
    await alice.send("regret")
    await alice.send("quick regret")
    await bob.sees("quick regret")
    confirm = alice.page.get_by_role("dialog", name="Delete this message?")
    await from_menu(alice, alice.message("quick regret"), "Delete…")
    await expect(confirm.get_by_role("button", name="Cancel")).to_be_focused()
    await alice.page.keyboard.press("Escape")
    await expect(confirm).to_have_count(0)
    await expect(alice.message("quick regret")).to_be_visible()
    await alice.message("quick regret").focus()
    await alice.page.keyboard.press("Shift+Delete")
    for visitor in (alice, bob):
        await visitor.does_not_see("quick regret")
    await alice.message("regret").focus()
    await alice.page.keyboard.press("Delete")
    await confirm.get_by_role("button", name="Delete message").click()
    for visitor in (alice, bob):
        await visitor.does_not_see("regret")
        await expect(visitor.stream.get_by_text("This message was deleted.")).to_have_count(2)


# --- reactions


async def test_reactions_are_seen_by_all(house: House) -> None:
    """A pill for each emoji; mine is pressed; the tooltip names people; pressing it again takes it back."""
    bob_elsewhere = await house.client("bob@example.com")
    place = await channel_of(bob_elsewhere)
    await says(bob_elsewhere, place, "shipped")
    alice, bob = await house.visit("alice@example.com"), await house.visit("bob@example.com")
    await alice.open_channel("harbour")
    await bob.open_channel("harbour")
    await (await tool(alice.message("shipped"), "React with 👍")).click()
    pills = {visitor: visitor.message("shipped").locator(".reaction:not(.add)") for visitor in (alice, bob)}
    await expect(pills[alice]).to_have_attribute("aria-pressed", "true")
    await expect(pills[bob]).to_have_attribute("aria-pressed", "false")
    await pills[bob].click()
    await expect(pills[alice]).to_contain_text("2")
    await pills[bob].hover()
    await expect(pills[bob]).to_have_attribute("title", "alice and you")
    await pills[alice].click()
    await expect(pills[bob]).to_contain_text("1")
    await pills[bob].click()
    await expect(pills[alice]).to_have_count(0)


async def test_a_reaction_from_the_picker(house: House) -> None:
    """R on a message opens the picker; what is picked is on the message, and the focus back on it."""
    bob = await house.client("bob@example.com")
    await says(bob, await channel_of(bob), "shipped")
    alice = await house.visit("alice@example.com")
    await alice.open_channel("harbour")
    await alice.message("shipped").focus()
    await alice.page.keyboard.press("r")
    picker = alice.page.get_by_role("dialog", name="Choose an emoji")
    await expect(picker).to_be_visible()
    await alice.page.keyboard.type("tada")
    await expect(picker.get_by_role("button", name="party popper").first).to_be_visible()
    await alice.page.keyboard.press("Enter")
    await expect(picker).to_have_count(0)
    await expect(alice.message("shipped").locator(".reaction[aria-pressed=true]")).to_contain_text("🎉")
    await expect(alice.message("shipped")).to_be_focused()


async def test_more_kinds_than_twenty_are_folded(house: House) -> None:
    """ "+n" opens the rest."""
    bob = await house.client("bob@example.com")
    message = await says(bob, await channel_of(bob), "popular")
    for number in range(23):
        await bob.ask("reaction", messageId=message["id"], reaction=chr(0x1F600 + number))
    alice = await house.visit("alice@example.com")
    await alice.open_channel("harbour")
    row = alice.message("popular")
    await expect(row.locator(".reaction[aria-pressed]")).to_have_count(20)
    await row.get_by_role("button", name="3 more reactions").click()
    await expect(row.locator(".reaction[aria-pressed]")).to_have_count(23)


# --- threads and quotes


async def test_threads(house: House) -> None:
    """The link counts live, opens the panel with root and replies, and a reply goes to both people."""
    bob = await house.client("bob@example.com")
    place = await channel_of(bob)
    root = await says(bob, place, "the question")
    await says(bob, place, "first answer", threadId=root["id"])
    alice = await house.visit("alice@example.com")
    await alice.open_channel("harbour")
    link = alice.message("the question").get_by_role("button", name="1 reply")
    await link.click()
    await alice.sees("the question", alice.thread_panel)
    await alice.sees("first answer", alice.thread_panel)
    await alice.send("second answer", in_thread=True)
    await alice.sees("second answer", alice.thread_panel)
    heard = await bob.expect("message.created")
    while heard["payload"]["message"]["content"] != "second answer":
        heard = await bob.expect("message.created")
    await expect(alice.message("the question").get_by_role("button", name="2 replies")).to_be_visible()
    await alice.does_not_see("second answer")
    await expect(alice.thread_panel.get_by_text("2 replies")).to_be_visible()


async def test_quotes(house: House) -> None:
    """A quote shows name and first line, leads to the message, and says when that is gone."""
    bob = await house.client("bob@example.com")
    place = await channel_of(bob)
    first = await says(bob, place, "the very first\nwith a second line")
    for number in range(300):
        await bob.start("message", channelId=place, content=f"between {number}")
    await says(bob, place, "as I said", quotedMessageId=first["id"])
    await bob.ask("read", channelId=place, messageId=(await says(bob, place, "the last"))["id"])
    alice_elsewhere = await house.client("alice@example.com")
    newest = (await alice_elsewhere.ask("message.history", channelId=place, limit=1))["messages"][-1]
    await alice_elsewhere.ask("read", channelId=place, messageId=newest["id"])
    alice = await house.visit("alice@example.com")
    await alice.open_channel("harbour")
    cite = alice.message("as I said").locator(".cite")
    await expect(cite).to_contain_text("bob")
    await expect(cite).to_contain_text("the very first")
    await expect(cite).not_to_contain_text("second line")
    await cite.click()
    target = alice.stream.locator(f"[data-id='{first['id']}']")
    await target.and_(alice.stream.locator("[class='msg jumped']")).wait_for()  # in each frame: the tint goes again
    await expect(target).to_be_in_viewport()
    await expect(target).to_be_focused()
    await (await tool(target, "Quote")).click()
    await expect(alice.composer).to_be_focused()
    await alice.send("and I say")
    await expect(alice.message("and I say").locator(".cite")).to_contain_text("the very first")
    await bob.ask("message.delete", messageId=first["id"])
    await expect(alice.message("and I say").locator(".cite")).to_contain_text("This message was deleted.")


# --- sending


async def test_waiting_for_the_connection(house: House) -> None:
    """What is written without a connection says so, and is sent when it is back: once, in order, in the same row."""
    bob = await house.client("bob@example.com")
    place = await channel_of(bob)
    alice = await house.visit("alice@example.com", wired=True)
    await alice.open_channel("harbour")
    await expect(alice.stream.get_by_text("This is the start of")).to_be_visible()
    await alice.loses_connection()
    await alice.send("one")
    await alice.send("two")
    await expect(alice.message("two")).to_contain_text("Waiting for the connection")
    await alice.regains_connection()
    await alice.has_sent_all()
    await expect(alice.stream.get_by_test_id("message")).to_have_count(2)
    held = (await bob.ask("message.history", channelId=place))["messages"]
    assert [message["content"] for message in held] == ["one", "two"]


async def test_a_failed_message_can_be_tried_again_or_discarded(house: House) -> None:
    """Refused: the sentence, and both ways on. Trying again sends it in its place."""
    admin = await house.admin()
    place = await channel_of(admin)
    alice = await house.visit("alice@example.com", wired=True)
    await alice.open_channel("harbour")
    await alice.loses_connection()
    await alice.send("too late")
    await alice.send("much too late")
    await admin.ask("channel.update", channelId=place, archived=True)
    await alice.regains_connection()
    failed = alice.stream.get_by_test_id("message").filter(has_text="Not sent.")
    await expect(failed).to_have_count(1)
    await expect(failed).to_contain_text("too late")
    await admin.ask("channel.update", channelId=place, archived=False)
    await failed.get_by_role("button", name="Try again").click()
    await admin.expect("message.created")
    await admin.expect("message.created")
    await expect(alice.stream.get_by_role("button", name="Try again")).to_have_count(0)
    held = (await admin.ask("message.history", channelId=place))["messages"]
    assert [message["content"] for message in held] == ["too late", "much too late"]


async def test_discarding(house: House) -> None:
    """A discarded message is gone, and stays gone over a reload."""
    admin = await house.admin()
    place = await channel_of(admin)
    alice = await house.visit("alice@example.com", wired=True)
    await alice.open_channel("harbour")
    await alice.loses_connection()
    await alice.send("never mind")
    await admin.ask("channel.update", channelId=place, archived=True)
    await alice.regains_connection()
    await alice.message("never mind").get_by_role("button", name="Discard").click()
    await alice.does_not_see("never mind")
    await alice.page.reload()
    await expect(alice.stream.locator(".start")).to_be_visible()
    await alice.does_not_see("never mind")


# --- fingers


async def hold(page: Page, message: Locator) -> None:
    """A finger rests on the message."""
    box = await message.bounding_box()
    assert box is not None
    session = await page.context.new_cdp_session(page)
    point = [{"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}]
    await session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": point})
    await page.wait_for_timeout(700)
    await expect(page.get_by_test_id("message-sheet")).to_be_visible()  # a busy page counts more slowly
    await session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


async def test_holding_a_message_opens_its_sheet(house: House) -> None:
    """On a phone there are no tools: a finger held on the message brings up everything that can be done."""
    bob = await house.client("bob@example.com")
    await says(bob, await channel_of(bob), "hold me")
    alice = await house.visit(size=PHONE, has_touch=True, is_mobile=True)
    await alice.context.request.post(alice.url + "/auth/dev-login", data={"email": "alice@example.com"})
    await alice.go()
    await alice.channel_row("harbour").click()
    await alice.sees("hold me")
    await hold(alice.page, alice.message("hold me"))
    sheet = alice.page.get_by_test_id("message-sheet")
    await expect(sheet).to_be_visible()
    await alice.axe("[data-testid=message-sheet]")
    await sheet.get_by_role("button", name="React with 👍").click()
    await expect(sheet).to_have_count(0)
    await expect(alice.message("hold me").locator(".reaction[aria-pressed=true]")).to_contain_text("👍")
    await hold(alice.page, alice.message("hold me"))
    await sheet.get_by_role("button", name="Reply in thread").click()
    await expect(alice.thread_panel).to_be_visible()
