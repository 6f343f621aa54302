"""Whether the spans that a sentence cites support what it says, by words, numbers and dates; no model judges here.

A sentence is supported when all of this holds:

1. Every citation's quote equals the document's text at its span.
2. Of its content words (stems, without names of the profile's person and without ``TEMPLATE`` words) at least
   ``COVERAGE`` stand in the quotes or in the headings above them.
3. Its dates and numbers stand there too, ``November 2024`` also as ``2024.11``. Numbers that the program computes
   are exempt: those equal to the number of citations, those before a unit (``5 years``, ``18 papers``, ``14 of them``),
   and every number of an answer to a count question, which ``expect.number`` checks exactly.

What this cannot see: a negation, words put together in a way the source does not (who did what), ``TEMPLATE`` words and
number words that are wrong, and whether a paraphrase means the same. Chinese words are only compared where the quotes
hold Chinese, because the program writes Chinese sentences about English sources. So it finds sentences without support;
it does not prove the others.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources

import yaml

from app.domain import Answer, Citation, Sentence
from evals.metrics import fold
from ingest.dates import find_dates, find_period
from ingest.domain import PartialDate, Record
from ingest.lexical import stem, tokens
from ingest.sentences import is_cjk

COVERAGE = 0.6

_MARKER = re.compile(r"\s*\[\d+\]")
_GLUED = re.compile(r"(?<=[A-Z])(?=[A-Z][a-z])")
"""Where a listing page runs a subject tag and a month together: ``CLNov 9, 2022``."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_COMPUTED = re.compile(
    r"\s*(?:-\s*)?(?:years?|months?|papers?|publications?|preprints?|works?|articles?|books?|entries|titles?|authors?"
    r"|people|names?|positions?|jobs?|roles?|awards?|honou?rs?|degrees?|projects?|times|orals?|spotlights?|others?|more"
    r"|in total|from\b|first|with\b|are\b|print|of (?:the|them|these|those|which|its|his|her|their|\d)"
    r"|年(?!\s*\d)|个|篇|项|位|次|份|本|种)",
    re.IGNORECASE,
)
_TEMPLATE_WORDS = """
january february march april may june july august september october november december jan feb mar apr jun jul aug sep
sept oct nov dec year years month months day date dated undated period paper papers publication publications work
works article articles preprint preprints published publish publishing venue title titled entry entries author authors
authored co coauthor first last alone equal equally contribution contributed contributor corresponding mark marked cv
page document documents source sources record list lists listed listing name names named print prints printed show
shows shown state states stated say says said mention mentions mentioned give gives given tell tells describe
describes described note notes add adds position job role employer employed worked working currently current now
present since until before after then later earlier between during join joined hold held holds latest recent earliest
longest previous previously follow following followed start started end ended degree studied study received receive
awarded award awards honour honours honor honors service services interest interests focus research field topic topics
person people supervisor supervised advised project projects lead led run ran code available place placed about around
total together altogether overlap overlaps overlapping another one two three four five six seven eight nine ten eleven
twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty both each every all only also other others
more most further among including include includes than least nothing no not none neither either however but while
within without there here yet still cannot can time e mail email address link website homepage sign signed
collectively appear appears appeared whether
"""


def _phrase_words() -> Iterator[str]:
    """The words of the phrases in the languages other than English and Chinese."""
    for file in resources.files("app.answer").joinpath("phrases").iterdir():
        if file.name not in {"en.yaml", "zh.yaml", "grammar.yaml"}:
            for template in yaml.safe_load(file.read_text(encoding="utf-8")).values():
                yield from tokens(re.sub(r"\$[a-z_]+|\{\w+\|", " ", template))


TEMPLATE = frozenset(stem(word) for word in _TEMPLATE_WORDS.split()) | frozenset(_phrase_words())
"""Stems that the program's own sentences bring along and that no source need state."""


def unsupported(answer: Answer, record: Record, is_count: bool) -> tuple[int, tuple[tuple[str, str], ...]]:
    """How many sentences of ``answer`` cite something, and those whose citations do not support them, with why."""
    by_number = {citation.n: citation for citation in answer.citations}
    cited = [sentence for sentence in answer.sentences if sentence.citations]
    failed: list[tuple[str, str]] = []
    for sentence in cited:
        why = _why_unsupported(sentence, by_number, record, is_count)
        if why:
            failed.append((sentence.text, why))
    return len(cited), tuple(failed)


def _why_unsupported(sentence: Sentence, by_number: dict[int, Citation], record: Record, is_count: bool) -> str | None:
    missing = [n for n in sentence.citations if n not in by_number]
    if missing:
        return f"cites {missing}, which the answer does not list"
    citations = [by_number[n] for n in sentence.citations]
    for citation in citations:
        if not is_verbatim(citation, record):
            return f"the quote of [{citation.n}] is not what {citation.document} says there"
    text = fold(_MARKER.sub("", sentence.text))
    quotes = fold(" \n ".join(c.quote for c in citations))
    headings = fold(_headings(citations, record))
    absent, coverage = uncovered(text, quotes, headings, record.profile.names)
    if coverage < COVERAGE:
        return f"only {coverage:.0%} of its words are cited, not {', '.join(absent)}"
    numbers = () if is_count else missing_numbers(text, f"{quotes} {headings}", {len(citations), len(by_number)})
    return f"{', '.join(numbers)} not in what it cites" if numbers else None


def is_verbatim(citation: Citation, record: Record) -> bool:
    """Whether the quote is exactly the document's text at the citation's span."""
    for document in record.documents:
        if document.id == citation.document:
            return 0 <= citation.start < citation.end and document.text[citation.start : citation.end] == citation.quote
    return False


def uncovered(sentence: str, quotes: str, headings: str, names: Iterable[str]) -> tuple[tuple[str, ...], float]:
    """The content stems of ``sentence`` that the quotes lack, and the share that they have; higher is better."""
    own = {term for name in names for term in tokens(name)}
    source = set(tokens(f"{quotes} {headings}"))
    content = [t for t in dict.fromkeys(tokens(sentence)) if t not in own | TEMPLATE and not t[0].isdigit()]
    if not is_cjk(quotes):
        content = [t for t in content if not is_cjk(t)]
    absent = tuple(t for t in content if t not in source)
    return absent, 1 - len(absent) / len(content) if content else 1.0


def missing_numbers(sentence: str, quotes: str, computed: set[int]) -> tuple[str, ...]:
    """The dates and numbers of ``sentence`` that the quotes lack, as printed; ``computed`` ones need not be there."""
    there = {_plain(m[0]) for m in _NUMBER.finditer(quotes)} | {p.lstrip("0") for p in re.findall(r"\d+", quotes)}
    months = {date.month for date in _dates(_GLUED.sub(" ", quotes))}
    missing: list[str] = []
    taken: list[tuple[int, int]] = []
    for date, start, end in (*find_dates(sentence), *_yearless(sentence)):
        taken.append((start, end))
        digits = [str(part) for part in (date.year, date.day) if part is not None]
        if any(d not in there for d in digits) or (date.month is not None and date.month not in months):
            missing.append(sentence[start:end].strip())
    for match in _NUMBER.finditer(sentence):
        if any(start <= match.start() < end for start, end in taken) or _COMPUTED.match(sentence, match.end()):
            continue
        number = _plain(match[0])
        if number not in there and not (number.isdigit() and int(number) in computed):
            missing.append(match[0])
    return tuple(missing)


def _yearless(text: str) -> Iterable[tuple[PartialDate, int, int]]:
    """Chinese days without a year, ``2月3日``."""
    for match in re.finditer(r"(?<!年)(?<!年 )(?<!\d)(1[0-2]|[1-9])月([123]?\d)日", text):
        yield PartialDate(None, int(match[1]), int(match[2])), match.start(), match.end()


def _dates(text: str) -> Iterable[PartialDate]:
    yield from (date for date, _, _ in find_dates(text))
    for line in re.split(r"\n", text):
        found = find_period(line)
        if found:
            yield from (date for date in (found.period.start, found.period.end) if date)


def _plain(number: str) -> str:
    """``41,000`` as ``41000`` and ``07`` as ``7``; a decimal point stays."""
    return re.sub(r",(?=\d{3}(?!\d))", "", number).lstrip("0") or "0"


def _headings(citations: Sequence[Citation], record: Record) -> str:
    words: list[str] = []
    for citation in citations:
        document = record.document(citation.document)
        words += [citation.section or "", document.title]
        for block in document.blocks:
            if block.span.start < citation.end and citation.start < block.span.end:
                words += block.path
    return " ".join(words)
