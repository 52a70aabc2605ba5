"""admin.auditLog: pages that do not shift under new entries, groups, and names of whom the entries name."""

from typing import get_args

from chatd.domain.audited import Action
from tests.client import Client
from tests.serving import Running

PASSWORD = "a password for alice"


async def log(admin: Client, **wanted: object) -> list[dict[str, object]]:
    return list((await admin.ask("admin.auditLog", **wanted))["entries"])


async def test_MX02_pages_go_on_behind_an_entry_whatever_is_written_meanwhile(node: Running) -> None:
    """Nothing is shown twice and nothing is missed, and the total counts all."""
    admin = await node.admin()
    for number in range(5):
        await admin.ask("admin.addUser", userName=f"user{number}", password=PASSWORD)
    first = await admin.ask("admin.auditLog", action="user.added", limit=2)
    await admin.ask("admin.addUser", userName="late", password=PASSWORD)
    last = first["entries"][-1]["id"]
    second = await admin.ask("admin.auditLog", action="user.added", limit=2, beforeId=last)
    named = [entry["detail"]["userName"] for page in (first, second) for entry in page["entries"]]
    assert named == ["user4", "user3", "user2", "user1"]
    assert (first["total"], second["total"]) == (5, 6)


async def test_F40_several_groups_are_looked_for_at_once(node: Running) -> None:
    """Names and groups with commas between them; a name that only begins alike is another one."""
    admin = await node.admin()
    alice = await node.client()
    await admin.ask("admin.setRole", userId=alice.user_id, role="admin")
    await admin.ask("admin.updateUser", userId=alice.user_id, nickname="Al")
    found = await log(admin, action="role.*,user.updated")
    assert [entry["action"] for entry in found] == ["user.updated", "role.changed"]
    assert await log(admin, action="rol.*,user.update") == []


async def test_MX02_a_page_names_people_and_channels_also_those_that_are_gone(node: Running) -> None:
    """Whoever was removed has the name he had; a private channel has its name."""
    admin = await node.admin()
    user = (await admin.ask("admin.addUser", userName="ben", displayName="Ben", password=PASSWORD))["user"]
    channel = (await admin.ask("channel.create", name="secret", kind="private"))["channel"]
    await admin.ask("channel.addMember", channelId=channel["id"], userId=user["id"])
    await admin.ask("admin.createWebhook", channelId=channel["id"], name="Deploy")
    await admin.ask("admin.removeUser", userId=user["id"])
    page = await admin.ask("admin.auditLog", limit=200)
    people = {face["id"]: (face["displayName"], face["removed"]) for face in page["people"]}
    assert people[user["id"]] == ("Ben", True)
    assert people[admin.user_id] == ("admin", False)
    assert page["channels"] == {channel["id"]: "secret"}


async def test_MX02_every_action_is_known_by_name(node: Running) -> None:
    """What was written in this walk stands in the list that the page has sentences for."""
    admin, alice = await node.admin(), await node.client()
    await alice.refused("admin.stats")
    await admin.ask("admin.updateSettings", name="Lamps")
    await admin.ask("admin.deactivateUser", userId=alice.user_id)
    written = {entry["action"] for entry in await log(admin, limit=200)}
    assert written == {"signIn.succeeded", "denied", "settings.updated", "user.deactivated"}
    assert written <= set(get_args(Action))


async def test_the_outsider_reads_no_page_of_the_log(node: Running) -> None:
    eve = await node.client("eve@example.com")
    assert (await eve.refused("admin.auditLog", beforeId=1)).message == "Admin access required"
