"""Who is printed beside the person on how many publications, and who of them with whom."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.record.works import Work
from ingest.identity import is_collective, name_key

_TURNS = 300
"""Steps of the layout; from then on nothing moves visibly."""


@dataclass(frozen=True, slots=True)
class CoAuthor:
    """A person who is printed on publications of the list; two spellings that may be two people count as two."""

    name: str
    """As printed most often."""
    key: str
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Two co-authors who are printed together."""

    one: str
    other: str
    """Their keys."""
    works: int
    """On how many publications."""


@dataclass(frozen=True, slots=True)
class Network:
    """The most frequent co-authors, and the publications that they share with one another."""

    people: tuple[CoAuthor, ...]
    ties: tuple[Tie, ...]
    everybody: int
    """How many co-authors there are, those that are not shown included."""


def co_authors(works: Iterable[Work]) -> tuple[CoAuthor, ...]:
    """Everybody printed among the authors but the person, most publications first; a group's name is nobody's."""
    found: dict[str, list[Work]] = {}
    printed: dict[str, Counter[str]] = {}
    for work in works:
        for name in _others(work):
            key = name_key(name)
            if not found.get(key) or found[key][-1] is not work:
                found.setdefault(key, []).append(work)
            printed.setdefault(key, Counter())[name] += 1
    people = [CoAuthor(printed[key].most_common(1)[0][0], key, tuple(shared)) for key, shared in found.items()]
    return tuple(sorted(people, key=lambda p: -len(p.works)))


def network(works: Iterable[Work], most: int) -> Network:
    """At most ``most`` co-authors, without those who tie with the first that has no room, unless nobody would be left."""
    everybody = co_authors(works)
    people = everybody[:most]
    if len(everybody) > most:
        least = len(everybody[most].works)
        people = tuple(p for p in people if len(p.works) > least) or people
    shown = {person.key for person in people}
    shared: Counter[tuple[str, str]] = Counter()
    seen = {work.paper.span: work for person in people for work in person.works}
    for work in seen.values():
        keys = sorted({name_key(name) for name in _others(work)} & shown)
        shared.update(combinations(keys, 2))
    return Network(people, tuple(Tie(a, b, n) for (a, b), n in sorted(shared.items())), len(everybody))


def placed(net: Network, width: float, height: float) -> dict[str, tuple[float, float]]:
    """Where each of the network's people stands around the middle of ``width`` × ``height``, by key; the same network, the same picture.

    Forces as Fruchterman and Reingold have them (Software: Practice and Experience 21, 1991), from a spiral instead of at random.
    """
    keys = [person.key for person in net.people]
    if not keys:
        return {}
    pull = {(tie.one, tie.other): tie.works for tie in net.ties}
    spots = {key: _spiral(number, len(keys)) for number, key in enumerate(keys)}
    for turn in range(_TURNS):
        heat = 0.15 * (1 - turn / _TURNS)
        for key, (fx, fy) in _forces(spots, pull).items():
            strength = math.hypot(fx, fy) or 1.0
            step = min(strength, heat) / strength
            x, y = spots[key]
            spots[key] = (x + fx * step, y + fy * step)
    return _spread(spots, width, height)


def _others(work: Work) -> Sequence[str]:
    """The printed authors without the person."""
    paper = work.paper
    if is_collective(paper.authors):
        return ()
    return [
        name
        for number, name in enumerate(paper.authors)
        if number != work.alike and not (" " in name and is_collective((name,)))
    ]


def _spiral(number: int, count: int) -> tuple[float, float]:
    angle = number * math.pi * (3 - math.sqrt(5))
    reach = math.sqrt((number + 0.5) / count)
    return reach * math.cos(angle), reach * math.sin(angle)


def _forces(spots: dict[str, tuple[float, float]], pull: dict[tuple[str, str], int]) -> dict[str, tuple[float, float]]:
    """What moves each: away from everybody, towards those they write with, a little inwards."""
    ideal = 1.7 / math.sqrt(len(spots))
    forces = {key: [-x * 0.35 * ideal, -y * 0.35 * ideal] for key, (x, y) in spots.items()}
    for (a, (ax, ay)), (b, (bx, by)) in combinations(spots.items(), 2):
        dx, dy = ax - bx, ay - by
        distance = max(math.hypot(dx, dy), 1e-3)
        force = (ideal / distance) ** 2
        tie = pull.get((min(a, b), max(a, b)), 0)
        if tie:
            force -= distance / ideal * 0.3 * min(1 + 0.3 * tie, 2)
        for key, sign in ((a, 1), (b, -1)):
            forces[key][0] += sign * dx / distance * force * 0.1
            forces[key][1] += sign * dy / distance * force * 0.1
    return {key: (fx, fy) for key, (fx, fy) in forces.items()}


def _spread(spots: dict[str, tuple[float, float]], width: float, height: float) -> dict[str, tuple[float, float]]:
    """The spots over the whole picture, the middle kept."""
    reach_x = max(abs(x) for x, _ in spots.values()) or 1.0
    reach_y = max(abs(y) for _, y in spots.values()) or 1.0
    return {
        key: (round(width / 2 * (1 + x / reach_x), 1), round(height / 2 * (1 + y / reach_y), 1))
        for key, (x, y) in spots.items()
    }
