"""What stands around a title besides its venue: labels of a work's state, sentences of what it found, quoted titles, publishers."""

import pytest

from ingest.results import is_result
from ingest.states import without_label
from ingest.titled import parse_entry

COLD = "Six cold quays"


@pytest.mark.parametrize(
    ("label", "is_preprint"),
    [
        ("In press", False),
        ("Under review", True),
        ("Im Erscheinen", False),
        ("Im Begutachtungsverfahren", True),
        ("À paraître", False),
        ("En cours d'évaluation", True),
        ("En prensa", False),
        ("In corso di stampa", False),
        ("No prelo", False),
        ("Em avaliação", True),
        ("待刊", False),
        ("在审", True),
    ],
)
@pytest.mark.parametrize("number", ["", "7. "])
def test_a_state_before_an_entry_is_no_part_of_its_title(label: str, is_preprint: bool, number: str) -> None:
    found = parse_entry(f'{number}{label}: A. Byron, B. Li, "Lifting, weighing, waiting", Port Letters 3, 2025.')
    assert found is not None
    assert [a.name for a in found.authors] == ["A. Byron", "B. Li"]
    assert (found.title, found.venue, found.notes) == ("Lifting, weighing, waiting", "Port Letters", (label,))
    assert found.is_preprint is is_preprint


@pytest.mark.parametrize("title", ["In press rooms: who prints at night", "Accepted wisdom", "Aceite: um século"])
def test_a_title_that_begins_like_a_state_keeps_its_words(title: str) -> None:
    assert without_label(title) == (title, None)


@pytest.mark.parametrize(
    ("entry", "names", "title", "venue"),
    [
        (
            'mit C. Amsel-Brandt: „Lesen im Kranbuch. Ein Protokoll", in: Hafenkunde 3 (2022), S. 1–28.',
            ["C. Amsel-Brandt"],
            "Lesen im Kranbuch. Ein Protokoll",
            "Hafenkunde",
        ),
        (
            'A. Byron (2020). "Who lifts? Who pays. A reply". Port Letters, 3.',
            ["A. Byron"],
            "Who lifts? Who pays. A reply",
            "Port Letters",
        ),
        ("Der Kranstreit. Verlag Buchenhain, 2012. 341 S.", [], "Der Kranstreit", "Verlag Buchenhain"),
        ("The Crane Riots. Port Press, London, 2012.", [], "The Crane Riots", "Port Press, London"),
        (
            "[J4] A. Byron, B. Li. Lifting at night. Port Letters 3, 2024.",
            ["A. Byron", "B. Li"],
            "Lifting at night",
            "Port Letters",
        ),
    ],
)
def test_a_title_is_told_from_what_stands_beside_it(entry: str, names: list[str], title: str, venue: str) -> None:
    found = parse_entry(entry)
    assert found is not None
    assert [a.name for a in found.authors] == names
    assert (found.title, found.venue) == (title, venue)


@pytest.mark.parametrize(
    "told",
    [
        "Found around 17 quays, six of them new",
        "Main result: no quay sank",
        "Lärm wurde an 17 Kais nachgewiesen",
        "Quais froids détectés autour de 17 ports, dont 6 nouveaux",
        "Réexamen des détections de 2015",
        "Résultat négatif : masse inférieure à 0,004",
        "Ruido medido en 5 muelles de 23",
        "Rumore misurato su 5 moli di 23",
        "Foram encontrados 6 cais frios",
        "结果显示噪声降低了三成",
        "Précision de 6 % par beau temps",
    ],
)
def test_a_sentence_of_results_is_a_note_and_no_venue(told: str) -> None:
    for entry in (f'Byron A., Li B. (2015), "{COLD}". {told}.', f'A. Byron, B. Li. "{COLD}". {told}.'):
        found = parse_entry(entry)
        assert found is not None
        assert (found.title, found.venue, found.notes) == (COLD, None, (told,))


@pytest.mark.parametrize(
    "venue",
    [
        "Annales scientifiques de l'École normale supérieure",
        "Results in Physics",
        "Ergebnisse der Mathematik",
        "Revista de Educación Superior",
        "Revue de l'est et de l'ouest",
        "Quaderni di storia della misura",
        "Quiet Quays: What Was Found in the Harbour, Port Press",
        "Cahiers de la recherche portuaire",
        "科学发现",
    ],
)
def test_a_name_of_a_venue_is_no_result(venue: str) -> None:
    assert not is_result(venue)


def test_the_venue_before_a_result_stays() -> None:
    found = parse_entry('A. Byron, B. Li. "Six cold quays". Port Letters 2023. — Reduced noise by 31 %.')
    assert found is not None
    assert (found.venue, found.notes) == ("Port Letters", ("Reduced noise by 31 %",))
    assert found.date is not None
    assert found.date.year == 2023


def test_the_state_of_a_work_by_several_stands_behind_its_title() -> None:
    found = parse_entry(
        "Byron A. et al., « Quays after five winters » : en révision mineure. Précision de 6 % en hiver."
    )
    assert found is not None
    assert ([a.name for a in found.authors], found.complete) == (["Byron A."], False)
    assert (found.title, found.venue) == ("Quays after five winters", None)
    assert (found.is_preprint, found.notes) == (True, ("en révision mineure", "Précision de 6 % en hiver"))


def test_co_authors_before_a_title_may_have_a_remark() -> None:
    found = parse_entry("Mit C. Amsel (zu gleichen Teilen): Das Kranbuch des Hafens. Verlag Buchenhain, 2020.")
    assert found is not None
    assert ([a.name for a in found.authors], found.title) == (["C. Amsel"], "Das Kranbuch des Hafens")
    assert (found.venue, found.notes) == ("Verlag Buchenhain", ("zu gleichen Teilen",))


def test_a_bracket_with_results_is_told_once() -> None:
    found = parse_entry(
        '"Wer zahlt den Kran?", in: Hafenkunde 14 (2021), S. 77–109. (Ergebnis: 1905 noch 4,1 % der Kosten.)'
    )
    assert found is not None
    assert (found.venue, found.notes) == ("Hafenkunde", ("Ergebnis: 1905 noch 4,1 % der Kosten.",))
    assert found.date is not None
    assert found.date.year == 2021


def test_a_state_with_a_date_behind_it_is_of_a_work_that_is_not_out() -> None:
    found = parse_entry(
        "Byron A., Li B. Quays and cranes. In valutazione presso Moli Antichi (inviato a ottobre 2024)."
    )
    assert found is not None
    assert (found.venue, found.is_preprint) == (None, True)
