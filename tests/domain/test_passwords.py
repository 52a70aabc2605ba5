"""What a password must be: one policy, each rule named, nothing trimmed or cut."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pydantic import ValidationError

from chatd.domain.errors import ChatError
from chatd.domain.passwords import PasswordPolicy, broken_rules, require_password

PLAIN = PasswordPolicy.model_validate({})
STRICT = PasswordPolicy.model_validate(
    {"minLength": 10, "maxRepeat": 2, "lower": True, "upper": True, "digit": True, "special": True}
)

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("password", ["12345678", "        ", "ü" * 36, "x" * 72, " secret "])
def test_M18_F06_the_default_asks_for_eight_characters_only(password: str) -> None:
    """Eight characters of any kind, up to 72 bytes, unchanged."""
    assert require_password(PLAIN, password) == password


@pytest.mark.parametrize(("password", "rule"), [("1234567", "at least 8 characters"), ("x" * 73, "at most 72 bytes")])
def test_length_is_in_characters_below_and_bytes_above(password: str, rule: str) -> None:
    """bcrypt reads 72 bytes: more is refused, never cut."""
    assert broken_rules(PLAIN, password) == [rule]
    assert broken_rules(PLAIN, "😀" * 7) == ["at least 8 characters"]
    assert broken_rules(PLAIN, "😀" * 19) == ["at most 72 bytes"]


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("Ab1!short", "at least 10 characters"),
        ("Ab1!aaabcde", "no character over 2 times in a row"),
        ("AB1!ABABAB", "a lower-case letter"),
        ("ab1!ababab", "an upper-case letter"),
        ("Abc!ababab", "a digit"),
        ("Ab1 ababab", "a special character"),
    ],
)
def test_RX12_each_rule_is_named(password: str, rule: str) -> None:
    """A password that breaks one rule hears of that rule alone."""
    assert broken_rules(STRICT, password) == [rule]


def test_a_refusal_names_every_rule_and_the_field() -> None:
    """`invalid` with all that is missing, without the password."""
    with pytest.raises(ChatError) as refusal:
        require_password(STRICT, "hhhh", "newPassword")
    assert (refusal.value.code, refusal.value.field) == ("invalid", "newPassword")
    for rule in broken_rules(STRICT, "hhhh"):
        assert rule in refusal.value.message
    assert "hhhh" not in refusal.value.message


@unhurried
@given(some.text(alphabet=some.characters(exclude_categories=["Cs"]), max_size=100))
def test_an_allowed_password_is_returned_as_it_is(password: str) -> None:
    """Whatever the policy lets pass fits bcrypt and is not changed."""
    if not broken_rules(PLAIN, password):
        assert require_password(PLAIN, password) == password
        assert 8 <= len(password.encode()) <= 72


@pytest.mark.parametrize("wrong", [{"minLength": 5}, {"minLength": 73}, {"lower": 1}, {"maxRepeat": -1}, {"length": 8}])
def test_F06_a_policy_is_strict_itself(wrong: dict[str, int]) -> None:
    """Six characters is the least anybody can ask for."""
    with pytest.raises(ValidationError):
        PasswordPolicy.model_validate(wrong)
