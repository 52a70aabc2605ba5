"""Who may do what, as tables: sight, writing, managing, the last administrator, seats."""

from dataclasses import replace
from typing import Literal

import pytest

from chatd.domain.errors import ChatError
from chatd.domain.models import Channel, Kind, Role, User
from chatd.domain.rules import (
    Membership,
    can_manage,
    can_see,
    is_in,
    require_admin,
    require_manageable,
    require_other_admin,
    require_seat,
    require_sight,
    require_writable,
)

State = Literal["member", "left"] | None
OUTSIDE = Membership(None, auto_join=True)
INSIDE = Membership("member", auto_join=True)


def channel(kind: Kind = "public", *, archived: bool = False, default: bool = False) -> Channel:
    return Channel("c1", kind, "room", "", "alice", 0, 1 if archived else None, 0, default)


def user(id: str = "eve", role: Role = "user", deactivated_at: int | None = None) -> User:
    profile = (None, None, None, None, None, None)
    return User(id, id, id, None, role, 0, 0, deactivated_at, None, *profile, False, None, True)


def code(refusal: "pytest.ExceptionInfo[ChatError]") -> str:
    return refusal.value.code


@pytest.mark.parametrize(
    ("kind", "state", "auto_join", "default", "inside"),
    [
        ("public", None, True, False, True),
        ("public", "left", True, False, False),
        ("public", "member", True, False, True),
        ("public", None, False, False, False),
        ("public", "member", False, False, True),
        ("public", None, False, True, True),
        ("private", None, True, False, False),
        ("private", "left", True, False, False),
        ("private", "member", True, False, True),
        ("dm", None, True, False, False),
        ("dm", "member", True, False, True),
    ],
)
def test_who_is_in_a_channel(kind: Kind, state: State, auto_join: bool, default: bool, inside: bool) -> None:
    """In a public one everybody who has not left, or only who joined; in all others the members."""
    assert is_in(channel(kind, default=default), Membership(state, auto_join)) is inside


@pytest.mark.parametrize(
    ("kind", "state", "seen"),
    [
        ("public", None, True),
        ("public", "left", True),
        ("private", None, False),
        ("private", "left", False),
        ("dm", None, False),
    ],
)
def test_who_sees_a_channel(kind: Kind, state: State, seen: bool) -> None:
    """Public ones everybody, also who left; others the members alone."""
    assert can_see(channel(kind), Membership(state, auto_join=True)) is seen
    assert can_see(channel(kind), INSIDE)


@pytest.mark.parametrize("hidden", [None, channel("private"), channel("dm")])
def test_a_hidden_channel_looks_like_none(hidden: Channel | None) -> None:
    """The same refusal for what does not exist and what one may not see."""
    with pytest.raises(ChatError) as refusal:
        require_sight(hidden, OUTSIDE)
    with pytest.raises(ChatError) as other:
        require_sight(None, OUTSIDE)
    assert (code(refusal), refusal.value.message) == ("not_found", other.value.message)


def test_writing_needs_membership_and_an_open_channel() -> None:
    """Who left must join first; in an archived channel nobody writes."""
    assert require_writable(channel(), OUTSIDE) == channel()
    with pytest.raises(ChatError) as left:
        require_writable(channel(), Membership("left", auto_join=True))
    assert (code(left), left.value.message) == ("forbidden", "Join the channel first")
    with pytest.raises(ChatError) as archived:
        require_writable(channel(archived=True), INSIDE)
    assert code(archived) == "conflict"


@pytest.mark.parametrize(
    ("who", "kind", "may"),
    [
        (user("alice"), "public", True),
        (user("alice"), "private", True),
        (user("alice"), "dm", False),
        (user("eve"), "public", False),
        (user("root", "admin"), "private", True),
        (user("root", "admin"), "dm", False),
    ],
)
def test_who_manages_a_channel(who: User, kind: Kind, may: bool) -> None:
    """Its creator and administrators; a direct conversation nobody."""
    assert can_manage(channel(kind), who) is may


def test_managing_does_not_betray_hidden_channels() -> None:
    """eve hears that there is none; an administrator manages what he may not read, but no conversation of others."""
    with pytest.raises(ChatError) as hidden:
        require_manageable(channel("private"), OUTSIDE, user("eve"))
    assert code(hidden) == "not_found"
    with pytest.raises(ChatError) as member:
        require_manageable(channel("private"), INSIDE, user("eve"))
    assert code(member) == "forbidden"
    assert require_manageable(channel("private"), OUTSIDE, user("root", "admin"))
    with pytest.raises(ChatError) as direct:
        require_manageable(channel("dm"), OUTSIDE, user("root", "admin"))
    assert code(direct) == "not_found"


@pytest.mark.parametrize("role", ["user", "bot"])
def test_F45_only_administrators_are(role: Role) -> None:
    """F45: the exact words."""
    require_admin(user("root", "admin"))
    with pytest.raises(ChatError) as refusal:
        require_admin(user("eve", role))
    assert (code(refusal), refusal.value.message) == ("forbidden", "Admin access required")


def test_the_last_administrator_stays() -> None:
    """One who is not active, or not an administrator, may always go."""
    with pytest.raises(ChatError) as refusal:
        require_other_admin(user("root", "admin"), 0)
    assert code(refusal) == "last_admin"
    require_other_admin(user("root", "admin"), 1)
    require_other_admin(user("root", "admin", deactivated_at=1), 0)
    require_other_admin(user("eve"), 0)


def test_seats() -> None:
    """0 is no bound; the last seat can be taken, none after it."""
    require_seat(1_000_000, 0)
    require_seat(49, 50)
    with pytest.raises(ChatError) as refusal:
        require_seat(50, 50)
    assert code(refusal) == "seat_limit"


@pytest.mark.parametrize(
    ("last_login_at", "deactivated_at", "role", "status"),
    [
        (None, None, "user", "pending"),
        (1, None, "user", "active"),
        (1, 2, "user", "deactivated"),
        (None, None, "bot", "active"),
    ],
)
def test_R08_status(last_login_at: int | None, deactivated_at: int | None, role: Role, status: str) -> None:
    """Pending until the first sign-in, then active, whatever else deactivated; bots are never pending."""
    somebody = replace(user("eve", role), last_login_at=last_login_at, deactivated_at=deactivated_at)
    assert somebody.status == status
