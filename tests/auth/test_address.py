"""Addresses as they count: one form each, and one place for all that one customer has."""

import pytest

from chatd.auth import address


@pytest.mark.parametrize(
    ("text", "plain", "place", "site"),
    [
        ("192.0.2.7", "192.0.2.7", "192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7", "192.0.2.7", "192.0.2.7"),
        ("::FFFF:C000:0207", "192.0.2.7", "192.0.2.7", "192.0.2.7"),
        ("2001:DB8:1:2:3::4", "2001:db8:1:2:3::4", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::1", "fe80::/64", "fe80::/48"),
        ("", "", "", ""),
        ("unknown", "unknown", "unknown", "unknown"),
    ],
)
def test_an_address_has_one_form_and_one_place(text: str, plain: str, place: str, site: str) -> None:
    """What is no address stays as it is, and counts by itself."""
    assert (address.plain(text), address.place(text), address.site(text)) == (plain, place, site)


@pytest.mark.parametrize(
    ("hop", "found"),
    [
        ("192.0.2.7", "192.0.2.7"),
        (" 192.0.2.7:4711 ", "192.0.2.7"),
        ('"192.0.2.7:4711"', "192.0.2.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ('"[2001:db8::7]:4711"', "2001:db8::7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("[::ffff:192.0.2.7]:4711", "192.0.2.7"),
        ("unknown", None),
        ("_hidden", None),
        ("", None),
        ("192.0.2.7.example", None),
        ("[", None),
    ],
)
def test_an_entry_of_a_proxy_is_read_however_it_is_written(hop: str, found: str | None) -> None:
    """With port, brackets, quotes; what names nobody is nobody (RFC 7239 section 6)."""
    assert address.of_hop(hop) == found
