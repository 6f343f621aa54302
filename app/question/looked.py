"""What is looked at for a question, told before the first sentence."""

from app.domain import Filters, Question, Retrieved


def looked_at(question: Question, passages: int) -> Retrieved:
    """The facts and the passages for a language model that the answer is made from; of the conditions, those that are a value the visitor would recognise."""
    kinds = {row.kind for row in question.rows}
    kind = kinds.pop() if len(kinds) == 1 else "fact"
    return Retrieved(len(question.rows), passages, kind, _asked(question.plan.filters))


def _asked(filters: Filters) -> tuple[str, ...]:
    values = (
        _years(filters.years),
        filters.venue,
        filters.co_author,
        filters.organisation,
        filters.subject,
        filters.note,
        filters.heading,
    )
    return tuple(value for value in values if value)


def _years(years: tuple[int | None, int | None] | None) -> str:
    if years is None:
        return ""
    first, last = years
    if first == last:
        return str(first or "")
    return f"{first or ''}–{last or ''}"
