"""admin.updateUser, admin.removeUserPreview, admin.auditLog: what administrators change, foresee and look up."""

import asyncio

from tests.client import Client
from tests.serving import Running

PASSWORD = "a password for alice"


async def added(admin: Client, name: str, **more: object) -> dict[str, object]:
    reply = await admin.ask("admin.addUser", userName=name, email=f"{name}@example.com", password=PASSWORD, **more)
    return dict(reply["user"])


async def test_F16_only_the_fields_given_change(node: Running) -> None:
    """A new display name leaves address, role and nickname as they were."""
    admin = await node.admin()
    user = await added(admin, "alice")
    await admin.ask("admin.updateUser", userId=user["id"], nickname="Al", bio="Runs the shop.")
    changed = (await admin.ask("admin.updateUser", userId=user["id"], displayName="Alice A."))["user"]
    assert (changed["displayName"], changed["nickname"], changed["bio"]) == ("Alice A.", "Al", "Runs the shop.")
    assert (changed["email"], changed["role"]) == (user["email"], "user")


async def test_F17_an_empty_password_keeps_the_present_one(node: Running) -> None:
    """Saving the form with the password left empty does not lock the person out."""
    admin = await node.admin()
    user = await added(admin, "alice")
    await admin.ask("admin.updateUser", userId=user["id"], displayName="Alice", password="")
    response = await node.http.post(node.url + "/auth/password-login", json={"login": "alice", "password": PASSWORD})
    assert response.status_code == 200


async def test_F18_R17_changes_reach_others_and_leave_sessions_alone(node: Running) -> None:
    """The edited person stays connected; others hear `user.updated` without the address."""
    admin = await node.admin()
    alice, bob = (
        await (await node.sign_in("alice@example.com")).connect(),
        await (await node.sign_in("bob@example.com")).connect(),
    )
    await admin.ask(
        "admin.updateUser", userId=alice.user_id, displayName="Alice of the shop", password="another one, long"
    )
    heard = (await bob.expect("user.updated"))["payload"]
    assert (heard["user"]["displayName"], heard["user"]["email"]) == ("Alice of the shop", None)
    await alice.ask("ping")


async def test_R23_a_new_user_name_frees_the_old_one_and_keeps_history(node: Running) -> None:
    """Messages stay the author's; the old name can be given to somebody else; names differ in more than capitals."""
    admin = await node.admin()
    alice = await (await node.sign_in("alice@example.com")).connect()
    general = next(channel["id"] for channel in (await alice.ask("channel.list"))["channels"])
    await alice.ask("message", channelId=general, content="before")
    await admin.ask("admin.updateUser", userId=alice.user_id, userName="alicia")
    history = await admin.ask("message.history", channelId=general)
    assert history["messages"][-1]["author"]["userName"] == "alicia"
    await added(admin, "bob")
    refused = await admin.refused("admin.updateUser", userId=alice.user_id, userName="BOB")
    assert (refused.code, refused.message, refused.field) == (
        "conflict",
        "Username already exists",
        "userName",
    )
    await admin.ask("admin.addUser", userName="alice", password=PASSWORD)


async def test_F03_RX13_reserved_and_malformed_names_are_refused(node: Running) -> None:
    """RX13: `system` is nobody's name; a name keeps to its alphabet and length."""
    admin = await node.admin()
    user = await added(admin, "alice")
    for name in ("system", "al", "a b c", "x" * 51):
        refused = await admin.refused("admin.updateUser", userId=user["id"], userName=name)
        assert (refused.code, refused.field) in {("invalid", "userName"), ("conflict", "userName")}


async def test_R20_a_new_address_is_not_verified_unless_it_is_said(node: Running) -> None:
    """Whoever takes over an account cannot keep the mark of another address."""
    admin = await node.admin()
    user = await added(admin, "alice", verified=True)
    changed = (await admin.ask("admin.updateUser", userId=user["id"], email="new@example.com"))["user"]
    assert (changed["email"], changed["emailVerified"]) == ("new@example.com", False)
    changed = (await admin.ask("admin.updateUser", userId=user["id"], email="b@example.com", emailVerified=True))[
        "user"
    ]
    assert changed["emailVerified"] is True


async def test_R19_an_address_belongs_to_one_person(node: Running) -> None:
    """Compared without regard to capitals; null clears it; two people without one do not collide."""
    admin = await node.admin()
    alice, bob = await added(admin, "alice"), await added(admin, "bob")
    refused = await admin.refused("admin.updateUser", userId=bob["id"], email="ALICE@example.com")
    assert (refused.code, refused.field) == ("conflict", "email")
    for user in (alice, bob):
        assert (await admin.ask("admin.updateUser", userId=user["id"], email=None))["user"]["email"] is None


async def test_R30_extension_and_limits_are_kept(node: Running) -> None:
    """An extension is digits; the session limit of one person overrides the server's at the next sign-in."""
    admin = await node.admin()
    alice = await node.sign_in("alice@example.com")
    first = await alice.connect()
    changed = (await admin.ask("admin.updateUser", userId=first.user_id, extension="4711", sessionLimit=1))["user"]
    assert changed["extension"] == "4711"
    refused = await admin.refused("admin.updateUser", userId=first.user_id, extension="call me")
    assert (refused.code, refused.field) == ("invalid", "extension")
    await node.sign_in("alice@example.com")
    assert (await first.ended()).code == 4501


async def test_R25_R38_MX01_the_last_administrator_keeps_the_role(node: Running) -> None:
    """Demotion by the form is the same deed as by the menu."""
    admin = await node.admin()
    refused = await admin.refused("admin.updateUser", userId=admin.user_id, role="user")
    assert refused.code == "last_admin"
    alice = await (await node.sign_in("alice@example.com")).connect()
    await admin.ask("admin.updateUser", userId=alice.user_id, role="admin")
    await alice.ask("admin.stats")
    await admin.ask("admin.updateUser", userId=alice.user_id, role="user")
    assert (await alice.refused("admin.stats")).message == "Admin access required"


async def test_F03_twenty_renames_to_one_name_give_it_to_one(node: Running) -> None:
    """F03: names stay unique however many administrators save at once."""
    admin = await node.admin()
    people = [await added(admin, f"person{number}") for number in range(20)]
    asked = [admin.start("admin.updateUser", userId=user["id"], userName="chosen") for user in people]
    replies = await asyncio.gather(*[await one for one in asked])
    assert sorted(reply["ok"] for reply in replies).count(True) == 1


async def test_M01_the_outsider_edits_and_foresees_nothing(node: Running) -> None:
    """Whoever is no administrator learns nothing, not even whether the id exists."""
    admin = await node.admin()
    user = await added(admin, "alice")
    eve = await (await node.sign_in("eve@example.com")).connect()
    for type, payload in (
        ("admin.updateUser", {"userId": user["id"], "role": "admin"}),
        ("admin.updateUser", {"userId": "nobody", "displayName": "x"}),
        ("admin.removeUserPreview", {"userId": user["id"]}),
        ("admin.auditLog", {}),
    ):
        assert (await eve.refused(type, **payload)).message == "Admin access required"
    assert (await admin.ask("admin.getUser", userId=user["id"]))["user"]["role"] == "user"


async def test_F23_RX04_the_preview_counts_and_names_the_heirs(node: Running) -> None:
    """What a removal keeps and erases is known before, and the heir is who has been in it longest."""
    admin = await node.admin()
    alice, bob, carol = [
        await (await node.sign_in(f"{name}@example.com")).connect() for name in ("alice", "bob", "carol")
    ]
    secret = (await alice.ask("channel.create", name="secret", kind="private"))["channel"]["id"]
    for member in (bob, carol):
        await alice.ask("channel.addMember", channelId=secret, userId=member.user_id)
    await alice.ask("message", channelId=secret, content="one")
    await alice.ask("dm.open", userIds=[bob.user_id])
    preview = await admin.ask("admin.removeUserPreview", userId=alice.user_id)
    assert preview["heirs"] == [{"channelId": secret, "name": "secret", "heirId": bob.user_id}]
    assert preview["counts"] == {
        "messages": 1,
        "reactions": 0,
        "directConversations": 1,
        "sessions": 1,
        "sockets": 1,
        "bots": 0,
        "tokens": 0,
        "madeTokens": 0,
        "madeWebhooks": 0,
        "madeLinks": 0,
        "madeChannels": 1,
        "othersWroteIn": 0,
    }
    assert (preview["userName"], preview["lastAdmin"]) == ("alice", False)
    await admin.ask("admin.removeUser", userId=alice.user_id)
    await bob.ask("channel.update", channelId=secret, topic="ours now")
    assert (await carol.refused("channel.update", channelId=secret, topic="mine")).code == "forbidden"


async def test_F40_the_log_names_who_did_what_to_whom_and_from_where(node: Running) -> None:
    """Deeds and refusals stand in it, newest first, by group, by person, page by page."""
    admin = await node.admin()
    user = await added(admin, "alice")
    await admin.ask("admin.setRole", userId=user["id"], role="admin")
    await admin.ask("admin.setRole", userId=user["id"], role="user")
    eve = await (await node.sign_in("eve@example.com")).connect()
    await eve.refused("admin.stats")
    roles = await admin.ask("admin.auditLog", action="role.*")
    assert [entry["detail"]["role"] for entry in roles["entries"]] == ["user", "admin"]
    assert {entry["actorId"] for entry in roles["entries"]} == {admin.user_id}
    assert {entry["targetId"] for entry in roles["entries"]} == {user["id"]}
    assert {entry["ip"] for entry in roles["entries"]} == {"127.0.0.1"}
    refusals = await admin.ask("admin.auditLog", action="denied", actorId=eve.user_id)
    assert [entry["detail"] for entry in refusals["entries"]] == [{"request": "admin.stats"}]
    second = await admin.ask("admin.auditLog", action="role.*", offset=1, limit=1)
    assert (second["total"], second["entries"]) == (2, roles["entries"][1:])
    assert PASSWORD not in str((await admin.ask("admin.auditLog", limit=200))["entries"])


async def test_F40_the_log_is_searched_by_person_and_by_detail(node: Running) -> None:
    """Who did it, whom it was done to, or what stands in it, in any case; a wildcard is only a character."""
    admin = await node.admin()
    alice, bob = await added(admin, "alice"), await added(admin, "bob")
    for user in (alice, bob):
        await admin.ask("admin.setRole", userId=user["id"], role="admin")
    eve = await (await node.sign_in("eve@example.com")).connect()
    await eve.refused("admin.stats")
    found = await admin.ask("admin.auditLog", action="role.*", search="ALICE")
    assert ([entry["targetId"] for entry in found["entries"]], found["total"]) == ([alice["id"]], 1)
    by_detail = await admin.ask("admin.auditLog", search="Admin.Stats")
    assert [entry["actorId"] for entry in by_detail["entries"]] == [eve.user_id]
    assert (await admin.ask("admin.auditLog", search="%"))["total"] == 0


async def test_F22_sessions_are_found_by_person_device_and_idleness(node: Running) -> None:
    """A name, an address or a device finds them; of the rest only when they were last active is asked."""
    admin = await node.admin()
    alice = await (await node.sign_in("alice@example.com")).connect()
    await (await node.sign_in("bob@example.com")).connect()
    everybody = await admin.ask("admin.listSessions")
    hers = await admin.ask("admin.listSessions", search="Alice@Example")
    assert ([one["userId"] for one in hers["sessions"]], hers["total"]) == ([alice.user_id], 1)
    device = hers["sessions"][0]["userAgent"]
    assert (await admin.ask("admin.listSessions", search=device.upper()))["total"] >= 1
    assert (await admin.ask("admin.listSessions", search="127.0.0"))["total"] == everybody["total"]
    assert (await admin.ask("admin.listSessions", search="_"))["sessions"] == []
    at = hers["sessions"][0]["lastActiveAt"]
    both = await admin.ask("admin.listSessions", userId=alice.user_id, activeAfter=at - 1, activeBefore=at + 1)
    assert both["total"] == 1
    assert (await admin.ask("admin.listSessions", userId=alice.user_id, activeBefore=at))["total"] == 0


async def test_M08_what_the_configuration_fixed_is_shown_without_its_secrets(node: Running) -> None:
    """Administrators see the limits that hold, and nobody sees a password or key of the server."""
    admin = await node.admin()
    shown = await admin.ask("admin.getSettings")
    fixed, config = shown["fixed"], node.node.config
    assert (fixed["maxActiveSessions"], fixed["hasEmail"]) == (config.auth.max_active_sessions, False)
    assert fixed["passwordPolicy"]["minLength"] == config.auth.password_policy.min_length
    assert set(shown["settings"]) == {"name", "totpRequired", "requireVerifiedEmail"}
    assert not {key for key in fixed if "secret" in key.lower() or "host" in key.lower()}
    eve = await (await node.sign_in("eve@example.com")).connect()
    assert (await eve.refused("admin.getSettings")).message == "Admin access required"
