"""The library follows what ingests publish, and holds on to what answers."""

import shutil
import threading

import pytest

from app.assistant import Assistant, finished
from app.domain import Turn
from app.library import Health, Library
from ingest.errors import IndexDamaged, IndexMismatch, IndexMissing, ProfileNotFound
from ingest.generation import current, spare_of
from ingest.index import Index
from tests.conftest import Desk
from tests.ingest.embedders import Other

CV = "# Mira Okonjo\n\n## Awards\n\nGolden Hydrophone Prize\t2023\nThe Quiet Medal\t2025\n"


def library(desk: Desk) -> Library:
    """The library over the folders of ``desk``."""
    return Library(desk.profiles, desk.index, desk.embedder)


def spoil(desk: Desk, slug: str) -> None:
    """Changes one byte of the record of the current generation, in both of its copies."""
    for copy in (current(desk.index / slug), spare_of(current(desk.index / slug))):
        path = copy / "record.json"
        path.write_bytes(path.read_bytes().replace(b"Mira", b"Mire", 1))


def test_profiles_are_listed_in_order_and_read_as_they_are_now(indexed: Desk) -> None:
    held = library(indexed)
    assert held.slugs() == ("mira-okonjo", "teo-lindqvist")
    assert held.profile("teo-lindqvist").name == "Teo Lindqvist"
    indexed.write("teo-lindqvist", "profile.toml", 'name = "Teodor Lindqvist"\n')
    assert held.profile("teo-lindqvist").name == "Teodor Lindqvist"


@pytest.mark.parametrize(
    "slug", ["nobody", "", "..", "../profiles/mira-okonjo", "mira-okonjo/../teo-lindqvist", "MIRA-OKONJO"]
)
def test_what_is_no_profile_is_not_opened(indexed: Desk, slug: str) -> None:
    with pytest.raises(ProfileNotFound):
        library(indexed).open(slug)


def test_an_index_is_opened_once_and_kept(indexed: Desk) -> None:
    held = library(indexed)
    assert held.open("mira-okonjo") is held.open("mira-okonjo")
    assert held.open("mira-okonjo").record.profile.slug == "mira-okonjo"
    assert held.open("teo-lindqvist").record.profile.slug == "teo-lindqvist"


def test_a_new_generation_is_followed_without_a_restart(indexed: Desk) -> None:
    held = library(indexed)
    before = held.open("mira-okonjo")
    indexed.write("mira-okonjo", "cv.md", CV)
    assert indexed.ingest("mira-okonjo").changed
    after = held.open("mira-okonjo")
    assert "The Quiet Medal" in after.record.documents[0].text
    assert "The Quiet Medal" not in before.record.documents[0].text
    assert after.generation == current(indexed.index / "mira-okonjo")


def test_a_damaged_generation_does_not_displace_the_one_that_is_open(indexed: Desk) -> None:
    held = library(indexed)
    before = held.open("mira-okonjo")
    indexed.write("mira-okonjo", "cv.md", CV)
    indexed.ingest("mira-okonjo")
    spoil(indexed, "mira-okonjo")
    assert held.open("mira-okonjo") is before
    indexed.ingest("mira-okonjo")
    assert "The Quiet Medal" in held.open("mira-okonjo").record.documents[0].text


def test_an_index_folder_that_is_gone_does_not_displace_the_index_that_is_open(indexed: Desk) -> None:
    held = library(indexed)
    before = held.open("mira-okonjo")
    shutil.rmtree(indexed.index / "mira-okonjo")
    assert held.open("mira-okonjo") is before


def test_a_damaged_index_is_not_opened_the_first_time(indexed: Desk) -> None:
    spoil(indexed, "mira-okonjo")
    with pytest.raises(IndexDamaged, match="ingest"):
        library(indexed).open("mira-okonjo")
    assert library(indexed).open("teo-lindqvist").record.profile.name == "Teo Lindqvist"


def test_a_profile_that_was_never_ingested_says_so(desk: Desk) -> None:
    with pytest.raises(IndexMissing, match="vivavoce ingest mira-okonjo"):
        library(desk).open("mira-okonjo")


def test_an_index_of_another_embedder_is_not_opened(indexed: Desk) -> None:
    with pytest.raises(IndexMismatch, match="other/3"):
        Library(indexed.profiles, indexed.index, Other()).open("mira-okonjo")


def test_many_askers_at_once_share_one_opened_index(indexed: Desk) -> None:
    held = library(indexed)
    found: list[Index] = []
    threads = [threading.Thread(target=lambda: found.append(held.open("mira-okonjo"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({id(index) for index in found}) == 1


def test_a_whole_index_is_verified(indexed: Desk) -> None:
    assert library(indexed).health("mira-okonjo") == Health("verified")


def test_damage_on_disk_is_told_of_while_what_is_open_answers(indexed: Desk) -> None:
    held = library(indexed)
    before = held.open("mira-okonjo")
    spoil(indexed, "mira-okonjo")
    health = held.health("mira-okonjo")
    assert health.state == "degraded"
    assert "record.json differs from its manifest" in health.reason
    assert health.reason.endswith("run 'vivavoce ingest mira-okonjo --rebuild'")
    assert held.open("mira-okonjo") is before
    indexed.ingest("mira-okonjo")
    assert held.health("mira-okonjo") == Health("verified")


def test_the_spare_copy_answers_for_a_damaged_generation(indexed: Desk) -> None:
    (current(indexed.index / "mira-okonjo") / "record.json").unlink()
    held = library(indexed)
    assert held.open("mira-okonjo").generation == spare_of(current(indexed.index / "mira-okonjo"))
    assert held.health("mira-okonjo").state == "degraded"


def test_an_index_that_cannot_be_opened_is_unusable(indexed: Desk) -> None:
    spoil(indexed, "mira-okonjo")
    health = library(indexed).health("mira-okonjo")
    assert (health.state, "damaged" in health.reason) == ("unusable", True)
    assert library(indexed).health("teo-lindqvist") == Health("verified")
    assert library(indexed).health("nobody").state == "unusable"


def test_an_index_that_was_deleted_and_made_anew_is_followed_though_its_number_is_the_same(indexed: Desk) -> None:
    held = library(indexed)
    assistant = Assistant(held)
    turns = [Turn("user", "What awards has she won?")]
    first = finished(assistant.ask("mira-okonjo", turns))
    number = held.open("mira-okonjo").generation.name
    shutil.rmtree(indexed.index / "mira-okonjo")
    indexed.write("mira-okonjo", "cv.md", CV)
    indexed.ingest("mira-okonjo")
    second = finished(assistant.ask("mira-okonjo", turns))
    assert held.open("mira-okonjo").generation.name == number == "gen-00001"
    assert "The Quiet Medal" in second.answer
    assert "The Quiet Medal" not in first.answer
    text = held.open("mira-okonjo").record.documents[0].text
    assert all(text[c.start : c.end] == c.quote for c in second.citations)


def test_a_card_that_is_written_twice_in_a_moment_is_read_twice(indexed: Desk) -> None:
    held = library(indexed)
    for name in ("Teo Lindquist", "Leo Lindquist", "Teo Lindquost"):
        indexed.write("teo-lindqvist", "profile.toml", f'name = "{name}"\n')
        assert held.profile("teo-lindqvist").name == name
