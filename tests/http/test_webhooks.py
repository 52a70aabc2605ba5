"""Incoming webhooks: another program posts into one channel, and can do nothing else."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from chatd.dispatch.examples import WEBHOOK_EXAMPLE
from chatd.domain.errors import ChatError
from chatd.domain.rules import MAX_WEBHOOKS_PER_CHANNEL
from chatd.protocol.requests import PostByWebhook
from chatd.services import tokens, webhooks
from tests.client import Client
from tests.handlers import general, history, open_room, say, secret_of
from tests.http.signing import Configured, said
from tests.serving import Running
from tests.tokens import ask, audited, make_token, make_webhook, post


async def test_MX02_a_webhook_posts_as_its_own_bot(place: tuple[Running, Running]) -> None:
    """201 with the message; everybody in the channel hears of it, on every node."""
    here, there = place
    admin = await here.admin()
    bob = await (await here.sign_in("bob@example.com")).connect(there.url)
    room = await general(admin)
    made = await admin.ask("admin.createWebhook", name="Deploy & Co.", channelId=room)
    webhook = made["webhook"]
    answer = await post(here, webhook["id"], made["token"], content="version 2 is out, @bob")
    message = answer.json()["message"]
    assert (answer.status_code, message["channelId"]) == (201, room)
    assert message["author"] == {
        "id": webhook["botId"], "userName": "DeployCo", "displayName": "Deploy & Co.",
        "avatarUrl": None, "isBot": True, "removed": False,
    }  # fmt: skip
    heard = (await bob.expect("message.created"))["payload"]["message"]
    assert heard == message | {"mentions": [bob.user_id]}
    assert await history(bob, room) == [heard]


async def test_the_token_is_shown_once_and_stored_hashed(node: Running, tmp_path: Path) -> None:
    """It stands in no list, no entry of the audit log and no table."""
    admin = await node.admin()
    room = await general(admin)
    made = await admin.ask("admin.createWebhook", name="Deploy", channelId=room)
    token = made["token"]
    assert token.startswith("chatd_hook_") and len(token) > 50
    assert made["webhook"]["createdBy"] == admin.user_id
    page = await admin.ask("admin.listWebhooks")
    assert page == {"webhooks": [made["webhook"]], "total": 1}
    (entry,) = await audited(admin, "webhook.created")
    assert (entry["targetId"], entry["detail"]["webhookId"]) == (room, made["webhook"]["id"])
    with closing(sqlite3.connect(tmp_path / "data" / "chatd.db")) as database:
        assert token.removeprefix("chatd_hook_") not in "\n".join(database.iterdump())


async def test_webhooks_are_listed_by_channel_and_page(node: Running) -> None:
    """Newest first; `total` counts all that match."""
    admin = await node.admin()
    one, two = (await open_room(admin, "one"))["id"], (await open_room(admin, "two"))["id"]
    ids = [(await make_webhook(admin, room, f"hook {n}"))[0] for n, room in enumerate((one, two, two))]
    assert [hook["id"] for hook in (await admin.ask("admin.listWebhooks"))["webhooks"]] == ids[::-1]
    page = await admin.ask("admin.listWebhooks", channelId=two, limit=1, offset=1)
    assert ([hook["id"] for hook in page["webhooks"]], page["total"]) == ([ids[1]], 2)


async def test_a_wrong_token_does_not_tell_whether_the_webhook_exists(node: Running) -> None:
    """401, the same to the letter, for none, a wrong one, another webhook's, an account's, on an id known or not."""
    admin = await node.admin()
    room = await general(admin)
    webhook_id, token = await make_webhook(admin, room)
    other_id, other = await make_webhook(admin, room, "Other")
    system = (await admin.ask("admin.createToken", name="one"))["token"]
    refused = [await post(node, id, wrong, content="x") for id in (webhook_id, "nothing", "%00") for wrong in (
        "wrong", other, system, "chatd_hook_", ""
    ) if wrong]  # fmt: skip
    assert {said(answer) for answer in refused} == {(401, "unauthenticated")}
    assert len({answer.text for answer in refused}) == 1
    assert {answer.headers["www-authenticate"] for answer in refused} == {"Bearer"}
    missing = [await post(node, id, None, content="x") for id in (webhook_id, "nothing")]
    assert {said(answer) for answer in missing} == {(401, "unauthenticated")}
    assert missing[0].text == missing[1].text
    assert (await post(node, "nothing", token, content="x")).status_code == 401
    assert (await post(node, other_id, other, content="hers")).status_code == 201
    assert [message["content"] for message in await history(admin, room)] == ["hers"]


async def test_401_comes_before_everything_else(node: Running) -> None:
    """Who has not the token learns nothing from a bad body, a wrong media type or a large one."""
    admin = await node.admin()
    webhook_id, token = await make_webhook(admin, await general(admin))
    url = f"{node.url}/webhooks/{webhook_id}/messages"
    bodies = [(b"{", "application/json"), (b"{}", "text/plain"), (b" " * 70_000, "application/json")]
    for secret, codes in (("wrong", [401, 401, 401]), (token, [400, 415, 413])):
        answers = [
            await node.http.post(url, content=body, headers={"Authorization": f"Bearer {secret}", "Content-Type": type})
            for body, type in bodies
        ]
        assert [answer.status_code for answer in answers] == codes
    assert (await node.http.get(url, headers={"Authorization": f"Bearer {token}"})).status_code == 405


async def test_a_browsers_cookie_posts_nothing(node: Running) -> None:
    """Only the header is judged: a signed-in administrator's browser is no webhook."""
    admin = await node.admin()
    webhook_id, _ = await make_webhook(admin, await general(admin))
    signed_in = await node.http.post(node.url + "/auth/dev-login", json={"email": "admin@example.com"})
    cookie = signed_in.headers["set-cookie"].partition(";")[0]
    url = f"{node.url}/webhooks/{webhook_id}/messages"
    answer = await node.http.post(url, json={"content": "x"}, headers={"Cookie": cookie, "Origin": node.url})
    assert said(answer) == (401, "unauthenticated")


async def test_the_token_of_a_webhook_opens_nothing_else(node: Running) -> None:
    """Neither a request, nor the socket, nor another channel."""
    admin = await node.admin()
    room = await general(admin)
    other = (await open_room(admin, "other"))["id"]
    webhook_id, token = await make_webhook(admin, room)
    for type in ("ping", "sync", "message.history"):
        assert (await ask(node, token, type)).status_code == 401
    headers = {"Authorization": f"Bearer {token}", "Connection": "Upgrade", "Upgrade": "websocket"}
    headers |= {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    assert (await node.http.get(node.url + "/ws", headers=headers)).status_code == 401
    answer = await post(node, webhook_id, token, content="x", channelId=other)
    assert (*said(answer), answer.json()["field"]) == (400, "invalid", "channelId")
    elsewhere = await say(admin, other, "a secret")
    for field in ("threadId", "quotedMessageId"):
        assert said(await post(node, webhook_id, token, **{"content": "x", field: elsewhere["id"]})) == (
            404, "not_found",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 400, "content"),
        ({"content": ""}, 400, "content"),
        ({"content": " \n"}, 400, "content"),
        ({"content": 5}, 400, "content"),
        ({"content": "a\0b"}, 400, "content"),
        ({"content": "x" * 4001}, 413, "content"),
        ({"content": "x", "clientId": ""}, 400, "clientId"),
        ({"content": "x", "clientId": "x" * 65}, 400, "clientId"),
        ({"content": "x", "nonsense": 1}, 400, "nonsense"),
    ],
)
async def test_what_a_webhook_posts_obeys_the_rules_of_messages(
    node: Running, body: dict[str, object], status: int, field: str
) -> None:
    """400 or 413 with the field, and nothing is posted."""
    admin = await node.admin()
    room = await general(admin)
    webhook_id, token = await make_webhook(admin, room)
    answer = await post(node, webhook_id, token, **body)
    assert (answer.status_code, answer.json()["field"]) == (status, field)
    assert await history(admin, room) == []


async def test_the_same_client_id_is_one_message(node: Running) -> None:
    """A program that repeats what it is not sure of posts once; another content under it is a conflict."""
    admin = await node.admin()
    room = await general(admin)
    webhook_id, token = await make_webhook(admin, room)
    body = {"content": "once", "clientId": "build-17"}
    answers = await asyncio.gather(*(post(node, webhook_id, token, **body) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["message"]["id"] for answer in answers}) == 1
    assert said(await post(node, webhook_id, token, content="other", clientId="build-17")) == (409, "conflict")
    assert len(await history(admin, room)) == 1


async def test_a_webhook_replies_and_quotes(node: Running) -> None:
    """In its own channel, as others do."""
    admin = await node.admin()
    room = await general(admin)
    webhook_id, token = await make_webhook(admin, room)
    root = (await post(node, webhook_id, token, content="build 17 began")).json()["message"]["id"]
    reply = await post(node, webhook_id, token, content="and failed", threadId=root, quotedMessageId=root)
    assert (reply.status_code, reply.json()["message"]["threadId"]) == (201, root)
    assert (await admin.ask("thread.history", messageId=root))["messages"] == [reply.json()["message"]]


async def test_a_webhook_posts_into_a_private_channel(node: Running) -> None:
    """The members hear it; the administrator who made the webhook, outside, hears and reads nothing."""
    admin, alice, bob = await node.admin(), await node.client("alice@example.com"), await node.client("bob@example.com")
    room = await secret_of(alice, bob)
    webhook_id, token = await make_webhook(admin, room)
    message = (await post(node, webhook_id, token, content="hush")).json()["message"]
    for member in (alice, bob):
        await member.expect("message.created", message=message)
    await admin.ask("ping")
    assert "hush" not in json.dumps(admin.heard)
    assert (await admin.refused("message.history", channelId=room)).code == "not_found"


async def test_no_webhook_for_what_is_not_an_open_channel(node: Running) -> None:
    """A direct conversation looks like nothing to the administrator, an archived channel is a conflict."""
    admin, alice, bob = await node.admin(), await node.client("alice@example.com"), await node.client("bob@example.com")
    dm = (await alice.ask("dm.open", userIds=[bob.user_id]))["channel"]["id"]
    wanted = await admin.refused("admin.createWebhook", name="Deploy", channelId="nothing")
    assert wanted.code == "not_found"
    assert (await admin.refused("admin.createWebhook", name="Deploy", channelId=dm)).error == wanted.error
    room = (await open_room(admin, "old"))["id"]
    await admin.ask("channel.update", channelId=room, archived=True)
    assert (await admin.refused("admin.createWebhook", name="Deploy", channelId=room)).code == "conflict"
    for name in ("", "  ", "x" * 81):
        refusal = await admin.refused("admin.createWebhook", name=name, channelId=await general(admin))
        assert (refusal.code, refusal.field) == ("invalid", "name")
    assert (await admin.ask("bot.list", all=True))["total"] == 0


async def test_an_archived_channel_takes_no_posts(node: Running) -> None:
    """409 while it is archived, 201 when it is open again."""
    admin = await node.admin()
    room = (await open_room(admin, "deploys"))["id"]
    webhook_id, token = await make_webhook(admin, room)
    for archived, status in ((True, 409), (False, 201)):
        await admin.ask("channel.update", channelId=room, archived=archived)
        assert (await post(node, webhook_id, token, content="x")).status_code == status


async def test_a_deleted_webhook_is_gone_for_who_has_its_token(node: Running) -> None:
    """404 for the right token, 401 for others; its bot goes, its messages stay; it is audited."""
    admin = await node.admin()
    room = await general(admin)
    webhook_id, token = await make_webhook(admin, room)
    before = (await post(node, webhook_id, token, content="built")).json()["message"]
    await admin.ask("admin.deleteWebhook", webhookId=webhook_id)
    assert said(await post(node, webhook_id, token, content="x")) == (404, "not_found")
    assert said(await post(node, webhook_id, "wrong", content="x")) == (401, "unauthenticated")
    assert await admin.ask("admin.listWebhooks") == {"webhooks": [], "total": 0}
    assert await history(admin, room) == [before | {"author": before["author"] | {"removed": True}}]
    assert (await admin.refused("admin.deleteWebhook", webhookId=webhook_id)).code == "not_found"
    (entry,) = await audited(admin, "webhook.deleted")
    assert (entry["actorId"], entry["targetId"], entry["detail"]["webhookId"]) == (admin.user_id, room, webhook_id)


async def test_a_webhook_goes_with_its_channel(node: Running) -> None:
    """Deleted by whoever made the channel: 404 from then on, its bot is gone too."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    room = (await open_room(alice, "deploys"))["id"]
    webhook_id, token = await make_webhook(admin, room)
    assert (await post(node, webhook_id, token, content="x")).status_code == 201
    await alice.ask("channel.delete", channelId=room)
    assert said(await post(node, webhook_id, token, content="x")) == (404, "not_found")
    assert (await admin.ask("admin.listWebhooks"))["total"] == 0
    assert (await admin.ask("bot.list", all=True))["total"] == 0
    (entry,) = await audited(admin, "webhook.deleted")
    assert entry["actorId"] == alice.user_id


async def test_a_webhook_of_a_deactivated_bot_is_refused_for_a_while(node: Running) -> None:
    """403 `account_deactivated`; activated it posts again."""
    admin = await node.admin()
    made = await admin.ask("admin.createWebhook", name="Deploy", channelId=await general(admin))
    bot = {"userId": made["webhook"]["botId"]}
    await admin.ask("admin.deactivateUser", **bot)
    refused = await post(node, made["webhook"]["id"], made["token"], content="x")
    assert said(refused) == (403, "account_deactivated")
    await admin.ask("admin.activateUser", **bot)
    assert (await post(node, made["webhook"]["id"], made["token"], content="x")).status_code == 201


@pytest.mark.parametrize("end", ["admin.setRole", "admin.updateUser", "admin.deactivateUser", "admin.removeUser"])
async def test_a_webhook_is_worth_what_its_maker_is_worth(node: Running, end: str) -> None:
    """Who is no administrator any more posts by none that they made; another administrator may take it over."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    await admin.ask("admin.setRole", userId=alice.user_id, role="admin")
    webhook_id, token = await make_webhook(alice, await general(alice))
    more = {"role": "user"} if end in ("admin.setRole", "admin.updateUser") else {}
    await admin.ask(end, userId=alice.user_id, **more)
    assert (await post(node, webhook_id, token, content="x")).status_code == 404
    taken = await admin.ask("admin.takeOver", userId=alice.user_id)
    assert taken == {"madeTokens": 0, "madeWebhooks": 1, "madeLinks": 0}
    assert (await post(node, webhook_id, token, content="x")).status_code == 201


async def test_what_a_webhook_is_answered_says_nothing_of_who_is_in_the_channel(node: Running) -> None:
    """Whether somebody is named who is in it or not, the answer is the same; so it is when it is sent again."""
    admin, bob = await node.admin(), await node.client("bob@example.com")
    room = (await admin.ask("channel.create", name="secret", kind="private"))["channel"]["id"]
    webhook_id, token = await make_webhook(admin, room)
    outside = (await post(node, webhook_id, token, content="@bob", clientId="1")).json()["message"]
    await admin.ask("channel.addMember", channelId=room, userId=bob.user_id)
    inside = (await post(node, webhook_id, token, content="@bob", clientId="2")).json()["message"]
    await bob.ask("message", channelId=room, content="heard", threadId=inside["id"])
    await bob.ask("reaction", messageId=inside["id"], reaction="👍")
    again = (await post(node, webhook_id, token, content="@bob", clientId="2")).json()["message"]
    for answer in (outside, inside, again):
        assert (answer["mentions"], answer["thread"], answer["reactions"]) == ([], None, {})


async def test_each_webhook_has_its_own_rate(configured: Configured) -> None:
    """429 with Retry-After beyond it, whatever the others do; wrong tokens are limited by address."""
    async with configured(server={"rateLimit": {"enabled": True, "requestsPerMinute": 60}}) as node:
        admin = await node.admin()
        room = await general(admin)
        hooks = [await make_webhook(admin, room, name) for name in ("One", "Two")]
        node.clock.stand_still()
        for webhook_id, token in hooks:
            answers = [await post(node, webhook_id, token, content="x") for _ in range(7)]
            assert [answer.status_code for answer in answers] == [201] * 6 + [429]
            assert answers[-1].json()["retryAfterMs"] > 0 and int(answers[-1].headers["retry-after"]) >= 1
        guesses = [await post(node, hooks[0][0], "wrong", content="x") for _ in range(7)]
        assert [answer.status_code for answer in guesses][-1] == 429


async def test_posts_are_counted_and_written_together(node: Running) -> None:
    """`uses` and `lastUsedAt` of what was posted; what was refused does not count."""
    admin = await node.admin()
    webhook_id, token = await make_webhook(admin, await general(admin))
    before = node.clock.now()
    for content in ("one", "two", "", "three"):
        await post(node, webhook_id, token, content=content)
    for _ in range(2):
        await tokens.write_uses(node.node.chat)
        (listed,) = (await admin.ask("admin.listWebhooks"))["webhooks"]
        assert listed["uses"] == 3 and before <= listed["lastUsedAt"] <= node.clock.now()


async def test_a_channel_has_so_many_webhooks_at_most(node: Running) -> None:
    """One more is a conflict until one is deleted."""
    admin = await node.admin()
    room = await general(admin)
    ids = [(await make_webhook(admin, room))[0] for _ in range(MAX_WEBHOOKS_PER_CHANNEL)]
    assert (await admin.refused("admin.createWebhook", name="Deploy", channelId=room)).code == "conflict"
    await admin.ask("admin.deleteWebhook", webhookId=ids[0])
    await make_webhook(admin, room)


@pytest.mark.parametrize("type", ["admin.createWebhook", "admin.listWebhooks", "admin.deleteWebhook"])
async def test_M01_webhooks_are_for_administrators(node: Running, type: str) -> None:
    """The maker of a channel is refused too, and nothing is made."""
    admin, eve = await node.admin(), await node.client("eve@example.com")
    room = (await open_room(eve, "mine"))["id"]
    assert (await eve.refused(type, name="Deploy", channelId=room)).message == "Admin access required"
    assert (await ask(node, (await make_token(eve))["token"], type)).status_code == 403
    assert (await admin.ask("admin.listWebhooks"))["total"] == 0
    assert len(await audited(admin, "denied")) == 2


async def test_a_token_makes_no_webhook(node: Running) -> None:
    """Making a credential takes somebody who has signed in; listing and deleting does not."""
    admin = await node.admin()
    secret = (await admin.ask("admin.createToken", name="one"))["token"]
    room = await general(admin)
    assert (await ask(node, secret, "admin.createWebhook", name="Deploy", channelId=room)).status_code == 403
    webhook_id, _ = await make_webhook(admin, room)
    assert (await ask(node, secret, "admin.listWebhooks")).json()["total"] == 1
    assert (await ask(node, secret, "admin.deleteWebhook", webhookId=webhook_id)).status_code == 200


async def test_the_example_of_the_reference_is_posted_as_it_stands(node: Running) -> None:
    """What docs/protocol.md shows is a message; sent twice it is one."""
    admin = await node.admin()
    room = await general(admin)
    webhook_id, token = await make_webhook(admin, room)
    answers = [await post(node, webhook_id, token, **WEBHOOK_EXAMPLE) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert [message["content"] for message in await history(admin, room)] == [WEBHOOK_EXAMPLE["content"]]


async def test_the_route_stands_in_openapi(node: Running) -> None:
    """With its body, its security and every status that these tests have seen."""
    document = (await node.http.get(node.url + "/api/openapi.json")).json()
    operation = document["paths"]["/webhooks/{id}/messages"]["post"]
    assert {"201", "400", "401", "403", "404", "409", "413", "415", "429", "503"} <= operation["responses"].keys()
    assert operation["security"] == [{"webhook": []}]
    assert document["components"]["schemas"]["PostByWebhook"]["required"] == ["content"]


async def test_what_was_on_its_way_when_the_webhook_went_is_not_stored(node: Running) -> None:
    """The row is read again in the transaction that stores the message: a right token alone is not enough."""
    admin = await node.admin()
    room = await general(admin)
    webhook_id, token = await make_webhook(admin, room)
    before = await webhooks.identify(node.node.chat, webhook_id, token)
    await admin.ask("admin.deleteWebhook", webhookId=webhook_id)
    with pytest.raises(ChatError) as refusal:
        await webhooks.post(node.node.chat, before, PostByWebhook(content="late"))
    assert refusal.value.code == "not_found"
    assert await history(admin, room) == []


async def test_deleting_while_many_post(node: Running) -> None:
    """Of posts raced against the deletion none is stored after its reply."""
    admin = await node.admin()
    bob: Client = await node.client("bob@example.com")
    room = await general(admin)
    webhook_id, token = await make_webhook(admin, room)
    posting = [asyncio.create_task(post(node, webhook_id, token, content=f"post {n}")) for n in range(40)]
    while not await history(bob, room):
        pass
    await admin.ask("admin.deleteWebhook", webhookId=webhook_id)
    stored = len(await history(bob, room))
    answers = await asyncio.gather(*posting)
    assert {answer.status_code for answer in answers} <= {201, 404}
    assert [answer.status_code for answer in answers].count(201) == stored == len(await history(bob, room))
