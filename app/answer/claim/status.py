"""Whether a claim makes more of an entry than it is: a plan told as done, a condition left out, a question as a finding, a lesser part as the whole one."""

import re
from collections.abc import Iterator, Sequence

from app.answer.claim.folding import fold
from app.answer.claim.lexicon import lexicon
from app.answer.claim.tokens import Token, read
from app.answer.claim.unit import Line, Unit
from ingest.domain import Item, Position, Publication
from ingest.lexical import stem

_PLANNED = re.compile(
    r"\b(?:will(?! power)|would like|(?:is|are|was|were|been) (?:planned|scheduled|to be)|plans? to|planning to|expects?|expected|"
    r"hopes?|intends?|wants? to|forthcoming|upcoming|pending|under (?:review|examination)|in (?:preparation|press|revision)|under revision|submitted|not yet|"
    r"soll(?:en)?|mochte|geplant\w*|voraussichtlich|erwartet\w*|in vorbereitung|im druck|eingereicht|noch nicht|"
    r"prevue?s?|souhaite\w*|envisage\w*|devra(?:it|ient)?|a paraitre|soumise?s?|en cours|pas encore|sera|seront|"
    r"previst[oa]s?|preve|espera\w*|planea\w*|quiere|en prensa|en revision|todavia no|sera[n]?)\b"
    r"|计划|预计|拟于|即将|审查中|申请中|审稿中|待发表|尚未",
    re.IGNORECASE,
)
_FORESEEN = re.compile(
    _PLANNED.pattern
    + r"|\b(?:would|wishes|plans?|planned|aims?|future|next|review|application|applied|applicant|candidate|in progress|ongoing|currently|"
    r"is (?:working|doing|pursuing|studying|completing)|since|first results|protocol|due|press|open|proposes?|until|still|yet|accept\w*|revis\w*|resubmi\w*|"
    r"wird|werden|will|wolle?n?|laufend\w*|arbeitet|bewirbt|beantrag\w*|angemeldet|seit|zukunft\w*|plant|planen|"
    r"veut|va|vont|futur\w*|compte|prepar\w*|depuis|attend\w*|demand\w*|examen|"
    r"quisiera|desea\w*|solicit\w*|pendiente|futur\w*|prepar\w*|desde|tramite|pretende|prev[ei]\w*)\b|将|希望|想|正在|申请|审|起|待",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:showed|shown|found|reduces?|reduced|increased|improved|led to|resulted|included|was published|were published|has published|completed|"
    r"graduated|defended|held|granted|appeared|demonstrated|proved|"
    r"zeigte\w*|gezeigt|fand|ergab|erschien\w*|abgeschlossen|verteidigt\w*|erteilt|reduzierte|veroffentlicht|"
    r"a montre|ont montre|a reduit|soutenu\w*|paru\w*|publiee?s?|acheve\w*|delivre\w*|"
    r"mostro|demostro|redujo|defendio|publico|aparecio|concedid\w*|completo)\b|表明|证明|发现|已授权|已发表|完成了",
    re.IGNORECASE,
)
_IF = re.compile(
    r"\b(?:if|unless|provided that|only when|wenn|falls|sofern|si (?!en\b)|a condition|siempre que)\b|如果|只有|若",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|when|where|unless|provided|depend\w*|as long as|below|above|under|over|less|more|wenn|falls|sofern|bei|sobald|solange|"
    r"weniger|mehr|si|quand|lorsqu\w*|moins|plus|cuando|siempre|menos|mas|case|cases|condition\w*|otherwise|only|once|whenever)\b|如果|当|时|若|只要|条件",
    re.IGNORECASE,
)
_FINDS = re.compile(
    r"\b(?:shows?|showed|shown|finds?|found|demonstrat\w+|prove[sd]?|establish\w*|zeigt\w*|belegt\w*|montre\w*|demontre\w*|muestra\w*|demuestra\w*)\b|表明|证明|发现",
    re.IGNORECASE,
)
_LESSER = tuple(
    (re.compile(there, re.IGNORECASE), re.compile(said, re.IGNORECASE))
    for there, said in [
        (
            r"\b(?:nomin\w*|shortlist\w*|longlist\w*|finalist\w*)|提名|入围",
            r"nomin|short-?list|long-?list|finalist|candidat|kandidat|auswahl|selection|vorgeschlagen|提名|入围",
        ),
        (
            r"\b(?:second|third|2nd|3rd) (?:prize|place|award)|\brunner-?up|\b(?:zweite[rn]?|dritte[rn]?) (?:preis|platz)|"
            r"\b(?:deuxieme|second|troisieme) prix|\baccesit|\b(?:segundo|tercer) premio|\bhonou?rable mention|二等奖|三等奖|优秀奖",
            r"second|third|2nd|3rd|runner|zweite|dritte|deuxieme|troisieme|accesit|segundo|tercer|mention|place|platz|二等|三等|优秀奖|第二|第三",
        ),
        (
            r"\b(?:teaching assistant|\bTA\b|lehrassisten\w*|hilfskraft\w*|tutor\w*|charge[e]? de td|ayudante de|助教)",
            r"assist|\bta\b|help|support|tutor|hilfskraft|unterstutz|betreut|charge|ayud|助教|协助|辅助",
        ),
        (
            r"\b(?:check(?:ed|ing)?|review(?:ed|ing)?|inspect(?:ed|ion)|supervision of|audit(?:ed)?|verified|gepruft|prufung|bauleitung)\b",
            r"check|review|inspect|supervis|audit|verif|assess|oversaw|examin|evaluat|advis|mentor|guid|betreu|under|uberwach|gepruft|pruft|prufung|"
            r"bauleitung|leit|encadr|dirig|controle|direc|tutor|revis|inspec|superv|co-?|pruf|sous|bajo|evalu|begutacht|gutacht|审|监|检|指导|导师|评",
        ),
        (
            r"\b(?:participant|member of|mitglied|membre|miembro|work ?package|lot de travail|partner in|"
            r"co-?investigator|coinvestigador\w*|beteiligt)\b|参与人|成员",
            r"particip|member|mitglied|membre|miembro|package|lot|partner|co-?inv|coinv|beteilig|part of|belong|took part|wirkte|joined|work|one of|"
            r"gehor|contribut|serv|sat on|participaci|arbeit|fait partie|form[oa] parte|pertenec|board|panel|committee|"
            r"led by|elected|fellow|head|leads?\b|参与|成员|参加|加入",
        ),
        (r"\b(?:associate|associe\w*|asociad\w*|assoziiert\w*) (?:editor|professor)|\b(?:redact\w*|professeure?|editor\w*|profesor\w*) "
         r"(?:associe\w*|asociad\w*|titular)|\bmaitresse? de conferences?|副教授|副研究员|副主编",
         r"associ|asoci|assoz|titular|maitre|lecturer|\bsenior|tenured|docent|dozent|副|reader|\bmember|permanent|board"),
    ]
)  # fmt: skip
"""What makes an entry less than the same words without it, and what a claim on the entry says then."""
_GREATER = re.compile(
    r"\b(?:won|win|wins|gewann|gewonnen|ausgezeichnet|erhielt|remport\w*|recu|gano|obtuvo|received|awarded|"
    r"taught|teaches|lecturer|lehrte|unterrichtete|dozent\w*|enseign\w*|imparti\w*|imparte|professor|"
    r"designed|designs|built|wrote|developed|led|leads|leitete?|headed|heads|directed|directs|entwarf|baute|dirig\w*|pilot\w*|"
    r"coordin\w*|koordinier\w*|concu\w*|diseno|construyo|principal investigator|projektleiter\w*|chief|chef|jefa?|"
    r"full professor|catedratic\w*|professeure?|professorin|principal|lider\w*)\b|获得|荣获|主持|设计|教授|主编|负责人|领导",
    re.IGNORECASE,
)
_LEADS = frozenset({"lead", "head", "direct", "manag", "run", "leader", "respons", "chair"})
_FORMER = re.compile(
    r"\b(?:used to|previously|formerly|no longer|once (?:was|worked|led|held)|ehemals|fruher|damals|nicht mehr|anciennement|autrefois|jadis|ne \w+ plus|"
    r"antes|antiguamente|anteriormente|ya no|in precedenza|un tempo|non \w+ piu|anteriormente|ja nao)\b|曾经|曾任|曾在|以前|不再",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\b(?:was|were|had|did|been|formerly|previously|used to|before|earlier|until|once|ago|no longer|past|former|ex|\w{2,}ed|led|built|held|taught|wrote|won|"
    r"gave|took|began|went|became|ran|made|spent|left|war|waren|wurde|hatte|\w{3,}te|fruher|ehemal\w*|etait|fut|avait|autrefois|ancien\w*|era|fue|habia|"
    r"\w{3,}(?:o|aba|ia)|foi|stato|stata|aveva)\b|曾|过|了|前|以前|此前",
    re.IGNORECASE,
)
_EVERY = re.compile(
    r"\b(?:every|each) (?:year|term|semester|spring|summer|autumn|fall|winter|week|month)|\bannually|\byearly|\bjedes jahr|\bjahrlich|"
    r"\bchaque (?:annee|ete|semestre)|\btous les ans|\bcada (?:ano|curso|verano)|\bsigue\b|\bstill\b|\btoujours\b|\bimmer noch\b|每年|每学期|仍",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:since|present|today|current\w*|now|ongoing|every|each|annual\w*|yearly|seit|heute|jed\w+|jahrlich\w*|depuis|chaque|actuel\w*|"
    r"desde|actual\w*|cada|regular\w*|ab|still|pending|an? (?:day|week|month|year))\b|[–—-]\s*(?:$|\n|\))|至今|起|每|目前",
    re.IGNORECASE,
)


def overstated(text: str, window: Sequence[Line], unit: Unit) -> Iterator[str]:
    """A short reason for each way in which ``text`` tells more than the lines it is nearest to."""
    if not window:
        return
    said, line = fold(text), fold(window[0].text)
    source = line if not unit.is_entry else fold(unit.text)[:400]
    done = _HAPPENED.search(said) and _HAPPENED.search(source)
    if not done and _PLANNED.search(source) and not _FORESEEN.search(said) and not _shares_plan(said, source):
        yield "status.planned"
    elif _HAPPENED.search(said) and not _HAPPENED.search(fold(unit.text)) and _PLANNED.search(fold(unit.text)):
        yield "status.result"
    if _FORMER.search(line) and not _FORMER.search(said) and not _THEN.search(said):
        yield "status.former"
    if not unit.is_entry and _IF.search(line) and not _CONDITION.search(said):
        yield "status.condition"
    if unit.is_entry and _asks(line, unit) and _FINDS.search(said) and not _FINDS.search(fold(unit.text)):
        yield "status.question"
    if len(unit.text) < 500:
        for there, told in _LESSER:
            if there.search(source) and not told.search(said) and _GREATER.search(said):
                yield "status.lesser"
                break
    if (
        _EVERY.search(said)
        and isinstance(unit.fact, Position | Item)
        and unit.is_entry
        and not _GOES_ON.search(fold(unit.text))
    ):
        yield "status.over"
    if _leads_whole(text, unit):
        yield "status.part"


def _asks(line: str, unit: Unit) -> bool:
    """Whether a line, or the title of the paper that it belongs to, is a question."""
    title = unit.fact.title if isinstance(unit.fact, Publication) else None
    return line.rstrip(" .0123456789[]()").endswith("?") or "?" in (title or "")


def _shares_plan(said: str, source: str) -> bool:
    """Whether a claim names what a plan is about rather than the plan: it has no verb of its own for that it was carried out."""
    return not _HAPPENED.search(said) and not re.search(
        r"\b(?:\w{3,}ed|works?|uses?|combines?|\w+ent|lauft|wurde|fut|fue)\b", said
    )


def _leads_whole(text: str, unit: Unit) -> bool:
    """Whether somebody who leads a part of something is said to lead all of it."""
    here = read(text)
    there = read(unit.text)
    mine, its = _led(text, here), _led(unit.text, there)
    if mine is None or its is None or mine.terms & its.terms or mine.text == its.text:
        return False
    behind = unit.text[its.end : its.end + 120].split("\n")[0]
    if any(t.terms & its.terms for t in here) or not any(t.terms & mine.terms for t in read(behind)):
        return False
    return re.search(r"\b(?:of|in|at|von|der|des|du|de la|de|del)\b", fold(behind)) is not None


def _led(text: str, tokens: Sequence[Token]) -> Token | None:
    """The first word of content behind a word for leading."""
    for at, token in enumerate(tokens):
        if not token.terms & _LEADS and not any(stem(token.text).startswith(x) for x in ("dirig", "leit", "respons")):
            continue
        for other in tokens[at + 1 : at + 5]:
            if re.search(r"[,;:.()]", text[token.end : other.start]):
                break
            if (
                not other.is_free
                and other.text not in lexicon().free_of["fr"]
                and other.text not in lexicon().free_of["de"]
            ):
                return other
    return None
