"""The words in which a claim may differ from what it repeats, and those in which it may not, in seven languages."""

import re

from app.answer.claim.exact import MONTH_SIGN, Token, word_set
from app.answer.claim.folding import fold

LEADS = word_set(
    "at of in on for from to by with as since until during under about into between among through via within across against over after before using "
    "including where which who whose while when than that "
    "am bei im von vom zu zum zur mit seit bis als für über auf aus nach vor unter durch um "
    "à au aux de du en dans pour par avec chez depuis sur sous entre comme dont qui que où "
    "al del por para con desde hasta como sobre donde da dal dalla di nel nella presso per su dei delle tra come che do no na em ao pela pelo"
)
OF = word_set("of de du des von der di del della da do")
WITHIN = word_set("in at on for im am in bei auf für dans à sur pour en para nel nella em no na")
"""Small words before what a post, a project or a place is called, where the entry begins with that."""
ADDED = word_set(
    "at of in from for on with by as bei in am im an als von mit en à au aux du chez avec com de del con a al di del della nel nella em no na do da"
)
"""Small words that may stand for a comma or a bracket."""
JOINS = word_set("and or but und oder sowie et ou y e o u ed as well plus 和 与 及 并")
FRAMES = word_set(
    "among them including such as namely these is are was were include includes ist sind est sont son sono darunter dont parmi notamment entre ellos "
    "ellas figuran figura figurent gehören zählen tra cui 包括 其 中 有 是"
)
"""What may stand between the lead of a list and what is picked of it."""
ALSO = word_set("also too auch aussi también anche também 也 还")
PRESENTS = word_set("introduce present propose develop describe release provide offer")
GOT = word_set("received won got receives wins")
TOOK = word_set("took holds has earned completed received did obtained hold have")
WORKS = word_set("works work arbeitet travaille trabaja lavora trabalha")
WORKED = word_set("worked arbeitete travaillait trabajo lavorava trabalhou")
AS = word_set("as als comme en como come")
DONE_TO = word_set("in to by as with for")
COPULAS = frozenset({"is", "was"})
_KEEPS = re.compile(
    r"(?:not|no|never|without|non|neither|nor|cannot|hardly|barely|only|nearly|almost|previously|formerly|former|used|once|ex|earlier|until|till|planned|"
    r"plans?|expected|incomplete|unfinished|pending|proposed|submitted|review|revision|preparation|nomin\w*|declin\w*|withdr\w*|reject\w*|shortlist\w*|"
    r"runner|discontinu\w*|abandon\w*|interrupt\w*|paus(?:ed|e|iert|iertes|ada|ado|ata|ato)|interrott\w*|dropped|aborted|suspended|finalist|candidate|acting|interim|partial\w*|partly|may|"
    r"might|could|would|should|if|unless|except|alleg\w*|possibl\w*|probabl\w*|likely|"
    r"potential\w*|theoretical\w*|reported\w*|apparent\w*|supposed\w*|virtually|rarely|sometimes|occasional\w*|preliminar\w*|"
    r"mostly|mainly|largely|primarily|jointly|together|collectively|provisional\w*|temporar\w*|initial\w*|originally|roughly|approximately|"
    r"cancel\w*|postpon\w*|lapsed|expired|revoked|retract\w*|annul\w*|terminated|unsuccessful\w*|failed|denied|unfunded|unpaid|reserve|wait\w*|whether|"
    r"observer|deputy|substitute|alternate|intended|attempt\w*|tried|hypothes\w*|"
    r"slightly|merely|marginally|conditional\w*|unofficial\w*|honorar\w*|"
    r"abgesagt|verschoben|zuruckgezogen|gescheitert|erfolglos|ob|annule\w*|reporte|retire\w*|echoue\w*|cancelad\w*|aplazad\w*|retirad\w*|"
    r"nicht|kein\w*|ohne|nur|fast|bis|ehemal\w*|fruher\w*|geplant\w*|voraussichtlich|abgebrochen|beantragt|eingereicht|"
    r"pas|sans|sauf|seulement|presque|ancien\w*|prevu\w*|soumis\w*|refus\w*|"
    r"sin|solo|casi|antig\w*|previst\w*|propuest\w*|enviad\w*|rechazad\w*|senza|quasi|sem|apenas|肄|退|不|未|无|没|仅|只|约|近|曾|前|拟|待|候|提)$",
    re.IGNORECASE,
)
"""What limits what it stands with, and is not left out."""
_IN_MAY = re.compile(r"\bmay\b(?=\.?,?\s*\d)|(?<=\d )may\b")
OPENING = re.compile(
    r"\w{3,}ly$|(?:moreover|furthermore|finally|however|today|here|thus|therefore|also|overall|first|second|lastly|next)$"
)
OF_PEOPLE = word_set(
    "chartered registered qualified licensed certified experienced skilled retired trained dedicated seasoned tenured"
)
"""What looks like a deed and says what somebody is."""
TITLED = word_set(
    "thesis dissertation title advisor supervisor tesis tesi thèse betreuer gutachter director directora directeur"
)
"""Labels before a name or a title, in which no word limits anything."""
ASIDES = frozenset({"so", "while", "whereas"})
"""How a clause begins that leaves what is before it as it is."""
MANNER = re.compile(
    r"(?!(?:fami|ita|assemb|supp|anoma|ear|dai|week|month|year|quarter|elder|friend|cost|scholar|multip|monopo|butterf|time|rep|app|comp|imp|al|ral|"
    r"or(?:der)?|world|live|hour|night|poly|beast|bodi|bub|sur|cow|heaven|home|leisure|ghost|mother|father|coast|sick|curdl|fly)ly$)\w{3,}ly$"
)
"""An adverb, which may be left out alone; not what only ends like one."""
DID = re.compile(
    r"(?:\w{2,}ed|led|built|made|wrote|ran|taught|held|won|gave|took|began|grew|did|went|became|set|brought|drew|found|kept|oversaw|spoke|sold|sought|"
    r"chose|cut|rewrote|withdrew|left|lost|came|rose|fell|spent|met|rebuilt|redrew|undertook|understood|shot)$"
)
OPEN_END = re.compile(
    r"\b(?:since|present|to date|ongoing|today|now|seit|heute|depuis|aujourd|desde|actualidad|presente|dal|oggi)\b|至今|[–-](?:\s*(?:$|[|\n\t),])|\s{2,})",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
LEAD_IN = re.compile(
    r"^(?:Yes|Ja|Oui|Sí|Sì|Sim),\s+|^(?:They|Others|These|Among (?:them|these|others)|The others?)\s+(?:also\s+)?(?:are|is|include[sd]?)\s+"
    r"|^(?:The|Her|His|Their)\s+(?:CV|record|page|profile|résumé|abstract|paper|title|entry|documents?|sources?)\s+(?:also\s+)?"
    r"(?:lists?|has|have|names?|mentions?|gives?|states?|says?|reads?)(?:\s+also)?(?:\s+that)?:?\s+"
    r"|^(?:这份)?(?:简历|主页|页面|论文页面|论文|记录|摘要|资料)(?:中|里|上)?(?:还|也)?(?:写道|写着|写|称|指出|列出了?|列有)[：:，,]?\s*"
    r"|^(?:Im|In de[nrm]|Dort|Weiter|Außerdem|Ferner|Dazu)(?:\s+(?:Lebenslauf|Profil|Unterlagen|Seite|Aufsatz|Artikel|Abstract|Text))?\s+(?:steht|heißt es)"
    r"(?: auch| weiter| dort| dazu| außerdem)?:?\s*"
    r"|^(?:Der Lebenslauf|Das Profil|Die Seite|Der Aufsatz|Der Artikel|Das Abstract|Die Arbeit|Der Text)\s+(?:nennt|sagt|schreibt)"
    r"(?: auch| weiter| dort| dazu| außerdem)?:?\s+|^(?:Er|Es)\s+nennt(?: auch| weiter| dort| dazu| außerdem)?:?\s+"
    r"|^(?:Le CV|Le profil|La page|L['’]article|Le résumé|L['’]étude|Le texte)\s+(?:dit|indique|mentionne|cite|contient|ajoute|précise)"
    r"(?: aussi| ensuite| également| encore)?(?: que)?\s*:?\s+"
    r"|^(?:Il|Elle)\s+(?:indique|mentionne|cite|contient)(?: aussi| ensuite| également| encore)?(?: que)?\s*:?\s+"
    r"|^(?:El CV|El currículum|El perfil|La página|El artículo|El resumen|El texto|El estudio|(?=Indica|Menciona))\s?"
    r"(?:dice|indica|menciona|contiene|añade)"
    r"(?: también| además)?(?: que)?:?\s+"
    r"|^(?:Il CV|Il profilo|La pagina|L['’]articolo|Il testo|Lo studio|(?=Indica))\s?"
    r"(?:dice|indica|riporta|contiene|elenca|aggiunge)(?: anche| inoltre)?(?: che)?:?\s+"
    r"|^(?:O CV|O currículo|O perfil|A página|O artigo|O texto|O estudo)\s+(?:diz|indica|menciona|acrescenta)(?: também)?(?: que)?:?\s+"
    r"|^(?:(?:Er|Es|Sie)\s+(?:sagt|schreibt)|(?:Il|Elle)\s+(?:dit|ajoute|précise|écrit)|Dice|Añade|Aggiunge|Diz)"
    r"(?: auch| weiter| dazu| außerdem| aussi| ensuite| encore| también| además| anche| inoltre| também)?\s*(?::\s*|(?=[“„«»\"]))",
    re.IGNORECASE,
)
"""What says nothing itself; where the subject may be the person, only what leads in to a quotation: "Er schreibt Romane" says something."""
IT = re.compile(r"^It(?= (?:also )?(?:says|states|reads|lists|gives|names|mentions)\b)")
"""What may stand for "the CV"."""
SHOWS = re.compile(
    r"^(?:The|This) (?:(?:19|20)\d\d )?(?:paper|abstract|study|article) (?:shows|finds|reports|says|states) that\s+(?=\S)"
    r"|^(?:El|Este|L['’]|Cet|Cette|La|L'|Il|O) ?(?:artículo|trabajo|estudio|article|étude|articolo|studio|artigo|estudo) "
    r"(?:muestra|encuentra|concluye|dice|montre|conclut|constate|dit|mostra|trova|conclude|conclui|diz) (?:que|qu['’]|che)\s*(?=\S)"
)
"""What may be said before a sentence of a paper."""
UNDER = re.compile(
    r"^(?:(?:As|Under|Als|Unter|Comme|Sous|Pour|Como|Bajo|Come|Sotto|Sob)\s+(?P<label>[^:“„«\"]{2,60}?),?\s+)?"
    r"(?:the|his|her|their|der|das|le|la|el|il|o|a|l['’])\s*(?:CV|record|page|profile|profil|profilo|perfil|Profil|Lebenslauf|currículum|currículo)\s+"
    r"(?:lists?|names?|mentions?|nennt|mentionne|cite|indique|menciona|indica|elenca|riporta)\s+"
    r"(?(label)|(?:as|under|als|unter|comme|sous|como|bajo|come|sotto|sob)\s+(?:(?P<then>[^:“„«\"]{2,60}?)\s*:|(?P<one>\w+)\s))\s*(?P<what>.+)$",
    re.IGNORECASE,
)
"""A list with its label in front of the verb, or behind it: "As reviewers the CV lists …", "Le profil mentionne comme thèses : …"."""
OPENS = re.compile(
    rf"{LEAD_IN.pattern}|^(?:In total|Altogether|Overall|Insgesamt|Au total|En total|In totale|No total),?\s+",
    re.IGNORECASE,
)
"""The same, and what a count begins with."""
POSTS = re.compile(
    r"^(?:(?:Her|His|Their) (?:earlier |other |past )?(?:positions|posts|roles) (?:include|were|are)"
    r"|(?:Ihre|Seine) (?:früheren |weiteren )?(?:Stationen|Stellen|Positionen) (?:umfassen|sind|waren)"
    r"|Ses (?:postes|fonctions)(?: précédents| antérieurs)? (?:comprennent|sont|étaient)"
    r"|Sus (?:puestos|cargos)(?: anteriores)? (?:incluyen|son|fueron)"
    r"|I suoi incarichi(?: precedenti)? (?:comprendono|sono|erano)"
    r"|(?:Os )?[Ss]eus cargos(?: anteriores)? (?:incluem|são|foram)):?\s+"
)
"""How a list of posts is led in to of which the program says "Earlier positions"."""
PRO_DROP = re.compile(r"^(?:Es|Fue|Era|È|É|Foi|Ha|Tiene|Trabaj\w+|Estudi\w+)\s")
"""How a sentence begins whose subject is understood."""
THEY = re.compile(r"^(?:The [\w-]* ?paper says that they|They)\b")
WHEN_FIRST = re.compile(
    r"^((?:Since|In|From|Between|Seit|Von|Im|Depuis|De|Desde|En|Entre|Dal|Da|Nel)\b[^,;:]*\b(?:19|20)\d\d),?\s+(\D.*)$",
    re.DOTALL,
)
"""A sentence that tells first when something was."""
IN_ALL = re.compile(
    r"\s+(?:in total|altogether|overall|insgesamt|au total|en total|in totale|no total)\b", re.IGNORECASE
)
"""What a count may say besides."""


def is_limit(token: Token) -> bool:
    """Whether a word limits what it stands with; the month of May does not."""
    return _KEEPS.match(token.word) is not None and not token.norm.startswith(MONTH_SIGN)


def limits(text: str) -> bool:
    """Whether any word of ``text`` limits what it stands with."""
    return any(_KEEPS.match(word) for word in re.findall(r"\w+", _IN_MAY.sub(" ", fold(text))))
