"""How many people one message may name, by every way that a message comes in."""

from tests.serving import Running
from tests.tokens import make_bot, make_webhook, post

MANY = " ".join(f"@person{number}" for number in range(51))


async def test_nobody_names_more_than_fifty(node: Running) -> None:
    """Sent, edited, by HTTP, by a bot or a webhook: refused with what to do, and nothing is stored."""
    admin, alice = await node.admin(), await node.sign_in()
    socket = await alice.connect()
    (general,) = (await socket.ask("channel.list"))["channels"]
    message = (await socket.ask("message", channelId=general["id"], content="hello"))["message"]
    _, bot_token = await make_bot(socket)
    webhook_id, webhook_token = await make_webhook(admin, general["id"])
    refusals = [
        (await socket.refused("message", channelId=general["id"], content=MANY)).code,
        (await socket.refused("message.edit", messageId=message["id"], content=MANY)).code,
        (await post(node, webhook_id, webhook_token, content=MANY)).json()["code"],
    ]
    for token in (alice.access_token, bot_token):
        answer = await node.http.post(
            node.url + "/api/message",
            json={"channelId": general["id"], "content": MANY},
            headers={"Authorization": f"Bearer {token}"},
        )
        refusals.append(answer.json()["code"])
    assert refusals == ["invalid"] * 5
    found = (await socket.ask("message.history", channelId=general["id"]))["messages"]
    assert [entry["content"] for entry in found] == ["hello"]


async def test_in_code_nobody_is_counted(node: Running) -> None:
    """A pasted program is no list of people."""
    alice = await node.client()
    (general,) = (await alice.ask("channel.list"))["channels"]
    sent = await alice.ask("message", channelId=general["id"], content=f"```\n{MANY}\n```")
    assert sent["message"]["mentions"] == []
