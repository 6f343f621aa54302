"""Projects are listed once each; where one of them is asked for, one is told."""

from dataclasses import replace

import pytest

from app.answer.draft import spans_in
from app.answer.person import projects
from ingest.domain import Project
from tests.app.conftest import Stage, told


@pytest.mark.parametrize(
    "question",
    ["Tell me about her projects.", "Which projects does she have?", "What has she built?", "Describe her projects"],
)
def test_a_question_for_projects_lists_them(mira: Stage, question: str) -> None:
    scene = mira.planned(question)
    assert scene.question.plan.intent == "projects"
    assert "1 project: Hydrophone Commons (January 2020 – December 2020)" in told(projects(scene))


@pytest.mark.parametrize("question", ["Tell me about one of her projects.", "Describe one project."])
def test_one_project_is_named_and_what_the_source_tells_of_it_follows(mira: Stage, question: str) -> None:
    scene = mira.planned(question)
    assert scene.question.plan.intent == "projects"
    composed = told(projects(scene))
    assert composed.startswith("Hydrophone Commons")
    assert "open archive" in composed


def test_whether_any_of_the_projects_did_something_is_no_question_for_one_of_them(mira: Stage) -> None:
    listed = told(projects(mira.scene("Is that one of her projects?", "projects")))
    assert "lists 1 project" in listed


def test_a_project_that_two_documents_list_comes_once_with_both_sources(mira: Stage) -> None:
    (project,) = (f for f in mira.index.record.facts if isinstance(f, Project))
    elsewhere = replace(project, span=mira.span("Golden Hydrophone Prize"), period=None, body=None)
    (_, line) = projects(mira.facts(project, elsewhere).scene("her projects", "projects")).drafts
    assert spans_in(line.text) == (project.span, elsewhere.span)
