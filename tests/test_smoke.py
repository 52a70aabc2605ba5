"""The thin path from end to end: signing in, talking, removing somebody."""

from tests.serving import Running


async def test_M20_two_people_talk_and_one_is_removed(place: tuple[Running, Running]) -> None:
    """bob hears alice; removed by the administrator he is cut before the reply, and his token is worth nothing."""
    here, there = place
    alice, admin = await here.client("alice@example.com"), await here.admin()
    bob_person = await here.sign_in("bob@example.com")
    bob = await bob_person.connect(there.url)
    channel = (await alice.ask("channel.list"))["channels"][0]
    sent = (await alice.ask("message", channelId=channel["id"], content="hello @bob"))["message"]
    event = await bob.expect("message.created")
    assert event["payload"]["message"] == sent
    assert (event["seq"], event["channelId"]) == (1, channel["id"])
    assert sent["mentions"] == [bob.user_id]
    reply = await admin.ask("admin.removeUser", userId=bob.user_id)
    assert reply == {"userId": bob.user_id, "closedSockets": 1}
    ending = await bob.ended()
    assert (ending.code, ending.bye) == (
        4503,
        {"code": 4503, "reason": "account_removed", "reconnect": False, "by": "admin"},
    )
    assert (await bob_person.get("/auth/me")).status_code == 401
    assert (await alice.expect("user.removed"))["payload"]["user"]["email"] is None
