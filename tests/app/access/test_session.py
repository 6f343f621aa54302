"""A session token works for the page that got it, until it expires, and for nobody else."""

import base64
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access.secret import Secret
from app.access.session import PREFIX, TokenRefused, Tokens

HOME, ELSEWHERE = "https://okonjo.example", "https://elsewhere.example"
NOON = 1_800_000_000.0


def tokens(at: float = NOON, secret: bytes = b"0" * 32, lifetime_s: int = 3600) -> Tokens:
    return Tokens(Secret(secret), lifetime_s, lambda: at)


def test_the_page_that_got_a_token_is_known_by_it_until_it_expires() -> None:
    token = tokens().issue(HOME)
    session = tokens().session(token, HOME)
    assert session
    assert tokens(NOON + 3_599).session(token, HOME) == session
    assert tokens().session(tokens().issue(HOME), HOME) != session


@pytest.mark.parametrize(
    ("at", "origin", "words"),
    [
        (NOON + 3_600, HOME, "has ended"),
        (NOON + 10**9, HOME, "has ended"),
        (NOON, ELSEWHERE, "another page's"),
        (NOON, None, "another page's"),
        (NOON, "null", "another page's"),
        (NOON, HOME.upper(), "another page's"),
        # Made while the clock was a day ahead.
        (NOON - 86_400, HOME, "lasts longer"),
    ],
)
def test_a_token_is_of_no_use_later_or_elsewhere(at: float, origin: str | None, words: str) -> None:
    with pytest.raises(TokenRefused, match=words):
        tokens(at).session(tokens().issue(HOME), origin)


def test_a_token_of_another_server_is_refused() -> None:
    with pytest.raises(TokenRefused, match="not made by this server"):
        tokens().session(tokens(secret=b"1" * 32).issue(HOME), HOME)


def test_no_part_of_a_token_can_be_changed() -> None:
    """Every character of it: another one in its place, or none. (The last one may have bits that stand for nothing.)"""
    token = tokens().issue(HOME)
    for at in range(len(token)):
        for changed in (
            token[:at] + token[at + 1 :],
            token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :],
        ):
            with pytest.raises(TokenRefused):
                tokens().session(changed, HOME)


def test_a_token_with_more_time_or_another_origin_cannot_be_made_of_one() -> None:
    token = tokens().issue(HOME)
    payload, signature = token.removeprefix(PREFIX).split(".")
    held = json.loads(base64.urlsafe_b64decode(payload + "=="))
    for change in ({"x": held["x"] + 60}, {"o": ELSEWHERE}, {"n": "mine"}):
        forged = base64.urlsafe_b64encode(json.dumps(held | change).encode()).rstrip(b"=").decode()
        for signed in (signature, "", signature[::-1]):
            with pytest.raises(TokenRefused):
                tokens().session(f"{PREFIX}{forged}.{signed}", ELSEWHERE)


@given(st.text(max_size=300), st.text(max_size=40))
def test_whatever_is_sent_as_a_token_is_refused_and_breaks_nothing(text: str, origin: str) -> None:
    for token in (text, PREFIX + text, f"{PREFIX}{text}.{text}"):
        with pytest.raises(TokenRefused):
            tokens().session(token, origin)


def test_the_secret_shows_in_nothing() -> None:
    made = replace(tokens(), secret=Secret(b"planted-secret-of-32-characters!"))
    assert "planted" not in f"{made!r}{made.secret}{made.issue(HOME)}"
