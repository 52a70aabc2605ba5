"""Rules about text: which names and addresses there may be, and who is named in a message."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from chatd.domain.errors import ChatError
from chatd.domain.text import (
    RESERVED_NAMES,
    fold,
    mentioned_names,
    require_channel_name,
    require_email,
    require_free_of_reserved,
    require_reaction,
    require_user_name,
    user_name_from_email,
)

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def field_of(refusal: "pytest.ExceptionInfo[ChatError]") -> tuple[str, str | None]:
    return refusal.value.code, refusal.value.field


@pytest.mark.parametrize("name", ["bob", "b.o-b_", "x" * 50, "Ünal", "小明明", "نور", "...", "देवनागरी"])
def test_F03_names_of_letters_digits_and_three_signs_are_allowed(name: str) -> None:
    """3 to 50 of them, of any script."""
    assert require_user_name(name) == name


@pytest.mark.parametrize(
    "name", ["", "bo", "x" * 51, "bob smith", "bob@x", "bob/x", "bob\n", "bob😀", "a\u200bbc", "a\u202ebc"]
)
def test_other_names_are_refused(name: str) -> None:
    """Too short, too long, with white space, signs or invisible characters: `invalid`, field `userName`."""
    with pytest.raises(ChatError) as refusal:
        require_user_name(name)
    assert field_of(refusal) == ("invalid", "userName")


def test_names_are_kept_in_nfkc() -> None:
    """Full-width letters and composed ones are the same name."""
    assert require_user_name("ｂｏｂ") == "bob"
    assert require_user_name("U\u0308nal") == "Ünal"


@pytest.mark.parametrize(
    ("one", "other"), [("Bob", "bOB"), ("Straße", "STRASSE"), ("ﬁn", "FIN"), ("Ünal", "U\u0308NAL")]
)
def test_F03_fold_makes_equal_names_equal(one: str, other: str) -> None:
    """Case, ligatures and composition do not make another name."""
    assert fold(one) == fold(other)


@unhurried
@given(some.text())
def test_fold_is_idempotent(text: str) -> None:
    """A folded name is its own key."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("name", ["admin", "ADMINISTRATOR", "System", "ｕｓｅｒ"])
def test_RX13_reserved_names_are_refused(name: str) -> None:
    """Nobody poses as the server, in whatever letters."""
    with pytest.raises(ChatError) as refusal:
        require_free_of_reserved(name)
    assert field_of(refusal) == ("invalid", "userName")


@pytest.mark.parametrize(
    "email", ["a@b", "o'brien+x@example.com", "admin@localhost", "ü@ü.example", "a" * 242 + "@example.com"]
)
def test_addresses(email: str) -> None:
    """Something, an at sign, something: delivery is what proves an address."""
    assert require_email(email) == email


@pytest.mark.parametrize(
    "email", ["", "a", "@", "a@", "@b", "a b@c", "a@b@c", "a@b\n", "<a@b>", "a,b@c", 'a"@b', "a" * 243 + "@example.com"]
)
def test_what_is_no_address(email: str) -> None:
    """White space, several at signs, header syntax and 255 characters are refused."""
    with pytest.raises(ChatError) as refusal:
        require_email(email)
    assert field_of(refusal) == ("invalid", "email")


@unhurried
@given(some.emails() | some.text(max_size=80))
def test_a_name_made_from_an_address_is_always_valid(email: str) -> None:
    """Whatever the address, the name obeys the rules, is not reserved and not taken."""
    taken = {"ann", "ann2", "123"}
    name = user_name_from_email(email, lambda key: key in taken)
    assert require_user_name(name) == name
    assert fold(name) not in RESERVED_NAMES | taken


@pytest.mark.parametrize(
    ("email", "name"), [("ann@x.org", "ann3"), ("a@x.org", "a23"), ("ab@x.org", "ab3"), ("System@x.org", "System2")]
)
def test_names_made_from_addresses(email: str, name: str) -> None:
    """Taken and reserved ones get the next free number, short ones are filled with digits."""
    assert user_name_from_email(email, lambda key: key in {"ann", "ann2"}) == name


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("hello @bob", ["bob"]),
        ("@Bob and @ALICE, @bob", ["bob", "alice"]),
        ("(@bob) *@bob* '@bob'!", ["bob"]),
        ("ask @bob.", ["bob.", "bob"]),
        ("@b.o-b_", ["b.o-b_", "b.o-b", "b.o", "b"][:2]),
        ("@channel @here", ["channel", "here"]),
        ("mail bob@example.com", []),
        ("https://x.org/@bob", []),
        ("@@bob", []),
        ("@bo", []),
        ("", []),
    ],
)
def test_mentions(content: str, names: list[str]) -> None:
    """`@name` at the start of a word names somebody; in an address or a link it does not."""
    assert mentioned_names(content) == names


def test_at_most_fifty_are_named() -> None:
    """Each once, however often; more are refused with what to do, and in code nobody is counted."""
    many = [f"@person{number}" for number in range(51)]
    assert len(mentioned_names(" ".join(many[:50] * 3))) == 50
    assert mentioned_names("`" + " ".join(many) + "`") == []
    with pytest.raises(ChatError, match="50 people at most"):
        mentioned_names(" ".join(many))


def test_names_are_cheap_to_find() -> None:
    """Whatever punctuation stands behind them, a few readings of each are looked up, the written one among them."""
    found = mentioned_names(" ".join(f"@b{number}{'.' * 70}" for number in range(50)))
    assert len(found) <= 50 * 5
    assert [name for name in found if name.rstrip(".") == "b7"] == ["b7" + "." * 70, "b7...", "b7..", "b7.", "b7"]


@pytest.mark.parametrize(
    "content",
    ["`@bob`", "``a ` @bob``", "```\n@bob\n```", "~~~\n@bob\n~~~", "```py\n@bob", "text `x` and `@bob` end"],
)
def test_code_names_nobody(content: str) -> None:
    """What stands in code, also in a block that nobody closed, is no mention."""
    assert mentioned_names(content) == []


@pytest.mark.parametrize("content", ["`code` @bob", "` @bob", "```a``` @bob"])
def test_beside_code_people_are_named(content: str) -> None:
    """Code ends where it ends; a lone backtick begins none."""
    assert mentioned_names(content) == ["bob"]


@unhurried
@given(some.text(alphabet="@ab`~ .\n", max_size=300))
def test_every_mention_stands_in_the_text(content: str) -> None:
    """Nobody is named who is not written there."""
    for name in mentioned_names(content):
        assert f"@{name}" in fold(content)


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "\t\n"])
def test_channel_names_that_are_refused(name: str) -> None:
    """Empty, white space only, over 80."""
    with pytest.raises(ChatError) as refusal:
        require_channel_name(name)
    assert field_of(refusal) == ("invalid", "name")


def test_channel_names_are_not_trimmed() -> None:
    """What was typed is what is kept."""
    assert require_channel_name(" a " + "😀" * 77) == " a " + "😀" * 77


@pytest.mark.parametrize("reaction", ["", " ", "a b", "x" * 33, "👍\n"])
def test_reactions_that_are_refused(reaction: str) -> None:
    """1 to 32 characters without white space."""
    with pytest.raises(ChatError) as refusal:
        require_reaction(reaction)
    assert field_of(refusal) == ("invalid", "reaction")
    assert require_reaction("👩‍👩‍👧‍👦") == "👩‍👩‍👧‍👦"
