"""Takes off a page what every page of its site has: menus, footers, search forms, cookie bars, link lists at the side."""

import re
from collections.abc import Collection, Iterator

from ingest.readers.web.dom import Node, Tree, attribute, elements, has, select, shown

_CONTROLS = "button, input, nav, " + ", ".join(
    f"[role={role}]"
    for role in ("navigation", "search", "menu", "menubar", "button", "toolbar", "dialog", "alertdialog")
)
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:cookie|consent|gdpr|breadcrumbs?|navbar|nav-?menu|site-?nav|main-?menu|off-?canvas|pagination|pager|skip-?(?:link|nav|to-content)"
    r"|back-?to-?top|search-?(?:form|box|bar|bx)|newsletter|subscribe|share-?(?:buttons?|links?|bar)|social-?share|headerlink|header-?anchor|anchor-?link"
    r"|table-?of-?contents|toc|page__share|page__meta|disqus|comments-area|mw-editsection|navbox|catlinks|printfooter)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST = 0.4
"""What holds more than this share of a page's text is the page, whatever it is called."""
_MOSTLY = 0.5
_CAPTION = 60
"""Characters beside a list that only say what it lists."""
_SKIPS = re.compile(
    r"(?:(?:skip|jump) to .{3,30}|(?:back to |go to )?top(?: of page)?|[#¶§↑🔗⇧]|edit|zum inhalt.*|aller au contenu.*|nach oben)",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\.(?:pdf|ps|gz|zip|bib|docx?|pptx?|txt|tex|csv|mp[34])(?:$|[?#])|doi\.org|arxiv", re.IGNORECASE
)
_EMAIL = re.compile(r"\S+@\S+|\S+\s*[\[(]\s*(?:at|arobase|ät|arroba)\s*[\])]\s*\S+", re.IGNORECASE)
_LINES = {"p", "div", "ul", "ol", "li", "table", "tbody", "tr", "td", "section", "address", "nav", "dl", "dd"}
_HEADINGS = {f"h{n}" for n in range(1, 7)}
_MENU_TAGS = "ul, ol, p, div, td, center, table, menu, dl, span, header"


def remove_furniture(tree: Tree) -> list[str]:
    """Takes out of ``tree`` what is not the page's own text, and returns the lines of it that hold an address to write to."""
    body = tree.body
    if body is None:
        return []
    contact: list[str] = []
    whole = max(len(shown(body)), 1)
    _unwrap_forms(body)
    for node in select(body, _CONTROLS):
        _drop(node, whole)
    for node in select(body, "[class], [id]"):
        if _NAMED.search(f"{attribute(node, 'class')} {attribute(node, 'id')}"):
            _drop(node, whole)
    for link in select(body, "a"):
        if _SKIPS.fullmatch(shown(link)) and (attribute(link, "href").startswith("#") or not has(link, "href")):
            link.decompose()
    for node in select(body, "aside, [role=complementary]"):
        if _lists_links(node):
            _drop(node, whole, contact)
    for node in select(body, "footer, [role=contentinfo]"):
        if not _is_inside(node, {"article", "section", "li", "blockquote", "figure"}):
            _drop(node, whole, contact)
    _remove_menus(body, whole)
    return list(dict.fromkeys(contact))


def _drop(node: Node, whole: int, contact: list[str] | None = None) -> None:
    """Takes ``node`` out where it does not hold most of the page; its lines with an address go to ``contact``."""
    if len(shown(node)) > _MOST * whole + 200 or select(node, "main, h1"):
        return
    if contact is not None:
        contact += _lines_with_address(node)
    node.decompose()


def _lines_with_address(node: Node) -> Iterator[str]:
    """The smallest blocks below ``node`` that hold an address to write to."""
    inner = [e for e in elements(node) if e.tag in _LINES and _EMAIL.search(shown(e))]
    for child in inner:
        yield from _lines_with_address(child)
    if not inner and _EMAIL.search(shown(node)):
        yield shown(node)


def _unwrap_forms(body: Node) -> None:
    """Takes forms out, but not those that a server wrapped around a whole page."""
    for form in select(body, "form"):
        if len(shown(form)) < 300 and not select(form, "h1, h2, h3, p + p, table table"):
            form.decompose()


def _remove_menus(body: Node, whole: int) -> None:
    for node in select(body, _MENU_TAGS):
        if node.parent is not None and _is_menu(node) and not _follows_heading(node):
            _drop(node, whole)


def _is_menu(node: Node) -> bool:
    """Whether an element holds nothing but short links to other pages of the site."""
    links = select(node, "a[href]")
    if len(links) < 3 or len(links) > 60 or select(node, "h1, h2, h3"):
        return False
    names = [shown(link) for link in links]
    rest = re.sub(r"[\s|·•*/:›»>—–\[\]-]+", "", shown(node))
    linked = sum(len(re.sub(r"[\s|·•*/:›»>—–\[\]-]+", "", name)) for name in names)
    return (
        linked >= len(rest)
        and all(len(name) <= 40 and len(name.split()) <= 5 for name in names)
        and all(map(_is_internal, links))
        and not _EMAIL.search(shown(node))
    )


def _is_internal(link: Node) -> bool:
    address = attribute(link, "href").strip()
    return not re.match(r"(?:https?:)?//|mailto:|tel:|javascript:", address, re.IGNORECASE) and not _DOCUMENT.search(
        address
    )


def _follows_heading(node: Node) -> bool:
    """Whether a list of links is what a heading right above announces, and not links within the page."""
    if all(attribute(link, "href").startswith("#") for link in select(node, "a[href]")):
        return False
    above: Node | None = node
    while above is not None and above.tag != "body":
        before = above.prev
        while before is not None and not (before.is_element_node or (before.text_content or "").strip()):
            before = before.prev
        if before is not None:
            return before.tag in _HEADINGS and before.tag != "h1"
        above = above.parent
    return False


def _lists_links(node: Node) -> bool:
    """Whether what stands at the side of a page is links, with a heading or dates beside them."""
    told = len(shown(node)) - sum(len(shown(h)) for h in select(node, "h1, h2, h3, h4, h5, h6"))
    if told <= 0 or sum(len(shown(link)) for link in select(node, "a")) >= _MOSTLY * told:
        return True
    items = select(node, "li")
    outside = told - sum(len(shown(item)) for item in items)
    return len(items) > 1 and all(select(item, "a[href]") for item in items) and outside < _CAPTION


def _is_inside(node: Node, tags: Collection[str | None]) -> bool:
    return any(above.tag in tags for above in _ancestors(node))


def _ancestors(node: Node) -> Iterator[Node]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent
