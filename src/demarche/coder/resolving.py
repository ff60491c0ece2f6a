"""Who a name or description is on a day, and why."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from google.type.date_pb2 import Date

from demarche.coder.coder import Coder
from demarche.knowledge.model import DatedRole, Entity, compose_cameo
from demarche.v1.document_pb2 import Document


@dataclass(frozen=True)
class Resolution:
    """An actor as a report of that day would have it. `entity` is None for one that the knowledge does not have by name."""
    name: str
    country: str                    # ISO 3166-1 alpha-3; empty: not known
    sectors: tuple[str, ...]
    role: str
    cameo: str
    entity: Entity | None
    why: tuple[str, ...]            # what decided, a sentence each


def resolve_actor(coder: Coder, words: str, day: date | None = None) -> Resolution | None:
    """The actor that `words` name on `day` (None: at the latest known time), read as a report's marked mention; None for words that
    name nobody."""
    document = Document(text=words)
    if day is not None:
        document.published.CopyFrom(Date(year=day.year, month=day.month, day=day.day))
    document.mentions.add(start=0, end=len(words))
    (coded,) = coder.code([document])
    found = [entity for entity in coded.entities if any(span.start == 0 and span.end == len(words) for span in entity.mentions)] or list(coded.entities)
    if not found:
        return None
    actor = found[-1]
    index = coder.knowledge.index_of(actor.entity_id) if actor.entity_id else None
    entity = None if index is None else coder.knowledge.entity(index)
    sectors = tuple(actor.sectors)
    why = why_entity(entity, coder.knowledge.role_at(entity, day), day) if entity is not None else why_words(actor.role, actor.country)
    cameo = compose_cameo(actor.country, sectors)
    if entity is not None and sectors == coder.knowledge.standing(index, day)[3]:
        cameo = coder.knowledge.cameo_code(entity, day)
    return Resolution(actor.name, actor.country, sectors, actor.role, cameo, entity, why)


def period(role: DatedRole) -> str:
    """ "from 2004-05-01 to 2008-09-10", with what is known of it."""
    first, last = role.first and f"from {role.first}", role.last and f"to {role.last}"
    return " ".join(filter(None, (first, last))) or "at all times"


def why_entity(entity: Entity, held: DatedRole, day: date | None) -> tuple[str, ...]:
    """The role that holds, or why none does, and the others that the knowledge has."""
    when = f"on {day}" if day else "at the latest known time"
    office = lambda role: role.title or "/".join(role.sectors) or "no title"
    if held in entity.roles:
        first = f"{when}: {office(held)}, {period(held)}"
    elif held.title.startswith("former"):
        first = f"{when} no office is known; the last one ended on {held.first}"
    elif entity.roles:
        first = f"{when} no office is known"
    else:
        first = f"known by name, as {entity.kind}, at all times"
    return first, *(f"at another time: {office(role)}, {period(role)}" for role in entity.roles if role != held)


def why_words(role: str, country: str) -> tuple[str, ...]:
    """What the words themselves say of somebody unknown."""
    return ("the knowledge has no such name", f"what it is comes from the word{'s' if ' ' in role else ''} {role!r}" if role else "nothing says what it is",
            f"the country comes from the words: {country}" if country else "nothing says which country")
