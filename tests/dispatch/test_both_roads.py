"""Both roads are one: every request of the registry, over a socket and over HTTP, for outsider, user, administrator."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, Literal

import pyotp
import pytest
import pytest_asyncio
from pydantic import TypeAdapter
from websockets.exceptions import InvalidStatus

from chatd.dispatch.registry import REGISTRY, Access
from chatd.domain.errors import ErrorCode
from chatd.protocol.http_errors import STATUS
from tests.client import Client, Person, Refused
from tests.postbox import postbox
from tests.serving import ADMIN_EMAIL, Running, running, settings

PASSWORD = "a password for both roads"
Role = Literal["user", "admin"]
pytestmark = pytest.mark.asyncio(loop_scope="module")
numbers = count(1)
ADMIN_ONLY = "Admin access required"


@dataclass
class Scene:
    """Somebody who asks, and what is his: a room, a message in it, a friend, another session.

    And what `PREPARING` made for the one request that needs it.
    """

    person: Person
    client: Client
    friend: Person
    friend_id: str
    room_id: str
    message_id: str
    other_session_id: str
    friends_session_id: str
    bot_id: str
    token_id: str
    webhook_id: str
    pending_id: str = ""
    link_id: str = ""
    code: str = ""


Payload = Callable[[Scene], dict[str, Any]]


def nothing(scene: Scene) -> dict[str, Any]:
    return {}


def message(scene: Scene) -> dict[str, Any]:
    return {"messageId": scene.message_id}


def room(scene: Scene) -> dict[str, Any]:
    return {"channelId": scene.room_id}


def friend(scene: Scene) -> dict[str, Any]:
    return {"userId": scene.friend_id}


def bot(scene: Scene) -> dict[str, Any]:
    return {"botId": scene.bot_id}


def token(scene: Scene) -> dict[str, Any]:
    return {"tokenId": scene.token_id}


PAYLOADS: dict[str, Payload] = {
    "ping": nothing,
    "sync": nothing,
    "resume": lambda scene: {"channels": {scene.room_id: 0}},
    "user.get": lambda scene: {"userIds": [scene.friend_id]},
    "user.find": lambda scene: {"query": "friend"},
    "message": lambda scene: room(scene) | {"content": "hello"},
    "message.edit": lambda scene: message(scene) | {"content": "hello again"},
    "message.delete": message,
    "message.history": room,
    "message.changes": lambda scene: room(scene) | {"after": 0},
    "thread.history": message,
    "reaction": lambda scene: message(scene) | {"reaction": "👍"},
    "channel.create": lambda scene: {"name": f"made by {scene.person.id}"},
    "channel.update": lambda scene: room(scene) | {"topic": "both roads"},
    "channel.delete": room,
    "channel.join": room,
    "channel.leave": room,
    "channel.members": room,
    "channel.addMember": lambda scene: room(scene) | friend(scene),
    "channel.removeMember": lambda scene: room(scene) | friend(scene),
    "channel.list": nothing,
    "dm.open": lambda scene: {"userIds": [scene.friend_id]},
    "read": lambda scene: room(scene) | message(scene),
    "typing": room,
    "presence.set": lambda scene: {"status": "away"},
    "presence.list": nothing,
    "me.update": lambda scene: {"statusMessage": "on both roads"},
    "me.changePassword": lambda scene: {"currentPassword": PASSWORD, "newPassword": PASSWORD + "!"},
    "me.leaveServer": lambda scene: {"password": PASSWORD},
    "session.list": nothing,
    "session.revoke": lambda scene: {"sessionId": scene.other_session_id},
    "session.signOut": nothing,
    "session.signOutOthers": nothing,
    "admin.addUser": lambda scene: {"userName": f"by.{scene.person.id[-12:]}", "password": PASSWORD},
    "admin.removeUser": friend,
    "admin.listUsers": nothing,
    "admin.getUser": friend,
    "admin.setRole": lambda scene: friend(scene) | {"role": "admin"},
    "admin.resetPassword": lambda scene: friend(scene) | {"mode": "manual", "password": PASSWORD + "?"},
    "admin.deactivateUser": friend,
    "admin.activateUser": friend,
    "admin.listSessions": nothing,
    "admin.revokeSession": lambda scene: {"sessionId": scene.friends_session_id},
    "admin.revokeUserSessions": friend,
    "admin.revokeAllSessions": nothing,
    "admin.stats": nothing,
    "admin.getSettings": nothing,
    "token.create": lambda scene: bot(scene) | {"name": "on both roads"},
    "token.list": nothing,
    "token.revoke": token,
    "bot.create": lambda scene: {"userName": f"bot.{scene.person.id[-12:]}", "withToken": True},
    "bot.list": nothing,
    "bot.update": lambda scene: bot(scene) | {"displayName": "on both roads"},
    "bot.remove": bot,
    "admin.transferBots": lambda scene: {"fromUserId": scene.person.id, "toUserId": scene.friend_id},
    "admin.createToken": lambda scene: {"name": "on both roads", "expiresAt": 4_000_000_000_000},
    "admin.listTokens": nothing,
    "admin.revokeToken": token,
    "admin.createWebhook": lambda scene: room(scene) | {"name": "on both roads"},
    "admin.listWebhooks": nothing,
    "admin.deleteWebhook": lambda scene: {"webhookId": scene.webhook_id},
    "admin.updateSettings": lambda scene: {"name": f"of {scene.person.id}"},
    "admin.updateUser": lambda scene: friend(scene) | {"displayName": "A friend", "bio": None},
    "admin.removeUserPreview": friend,
    "admin.auditLog": lambda scene: {"action": "user.*", "limit": 5},
    "admin.watch": lambda scene: {"topics": ["users", "stats"]},
    "admin.resetTotp": friend,
    "admin.inviteUsers": lambda scene: {"emails": [f"{scene.person.id}@example.com", "not an address"]},
    "admin.resendWelcome": lambda scene: {"userId": scene.pending_id},
    "admin.createLink": lambda scene: {"uses": 5},
    "admin.listLinks": nothing,
    "admin.deleteLink": lambda scene: {"linkId": scene.link_id},
    "totp.status": nothing,
    "totp.begin": nothing,
    "totp.confirm": lambda scene: {"code": scene.code},
    "totp.disable": lambda scene: {"password": PASSWORD},
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def node(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """One node for all requests: each scene has people and a room of its own."""
    async with postbox() as box, running(settings(tmp_path_factory.mktemp("roads"), email=box.settings())) as found:
        yield found


async def granted(person: Person, type: str, **payload: Any) -> Any:
    answer = await person.post(f"/api/{type}", payload)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def scene(node: Running, role: Role) -> Scene:
    root, name = await node.sign_in(ADMIN_EMAIL), f"{role}.{next(numbers)}"
    await granted(root, "admin.addUser", userName=name, password=PASSWORD, role=role)
    added = await granted(root, "admin.addUser", userName=f"{name}.friend", password=PASSWORD)
    friend = await node.sign_in_with_password(f"{name}.friend", PASSWORD)
    theirs = await granted(root, "admin.listSessions", userId=added["user"]["id"])
    other = await node.sign_in_with_password(name, PASSWORD)
    (own,) = (await granted(other, "session.list"))["sessions"]
    asker = await node.sign_in_with_password(name, PASSWORD)
    members = [added["user"]["id"]]
    made = await granted(asker, "channel.create", name=f"room of {name}", kind="private", members=members)
    sent = await granted(asker, "message", channelId=made["channel"]["id"], content="first")
    hook = await granted(root, "admin.createWebhook", name=f"hook of {name}", channelId=made["channel"]["id"])
    return Scene(
        asker,
        await asker.connect(),
        friend,
        added["user"]["id"],
        made["channel"]["id"],
        sent["message"]["id"],
        own["id"],
        theirs["sessions"][0]["id"],
        (await granted(asker, "bot.create", userName=f"{name}.bot"))["user"]["id"],
        (await granted(asker, "token.create", name="a script"))["id"],
        hook["webhook"]["id"],
    )


async def code_of(person: Person) -> str:
    """The code of an app that has just been given the secret."""
    return pyotp.TOTP((await granted(person, "totp.begin"))["secret"]).now()


async def pending(node: Running, scene: Scene) -> None:
    """Somebody invited who never came."""
    email = f"pending.{scene.person.id}@example.com"
    results = await granted(await node.sign_in(ADMIN_EMAIL), "admin.inviteUsers", emails=[email])
    scene.pending_id = results["results"][0]["userId"]


async def link(node: Running, scene: Scene) -> None:
    scene.link_id = (await granted(await node.sign_in(ADMIN_EMAIL), "admin.createLink"))["link"]["id"]


async def begun(node: Running, scene: Scene) -> None:
    scene.code = await code_of(scene.person)


async def enrolled(node: Running, scene: Scene) -> None:
    await granted(scene.person, "totp.confirm", code=await code_of(scene.person))


async def friend_enrolled(node: Running, scene: Scene) -> None:
    await granted(scene.friend, "totp.confirm", code=await code_of(scene.friend))


PREPARING: dict[str, Callable[[Running, Scene], Awaitable[None]]] = {
    "admin.resendWelcome": pending,
    "admin.deleteLink": link,
    "admin.resetTotp": friend_enrolled,
    "totp.confirm": begun,
    "totp.disable": enrolled,
}


async def over_socket(scene: Scene, type: str, payload: dict[str, Any]) -> Any:
    return await scene.client.ask(type, **payload)


async def over_http(scene: Scene, type: str, payload: dict[str, Any]) -> Any:
    answer = await scene.person.post(f"/api/{type}", payload)
    body = answer.json()
    if answer.status_code == 200:
        return body
    assert answer.status_code == STATUS[ErrorCode(body["code"])]
    raise Refused(body | {"message": body["error"]})


Road = Callable[[Scene, str, dict[str, Any]], Awaitable[Any]]
ROADS: dict[str, Road] = {"socket": over_socket, "http": over_http}


async def refusal(road: Road, scene: Scene, type: str, payload: dict[str, Any]) -> Refused:
    with pytest.raises(Refused) as caught:
        await road(scene, type, payload)
    return caught.value


@pytest.mark.parametrize("type", sorted(REGISTRY))
@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS)
async def test_both_roads(node: Running, road: Road, type: str) -> None:
    """The outsider gets nothing, a user what is his to ask, an administrator everything, in the shape declared."""
    outsider = await node.http.post(f"{node.url}/api/{type}", json={})
    assert (outsider.status_code, outsider.json()["code"]) == (401, "unauthenticated")
    for role in ("user", "admin"):
        asking = await scene(node, role)
        if type in PREPARING:
            await PREPARING[type](node, asking)
        payload = PAYLOADS[type](asking)
        spoilt = await refusal(road, asking, type, payload | {"nonsense": 1})
        if REGISTRY[type].access is Access.ADMIN and role == "user":
            assert (spoilt.code, spoilt.message) == ("forbidden", ADMIN_ONLY)
            assert (await refusal(road, asking, type, payload)).message == ADMIN_ONLY
        else:
            assert (spoilt.code, spoilt.field) == ("invalid", "nonsense")
            shape = TypeAdapter[Any](REGISTRY[type].reply)
            shape.validate_python(await road(asking, type, payload), strict=True, extra="forbid")


async def test_a_stranger_gets_no_socket(node: Running) -> None:
    """Without a session there is no socket that could ask anything."""
    with pytest.raises(InvalidStatus) as caught:
        await Client.open(node.url)
    assert caught.value.response.status_code == 401


async def test_a_type_that_does_not_exist_is_unknown_on_both_roads(node: Running) -> None:
    """`unknown_type` is told to those signed in, 401 to all others."""
    asking = await scene(node, "user")
    for road in ROADS.values():
        assert (await refusal(road, asking, "no.such", {})).code == "unknown_type"
    assert (await node.http.post(f"{node.url}/api/no.such", json={})).status_code == 401
