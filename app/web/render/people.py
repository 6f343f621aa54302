"""Who can be asked: the directory, and the head of one person's page."""

from collections.abc import Sequence
from html import escape

from app.web.card import Card, Post
from app.web.render.cite import digest
from app.web.render.plain import chips, notice
from app.web.words import Words

_SEARCH_FROM = 3
"""From so many people on there is a search field."""
_COMPARE_FROM = 2


def directory(cards: Sequence[Card], said: Words, message: str = "") -> str:
    """All people, with what helps to find one; ``message`` says why they are listed where nobody asked for the list."""
    note = f'<p class="vv-note" role="status">{notice(message)}</p>' if message else ""
    items = "".join(_item(card, said) for card in cards)
    search = (
        f'<div class="vv-search"><label class="vv-unseen" for="vv-search">{escape(said("search_people"))}</label>'
        f'<input type="search" id="vv-search" placeholder="{escape(said("search_people"))}" autocomplete="off" spellcheck="false"></div>'
        if len(cards) >= _SEARCH_FROM
        else ""
    )
    compare = (
        '<div class="vv-compare" hidden><p class="vv-compared" role="status"></p>'
        f'<button type="button" class="vv-primary" data-compare disabled>{escape(said("compare"))}</button></div>'
        if len(cards) >= _COMPARE_FROM
        else ""
    )
    none = f'<p class="vv-none" role="status" hidden>{escape(said("nobody_found"))}</p>'
    return (
        f'<header class="vv-welcome"><h1 class="vv-name">{escape(said("directory_title"))}</h1>'
        f'<p class="vv-line">{escape(said("directory_line"))}</p></header>{note}{search}'
        f'<ul class="vv-people" aria-label="{escape(said("profiles"))}">{items}</ul>{none}{compare}'
    )


def head(card: Card, said: Words, *, others: bool) -> str:
    """Whose record this is, what it consists of, and the way back to the others where there are any."""
    native = f' <span class="vv-native">{escape(card.native)}</span>' if card.native else ""
    posts = "".join(f'<p class="vv-line">{_post(post, n, said)}</p>' for n, post in enumerate(card.posts[:2], 1))
    links = "".join(
        f'<li><a href="{escape(a.address)}" target="_blank" rel="noopener noreferrer">{escape(a.label)}</a></li>'
        for a in card.links
    )
    back = f'<a class="vv-back" href="?" data-choose="">{escape(said("all_people"))}</a>' if others else ""
    return (
        f'{back}<div class="vv-card" data-profile="{escape(card.slug)}">{_face(card)}<div class="vv-who">'
        f'<h1 class="vv-name">{escape(card.name)}{native}</h1>{posts}'
        + (f'<ul class="vv-links" aria-label="{escape(said("links"))}">{links}</ul>' if links else "")
        + f"</div>{_numbers(card, said)}</div>"
    )


def start(greeting: str, suggestions: Sequence[str], said: Words) -> str:
    """What stands in an empty conversation."""
    offered = chips(said("suggested"), suggestions)
    return f'<section class="vv-start"><p class="vv-greeting">{escape(greeting)}</p>{offered}</section>'


def about(card: Card, said: Words) -> str:
    """What answers are made of, and as of when."""
    titles = said("comma").join(card.titles)
    read = said("read_on", date=said.day(card.read_on)) if card.read_on else ""
    return f"{escape(said('from_documents', titles=titles))} {escape(read)}".strip()


def _item(card: Card, said: Words) -> str:
    native = f' <span class="vv-native">{escape(card.native)}</span>' if card.native else ""
    post = f'<span class="vv-line">{escape(card.posts[0].text)}</span>' if card.posts else ""
    fields = f'<span class="vv-fields">{escape(" · ".join(card.fields))}</span>' if card.fields else ""
    count = said.count("papers", card.papers) if card.papers else ""
    span = _years(card)
    facts = f'<span class="vv-facts">{escape(" · ".join(p for p in (count, span) if p))}</span>' if count else ""
    found = " ".join([card.name, card.native or "", *(p.text for p in card.posts), *card.fields])
    return (
        f'<li class="vv-person" data-found="{escape(found)}">'
        f'<a class="vv-open" href="?profile={escape(card.slug)}" data-choose="{escape(card.slug)}">{_face(card)}'
        f'<span class="vv-who"><span class="vv-called">{escape(card.name)}{native}</span>{post}{fields}{facts}</span></a>'
        f'<label class="vv-tick"><input type="checkbox" value="{escape(card.name)}" data-slug="{escape(card.slug)}">'
        f'<span>{escape(said("compare"))}<span class="vv-unseen"> {escape(card.name)}</span></span></label></li>'
    )


def _face(card: Card) -> str:
    """The photo, or the initials."""
    if card.photo:
        return f'<img class="vv-face" src="{escape(card.photo)}" alt="" width="72" height="72">'
    initials = "".join(word[0] for word in card.name.split()[:1] + card.name.split()[1:][-1:])
    return f'<span class="vv-face" aria-hidden="true">{escape(initials.upper())}</span>'


def _post(post: Post, n: int, said: Words) -> str:
    """A post that opens the words that state it."""
    label = escape(said("post_label", post=post.text))
    return (
        f'<button type="button" class="vv-post" aria-controls="vv-evidence" aria-expanded="false" data-n="{n}"'
        f' data-document="{escape(post.span.document)}" data-start="{post.span.start}" data-end="{post.span.end}"'
        f' data-digest="{digest(post.quote)}" aria-label="{label}">{escape(post.text)}</button>'
    )


def _numbers(card: Card, said: Words) -> str:
    """What the record counts, each number a question."""
    shown = []
    if card.papers:
        shown.append((str(card.papers), said.count("number_papers", card.papers), said("ask_papers")))
    if card.years:
        shown.append((_years(card), said("number_years"), said("ask_years")))
    if card.venues:
        shown.append((str(card.venues), said.count("number_venues", card.venues), said("ask_venues")))
    items = "".join(
        f'<li><button type="button" class="vv-figure" data-ask="{escape(question)}">'
        f'<span class="vv-count">{escape(number)}</span> <span class="vv-unit">{escape(unit)}</span></button></li>'
        for number, unit, question in shown
    )
    return f'<ul class="vv-figures" aria-label="{escape(said("numbers"))}">{items}</ul>' if items else ""


def _years(card: Card) -> str:
    if not card.years:
        return ""
    first, last = card.years
    return str(first) if first == last else f"{first}–{last}"
