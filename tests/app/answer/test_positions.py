"""Answers about positions: order, length, overlap, and what is not there."""

import re
from typing import Any

import pytest

from app.answer.positions import (
    current_job,
    earlier_job,
    first_job,
    job_at,
    job_duration,
    job_supervisor,
    job_worked,
    jobs,
    longest_job,
)
from app.answer.scene import Scene
from ingest.domain import Degree, PartialDate, Period, Position
from tests.app.conftest import Stage, cites, quoted, told


def date(text: str) -> PartialDate:
    """ "2018" or "2018.9"."""
    year, _, month = text.partition(".")
    return PartialDate(int(year), int(month) if month else None)


def period(text: str) -> Period:
    """ "2018.9–2021.2", or "2021.3–" for one that goes on."""
    start, _, end = text.partition("–")
    return Period(date(start) if start else None, date(end) if end else None, current=not end)


@pytest.fixture
def job(mira: Stage) -> Any:
    """Makes a position; its citation is one of the CV's lines."""
    lines = iter(
        ["Harbour Institute of Acoustics", "Northlight Labs", "Golden Hydrophone Prize", "Whale song", "Lisbon"]
    )

    def made(organisation: str | None, role: str | None, dates: str | None, **fields: Any) -> Position:
        held = period(dates) if dates else None
        return Position(span=mira.span(next(lines)), organisation=organisation, role=role, period=held, **fields)

    return made


def test_the_current_job_is_the_one_without_an_end(mira: Stage, job: Any) -> None:
    now, before = job("Ports", "Engineer", "2021.3–", place="Lisbon"), job("Ice", "Intern", "2018.9–2021.2")
    scene = mira.facts(before, now).scene("Where does she work now?")
    (draft,) = current_job(scene).drafts
    assert all(word in draft.text for word in ("Ports", "an Engineer", "Lisbon", "since March 2021"))
    assert "Ice" not in draft.text
    assert cites(draft, now.span)


def test_several_jobs_without_an_end_are_all_named(mira: Stage, job: Any) -> None:
    scene = mira.facts(job("Ports", "Engineer", "2021.3–"), job("Ice", "Adviser", "2022.1–")).scene("Where now?")
    text = told(current_job(scene))
    assert "Ports" in text
    assert text.index("Ice") < text.index("Ports")
    assert "without an end date" in text


def test_without_a_current_job_the_last_one_is_told_in_the_past(mira: Stage, job: Any) -> None:
    scene = mira.facts(job("Ice", "Intern", "2016–2017"), job("Ports", "Engineer", "2018–2021")).scene("Where now?")
    assert " was an Engineer" in told(current_job(scene))
    assert "Ice" not in told(current_job(scene))


def test_a_job_without_a_role_is_told_without_one(mira: Stage, job: Any) -> None:
    text = told(current_job(mira.facts(job("Ports", None, "2021.3–")).scene("Where does she work now?")))
    assert "Ports" in text
    assert "None" not in text


def test_a_job_without_a_date_is_told_without_one(mira: Stage, job: Any) -> None:
    text = told(jobs(mira.facts(job("Ports", "Engineer", None)).scene("List her jobs")))
    assert "Engineer at Ports" in text
    assert "(" not in text


def test_an_organisation_that_its_group_repeats_is_said_once(mira: Stage, job: Any) -> None:
    scene = mira.facts(job("Ports", "Engineer", "2021.3–", group="Ports Sonar Group")).scene("Where now?")
    assert told(current_job(scene)).count("Ports") == 1


@pytest.mark.parametrize(
    ("composer", "text"),
    [
        (current_job, "Where does she work?"),
        (jobs, "List her jobs"),
        (first_job, "first job?"),
        (earlier_job, "before?"),
    ],
)
def test_a_record_without_positions_refuses(mira: Stage, composer: Any, text: str) -> None:
    found = composer(mira.facts().scene(text))
    assert (found.status, found.reason) == ("refused", "not_in_sources")


def test_what_came_before_a_named_employer_is_the_last_one_that_began_earlier(mira: Stage, job: Any) -> None:
    now, middle, early = (
        job("Ports", "Lead", "2021.3–"),
        job("Ice", "Aide", "2018.9–2021.2"),
        job("Fog", "Boy", "2015–2017"),
    )
    stage = mira.facts(now, early, middle)
    assert "Aide" in told(earlier_job(stage.scene("And before?")))
    assert "Boy" in told(earlier_job(stage.scene("And before Ice?", facts=(middle,))))
    last = earlier_job(stage.scene("And before Fog?", facts=(early,)))
    assert "nothing before Fog" in told(last)
    assert cites(last.drafts[0], early.span)


def test_another_role_at_the_same_place_is_what_came_before_only_in_another_group(mira: Stage, job: Any) -> None:
    now, same = job("Ports", "Lead", "2021.3–", group="Sonar"), job("Ports", "Aide", "2018–2021", group="Sonar")
    other = job("Ports", "Boy", "2015–2018", group="Nets")
    assert "Boy" in told(earlier_job(mira.facts(now, same, other).scene("And before?")))


def test_what_came_before_at_the_same_employer_is_another_role_there(mira: Stage, job: Any) -> None:
    stage = mira.facts(
        job("Ports", "Lead", "2021.3–"), job("Ports", "Aide", "2018–2021"), job("Fog", "Boy", "2015–2018")
    )
    assert "Aide" in told(earlier_job(stage.scene("What was she before at the same company?")))


def test_the_first_job_is_the_one_that_began_first(mira: Stage, job: Any) -> None:
    stage = mira.facts(job("Ports", "Lead", "2021.3–"), job("Fog", "Boy", "2015–2017"), job("Ice", "Aide", None))
    assert "Boy" in told(first_job(stage.scene("first job?")))


def test_the_longest_job_counts_months_and_the_present_as_the_newest_date_printed(mira: Stage, job: Any) -> None:
    stage = mira.facts(
        job("Ports", "Lead", "2021.3–"), job("Ice", "Aide", "2018.9–2021.2"), job("Fog", "Boy", "2015.1–2015.4")
    )
    text = told(longest_job(stage.scene("Which job was the longest?")))
    assert text.index("Aide") < text.index("Boy")
    assert "2 years and 5 months" in text


def test_only_internships_are_compared_where_internships_are_asked_for(mira: Stage, job: Any) -> None:
    stage = mira.facts(
        job("Ports", "Lead", "2010–2020"),
        job("Ice", "Intern", "2021.1–2021.9"),
        job("Fog", "Research Intern", "2021.2–2021.4"),
    )
    text = told(longest_job(stage.scene("Which of her internships was the longest?")))
    assert "Lead" not in text
    assert "8 months" in text


def test_all_positions_come_most_recent_first_each_with_its_source(mira: Stage, job: Any) -> None:
    old, new = job("Ice", "Aide", "2018.9–2021.2"), job("Ports", "Lead", "2021.3–")
    scene = mira.facts(old, new).scene("List her jobs")
    lead, first, second = jobs(scene).drafts
    assert "2 positions" in lead.text
    assert (cites(first, new.span), cites(second, old.span)) == (True, True)
    assert first.is_item
    assert second.is_item


def test_internships_are_listed_alone_and_refused_where_there_are_none(mira: Stage, job: Any) -> None:
    lead, intern = job("Ports", "Lead", "2021.3–"), job("Ice", "Research Intern", "2018.9–2021.2")
    text = told(jobs(mira.facts(lead, intern).scene("Did she do internships?")))
    assert "1 internship:" in text
    assert "Ports" not in text
    found = jobs(mira.facts(lead).scene("Did she do internships?"))
    assert found.status == "refused"
    assert "Ports" in told(found)


def test_separate_stays_are_added_and_months_that_overlap_count_once(mira: Stage, job: Any) -> None:
    stays = [job("Ice", "Intern", "2016.7–2017.8"), job("Ice", "Intern", "2018.2–2022.6")]
    scene = mira.facts(*stays).scene("How long was she at Ice?", facts=tuple(stays))
    assert "5 years and 5 months" in told(job_duration(scene))
    assert len(quoted(scene, job_duration(scene))) == 2
    both = [job("Ice", "Aide", "2018.1–2019.1"), job("Ice", "Lead", "2018.7–2019.7")]
    assert "1 year and 6 months" in told(job_duration(mira.facts(*both).scene("How long?", facts=tuple(both))))


def test_a_stay_that_goes_on_has_no_length_but_a_beginning(mira: Stage, job: Any) -> None:
    stay = job("Ports", "Lead", "2021.3–")
    text = told(job_duration(mira.facts(stay).scene("How long has she been at Ports?", facts=(stay,))))
    assert "since March 2021" in text
    assert "no end date" in text
    assert "about" not in text


def test_several_posts_of_which_one_goes_on_are_told_since_when_or_as_the_least(mira: Stage, job: Any) -> None:
    stays = [job("Ice", "Aide", "2016.7–2021.2"), job("Ice", "Lead", "2021.3–")]
    text = told(job_duration(mira.facts(*stays).scene("How long has she been at Ice?", facts=tuple(stays))))
    assert "since July 2016" in text
    assert "no end date" in text
    apart = [job("Ice", "Aide", "2010–2012"), job("Ice", "Lead", "2021.3–")]
    scene = mira.facts(*apart, job("Fog", "Guest", "2022.3–2023.3")).scene("How long at Ice?", facts=tuple(apart))
    assert "at least 4 years" in told(job_duration(scene))


def test_a_stay_without_a_beginning_has_no_length(mira: Stage, job: Any) -> None:
    stay = job("Ports", "Lead", "–2021")
    text = told(job_duration(mira.facts(stay).scene("How long was she at Ports?", facts=(stay,))))
    assert "not precise enough" in text
    assert not re.search(r"\d+ (?:year|month)", text)


def test_a_degree_under_way_at_the_same_time_is_told(mira: Stage, job: Any) -> None:
    stay = job("Ice", "Intern", "2018.2–2022.6")
    degree = Degree(
        span=mira.span("University of Bergen"), institution="Bergen", title="PhD", period=period("2017.9–2022.6")
    )
    scene = mira.facts(stay, degree).scene("How long was she at Ice?", facts=(stay,))
    overlap = job_duration(scene).drafts[-1]
    assert "overlaps with the PhD at Bergen" in overlap.text
    assert cites(overlap, degree.span)


@pytest.mark.parametrize(("dates", "answer"), [("2018.9–2021.2", "No"), ("2021.3–", "Yes")])
def test_whether_she_is_still_there_is_answered_first(mira: Stage, job: Any, dates: str, answer: str) -> None:
    stay = job("Ports", "Lead", dates)
    text = told(job_at(mira.facts(stay).scene("Is she still at Ports?", facts=(stay,))))
    assert text.startswith(answer)
    assert "Ports" in text


def test_who_is_no_longer_there_is_told_where_they_are(mira: Stage, job: Any) -> None:
    now, before = job("Ports", "Lead", "2021.3–"), job("Ice", "Aide", "2018.9–2021.2")
    text = told(job_at(mira.facts(now, before).scene("Is she still at Ice?", facts=(before,))))
    assert text.index("Ice") < text.index("Ports")


def test_a_named_employer_is_confirmed_and_an_unknown_one_refused_with_those_that_are_listed(
    mira: Stage, job: Any
) -> None:
    stay = job("Ports", "Lead", "2018–2021")
    stage = mira.facts(stay)
    assert told(job_worked(stage.scene("Has she worked at Ports?", facts=(stay,)))).startswith("Yes")
    scene = stage.scene("Has she worked at Google?", unknown="Google")
    found = job_worked(scene)
    assert (found.status, found.reason) == ("refused", "not_in_sources")
    assert "Google" in told(found.drafts[0])
    assert "Ports" in told(found.drafts[1])
    assert cites(found.drafts[1], stay.span)


def test_supervisors_are_named_with_their_post_and_missing_ones_are_said_to_be_missing(mira: Stage, job: Any) -> None:
    led, alone = job("Ice", "Aide", "2018–2021", supervisors=("Pavel Dvorak", "Bo Li")), job("Ports", "Lead", "2021–")
    stage = mira.facts(led, alone)
    text = told(job_supervisor(stage.scene("Who supervised her?")))
    assert "Pavel Dvorak and Bo Li" in text
    assert "Ice" in text
    found = job_supervisor(stage.scene("Who supervised her at Ports?", facts=(alone,)))
    assert (found.status, found.reason) == ("refused", "not_in_sources")
    assert "Pavel" not in told(found)


def scenes(mira: Stage) -> list[Scene]:
    """Every kind of question over the CV as it is."""
    every = [f for f in mira.index.record.facts if isinstance(f, Position)]
    return [mira.scene("Where?", facts=facts) for facts in ((), (every[0],), (every[1],), tuple(every))]


@pytest.mark.parametrize(
    "composer",
    [current_job, earlier_job, first_job, longest_job, jobs, job_at, job_duration, job_worked, job_supervisor],
    ids=lambda composer: str(composer.__name__),
)
def test_no_sentence_shows_a_hole_and_only_plain_ones_have_no_source(mira: Stage, composer: Any) -> None:
    for scene in scenes(mira):
        for draft in composer(scene).drafts:
            assert not re.search(r"None|\$|\[|\]|\{|\}|  | ,|\( ", told(draft))
            assert draft.is_plain or "\ue000" in draft.text
