"""admin.watch: open panels are live, on every node, and close with the role."""

from tests.client import Client
from tests.serving import Running


async def watching(node: Running, *topics: str) -> Client:
    admin = await node.admin()
    await admin.ask("admin.watch", topics=list(topics))
    await admin.drain_events()
    return admin


async def test_F38_sessions_are_told_as_they_begin_and_end(two_nodes: tuple[Running, Running]) -> None:
    """A sign-in and a sign-out on another node appear in the open panel."""
    here, there = two_nodes
    admin = await watching(here, "sessions")
    alice = await there.sign_in("alice@example.com")
    started = (await admin.expect("admin.sessionChanged", change="started"))["payload"]["session"]
    socket = await alice.connect()
    assert started["userId"] == socket.user_id
    await socket.ask("session.signOut")
    ended = (await admin.expect("admin.sessionChanged", change="ended"))["payload"]
    assert (ended["sessionIds"], ended["code"]) == ([started["id"]], 4500)


async def test_M10_a_new_user_appears_in_other_open_panels(node: Running) -> None:
    """Another administrator's list shows the row at once, with what administrators see."""
    admin = await watching(node, "users")
    other = await node.admin()
    await other.ask("admin.addUser", email="carol@example.com", password="a password for carol")
    change = (await admin.expect("admin.userChanged", change="created"))["payload"]
    assert change["user"]["email"] == "carol@example.com"
    await other.ask("admin.removeUser", userId=change["user"]["id"])
    assert (await admin.expect("admin.userChanged", change="removed"))["payload"]["user"]["id"] == change["user"]["id"]


async def test_F38_the_audit_log_is_live(node: Running) -> None:
    """A deed and a refusal are told to those who watch the log."""
    eve = await (await node.sign_in("eve@example.com")).connect()
    admin = await watching(node, "audit")
    await eve.refused("admin.stats")
    entry = (await admin.expect("admin.auditAdded"))["payload"]["entry"]
    assert (entry["action"], entry["actorId"], entry["detail"]) == ("denied", eve.user_id, {"request": "admin.stats"})


async def test_topics_that_are_not_watched_are_not_told(node: Running) -> None:
    """A second `admin.watch` replaces the first; none at all ends it."""
    admin = await watching(node, "users", "audit")
    await admin.ask("admin.watch", topics=["stats"])
    other = await node.admin()
    await other.ask("admin.addUser", email="carol@example.com", password="a password for carol")
    await admin.refute("admin.userChanged")
    await admin.refute("admin.auditAdded")


async def test_of_many_watches_at_once_the_last_counts(node: Running) -> None:
    """They begin in the order of their frames, and before whatever is asked behind them."""
    eve = await (await node.sign_in("eve@example.com")).connect()
    admin = await node.admin()
    for _ in range(20):
        topics = (["users"], ["stats"], ["sessions"], ["audit"])
        replies = [await admin.start("admin.watch", topics=topic) for topic in topics]
        await eve.refused("admin.stats")
        await admin.expect("admin.auditAdded")
        assert [(await reply)["ok"] for reply in replies] == [True] * len(topics)


async def test_F01_the_panel_falls_silent_with_the_role(node: Running) -> None:
    """Who is demoted hears nothing more, not even of what caused it, and cannot watch again."""
    admin = await node.admin()
    alice = await (await node.sign_in("alice@example.com")).connect()
    await admin.ask("admin.setRole", userId=alice.user_id, role="admin")
    await alice.ask("admin.watch", topics=["users", "audit", "sessions"])
    await alice.drain_events()
    await admin.ask("admin.setRole", userId=alice.user_id, role="user")
    await admin.ask("admin.addUser", email="carol@example.com", password="a password for carol")
    for type in ("admin.userChanged", "admin.auditAdded", "admin.sessionChanged"):
        await alice.refute(type)
    assert (await alice.refused("admin.watch", topics=["users"])).message == "Admin access required"
