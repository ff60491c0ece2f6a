"""Who exactly: from a word that stands for an actor to the actor, its country, its sectors and its role on the day."""
from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date
from typing import Iterable

from demarche._native.read import Reading
from demarche.knowledge.model import Knowledge, compose_cameo

# kinds of mention (gazetteer.pxd)
STATE, ADJECTIVE, DEMONYM, CAPITAL, SEAT, ENTITY, PERSON, ROLE = range(1, 9)
ALTERNATIVE, SURNAME = 1, 4
# marks by token (arguments.pxd)
WHO_NOBODY, WHO_ACTOR, WHO_NATION, WHO_PRONOUN, WHO_NAME, WHO_GIVEN, WHO_INSIDE, WHO_PLACE = range(8)
_TITLE_LINKS = frozenset(("compound", "nmod:desc", "nmod:unmarked", "amod", "flat", "appos"))
_PHRASE_LINKS = frozenset(("det", "amod", "compound", "nmod:poss", "nummod", "flat", "nmod:desc", "det:predet", "case:poss"))
_PERSONAL = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
_MEMORY = 80      # mentions back that a bare "the government" is understood from
_LOCAL = frozenset(("COP", "JUD", "LEG", "OPP", "REB", "CVL", "SOC", "LAB", "EDU", "REL", "UAF", "CRM", "AGR", "REF"))
_SPEAKING = frozenset(("we", "i", "us", "me", "our", "my", "ours", "mine"))
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12}


@dataclass(frozen=True, slots=True)
class Party:
    """A resolved participant. `first` and `last` are tokens; `known`: the knowledge, a title or a caller vouches for it."""
    first: int
    last: int
    entity_id: str = ""
    name: str = ""
    country: str = ""
    sectors: tuple[str, ...] = ()
    role: str = ""
    cameo: str = ""
    count: int = 0
    known: bool = True
    place: bool = False

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """What two mentions of the same actor share."""
        return (self.entity_id or self.name.lower(), self.country, () if self.entity_id else self.sectors[:1])


class Parties:
    """Resolves the words of one reading; every answer is kept, so that asking twice costs nothing."""

    def __init__(self, reading: Reading, knowledge: Knowledge, day: date | None, given: Iterable[tuple[int, int, str]] = ()) -> None:
        self.reading, self.knowledge, self.day = reading, knowledge, day
        self._known: dict[int, Party | None] = {}
        self._mentions: dict[int, tuple[int, ...]] = {}
        self._inside: dict[int, tuple[int, ...]] = {}
        for mention in reading.mentions:
            if not mention[6] & ALTERNATIVE:
                self._mentions[mention[0]] = mention
        self._given: dict[int, tuple[int, int, str]] = {}
        for start, end, entity in given:
            first = reading.token_at(start)
            last = reading.token_at(max(start, end - 1))
            if first >= 0 and last >= first:
                head = next((i for i in range(first, last + 1) if not first <= reading.head(i) <= last), first)
                self._given[head] = (first, last + 1, entity)
        self._given_spans = {(first, last) for first, last, _ in self._given.values()}
        self._people: dict[str, Party] = {}      # by last word of the name, as the text goes on
        self._people_until = 0
        self._names = reading.names
        self._name_heads = frozenset(self._names)
        self._heads = sorted({*self._mentions, *self._names, *self._given})
        self._mention_heads = sorted(self._mentions)
        self._sentences = [sentence[0] for sentence in reading.sentences]      # first tokens
        self._said: dict[tuple[int, int], str] = {}

    # -- public ----------------------------------------------------------------------------------------------------

    def mention_heads(self) -> Iterable[int]:
        """Head tokens of all mentions, in order."""
        return self._mentions.keys()

    def mentions(self) -> Iterable[tuple[int, ...]]:
        """The mentions themselves (read.pyx), one reading of each, in order."""
        return self._mentions.values()

    def words(self, first: int, last: int) -> str:
        """The text of some tokens, white space folded."""
        found = self._said.get((first, last))
        if found is None:
            reading = self.reading
            found = " ".join(reading.text[reading.span(first)[0]:reading.span(last - 1)[1]].decode().split())
            self._said[first, last] = found
        return found

    def at(self, token: int) -> Party | None:
        """The actor that a word stands for, or None where none can be told."""
        if token not in self._known:
            self._known[token] = None       # breaks circles of pronouns
            self._known[token] = self._resolve(token)
        return self._known[token]

    # -- by kind ---------------------------------------------------------------------------------------------------

    def _resolve(self, token: int) -> Party | None:
        who = self.reading.who(token)
        if who == WHO_PRONOUN and token not in self._given:
            return self._pronoun(token)
        mention = self._mentions.get(token)
        party = self._mention(token, mention) if mention else None
        if party is None and who in (WHO_NAME, WHO_GIVEN):
            party = self._name(token)
        if token in self._given:
            first, last, entity_id = self._given[token]
            if party is None or not (party.entity_id or party.country):
                party = self._from_inside(token, first, last) or party or Party(first, last)
            party = replace(party, first=first, last=last, known=True, entity_id=entity_id or party.entity_id, name=party.name or self.words(first, last))
        return party

    def _mention(self, token: int, mention: tuple[int, ...]) -> Party | None:
        _, first, last, entity_index, role_index, kind, _ = mention
        if kind == ROLE:
            return self._role(token, first, last, role_index)
        entity = self.knowledge.entity(entity_index)
        first, last = self._extend(token, first, last)
        if kind == PERSON:
            held = self.knowledge.role_at(entity, self.day)
            title = self._title(token)
            return Party(first, last, entity.id, entity.name, held.country or entity.country, held.sectors or entity.sectors, held.title or (title.role if title else ""),
                         self.knowledge.cameo_code(entity, self.day))
        if kind == ENTITY:
            held = self.knowledge.role_at(entity, self.day)
            return Party(first, last, entity.id, entity.name, held.country or entity.country, held.sectors, held.title, self.knowledge.cameo_code(entity, self.day))
        sectors = ("GOV",) if kind in (CAPITAL, SEAT) else ("CVL",) if kind == DEMONYM else ()
        return Party(first, last, entity.id, entity.name, entity.country, sectors, "", entity.country + ("GOV" if kind in (CAPITAL, SEAT) else ""),
                     place=self.reading.who(token) == WHO_PLACE)

    def _role(self, token: int, first: int, last: int, role_index: int) -> Party | None:
        """A role noun: its sector, and the country or body that it belongs to."""
        noun = self.knowledge.role_noun(role_index)
        begin, end = self._extend(token, first, last)
        named = next((c for c in self.reading.children(token) if self.reading.relation(c) in ("appos", "flat") and self._is_person(c)), None)
        if named is not None:
            person = self.at(named)
            if person is not None and person.country:
                return replace(person, first=begin, last=max(end, person.last))
        party, owner = self._office(token, first, last, role_index)
        entity_id = owner.entity_id if owner and (noun.state and owner.entity_id == party.country) else ""
        return replace(party, first=begin, last=end, entity_id=entity_id, count=self._count(token))

    def _office(self, token: int, first: int, last: int, role_index: int) -> tuple[Party, Party | None]:
        """The role noun alone with its owner's country and name, and the owner."""
        noun = self.knowledge.role_noun(role_index)
        owner = self._owner(token) or self._understood_owner(token, noun)
        country = owner.country if owner else ""
        role = self.words(first, last)
        name = f"{owner.name} {role}" if owner and owner.name else role
        return Party(first, last, "", name, country, noun.sectors, role, compose_cameo(country, noun.sectors)), owner

    def _owner(self, token: int) -> Party | None:
        """The state, body or person that a noun belongs to: possessor, nationality, compound, "of", "from"."""
        reading = self.reading
        late: Party | None = None
        for child in reading.children(token):
            relation = reading.relation(child)
            if relation == "nmod:poss" or (relation in ("amod", "compound", "nmod:desc", "nmod:unmarked") and child in self._mentions):
                party = self.at(child)
                if party is not None and (party.country or party.entity_id):
                    return party
            elif relation == "nmod" and late is None and self._case(child) in ("of", "from", "for", "in", "at"):
                party = self.at(child)
                # "the ambassador to Peru" is not Peru's; "in Kabul" only says where
                if party is not None and party.country and (self._case(child) in ("of", "from", "for") or self._local(token) and self._case(child) in ("in", "at")):
                    late = party
        if late is None and reading.relation(token) in ("compound", "nmod:desc", "amod") and reading.head(token) >= 0:
            siblings = [c for c in reading.children(reading.head(token)) if c != token and c in self._mentions and reading.relation(c) in ("amod", "compound", "nmod:poss")]
            if siblings:
                return self.at(siblings[0])
        return late

    def _local(self, token: int) -> bool:
        """Whether a role is bound to its place: the police, protesters or a court in a country are that country's; diplomats are not."""
        mention = self._mentions.get(token)
        sectors = self.knowledge.role_noun(mention[4]).sectors if mention and mention[5] == ROLE else ()
        return bool(sectors) and sectors[0] in _LOCAL

    def _understood_owner(self, token: int, noun) -> Party | None:
        """ "the government", "the ministry", "troops": the country that the text has been speaking of."""
        if not noun.sectors or noun.sectors[0] not in ("GOV", "MIL", "COP", "LEG", "JUD", "SPY", "OPP", "PTY") or self.reading.relation(token) == "compound" and not noun.state:
            return None
        lemma = self.reading.lemma(token).lower()
        sentence = self.reading.sentence_of(token)
        candidates: list[Party] = []
        at = bisect_left(self._mention_heads, token)
        for head in self._mention_heads[max(0, at - _MEMORY):at + _MEMORY]:
            if head >= token and self.reading.sentence_of(head) > sentence:
                break
            if head == token:
                continue
            mention = self._mentions[head]
            if mention[5] == ROLE:
                if head < token and self.reading.lemma(head).lower() == lemma:
                    party = self.at(head)
                    if party is not None and party.country:
                        return party
            elif head < token and mention[5] != PERSON:
                party = self.at(head)
                if party is not None and len(party.country) == 3 and party.country not in ("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"):
                    candidates.append(party)
        if not candidates:
            return None
        # a rebel group speaks of its own state; else the state named most often so far
        counts: dict[str, int] = {}
        for party in candidates:
            counts[party.country] = counts.get(party.country, 0) + (2 if "REB" in party.sectors else 1)
        best = max(counts, key=lambda c: counts[c])
        index = self.knowledge.state_entity(best)
        state = self.knowledge.entity(index) if index is not None else None
        return Party(token, token, state.id, state.name, best) if state else None

    def _pronoun(self, token: int) -> Party | None:
        """The nearest fitting actor before: persons for he and she, groups for they, states and bodies for it."""
        word = self.reading.norm(token)
        sentence = self.reading.sentence_of(token)
        if word in _SPEAKING or word in ("you", "your", "yourself"):
            return None
        personal = word in _PERSONAL
        best: tuple[float, Party] | None = None
        taken = self._beside(token)
        excluded = {party.key for party in map(self.at, taken) if party is not None}
        begin = self._sentences[max(0, sentence - 2)]
        for head in self._heads[bisect_left(self._heads, begin):bisect_left(self._heads, token)]:
            behind = sentence - self.reading.sentence_of(head)
            if head in taken or self._depends_on(head, token):
                continue
            if personal and not self._is_person(head):
                continue
            party = self.at(head)
            if party is None or party.place or party.key in excluded:
                continue
            if not personal and (self._is_person(head) or self.reading.relation(head) in ("amod", "compound")):
                continue
            subject = self.reading.relation(head) in ("nsubj", "nsubj:pass")
            score = 10 * (2 - behind) + (6 if subject else 0) + head / 1e6
            if best is None or score >= best[0]:
                best = (score, party)
        if best is None:
            return None
        # a caller who marked the antecedent wants the mark back
        return best[1] if (best[1].first, best[1].last) in self._given_spans else replace(best[1], first=token, last=token + 1)

    def _beside(self, token: int) -> set[int]:
        """The subjects of a pronoun's own clause: "Peru called on it" speaks of another. A possessive or a subject is free."""
        reading = self.reading
        if reading.relation(token) in ("nmod:poss", "nsubj", "nsubj:pass"):
            return set()
        verb, hops = reading.head(token), 0
        while verb >= 0 and reading.upos(verb) != "VERB" and hops < 6:
            verb, hops = reading.head(verb), hops + 1
        found: set[int] = set()
        while verb >= 0 and hops < 12:
            subjects = [c for c in reading.children(verb) if reading.relation(c) in ("nsubj", "nsubj:pass")]
            found.update(subjects)
            if subjects or reading.relation(verb) not in ("conj", "xcomp", "advcl"):
                break
            verb, hops = reading.head(verb), hops + 1
        return found

    def _name(self, token: int) -> Party | None:
        """A proper name that the knowledge does not have: what its title and the text before say of it."""
        first, last = self._extend(token, token, token + 1)
        title = self._title(token)
        words = self._name_words(token)
        surname = words.rsplit(" ", 1)[-1].lower()
        if title is not None:
            party = Party(first, last, "", words, title.country, title.sectors, title.role, title.cameo)
            self._people.setdefault(surname, party)
            return party
        if " " not in words:
            self._collect_people(token)
            earlier = self._people.get(surname)
            if earlier is not None:
                return replace(earlier, first=first, last=last)
        owner = self._owner(token)
        if owner is not None:
            return Party(first, last, "", words, owner.country, (), "", owner.country)
        return Party(first, last, "", words, known=False)

    def _collect_people(self, before: int) -> None:
        """Learns the full names that stand before a token, so that a surname alone can be told."""
        for head in self._names[bisect_left(self._names, self._people_until):bisect_left(self._names, before)]:
            words = self._name_words(head)
            if " " in words:
                party = self.at(head)
                if party is not None:
                    self._people.setdefault(words.rsplit(" ", 1)[-1].lower(), party)
        self._people_until = max(self._people_until, before)

    # -- the words around ------------------------------------------------------------------------------------------

    def _title(self, token: int) -> Party | None:
        """The role noun that goes with a name: "Russian Foreign Minister X", "X, the group's spokesman"."""
        reading = self.reading
        for child in reading.children(token):
            if reading.relation(child) in _TITLE_LINKS and child in self._mentions and self._mentions[child][5] == ROLE:
                party = self.at(child)
                if party is not None:
                    if not party.country:
                        owner = self._owner(token)
                        if owner is not None:
                            party = replace(party, country=owner.country, cameo=compose_cameo(owner.country, party.sectors), name=f"{owner.name} {party.role}")
                    return party
        if reading.relation(token) == "appos" and reading.head(token) in self._mentions and self._mentions[reading.head(token)][5] == ROLE:
            _, first, last, _, role_index, _, _ = self._mentions[reading.head(token)]
            return self._office(reading.head(token), first, last, role_index)[0]
        return None

    def _from_inside(self, token: int, first: int, last: int) -> Party | None:
        """What the mentions inside a marked stretch say of it: a role with its country, or a nationality, or a name."""
        inside = self._mention_heads[bisect_left(self._mention_heads, first):bisect_left(self._mention_heads, last)]
        parties = [(head, self._mention(head, self._mentions[head])) for head in inside]
        found = [p for _, p in parties if p is not None and (p.country or p.sectors)]
        if not found:
            return None
        roles = [p for h, p in parties if p is not None and self._mentions[h][5] == ROLE]
        country = next((p.country for p in found if p.country), "")
        sectors = next((p.sectors for p in roles if p.sectors), ())
        return Party(first, last, "", self.words(first, last), country, sectors, roles[0].role if roles else "", compose_cameo(country, sectors) if country else "")

    def _is_person(self, token: int) -> bool:
        mention = self._mentions.get(token)
        if mention is None:
            return token in self._name_heads
        if mention[5] == PERSON:
            return True
        return mention[5] == ROLE and int(self.knowledge.role_noun(mention[4]).kind) == 1

    def _depends_on(self, token: int, other: int) -> bool:
        """Whether `other` stands inside the phrase of `token`."""
        up, hops = other, 0
        while up >= 0 and hops < 60:
            if up == token:
                return True
            if self.reading.relation(up) == "acl:relcl":
                return False     # "Peru, which mediated between its neighbours"
            up, hops = self.reading.head(up), hops + 1
        return False

    def _case(self, token: int) -> str:
        return next((self.reading.norm(c) for c in self.reading.children(token) if self.reading.relation(c) == "case"), "")

    def _count(self, token: int) -> int:
        for child in self.reading.children(token):
            if self.reading.relation(child) == "nummod":
                word = self.reading.norm(child).replace(",", "")
                if word.isdecimal() and len(word) <= 9:
                    return int(word)
                return _NUMBERS.get(word, 0)
        return 0

    def _name_words(self, token: int) -> str:
        """The name itself, without titles: the word, its flat parts and the unknown proper names before it."""
        first = last = token
        for child in self.reading.children(token):
            if self.reading.relation(child) in ("flat", "compound") and self.reading.upos(child) == "PROPN" and child not in self._mentions:
                if self.reading.who(child) != WHO_INSIDE:
                    first, last = min(first, child), max(last, child)
        return self.words(first, last + 1)

    def _extend(self, token: int, first: int, last: int) -> tuple[int, int]:
        """The noun phrase around a mention: determiners, modifiers, titles, an "of" complement, but no clauses."""
        reading = self.reading
        for child in reading.children(token):
            relation = reading.relation(child)
            if relation in _PHRASE_LINKS:
                low, high = reading.subtree(child)
                first, last = min(first, low), max(last, high if relation in ("flat", "compound") else last)
            elif relation == "nmod" and self._case(child) == "of" and child > token:
                last = max(last, reading.subtree(child)[1])
        return first, last
