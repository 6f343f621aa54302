"""Sentence boundaries with exact offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import is_cjk, sentence_spans, split_sentences

TEXTS = st.text(alphabet=st.sampled_from("aB c.Dr!?;,:。！？“”()\n\t 12漢字"), max_size=80) | st.text(max_size=60)


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One stop. Two stops.", ["One stop.", "Two stops."]),
        ("Dr. Okonjo leads the group. It is new.", ["Dr. Okonjo leads the group.", "It is new."]),
        ("Faster, e.g. on GPUs. And cheaper!", ["Faster, e.g. on GPUs.", "And cheaper!"]),
        ("It gains 4.4x fewer FLOPs. Good.", ["It gains 4.4x fewer FLOPs.", "Good."]),
        ("她在里斯本工作。她研究鲸鱼！", ["她在里斯本工作。", "她研究鲸鱼！"]),
        ("他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"]),
        ("It melts at 80 °C. Pressing helps.", ["It melts at 80 °C.", "Pressing helps."]),
        ("It was 0.81; it fell to 0.54. Three matched.", ["It was 0.81; it fell to 0.54.", "Three matched."]),
        ("Every year but 2020. Students begin.", ["Every year but 2020.", "Students begin."]),
        ("It fell by a third (31 %) on test data.", ["It fell by a third (31 %) on test data."]),
        ("As low as 71 %. Another reached 93 %.", ["As low as 71 %.", "Another reached 93 %."]),
        ("Eingereicht am 15. Januar 2025. Abgelehnt.", ["Eingereicht am 15. Januar 2025.", "Abgelehnt."]),
        (
            "Nach dem 6. Semester brach sie ab. Das 19. Jahrhundert.",
            ["Nach dem 6. Semester brach sie ab.", "Das 19. Jahrhundert."],
        ),
        ("Vom 17. bis zum frühen 20. Jahrhundert. Ende.", ["Vom 17. bis zum frühen 20. Jahrhundert.", "Ende."]),
        (
            "Shallower than 1.5 m. Contrary to that, age had none.",
            ["Shallower than 1.5 m.", "Contrary to that, age had none."],
        ),
        ("It weighs 12 kg. Nobody lifts it.", ["It weighs 12 kg.", "Nobody lifts it."]),
        ("Sie wohnte am 6. Sie zog um.", ["Sie wohnte am 6.", "Sie zog um."]),
        ("Sie kam 2015. Januar war kalt.", ["Sie kam 2015.", "Januar war kalt."]),
        ("A heading\n\nThe text.", ["A heading", "The text."]),
        ("A line\nbroken in two.", ["A line\nbroken in two."]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(TEXTS)
def test_pieces_join_to_the_text(text: str) -> None:
    assert "".join(split_sentences(text)) == text


@given(TEXTS)
def test_spans_are_in_order_trimmed_and_hold_every_visible_character(text: str) -> None:
    spans = sentence_spans(text)
    covered = set()
    last = 0
    for start, end in spans:
        assert last <= start < end
        assert text[start:end] == text[start:end].strip()
        covered |= set(range(start, end))
        last = end
    assert [c for i, c in enumerate(text) if i not in covered and not c.isspace()] == []


@pytest.mark.parametrize(
    ("text", "answer"), [("刘乾", True), ("カタカナ", True), ("Liu", False), ("", False), ("…", False)]
)
def test_chinese_and_japanese_are_told_from_the_rest(text: str, answer: bool) -> None:
    assert is_cjk(text) is answer
