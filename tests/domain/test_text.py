"""Rules about text: which names and addresses there may be, and who is named in a message."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from chatd.domain.errors import ChatError
from chatd.domain.text import (
    email_key,
    fold,
    is_reserved,
    look,
    mentioned_names,
    require_channel_name,
    require_clear,
    require_email,
    require_free_of_reserved,
    require_reaction,
    require_user_name,
    user_name_from_email,
)

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def field_of(refusal: "pytest.ExceptionInfo[ChatError]") -> tuple[str, str | None]:
    return refusal.value.code, refusal.value.field


@pytest.mark.parametrize("name", ["bob", "b.o-_b", "x" * 50, "Ünal", "小明明", "نور", "देवनागरी", "yamada太郎"])
def test_F03_names_of_letters_digits_and_three_signs_are_allowed(name: str) -> None:
    """3 to 50 of them, of any script."""
    assert require_user_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "bo",
        "x" * 51,
        "bob smith",
        "bob@x",
        "bob/x",
        "bob\n",
        "bob😀",
        "a\u200bbc",
        "a\u202ebc",
        "...",
        ".bob",
        "bob_",
    ],
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
    name = user_name_from_email(email, lambda name: fold(name) in taken)
    assert require_user_name(name) == name
    assert not is_reserved(name) and fold(name) not in taken


@pytest.mark.parametrize(
    ("email", "name"), [("ann@x.org", "ann3"), ("a@x.org", "a23"), ("ab@x.org", "ab3"), ("System@x.org", "System2")]
)
def test_names_made_from_addresses(email: str, name: str) -> None:
    """Taken and reserved ones get the next free number, short ones are filled with digits."""
    assert user_name_from_email(email, lambda name: fold(name) in {"ann", "ann2"}) == name


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


def test_channel_names_are_kept_as_they_are() -> None:
    """What was typed is what is kept; with spaces at an end it is refused."""
    assert require_channel_name("a " + "😀" * 77) == "a " + "😀" * 77
    with pytest.raises(ChatError):
        require_channel_name(" a")


@pytest.mark.parametrize("reaction", ["", " ", "a b", "x" * 33, "👍\n"])
def test_reactions_that_are_refused(reaction: str) -> None:
    """1 to 32 characters without white space."""
    with pytest.raises(ChatError) as refusal:
        require_reaction(reaction)
    assert field_of(refusal) == ("invalid", "reaction")
    assert require_reaction("👩‍👩‍👧‍👦") == "👩‍👩‍👧‍👦"


# --- names that deceive ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("Anna Müller", "Анна Smith", "中村 Ken", "O'Neil-Smith (she/her)", "e\u0301lan"),
        *("👩\u200d👩\u200d👧 mum", "❤\ufe0f Ann", "👨🏽\u200d💻"),
    ],
)
def test_names_that_show_what_they_hold(name: str) -> None:
    """People of all scripts, two of them beside each other, and emoji however they are joined."""
    assert require_clear(name, "displayName") == name


@pytest.mark.parametrize(
    "name",
    [
        *(" Ann", "Ann ", "Ann  B", "Ann\u00a0B", "Ann\u3000B", "Ann\nB", "Ann\u2028B", "Ann\u0085B", "Ann\tB"),
        *("Ann\u200b", "\u200dAnn", "A\u200dnn", "Ann\ufe0f", "A\u202enn", "A\u2066nn", "\u3164", "\u115f", "\u2800"),
        *("\u00ad", "A\U000e0041nn", "A\ue000nn", "\u0301Ann", "Аnnа", "аdmin", "pаypal Inc", "Αnn"),
    ],
)
def test_names_that_hide_something_are_refused(name: str) -> None:
    """White space at the ends or of other kinds, what shows nothing, what turns the text round, scripts mixed."""
    with pytest.raises(ChatError) as refusal:
        require_clear(name, "displayName")
    assert field_of(refusal) == ("invalid", "displayName")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("alice", "аlісе"),
        ("bob", "b0b"),
        ("Ian", "lan"),
        ("scope", "ѕсоре"),
        ("admin", "ａｄｍｉｎ"),
        ("modern", "modem"),
    ],
)
def test_names_that_look_alike(one: str, other: str) -> None:
    """UTS #39: letters of other scripts, digits, widths and styles."""
    assert look(one) == look(other)


@pytest.mark.parametrize(
    "name",
    ["admin", "ADMIN", "аdmіn", "adm1n", "hеre", "HERE", "аll", "аІІ", "everyone", "ｃｈａｎｎｅｌ", "𝐚𝐝𝐦𝐢𝐧", "ádmiń"],
)
def test_nobody_poses_as_the_server_or_as_everybody(name: str) -> None:
    """However it is written; `adm1n` looks like itself."""
    assert is_reserved(name) is (name != "adm1n")


@pytest.mark.parametrize(
    "email",
    [
        "a@b.c.",
        "a@b..c",
        ".a@b.c",
        "a..b@c.d",
        "a\u200b@b.c",
        "a\u202e@b.c",
        "a b@c.d",
        "a@b c.d",
        "a@-b.c",
        "@b.c",
        "a@",
    ],
)
def test_addresses_that_are_none(email: str) -> None:
    with pytest.raises(ChatError) as refusal:
        require_email(email)
    assert field_of(refusal) == ("invalid", "email")


@pytest.mark.parametrize(
    "email", ["ann@example.com", "ann+x@corp.local", "ann@localhost", "用户@例え.jp", "o'neil@x.test"]
)
def test_addresses_of_all_kinds_of_servers(email: str) -> None:
    """Of a company's own domain too, and in every script; they are kept as they were given."""
    assert require_email(email) == email


def test_a_domain_and_its_punycode_are_one() -> None:
    """Whichever way it is written, and in whatever case."""
    assert email_key("Ann@MÜLLER.example") == email_key("ann@xn--mller-kva.example") == "ann@müller.example"
