"""The connection goes and comes back under open pages: nothing is lost or comes twice, and the page says what is."""

import asyncio

from playwright.async_api import expect

from tests.page.house import House
from tests.page.visitor import Visitor

BACK_MS = 40_000  # the next try may be half a minute away


async def texts(visitor: Visitor) -> list[str]:
    """What the messages of the open channel say, without names and times."""
    words = visitor.stream.get_by_test_id("message").locator(".text")
    return [text.strip() for text in await words.all_inner_texts()]


async def stored(house: House) -> list[str]:
    """What the server has in #general."""
    client = await house.client("reader@example.com")
    channel = next(one for one in (await client.ask("channel.list"))["channels"] if one["name"] == "general")
    found = (await client.ask("message.history", channelId=channel["id"], limit=200))["messages"]
    await client.close()
    return [message["content"] for message in found]


async def test_what_is_said_while_one_is_away_is_there_afterwards(house: House) -> None:
    """Bob's wire is cut while alice writes, edits, deletes and reacts; he ends up with what a fresh page shows."""
    alice, bob = await house.visit("alice@example.com"), await house.visit("bob@example.com", wired=True)
    for text in ("kept", "changed", "gone"):
        await alice.send(text)
    await bob.sees("gone")
    await bob.loses_connection()
    client = await house.client("alice@example.com")
    channel = next(one for one in (await client.ask("channel.list"))["channels"] if one["name"] == "general")
    kept, changed, gone = (await client.ask("message.history", channelId=channel["id"]))["messages"]
    await client.ask("message.edit", messageId=changed["id"], content="changed meanwhile")
    await client.ask("message.delete", messageId=gone["id"])
    await client.ask("reaction", messageId=kept["id"], reaction="👍")
    for number in range(30):
        await client.ask("message", channelId=channel["id"], content=f"missed {number}")
    await bob.regains_connection()
    await bob.sees("missed 29")
    await bob.sees("changed meanwhile")
    await bob.does_not_see("gone")
    await expect(bob.message("kept").locator(".reaction[aria-pressed]")).to_contain_text("1")
    fresh = await bob.window()
    await fresh.sees("missed 29")
    assert await texts(bob) == await texts(fresh)


async def test_messages_typed_while_the_server_restarts_are_sent_in_order_and_once(house: House) -> None:
    """Two pages stay open through a restart; what both typed meanwhile arrives exactly once, each in its order."""
    alice, bob = await house.visit("alice@example.com"), await house.visit("bob@example.com")
    await alice.send("before")
    await bob.sees("before")
    for visitor in (alice, bob):
        visitor.forgive(r"net::ERR_|WebSocket|502|503")
    await house.stop()
    for visitor in (alice, bob):
        await expect(visitor.banner).to_be_visible()
    for number in range(5):
        await alice.send(f"alice {number}")
        await bob.send(f"bob {number}")
    await expect(alice.message("alice 4")).to_contain_text("Waiting for the connection")
    await house.start()
    for visitor in (alice, bob):
        await expect(visitor.banner).to_be_hidden(timeout=BACK_MS)
    for visitor in (alice, bob):
        await visitor.sees("alice 4")
        await visitor.sees("bob 4")
        await visitor.has_sent_all()
    written = await stored(house)
    assert [text for text in written if text.startswith("alice")] == [f"alice {number}" for number in range(5)]
    assert [text for text in written if text.startswith("bob")] == [f"bob {number}" for number in range(5)]
    assert await texts(alice) == await texts(bob) == written


async def test_what_is_unsent_survives_a_reload(house: House) -> None:
    """Typed without a connection, reloaded, still there, and sent once the server is back."""
    alice = await house.visit("alice@example.com", wired=True)
    await alice.loses_connection()
    await alice.send("written in the tunnel")
    await expect(alice.message("written in the tunnel")).to_be_visible()
    assert alice.wire is not None
    alice.wire.mend()
    await alice.go()
    await alice.is_in()
    await alice.sees("written in the tunnel")
    await alice.has_sent_all()
    assert await stored(house) == ["written in the tunnel"]


async def test_what_is_written_where_nothing_could_be_loaded_is_shown_and_sent_once(house: House) -> None:
    """The channel is opened for the first time without a connection: its messages are missing, one's own are there."""
    alice = await house.visit("alice@example.com", wired=True)
    client = await house.client("alice@example.com")
    channel = (await client.ask("channel.create", name="tunnel", kind="public"))["channel"]
    await client.ask("message", channelId=channel["id"], content="said before")
    await expect(alice.channel_row("tunnel")).to_be_visible()
    await alice.loses_connection()
    await alice.open_channel("tunnel")
    await expect(alice.stream.get_by_text("The messages could not be loaded.")).to_be_visible()
    for text in ("one in the dark", "two in the dark"):
        await alice.send(text)
        await expect(alice.message(text)).to_contain_text("Waiting for the connection")
    await alice.axe()
    await alice.regains_connection()
    await alice.sees("said before")
    await alice.has_sent_all()
    assert await texts(alice) == ["said before", "one in the dark", "two in the dark"]


async def test_an_answer_lost_on_the_way_does_not_send_twice(house: House) -> None:
    """The server has the message, its reply never comes: the same message is sent again and is one."""
    alice = await house.visit("alice@example.com", wired=True)
    await alice.send("first")
    await expect(alice.message("first")).to_be_visible()
    assert alice.wire is not None
    alice.wire.hold()
    await alice.send("said once")
    await alice.loses_connection()
    await alice.regains_connection()
    await alice.has_sent_all()
    await alice.sees("said once")
    assert (await stored(house)).count("said once") == 1
    assert (await texts(alice)).count("said once") == 1


async def test_a_silent_connection_is_noticed(house: House) -> None:
    """Nothing comes any more and nothing says so: a message without an answer makes the page look."""
    alice = await house.visit("alice@example.com", wired=True)
    alice.forgive()
    await alice.send("first")
    await expect(alice.message("first")).to_be_visible()
    assert alice.wire is not None
    alice.wire.hold()
    await alice.send("into the void")
    await expect(alice.banner).to_contain_text("went silent", timeout=BACK_MS)
    alice.wire.mend()
    await alice.regains_connection()
    await alice.sees("into the void")
    await alice.has_sent_all()
    assert (await stored(house)).count("into the void") == 1


async def test_a_proxy_that_refuses_sockets_is_named(house: House) -> None:
    """Signed in and yet refused three times in a row: the banner says what the operator must do."""
    alice = await house.visit("alice@example.com", wired=True)
    alice.forgive(r"net::ERR_|WebSocket|502")
    assert alice.wire is not None
    alice.wire.refuse_sockets()
    await expect(alice.banner).to_be_visible()
    for _ in range(4):
        button = alice.banner.get_by_role("button", name="Try now")
        if await button.count():
            await button.click()
        await asyncio.sleep(0.3)
    await expect(alice.banner).to_contain_text("A proxy or the server refuses the live connection", timeout=BACK_MS)
    await alice.regains_connection()


async def test_offline_is_told_apart(house: House) -> None:
    """Without a network the banner says so, and what is loaded can be read."""
    alice = await house.visit("alice@example.com", wired=True)
    await alice.send("to be read")
    await alice.context.set_offline(True)
    await alice.loses_connection()
    await expect(alice.banner).to_contain_text("You are offline")
    await alice.sees("to be read")
    await alice.context.set_offline(False)
    await alice.regains_connection()


async def test_restart_is_told_apart(house: House) -> None:
    """A server that drains says so."""
    alice = await house.visit("alice@example.com")
    alice.forgive(r"net::ERR_|WebSocket|50\d")
    await house.stop()
    await expect(alice.banner).to_contain_text("The server is restarting")
    await house.start()
    await expect(alice.banner).to_be_hidden(timeout=BACK_MS)


OLD_PAGE_ONCE = """
if (!sessionStorage.getItem("seen")) {
  sessionStorage.setItem("seen", "old");
  new MutationObserver((_, observer) => {
    const meta = document.querySelector("meta[name=chatd-version]");
    if (meta) (meta.content = "0.0.1"), observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}
"""


async def test_a_page_of_another_version_loads_itself_again(house: House) -> None:
    """The server was upgraded under an open page: the page comes back as the new one, with the draft in it."""
    alice = await house.visit("alice@example.com")
    await alice.composer.fill("half a sentence")
    loads: list[str] = []
    alice.page.on("load", lambda page: loads.append(page.url))
    await alice.page.add_init_script(OLD_PAGE_ONCE)  # as if this had been loaded before the upgrade
    await alice.go()
    async with asyncio.timeout(10):
        while len(loads) < 2:  # the old page, and the new one that it loaded
            await asyncio.sleep(0.05)
    await alice.is_in()
    await expect(alice.composer).to_have_value("half a sentence")
    assert await alice.page.locator("meta[name=chatd-version]").get_attribute("content") != "0.0.1"
    await alice.send("still here")
    assert len(loads) == 2
