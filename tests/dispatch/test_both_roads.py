"""Both roads are one: every request of the registry, over a socket and over HTTP, for outsider, user, administrator."""

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, Literal

import pyotp
import pytest
import pytest_asyncio
from pydantic import TypeAdapter
from websockets.exceptions import InvalidStatus

from chatd.dispatch.examples import EXAMPLES, PASSWORD
from chatd.dispatch.registry import REGISTRY, Access
from chatd.domain.errors import ErrorCode
from chatd.protocol.http_errors import STATUS
from tests.client import Client, Person, Refused
from tests.gallery import gallery, picture
from tests.postbox import postbox
from tests.serving import ADMIN_EMAIL, Running, running, settings

Role = Literal["user", "admin"]
pytestmark = pytest.mark.asyncio(loop_scope="module")
numbers = count(1)
ADMIN_ONLY = "Admin access required"


@dataclass
class Scene:
    """Somebody who asks, a friend, and what the examples leave open: by its name in angle brackets.

    `PREPARING` adds what one request alone needs.
    """

    person: Person
    client: Client
    friend: Person
    open: dict[str, str]

    def payload(self, type: str) -> dict[str, Any]:
        """The example of the reference, word for word, with its open places filled."""
        text = json.dumps(EXAMPLES[type])
        for name, value in self.open.items():
            text = text.replace(f"<{name}>", value)
        assert re.search("<.*>", text) is None, text
        return dict(json.loads(text))


pictures: dict[str, str] = {}  # where one hangs while the node runs


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def node(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """One node for all requests: each scene has people and a room of its own."""
    async with postbox() as box, gallery() as hall:
        server = {"rateLimit": {"enabled": False}, "pictureNetworks": ["127.0.0.1"]}
        pictures["url"] = hall.hang("/face.png", picture())
        async with running(settings(tmp_path_factory.mktemp("roads"), email=box.settings(), server=server)) as found:
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
        {
            "ownId": asker.id,
            "userId": added["user"]["id"],
            "userName": added["user"]["userName"],
            "channelId": made["channel"]["id"],
            "messageId": sent["message"]["id"],
            "sessionId": own["id"],
            "othersSessionId": theirs["sessions"][0]["id"],
            "botId": (await granted(asker, "bot.create", userName=f"{name}.bot"))["user"]["id"],
            "tokenId": (await granted(asker, "token.create", name="a script", proof={"password": PASSWORD}))["id"],
            "webhookId": hook["webhook"]["id"],
            "pictureUrl": pictures["url"],
            "new name": f"{name}.new",
            "new address": f"{name}.new@example.com",
        },
    )


async def code_of(person: Person) -> str:
    """The code of an app that has just been given the secret."""
    return pyotp.TOTP((await granted(person, "totp.begin", proof={"password": PASSWORD}))["secret"]).now()


async def pending(node: Running, scene: Scene) -> None:
    """Somebody invited who never came."""
    email = f"pending.{scene.person.id}@example.com"
    results = await granted(await node.sign_in(ADMIN_EMAIL), "admin.inviteUsers", emails=[email])
    scene.open["pendingId"] = results["results"][0]["userId"]


async def link(node: Running, scene: Scene) -> None:
    scene.open["linkId"] = (await granted(await node.sign_in(ADMIN_EMAIL), "admin.createLink"))["link"]["id"]


async def begun(node: Running, scene: Scene) -> None:
    scene.open["code"] = await code_of(scene.person)


async def enrolled(node: Running, scene: Scene) -> None:
    confirmed = await granted(scene.person, "totp.confirm", code=await code_of(scene.person))
    scene.open["recovery code"] = confirmed["recoveryCodes"][0]


async def friend_enrolled(node: Running, scene: Scene) -> None:
    await granted(scene.friend, "totp.confirm", code=await code_of(scene.friend))


PREPARING: dict[str, Callable[[Running, Scene], Awaitable[None]]] = {
    "admin.resendWelcome": pending,
    "admin.deleteLink": link,
    "admin.resetTotp": friend_enrolled,
    "totp.confirm": begun,
    "totp.newCodes": enrolled,
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
async def test_M01_M05_F45_F48_R52_both_roads(node: Running, road: Road, type: str) -> None:
    """The outsider gets nothing, a user what is his, an administrator everything, in the shape declared.

    What is sent is the example that docs/protocol.md shows.
    """
    outsider = await node.http.post(f"{node.url}/api/{type}", json={})
    assert (outsider.status_code, outsider.json()["code"]) == (401, "unauthenticated")
    for role in ("user", "admin"):
        asking = await scene(node, role)
        if type in PREPARING:
            await PREPARING[type](node, asking)
        payload = asking.payload(type)
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
