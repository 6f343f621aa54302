"""The labelled job descriptions hold what they must, and the measure counts what it says."""

import pytest

from app.domain import Citation
from app.match.domain import Finding, Report, Requirement, Verdict
from evals.groundedness.rows import HOMES
from evals.match.measure import compare, table
from evals.match.rows import Job, Label, missing_gold, read_jobs
from ingest.build import Progress, read_record
from ingest.profile import read_profile

TEXT = "Requirements: Kafka; Rust; Chess"


def test_every_label_stands_in_its_job_and_every_gold_quote_in_the_documents() -> None:
    jobs = tuple(read_jobs())
    homes = {slug: home for home in HOMES for slug in {j.profile for j in jobs} if (home / slug).is_dir()}
    records = {slug: read_record(home / slug, read_profile(home, slug), Progress()) for slug, home in homes.items()}
    assert len({job.name for job in jobs}) >= 20
    assert missing_gold(jobs, records) == []


def label(word: str, verdict: Verdict, *gold: str) -> Label:
    start = TEXT.index(word)
    return Label(word, start, start + len(word), verdict, gold)


def finding(word: str, verdict: Verdict, *citations: int) -> Finding:
    start = TEXT.index(word)
    return Finding(Requirement(word, start, start + len(word)), verdict, "", citations)


def report(*findings: Finding) -> Report:
    cited = Citation(1, "cv.md", "CV", None, None, 0, 10, "Wrote it on **Kafka**", None)
    return Report("a", "A", "en", "", "", findings, (), (cited,), "offline", "")


JOB = Job("tuned", "job.md", "a", TEXT, (label("Kafka", "stated", "on Kafka"), label("Rust", "not stated")), ())


@pytest.mark.parametrize(
    ("findings", "right", "wrong", "recalled"),
    [
        ([finding("Kafka", "stated", 1), finding("Rust", "not stated")], 1, 0, 1),
        ([finding("Kafka", "stated"), finding("Rust", "stated", 1)], 0, 2, 1),
        ([finding("Kafka", "related", 1), finding("Rust", "related")], 0, 0, 0),
        ([finding("Rust", "not stated")], 0, 0, 0),
        ([finding("Kafka", "stated", 1), finding("Chess", "stated", 1)], 1, 1, 1),
    ],
)
def test_stated_counts_as_right_only_with_the_label_and_a_gold_quote(
    findings: list[Finding], right: int, wrong: int, recalled: int
) -> None:
    row = table([compare(JOB, report(*findings))])["all"]
    assert (row["precision"]["hits"], row["precision"]["of"]) == (right, right + wrong)
    assert (row["recall"]["hits"], row["recall"]["of"]) == (recalled, 1)
