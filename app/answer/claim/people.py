"""Who did what: places in author lists, supervisors and students, and which of two names does something to the other."""

import re
from collections.abc import Iterable

from app.answer.claim.folding import fold
from app.answer.claim.unit import Unit
from ingest.domain import Degree, Position, Profile, Publication, Record
from ingest.identity import author_index, same_person

_RANK = re.compile(
    r"\b(?P<equal>co-?first|joint(?:ly)? first|shared first|equal(?:ly)?(?:-| )contribut\w+|contributed equally|equal contribution|"
    r"gleichberechtigt\w*|co-premier\w*)\b|共同第一作者|共同一作|同等贡献"
    r"|\b(?P<sole>sole|single|only|alleinige[rn]?|seul) (?:author|autor|auteur)\w*|唯一作者|独立作者"
    r"|\b(?P<first>first|lead|erst(?:e[rn]?)?|premier|premiere)[- ]?(?:and corresponding )?(?:author|autor|auteur|named)\w*|"
    r"\b(?P<leads>led) (?=by [A-Z])|第一作者|一作"
    r"|\b(?:listed|named|comes?|appears?|stands?|credited) (?P<third_listed>third)\b|\b(?:listed|named|comes?|appears?|stands?|"
    r"credited) (?P<second_listed>second)\b"
    r"|\b(?:listed|named|comes?|appears?|stands?|credited) (?P<last_listed>last)\b|\b(?:listed|named|comes?|appears?|stands?|"
    r"credited) (?P<first_listed>first)\b"
    r"|\b(?P<last>last|senior|final|letzt(?:e[rn]?)?|dernier|derniere)[- ]?(?:author|autor|auteur)\w*|最后作者|末位作者"
    r"|\b(?P<second>second|zweit(?:e[rn]?)?|deuxieme)[- ]?(?:author|autor|auteur)\w*|第二作者"
    r"|\b(?P<third>third|dritt(?:e[rn]?)?|troisieme)[- ]?(?:author|autor|auteur)\w*|第三作者"
    r"|\b(?P<corresponding>corresponding author|korrespondierende\w* autor\w*|korrespondenzautor\w*|auteure?s? correspondant\w*|"
    r"autor\w* (?:de correspondencia|correspondiente))|通讯作者|通信作者",
    re.IGNORECASE,
)
_CJK_RANKS = {
    word: rank
    for rank, words in {
        "equal": "共同第一作者 共同一作 同等贡献",
        "sole": "唯一作者 独立作者",
        "first": "第一作者 一作",
        "last": "最后作者 末位作者",
        "second": "第二作者",
        "third": "第三作者",
        "corresponding": "通讯作者 通信作者",
    }.items()
    for word in words.split()
}
_SUPERVISES = r"(?:supervis\w*|advis\w*|mentor\w*|guid\w*|hosted|betreut\w*|encadr\w*|oversaw)"
_PERSON = r"[A-ZÀ-Ý][\w'’.-]*(?:[\s-]+(?:van|von|de|der|dos|da|del|di|[A-ZÀ-Ý])[\w'’.-]*)*"
_OTHER_SUPERVISES = re.compile(
    rf"(?:{_SUPERVISES}\s+(?:\w+\s+)?(?:by|of|from|durch|von|par)|under(?: the (?:guidance|supervision|mentorship|direction) of)?|(?:his|her|their|"
    rf"the|ph\.?d\.?|doctoral|seine?|ihre?|son|sa|mit|sous la direction de)\s+(?:\w+\s+)?(?:supervis|advis|mentor|host|guide|betreuer|direct)\w*"
    rf"(?:\s+(?:was|were|being|is|are|war|waren|etait|:))?|with|working with|导师(?:是|为)?|师从)\s*,?\s*(?:Prof\.?|Professor|Dr\.?|Prof\. "
    rf"Dr\.)?\s*(?P<name>{_PERSON})",
    re.UNICODE,
)
_NAME_SUPERVISES = re.compile(
    rf"(?P<name>{_PERSON})\s+(?:\w+\s+)?(?:and\s+{_PERSON}\s+)?(?:(?:co-?)?supervise[sd]|(?:co-?)?advise[sd]|mentor(?:s|ed)|hosted|guide[sd]|"
    rf"betreute?|encadrait|a encadre)\s+(?:him|her|them|the|his|ihn|sie|die|seine|ihre)\b"
)
_SUPERVISES_OTHER = re.compile(
    rf"\b(?:he|she|they|who|er|sie|il|elle|(?P<self>{_PERSON}))\s+(?:\w+ly\s+|has\s+|had\s+|also\s+|a\s+|betreut\w*\s+)*(?:supervis(?:es|ed|e)|"
    rf"advis(?:es|ed)|guid(?:es|ed)|hosted|mentor(?:s|ed)|co-?supervis(?:es|ed)|betreut\w*|encadr\w*)\s+(?:the\s+|ph\.?d\.?\s+|doctoral\s+|"
    rf"students?\s+|work of\s+)*(?P<name>{_PERSON})",
    re.IGNORECASE,
)
_DIRECTED = re.compile(
    rf"\ba\s+(?:co)?(?:dirige|encadre|supervise)e?s?\s+(?:la these|le doctorat|les travaux|les etudes)\s+(?:de\s+|d['’])(?P<name>{_PERSON})|指导(?:了|"
    rf"过)?\s*(?P<student>{_PERSON})|(?P<pupil>{_PERSON})\s*的(?:博士)?导师"
    rf"|\bbetreut\w*\s+(?:die (?:[Dd]issertation|[Pp]romotion|[Dd]oktorarbeit|[Aa]rbeit)\s+von\s+)(?P<kandidat>{_PERSON})",
)
_IS_SUPERVISOR = re.compile(
    rf"(?P<name>{_PERSON})\s+(?:is|was|ist|war|est|etait)\s+(?:his|her|their|the|seine?|ihre?|sein|ihr|son|sa)\s+(?:\w+\s+){{0,2}}"
    rf"(?i:supervisor|advis[eo]r|mentor|host|betreuer\w*|doktor(?:vater|mutter)|direct\w+)"
)
_IS_SUPERVISOR_ZH = re.compile(rf"(?P<name>{_PERSON})\s*是[她他]的[^,。]{{0,4}}导师")
_IS_STUDENT = re.compile(
    rf"(?P<name>{_PERSON})\s+(?:is|was)\s+(?:one of )?(?:his|her|their)\s+(?:\w+\s+){{0,2}}(?:students?|mentees?|advisees?|doktorand\w*)\b"
)
_STUDENT = re.compile(
    r"student|mentee|doktorand|betreuung|supervision of|main supervisor|co-supervisor|doctorant|指导学生|学生",
    re.IGNORECASE,
)
_SUPERVISOR = re.compile(r"supervis|advis|mentor|host|guide|betreu|direct|encadr|导师|指导", re.IGNORECASE)


def wrong_rank(text: str, units: Iterable[Unit], profile: Profile) -> bool:
    """Whether ``text`` gives somebody a place among authors that the lists of the cited papers do not give them."""
    units = list(units)
    claims = list(_RANK.finditer(fold(text)))
    if not claims:
        return False
    papers = [u.fact for u in units if isinstance(u.fact, Publication) and _cites_list(u)]
    if not papers:
        return any(m.lastgroup != "leads" for m in claims)
    starred = [
        u for u in units if isinstance(u.fact, Publication) and not u.fact.corresponding and "equal" not in fold(u.text)
    ]
    for match in claims:
        kind = (match.lastgroup or _CJK_RANKS.get(match[0], "")).partition("_")[0]
        kind = "first" if kind == "leads" else kind
        people = _subjects(text, match.start(), match.end(), papers, profile, together=kind == "equal")
        if kind == "corresponding" and starred and all(_is_starred(p, starred, profile) for p in people):
            continue
        if not all(any(_has_rank(person, kind, paper, profile) for person in people) for paper in papers):
            return True
    return False


def _is_starred(person: str, units: Iterable[Unit], profile: Profile) -> bool:
    """Whether a star stands behind somebody's name, in lists where it marks no equal contribution."""
    names = (
        [w for n in profile.names for w in n.split() if len(w) > 2] if person == profile.name else [_surname(person)]
    )
    return any(re.search(rf"\b{re.escape(n)}\b[^*;\n]{{0,12}}\*", u.text) for u in units for n in names)


def rank_spots(text: str) -> list[tuple[int, int]]:
    """Where places in an author list are given."""
    return [(m.start(), m.end()) for m in _RANK.finditer(fold(text))]


def ranks(text: str) -> frozenset[str]:
    """The sorts of places among authors that ``text`` gives."""
    return frozenset((m.lastgroup or _CJK_RANKS.get(m[0], "")).partition("_")[0] for m in _RANK.finditer(fold(text)))


def _cites_list(unit: Unit) -> bool:
    """Whether the unit holds the author list and not only the abstract."""
    return isinstance(unit.fact, Publication) and any(
        fold(a) in fold(" ".join(unit.text.split())) for a in unit.fact.authors
    )


def _subjects(
    text: str, start: int, end: int, papers: list[Publication], profile: Profile, together: bool
) -> list[str]:
    """Whom a rank is said of: the author named right behind it, else the last one named before it, else the person of the profile."""
    authors = list(dict.fromkeys(a for p in papers for a in p.authors if author_index((a,), profile) is None))
    if together:
        return [a for a in authors if _mentions(text, a)] or [profile.name]
    named_behind = re.match(rf"[^.;,]{{0,80}}?\b(?:is|was|ist|war|est|etait)\s+(?P<name>{_PERSON})", text[end:])
    if named_behind:
        found = [a for a in authors if _mentions(named_behind["name"], a)]
        return found or [profile.name if _is_self(named_behind["name"], profile) else named_behind["name"]]
    after = re.match(r"\W*(?:is|was|being|by|:|,|war|ist|est|etait|是|为)?\s*", text[end:])
    tail = text[end + (after.end() if after else 0) :]
    for author in authors:
        if _begins(tail, author):
            return [author]
    clause = re.split(r"[;,]|\b(?:and|while|with|und|et|whereas)\b", text[:start])[-1]
    named = [a for a in authors if _mentions(clause, a)]
    return named[-1:] or [profile.name]


def _begins(text: str, author: str) -> bool:
    return any(re.match(rf"(?:[A-Z]\.[\s-]?)*{re.escape(form)}\b", text) for form in (author, _surname(author)))


def _mentions(text: str, author: str) -> bool:
    return re.search(rf"\b{re.escape(_surname(author))}\b", text) is not None


def _surname(author: str) -> str:
    """The family name of a printed name: what stands before a comma or initials, else the last word."""
    words = author.split(",")[0].split()
    whole = [w for w in words if len(w.strip(".")) > 1 and not (w.isupper() and len(w) < 4)]
    return whole[-1] if whole else author


def _has_rank(person: str, kind: str, paper: Publication, profile: Profile) -> bool:
    place = (
        author_index(paper.authors, profile)
        if person == profile.name
        else next((i for i, a in enumerate(paper.authors) if a == person), None)
    )
    if place is None:
        return False
    author = paper.authors[place]
    match kind:
        case "first":
            return place == 0 or (author in paper.equal and paper.authors[0] in paper.equal)
        case "second":
            return place == 1
        case "third":
            return place == 2
        case "last":
            return paper.authors_complete and place == len(paper.authors) - 1 and place > 0
        case "sole":
            return paper.authors_complete and len(paper.authors) == 1
        case "equal":
            return author in paper.equal
        case "corresponding":
            return author in paper.corresponding
    return False


def names_in(record: Record) -> frozenset[str]:
    """The folded names of people and organisations of which the facts of a record tell, but for the person's own."""
    found: set[str] = set()
    for fact in record.facts:
        if isinstance(fact, Position | Degree):
            found.update(fact.supervisors)
            found.update(v for v in (getattr(fact, "organisation", None), getattr(fact, "institution", None)) if v)
        if isinstance(fact, Publication):
            found.update(a for a in fact.authors if " " in a)
    own = {fold(n) for n in record.profile.names}
    return frozenset(n for name in found if len(n := " ".join(fold(name).split())) > 4) - own


def named_elsewhere(text: str, units: Iterable[Unit], names: frozenset[str]) -> bool:
    """Whether ``text`` names, in full, somebody or some place of work that the record knows but the units do not mention."""
    said = fold(text)
    there = " \n ".join(" ".join(fold(f"{u.text} {u.heading}").split()) for u in units)
    return any(name in said and name not in there for name in names)


def wrong_supervision(text: str, units: Iterable[Unit], profile: Profile) -> bool:
    """Whether ``text`` makes a supervisor of a student, a student of a supervisor, or either of somebody who is neither."""
    found = list(units)
    if not re.search(
        r"supervis|advis|mentor|guid|host|student|betreu|encadr|dirig|under|doctorant|doktor|导师|指导|师从|学生",
        text,
        re.IGNORECASE,
    ):
        return False
    for match in _SUPERVISES_OTHER.finditer(text):
        name = match["name"]
        if (
            name[:1].isupper()
            and not _is_self(name, profile)
            and (not match["self"] or _is_self(match["self"], profile))
            and not any(fold(name.split()[0]) in fold(getattr(u.fact, "organisation", None) or "") for u in found)
            and not any(_is_student(name, u) for u in found)
        ):
            return True
        if (
            match["self"]
            and not _is_self(match["self"], profile)
            and _is_self(name, profile)
            and not any(_is_supervisor(match["self"], u) for u in found)
        ):
            return True
    for match in re.finditer(
        rf"(?P<name>{_PERSON})[^.;]*?\bunder (?:his|her|their) (?:guidance|supervision|mentorship|direction)", text
    ):
        if not _is_self(match["name"], profile) and not any(_is_student(match["name"], u) for u in found):
            return True
    for patterns, holds in (((_IS_SUPERVISOR, _IS_SUPERVISOR_ZH), _is_supervisor), ((_IS_STUDENT,), _is_student)):
        for match in (m for pattern in patterns for m in pattern.finditer(text)):
            if not _is_self(match["name"], profile) and not any(holds(match["name"], u) for u in found):
                return True
    plain = _keep_case(text)
    for match in _DIRECTED.finditer(plain):
        name = next(n for n in match.groups() if n)
        if not _is_self(name, profile) and not any(_is_student(name, u) for u in found):
            return True
    return _wrongly_supervised(text, found, profile)


def _wrongly_supervised(text: str, found: list[Unit], profile: Profile) -> bool:
    """Whether ``text`` gives the person a supervisor who is none."""
    for pattern in (_OTHER_SUPERVISES, _NAME_SUPERVISES):
        for match in pattern.finditer(text):
            if re.match(r"(?:with|under|在)\b", match[0]) and not re.search(r"supervis|guidance|mentor", match[0]):
                continue
            if _is_self(match["name"], profile):
                return True
            if _is_name(match["name"], found) and not any(_is_supervisor(match["name"], u) for u in found):
                return True
    return False


def _keep_case(text: str) -> str:
    """Without accents, in the case as written."""
    return "".join(f.upper() if c.isupper() else f for c, f in ((c, fold(c)) for c in text))


def _is_name(name: str, units: list[Unit]) -> bool:
    return any(fold(name) in fold(u.text) for u in units) and not re.match(r"(?:The|A|An|Ph|He|She|In|At)\b", name)


def _is_self(name: str, profile: Profile) -> bool:
    return any(same_person(name, own) or fold(name) in fold(own).split() for own in profile.names)


def _is_supervisor(name: str, unit: Unit) -> bool:
    fact = unit.fact
    if isinstance(fact, Position | Degree) and any(
        fold(name) in fold(s) or same_person(name, s) for s in fact.supervisors
    ):
        return True
    last = re.escape(name.split()[-1])
    return not _STUDENT.search(unit.heading) and any(
        re.search(rf"(?:{_SUPERVISOR.pattern})\w*[^.;\n]{{0,60}}\b{last}", line.text, re.IGNORECASE)
        for line in unit.lines
    )


def _is_student(name: str, unit: Unit) -> bool:
    return fold(name.split()[-1]) in fold(unit.text) and _STUDENT.search(f"{unit.heading} {unit.text}") is not None
