"""Compiled knowledge at run time: entities, dated roles, role nouns and countries, decoded when asked for."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from demarche.blob import Blob
from demarche.knowledge.codes import ALWAYS, CAMEO_BLOCKS, ENTITY_COLUMNS, KINDS, NOUN_COLUMNS, ROLE_COLUMNS, WORLD, RoleFlag, RoleKind

KIND = "knowledge"
_REMEMBERED = 20_000  # entities on a day, as they come up
SHIPPED = Path(__file__).parent / "knowledge.blob"


@dataclass(frozen=True)
class DatedRole:
    """What an entity was between two days, inclusive; None is an open end. `country` is where it differs from the entity's."""
    sectors: tuple[str, ...]
    title: str
    first: date | None = None
    last: date | None = None
    country: str = ""


@dataclass(frozen=True)
class Entity:
    """One actor. `sectors` hold where no dated role does; `cameo` is the composite code if the files give one."""
    id: str
    name: str
    kind: str
    country: str
    sectors: tuple[str, ...]
    cameo: str
    parent: int
    roles: tuple[DatedRole, ...]
    first: date | None = None       # the days between which it existed; None is an open end, or not known
    last: date | None = None
    source: str = ""                # where what is said of it comes from


@dataclass(frozen=True)
class RoleNoun:
    """What a word like "ambassador" says of an actor. `state`: stands for the state itself ("the government")."""
    text: str
    sectors: tuple[str, ...]
    kind: RoleKind
    state: bool


def _period(first: int, last: int) -> tuple[date | None, date | None]:
    return date.fromordinal(first) if first else None, date.fromordinal(last) if last != ALWAYS else None


class Knowledge:
    """A compiled knowledge blob. Safe to share between threads; the file stays mapped as long as the object lives.

    Raises BlobError if `path` is no compiled knowledge. Methods that take an index raise IndexError outside the table.
    """

    def __init__(self, path: str | Path = SHIPPED) -> None:
        self.blob = Blob(path, KIND)
        self._data, self._offsets = self.blob["strings"], self.blob["strings.offsets"]
        self._rows, self._role_rows, self._noun_rows = self.blob["actors.entities"], self.blob["actors.roles"], self.blob["actors.nouns"]
        self.n_entities = len(self._rows) // ENTITY_COLUMNS
        self.n_nouns = len(self._noun_rows) // NOUN_COLUMNS
        self._entities: dict[int, Entity] = {}
        self._nouns: dict[int, RoleNoun] = {}
        self._standing: dict[tuple[int, date | None], tuple[str, str, str, tuple[str, ...], str, str]] = {}

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits of the digest of the source files."""
        return str(self.blob.meta["source"])[:12]

    def string(self, number: int) -> str:
        return bytes(self._data[self._offsets[number]:self._offsets[number + 1]]).decode()

    def _list(self, number: int) -> tuple[str, ...]:
        return tuple(filter(None, self.string(number).split(",")))

    def entity(self, index: int) -> Entity:
        """The entity of a row number, as mentions give it."""
        found = self._entities.get(index)
        if found is None:
            if not 0 <= index < self.n_entities:
                raise IndexError(f"no entity {index}")
            id_, name, kind, country, sectors, cameo, parent, at, count, first, last, source = self._rows[index * ENTITY_COLUMNS:(index + 1) * ENTITY_COLUMNS]
            found = Entity(self.string(id_), self.string(name), KINDS[kind], self.string(country), self._list(sectors), self.string(cameo),
                           parent, tuple(self._role(i) for i in range(at, at + count)), *_period(first, last), self.string(source))
            self._entities[index] = found
        return found

    def _role(self, index: int) -> DatedRole:
        sectors, title, first, last, country = self._role_rows[index * ROLE_COLUMNS:(index + 1) * ROLE_COLUMNS]
        return DatedRole(self._list(sectors), self.string(title), *_period(first, last), self.string(country))

    def index_of(self, entity_id: str) -> int | None:
        """The row number of an entity id, or None. Rows are sorted by id."""
        low, high = 0, self.n_entities
        while low < high:
            middle = (low + high) // 2
            if self.string(self._rows[middle * ENTITY_COLUMNS]) < entity_id:
                low = middle + 1
            else:
                high = middle
        return low if low < self.n_entities and self.string(self._rows[low * ENTITY_COLUMNS]) == entity_id else None

    def entity_by_id(self, entity_id: str) -> Entity | None:
        index = self.index_of(entity_id)
        return None if index is None else self.entity(index)

    def state_entity(self, code: str) -> int | None:
        """The row number of the state with this ISO 3166-1 alpha-3 (or PLOVER) code, or None."""
        return self.index_of(code) if len(code) == 3 and code.isupper() else None

    def country_name(self, code: str) -> str:
        """The English name of a country code, PLOVER's own ones (UNO, NGO, ...) included; the code itself if unknown."""
        index = self.state_entity(code)
        return WORLD.get(code, code) if index is None else self.entity(index).name

    def role_noun(self, index: int) -> RoleNoun:
        found = self._nouns.get(index)
        if found is None:
            if not 0 <= index < self.n_nouns:
                raise IndexError(f"no role noun {index}")
            text, sectors, kind, flags = self._noun_rows[index * NOUN_COLUMNS:(index + 1) * NOUN_COLUMNS]
            found = RoleNoun(self.string(text), self._list(sectors), RoleKind(kind), bool(flags & RoleFlag.STATE))
            self._nouns[index] = found
        return found

    def role_at(self, entity: Entity, day: date | None) -> DatedRole:
        """What the entity was on `day` (None: at the latest known time).

        The first of its roles that holds then. A person between or after offices is "former ..." with sector ELI; before
        the first one, and for everything else without a role then, the entity's own sectors hold and the title is empty.
        """
        held = [r for r in entity.roles if day is None and r.last is None or day and (r.first is None or r.first <= day)
                and (r.last is None or day <= r.last)]
        if held:
            return held[0]
        if entity.kind == "person":
            past = [r for r in entity.roles if r.last is not None and (day is None or r.last < day)]
            if past:
                latest = max(past, key=lambda r: r.last or date.max)
                return DatedRole(("ELI",), f"former {latest.title}" if latest.title else "former official", latest.last, None,
                                 latest.country)
        return DatedRole(entity.sectors, "")

    def standing(self, index: int, day: date | None) -> tuple[str, str, str, tuple[str, ...], str, str]:
        """Id, name, country, sectors, title and CAMEO code of an entity on `day`."""
        found = self._standing.get((index, day))
        if found is None:
            entity = self.entity(index)
            held = self.role_at(entity, day)
            sectors = held.sectors or entity.sectors if entity.kind == "person" else held.sectors
            found = entity.id, entity.name, held.country or entity.country, sectors, held.title, self.cameo_code(entity, day)
            if len(self._standing) >= _REMEMBERED:
                self._standing.clear()
            self._standing[index, day] = found
        return found

    def cameo_code(self, entity: Entity, day: date | None) -> str:
        """The classic composite code on `day`: the files' own if they give one and no dated role holds, else country and role blocks."""
        role = self.role_at(entity, day)
        if entity.cameo and not (entity.roles and role in entity.roles):
            return entity.cameo
        return compose_cameo(role.country or entity.country, role.sectors)


@lru_cache(maxsize=4096)
def compose_cameo(country: str, sectors: tuple[str, ...]) -> str:
    """Country and PLOVER sectors as one CAMEO code: AFG with GOV, MIL is AFGGOVMIL."""
    base = {"UNO": "IGOUNO", "EUR": "IGOEEC", "ISM": "NGM"}.get(country, country)
    blocks = dict.fromkeys(CAMEO_BLOCKS.get(sector, sector) for sector in sectors)
    return base + "".join(block for block in blocks if block)
