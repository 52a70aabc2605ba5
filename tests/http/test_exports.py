"""Files with what the server knows: asked for over the socket, fetched once by a link (FEATURES F31, F43)."""

import asyncio
import csv
import io
import json
import zipfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pyotp
import pytest

from chatd.http import export_routes
from chatd.services import export_person, export_tables, exports
from tests.client import Client
from tests.serving import Running


async def fetched(node: Running, link: dict[str, Any]) -> httpx.Response:
    return await node.http.get(node.url + link["url"])


async def table(node: Running, admin: Client, **asked: Any) -> list[dict[str, str]]:
    answer = await fetched(node, await admin.ask("admin.export", **asked))
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


async def unzipped(node: Running, link: dict[str, Any]) -> dict[str, Any]:
    answer = await fetched(node, link)
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        return {name: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")}


async def enrol(client: Client) -> pyotp.TOTP:
    app = pyotp.TOTP((await client.ask("totp.begin"))["secret"])
    await client.ask("totp.confirm", code=app.now())
    return app


async def test_the_users_as_a_table(node: Running) -> None:
    """All users with what administrators see, filtered as the list is; the file is a download that nobody keeps."""
    admin, alice = await node.admin(), await node.client()
    await alice.ask("me.update", displayName='Ärger, "A"', nickname="=1+1")
    link = await admin.ask("admin.export", what="users")
    assert link["name"].startswith("chatd-users-")
    answer = await fetched(node, link)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="{link["name"]}"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    found = {row["userName"]: row for row in csv.DictReader(io.StringIO(answer.text, newline=""))}
    assert found.keys() == {"admin", "alice"}
    assert found["alice"]["displayName"] == 'Ärger, "A"'
    assert found["alice"]["nickname"] == "'=1+1"
    assert found["alice"]["email"] == "alice@example.com"
    assert (found["alice"]["sessions"], found["admin"]["role"]) == ("1", "admin")
    assert [row["userName"] for row in await table(node, admin, what="users", role="admin")] == ["admin"]
    assert [row["userName"] for row in await table(node, admin, what="users", search="ärger")] == ["alice"]
    assert await table(node, admin, what="users", tab="deactivated") == []
    assert await table(node, admin, what="users", daysIdle=3) == []


async def test_the_users_as_json_are_those_of_the_list(node: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever fits in one piece: every user once, as `admin.listUsers` shows him."""
    monkeypatch.setattr(export_tables, "AT_ONCE", 2)
    admin = await node.admin()
    for number in range(5):
        await node.sign_in(f"user{number}@example.com")
    answer = await fetched(node, await admin.ask("admin.export", what="users", format="json"))
    listed = (await admin.ask("admin.listUsers", order="asc"))["users"]
    assert sorted(answer.json(), key=lambda user: user["id"]) == sorted(listed, key=lambda user: user["id"])
    nobody = await fetched(node, await admin.ask("admin.export", what="users", format="json", search="nobody"))
    assert nobody.json() == []


async def test_the_audit_log_as_table_and_json(node: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every entry that the filter wants, newest first, with names beside the ids; what was exported is in it too."""
    monkeypatch.setattr(export_tables, "AT_ONCE", 2)
    admin = await node.admin()
    for number in range(5):
        await admin.ask("admin.addUser", userName=f"user{number}", password="correct horse battery")
    rows = await table(node, admin, what="audit", action="user.added")
    assert [row["target"] for row in rows] == ["user4", "user3", "user2", "user1", "user0"]
    assert {row["actor"] for row in rows} == {"admin"}
    assert json.loads(rows[0]["detail"])["userName"] == "user4"
    answer = await fetched(node, await admin.ask("admin.export", what="audit", format="json", action="export.*"))
    assert [(entry["action"], entry["detail"]["what"]) for entry in answer.json()] == [
        *(("export.fetched", "audit"), ("export.made", "audit")),
        *(("export.fetched", "audit"), ("export.made", "audit")),
    ]


async def test_a_link_works_once(node: Running) -> None:
    """Of twenty who fetch at the same moment one gets the file; HEAD does not use the link up."""
    admin = await node.admin()
    link = await admin.ask("admin.export", what="users")
    assert (await node.http.head(node.url + link["url"])).status_code == 405
    answers = await asyncio.gather(*(fetched(node, link) for _ in range(20)))
    assert sorted({answer.status_code for answer in answers} - {503}) == [200, 404]
    assert sum(answer.status_code == 200 for answer in answers) == 1
    assert (await fetched(node, link)).json()["code"] == "not_found"


async def test_a_link_ends_after_five_minutes(node: Running) -> None:
    """What nobody fetched is worth nothing any more, and a guess never was."""
    admin = await node.admin()
    link = await admin.ask("admin.export", what="users")
    node.clock.advance(5 * 60)
    assert (await fetched(node, link)).status_code == 404
    assert (await fetched(node, {"url": "/exports/" + "x" * 43})).status_code == 404


@pytest.mark.parametrize("end", ["sign out", "demote"])
async def test_a_link_is_worth_what_its_asker_is(node: Running, end: str) -> None:
    """Signed out or demoted in between: the link opens nothing, and says nothing more than any other dead one."""
    root, other = await node.admin(), await node.client("other@example.com")
    await root.ask("admin.setRole", userId=other.user_id, role="admin")
    link = await other.ask("admin.export", what="audit")
    if end == "sign out":
        await other.ask("session.signOut")
    else:
        await root.ask("admin.setRole", userId=other.user_id, role="user")
    assert (await fetched(node, link)).json()["error"] == exports.WORTHLESS


async def test_an_export_ends_when_its_asker_is_demoted(node: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Demoted while the file is on its way, an administrator gets no further row, and no file that looks whole."""
    monkeypatch.setattr(export_tables, "AT_ONCE", 1)
    root, other = await node.admin(), await node.sign_in("other@example.com")
    await root.ask("admin.setRole", userId=other.id, role="admin")
    link = (await other.post("/api/admin.export", {"what": "users"})).json()
    file = await exports.open_link(node.node.chat, link["url"].rpartition("/")[2], "", "")
    pieces = aiter(file.pieces)
    head, first = await anext(pieces), await anext(pieces)
    assert b"userName" in head
    assert first.count(b"\r\n") == 1
    await root.ask("admin.setRole", userId=other.id, role="user")
    with pytest.raises(Exception, match="Admin access required"):
        await anext(pieces)


async def test_exports_are_for_administrators(node: Running) -> None:
    """Alice gets no link to users, the log or bob's data; her own she gets."""
    bob, alice = await node.client("bob@example.com"), await node.client()
    assert (await alice.refused("admin.export", what="users")).code == "forbidden"
    assert (await alice.refused("admin.exportUser", userId=bob.user_id)).code == "forbidden"
    assert (await alice.refused("admin.exportUser", userId=alice.user_id)).code == "forbidden"
    assert (await unzipped(node, await alice.ask("me.export")))["profile.json"]["userName"] == "alice"


async def test_exports_take_a_second_proof(node: Running) -> None:
    """Who has two-step sign-in proves himself again before an export, of the users and of one."""
    admin, alice = await node.admin(), await node.client()
    app = await enrol(admin)
    for type, payload in (("admin.export", {"what": "audit"}), ("admin.exportUser", {"userId": alice.user_id})):
        assert (await admin.refused(type, **payload)).code == "step_up_required"
    node.clock.advance(30)
    code = app.at(node.clock.now() // 1000)
    assert (await admin.ask("admin.export", what="audit", proof={"totp": code}))["url"]


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({"what": "users", "actorId": "x"}, "actorId"),
        ({"what": "audit", "tab": "all"}, "tab"),
        ({"what": "audit", "daysIdle": 3}, "daysIdle"),
        ({"what": "messages"}, "what"),
        ({"what": "users", "format": "xlsx"}, "format"),
    ],
)
async def test_a_filter_of_the_other_list_is_refused(node: Running, payload: dict[str, Any], field: str) -> None:
    """What would be passed over in silence is said."""
    assert (await (await node.admin()).refused("admin.export", **payload)).field == field


async def test_F31_export_of_a_user_before_his_removal(node: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Profile, messages, channels, sessions, bots and tokens, in pieces of any size, and no secret in any of them."""
    monkeypatch.setattr(export_person, "AT_ONCE", 2)
    admin, alice = await node.admin(), await node.client()
    (general,) = (await alice.ask("sync"))["channels"]
    texts = [f"message {number}" for number in range(5)]
    sent = [(await alice.ask("message", channelId=general["id"], content=text))["message"] for text in texts]
    await alice.ask("message.delete", messageId=sent[2]["id"])
    for emoji in "👍🎉👀":
        await alice.ask("reaction", messageId=sent[0]["id"], reaction=emoji)
    bot = await alice.ask("bot.create", userName="alice.bot", withToken=True)
    made = await alice.ask("token.create", name="a script")
    link = await admin.ask("admin.exportUser", userId=alice.user_id)
    answer = await fetched(node, link)
    assert answer.headers["content-type"] == "application/zip"
    assert made["token"].encode() not in answer.content
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        found = {name: json.loads(archive.read(name)) for name in archive.namelist()}
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert found["profile.json"]["email"] == "alice@example.com"
    assert [message["content"] for message in found["messages.json"]] == [texts[0], texts[1], texts[3], texts[4]]
    assert sorted(reaction["reaction"] for reaction in found["reactions.json"]) == sorted("👍🎉👀")
    assert [one["userName"] for one in found["bots.json"]] == ["alice.bot"]
    assert sorted(token["name"] for token in found["tokens.json"]) == ["First token", "a script"]
    assert [session["userId"] for session in found["sessions.json"]] == [alice.user_id]
    for secret in (made["token"], bot["token"], "password_hash", "token_hash"):
        assert secret not in everything


async def test_F31_an_export_is_no_way_into_private_conversations(node: Running) -> None:
    """Of what alice told bob the administrator learns that she wrote; her own export holds the words, bob's too."""
    admin, alice, bob = await node.admin(), await node.client(), await node.client("bob@example.com")
    direct = (await alice.ask("dm.open", userIds=[bob.user_id]))["channel"]["id"]
    room = (await alice.ask("channel.create", name="a secret", kind="private"))["channel"]["id"]
    joint = {"name": "joint", "kind": "private", "members": [admin.user_id]}
    shared = (await alice.ask("channel.create", **joint))["channel"]["id"]
    for channel_id in (direct, room, shared):
        await alice.ask("message", channelId=channel_id, content=f"in {channel_id}")
    theirs = await unzipped(node, await admin.ask("admin.exportUser", userId=alice.user_id))
    written = {message["channelId"]: message["content"] for message in theirs["messages.json"]}
    assert written == {direct: None, room: None, shared: f"in {shared}"}
    assert [one["userIds"] for one in theirs["channels.json"] if one["kind"] == "dm"] == [[]]
    own = await unzipped(node, await alice.ask("me.export"))
    assert all(message["content"] for message in own["messages.json"])
    assert [sorted(one["userIds"]) for one in own["channels.json"] if one["kind"] == "dm"] == [
        sorted([alice.user_id, bob.user_id])
    ]


async def test_F31_who_is_gone_cannot_be_exported(node: Running) -> None:
    """Nobody, and somebody removed before the link was fetched: not found, and no half file."""
    admin, alice = await node.admin(), await node.client()
    assert (await admin.refused("admin.exportUser", userId="nobody")).code == "not_found"
    link = await admin.ask("admin.exportUser", userId=alice.user_id)
    await admin.ask("admin.removeUser", userId=alice.user_id)
    assert (await fetched(node, link)).status_code == 404


class Gated:
    """A file whose second piece waits for `opened`; how many pieces were asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened, self.asked = asyncio.Event(), 0
        monkeypatch.setattr(export_tables, "table", self._table)

    async def _table(self, *_: Any) -> AsyncIterator[bytes]:
        for _ in range(3):
            self.asked += 1
            yield b"piece"
            await self.opened.wait()


async def test_at_most_four_files_at_once(node: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """While four are under way a fifth is told to wait; his link stays good."""
    admin, gated = await node.admin(), Gated(monkeypatch)
    links = [await admin.ask("admin.export", what="users") for _ in range(5)]
    async with AsyncExitStack() as stack:
        for link in links[:4]:
            await stack.enter_async_context(node.http.stream("GET", node.url + link["url"]))
        busy = await fetched(node, links[4])
        assert (busy.status_code, "retry-after" in busy.headers) == (503, True)
        gated.opened.set()
    assert (await fetched(node, links[4])).content == b"piece" * 3


async def test_a_file_that_nobody_takes_any_more_is_not_made(node: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """The peer leaves after the first piece: when that is noticed nothing more is looked up, and the place is free."""
    admin, gated, noticed = await node.admin(), Gated(monkeypatch), asyncio.Event()
    real = export_routes._gone

    async def gone(receive: Any) -> None:
        await real(receive)
        noticed.set()

    monkeypatch.setattr(export_routes, "_gone", gone)
    link = await admin.ask("admin.export", what="users")
    async with node.http.stream("GET", node.url + link["url"]):
        pass
    await asyncio.wait_for(noticed.wait(), 20)
    gated.opened.set()
    assert (await fetched(node, await admin.ask("admin.export", what="users"))).content == b"piece" * 3
    assert gated.asked <= 2 + 3  # the second may have been asked for already
