"""Any llama-index LLM can take the place of the OpenAI-compatible one by configuration."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from llama_index.core.llms import CompletionResponse, CompletionResponseGen, CustomLLM, LLMMetadata
from llama_index.core.llms.callbacks import llm_completion_callback

from app.model.check import check_model
from app.settings import Settings
from evals.faulty import KEY
from evals.scripted import Asked, faithful
from tests.app.model.conftest import QUICK, Open

NOW = "Where does she work now?"
HERE = __name__


class Parrot(CustomLLM):
    """Says what ``faithful`` says, in its own process; ``api_key`` stands for what such a class is given."""

    api_key: str = ""

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="parrot")

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        return CompletionResponse(text="".join(self.words(prompt)))

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        def pieces() -> CompletionResponseGen:
            text = ""
            for word in self.words(prompt):
                text += word
                yield CompletionResponse(text=text, delta=word)

        return pieces()

    def words(self, prompt: str) -> Iterator[str]:
        """The answer, a word a piece."""
        for word in faithful(Asked("", prompt)).split(" "):
            yield f"{word} "


class Broken(Parrot):
    """Fails with words that nobody may see."""

    def words(self, prompt: str) -> Iterator[str]:
        raise RuntimeError(f"no licence for {self.api_key}")


class Stuck(Parrot):
    """Holds up whoever waits for it, its event loop too."""

    def words(self, prompt: str) -> Iterator[str]:
        time.sleep(QUICK["answer_s"] + 4)
        yield "He "


def configured(name: str) -> dict[str, Any]:
    return {
        "model": None,
        "model_url": None,
        "model_key": None,
        "model_class": f"{HERE}.{name}",
        "model_options": {"api_key": KEY},
    }


def test_its_words_are_the_answer_and_are_checked_like_any_others(with_model: Open) -> None:
    desk = with_model(**configured("Parrot"))
    answer = desk("mira-okonjo", NOW)
    assert (answer.mode, answer.status) == ("Parrot", "grounded")
    assert answer.sentences[0].citations
    assert desk.provider.requests == []


@pytest.mark.parametrize(("name", "fallback"), [("Broken", "failed"), ("Stuck", "timeout")])
def test_where_it_fails_the_program_answers_in_time(
    with_model: Open, name: str, fallback: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    desk = with_model(**configured(name))
    started = time.monotonic()
    answer = desk("mira-okonjo", NOW)
    assert time.monotonic() - started < QUICK["answer_s"] + 4
    assert answer.answer == desk.offline("mira-okonjo", NOW).answer
    assert answer.model is not None
    assert answer.model.fallback == fallback
    assert KEY not in f"{caplog.text} {answer.to_json()} {desk.assistant!r}"


def test_the_doctor_asks_it_too() -> None:
    found = check_model(Settings(**configured("Parrot"), **QUICK))
    assert (found.is_fine, "'Parrot'" in found.line) == (True, True)
    found = check_model(Settings(**configured("Broken"), **QUICK))
    assert not found.is_fine
    assert KEY not in found.line
