"""Co-authors: as a list, and where there are enough as a picture of who wrote with whom."""

import math
from collections.abc import Sequence
from html import escape

from app.record.coauthors import CoAuthor, Network, co_authors, network, placed
from app.record.works import Work
from app.web.record.place import bar, folded_away, section
from app.web.words import InterfaceLanguage, Words, words

_DRAWN = 24
_LEAST_DRAWN = 4
_OPEN_PEOPLE = 12
_LISTED = 60
_WIDTH, _MARGIN_X, _MARGIN_Y = 720, 130, 20
_FEW = 10


def people(works: Sequence[Work], name: str, language: InterfaceLanguage) -> str:
    """Everybody printed beside the person called ``name``."""
    say = words(language)
    everybody = co_authors(works)
    if not everybody:
        return section("people", say("record_people"), f"<p>{escape(say('record_people_none'))}</p>")
    net = network(works, _DRAWN)
    picture = _picture(net, name, say) if len(net.people) >= _LEAST_DRAWN and net.ties else ""
    cut = sum(not work.paper.authors_complete for work in works)
    remarks = [say.count("record_people_all", len(everybody), all=len(everybody), name=name)]
    if cut:
        remarks.append(say.count("record_people_cut", cut))
    note = "".join(f"<p>{escape(remark)}</p>" for remark in remarks)
    body = (
        f'<div class="vv-record-note">{note}</div><div class="vv-record-people">{picture}{_list(everybody, say)}</div>'
    )
    return section("people", say("record_people"), body)


def _list(everybody: Sequence[CoAuthor], say: Words) -> str:
    most = len(everybody[0].works)
    bars = [
        bar(
            "co_author",
            p.name,
            p.name,
            say.count("record_person_count", len(p.works), person=p.name),
            len(p.works),
            most,
            p.key,
        )
        for p in everybody[:_LISTED]
    ]
    head = bars if len(bars) <= _OPEN_PEOPLE + 2 else bars[:_OPEN_PEOPLE]
    rest = bars[len(head) :]
    unlisted = len(everybody) - len(bars)
    tail = f'<p class="vv-record-note">{escape(say("record_people_rest", n=unlisted))}</p>' if unlisted else ""
    return f"<div>{folded_away(head, rest, say('record_more_people', n=len(rest)))}{tail}</div>"


def _picture(net: Network, name: str, say: Words) -> str:
    height = 300 if len(net.people) <= _FEW else 440
    spots = {
        key: (x + _MARGIN_X, y + _MARGIN_Y)
        for key, (x, y) in placed(net, _WIDTH - 2 * _MARGIN_X, height - 2 * _MARGIN_Y).items()
    }
    lines = "".join(
        f'<line x1="{spots[t.one][0]:.1f}" y1="{spots[t.one][1]:.1f}" x2="{spots[t.other][0]:.1f}" y2="{spots[t.other][1]:.1f}"'
        f' stroke-width="{min(0.75 + 0.5 * t.works, 4):.2f}"/>'
        for t in net.ties
    )
    nodes = "".join(_node(person, spots[person.key], n == 0, say) for n, person in enumerate(net.people))
    label = escape(say("record_people_map", name=name))
    few = say("record_people_shown", n=len(net.people)) if len(net.people) < net.everybody else ""
    caption = f"<figcaption>{escape(few)}</figcaption>" if few else ""
    return (
        f'<figure class="vv-record-net"><svg viewBox="0 0 {_WIDTH} {height}" role="group" aria-label="{label}">'
        f'<g class="vv-record-ties">{lines}</g>{nodes}</svg>{caption}</figure>'
    )


def _node(person: CoAuthor, spot: tuple[float, float], is_first: bool, say: Words) -> str:
    x, y = spot
    radius = 3.5 + 2.2 * math.sqrt(len(person.works))
    label = say.count("record_person_count", len(person.works), person=person.name)
    side, anchor = (-1, "end") if x < _WIDTH / 2 else (1, "start")
    return (
        f'<g class="vv-record-node" role="button" tabindex="{0 if is_first else -1}" data-filter="co_author"'
        f' data-value="{escape(person.name)}" data-key="{escape(person.key)}" aria-label="{escape(label)}"><circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
        f'<text x="{x + side * (radius + 4):.1f}" y="{y + 4:.1f}" text-anchor="{anchor}">{escape(person.name)}</text></g>'
    )
