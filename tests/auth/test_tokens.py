"""Tokens: what this server gave is known again, everything else is nothing."""

import jwt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from chatd.auth.tokens import RefreshClaim, Tokens, hashed

SECRET, NOW = "a secret of more than thirty-two characters", 1_700_000_000_123
tokens = Tokens(jwt_secret=SECRET, token_secret="another secret", expiry_seconds=900)

unhurried = settings(suppress_health_check=[HealthCheck.too_slow])


def signed(**claims: object) -> str:
    return jwt.encode({"sub": "u1", "sid": "s1", "exp": NOW // 1000 + 900} | claims, SECRET, "HS256")


def test_an_access_token_stands_for_its_session_until_it_expires() -> None:
    """Good to the last millisecond of its life, and not one longer."""
    token = tokens.access("u1", "s1", NOW)
    end = (NOW // 1000 + 900) * 1000
    assert [tokens.session_of(token, now) for now in (NOW, end - 1, end, end + 1)] == ["s1", "s1", None, None]


@pytest.mark.parametrize("claims", [{"sid": 5}, {"sid": None}, {"exp": "soon"}, {"exp": None}, {"exp": -1}])
def test_claims_of_the_wrong_kind_are_nothing(claims: dict[str, object]) -> None:
    """Even under the right signature."""
    assert tokens.session_of(signed(**claims), NOW) is None


@pytest.mark.parametrize("token", ["", ".", "..", "a.b.c", "🙂", "x" * 999, signed()[:-2], signed().rpartition(".")[0]])
def test_what_is_no_token_is_nothing(token: str) -> None:
    """Rubbish and halves raise nothing and mean nobody."""
    assert tokens.session_of(token, NOW) is None


@unhurried
@given(some.text())
def test_no_text_is_a_refresh_token_by_chance(text: str) -> None:
    """Whatever is sent is read without an exception, and refused."""
    assert tokens.read_refresh(text) is None
    assert tokens.read_refresh(f"s1.1.{text}") is None


def test_a_refresh_token_says_its_session_and_number() -> None:
    """What was given is read back; with another session, number or secret it is nothing."""
    token = tokens.refresh("s1", 7)
    assert tokens.read_refresh(token) == RefreshClaim("s1", 7)
    assert tokens.read_refresh(token.replace("s1", "s2")) is None
    assert tokens.read_refresh(token.replace(".7.", ".8.")) is None
    assert tokens.read_refresh(token.replace(".7.", ".٧.")) is None
    assert Tokens(jwt_secret=SECRET, token_secret="x", expiry_seconds=1).read_refresh(token) is None


def test_a_hash_tells_nothing_of_its_token() -> None:
    """The same token has the same hash, another one another."""
    assert hashed("one") == hashed("one") != hashed("two")
    assert "one" not in hashed("one")
