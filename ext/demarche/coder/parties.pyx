"""Who exactly: from a word that stands for an actor to the actor, its country, its sectors and its role on the day."""
from bisect import bisect_left

from libc.stdint cimport int32_t, uint8_t, uint32_t
from libc.stdlib cimport free, malloc

from demarche._native.arguments cimport (
    WHO_ACTOR, WHO_GIVEN, WHO_INSIDE, WHO_NAME, WHO_PLACE, WHO_PRONOUN, is_form)
from demarche._native.document cimport Doc, Token, hash_bytes
from demarche._native.gazetteer cimport (
    FLAG_ALTERNATIVE, MENTION_CAPITAL, MENTION_DEMONYM, MENTION_ENTITY, MENTION_PERSON, MENTION_ROLE, MENTION_SEAT, Mention)
from demarche._native.labels cimport (
    DEP_ACL_RELCL, DEP_ADVCL, DEP_AMOD, DEP_APPOS, DEP_CASE, DEP_CC, DEP_COMPOUND, DEP_CONJ, DEP_DET, DEP_DET_PREDET, DEP_FLAT, DEP_NMOD,
    DEP_NMOD_DESC, DEP_NMOD_POSS, DEP_NMOD_UNMARKED, DEP_NSUBJ, DEP_NSUBJ_PASS, DEP_NUMMOD, DEP_IOBJ, DEP_OBJ, DEP_OBL, DEP_PARATAXIS, DEP_XCOMP, UPOS_PROPN, UPOS_VERB, XPOS_NNPS, XPOS_NNS)
from demarche._native.parties cimport head_of_span
from demarche._native.read cimport Reading
from demarche._native.tree cimport child_with, subtree_span

from demarche.knowledge.model import compose_cameo

cdef enum:
    MEMORY = 80      # mentions back that a bare "the government" is understood from

cdef frozenset PERSONAL = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
cdef frozenset PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
cdef frozenset SPEAKING = frozenset(("we", "i", "us", "me", "our", "my", "ours", "mine", "you", "your", "yourself"))
cdef frozenset LEAGUES = frozenset(("bloc", "alliance", "organisation", "organization", "union", "body", "coalition", "institution"))
cdef frozenset GROUPS = frozenset(("group", "movement", "faction", "militia", "organisation", "organization", "network", "party"))
cdef frozenset SIDES = frozenset(hash_bytes(word, len(word), 0) for word in (
    b"side", b"country", b"nation", b"neighbour", b"neighbor", b"government", b"state", b"army", b"rival", b"power", b"ally", b"leader", b"enemy", b"foe", b"adversary"))
cdef frozenset OF_THE_SPEAKER = SPEAKING - {"you", "your", "yourself"}
# What is said in or sent by, for whom it was said to: "in an interview with Reuters", "in a letter to parliament".
cdef frozenset OCCASIONS = frozenset(("interview", "statement", "speech", "remark", "comment", "call", "letter", "message", "address", "briefing", "conversation"))
cdef frozenset LOCAL = frozenset(("COP", "JUD", "LEG", "OPP", "REB", "CVL", "SOC", "LAB", "EDU", "REL", "UAF", "CRM", "AGR", "REF"))
cdef frozenset OF_A_STATE = frozenset(("GOV", "MIL", "COP", "LEG", "JUD", "SPY", "OPP", "PTY"))
cdef frozenset STATELESS = frozenset(("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"))
cdef dict NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
                     "twelve": 12, "dozen": 12}
cdef tuple GOVERNMENT = ("GOV",)
cdef tuple CIVILIANS = ("CVL",)


cdef Party make(int32_t first, int32_t last, str entity_id, str name, str country, tuple sectors, str role, str cameo):
    cdef Party party = Party.__new__(Party)
    party.first, party.last = first, last
    party.entity_id, party.name, party.country, party.sectors, party.role, party.cameo = entity_id, name, country, sectors, role, cameo
    party.count, party.known, party.place, party.given = 0, True, False, False
    return party


cdef class Party:
    """A resolved participant. `first` and `last` are tokens; `known`: the knowledge, a title or a caller vouches for it. Never changed
    once others have seen it."""

    cdef tuple get_key(self):
        if self.key_ is None:
            self.key_ = (self.entity_id or self.name.lower(), self.country, () if self.entity_id else self.sectors[:1])
        return self.key_

    cdef bint same(self, Party other):
        # whom a caller has marked apart are two, whatever they are called
        return self is other or not (self.given and other.given) and self.get_key() == other.get_key()

    cdef Party at(self, int32_t first, int32_t last):
        """The same actor where other words name it."""
        cdef Party party = make(first, last, self.entity_id, self.name, self.country, self.sectors, self.role, self.cameo)
        party.count, party.known, party.place, party.key_ = self.count, self.known, self.place, self.key_
        return party

    @property
    def key(self):
        """What two mentions of the same actor share."""
        return self.get_key()

    def __repr__(self):
        return f"Party({self.first}-{self.last} {self.name!r} {self.country} {self.sectors} {self.role!r})"


cdef class Parties:
    """Resolves the words of one reading; every answer is kept, so that asking twice costs nothing.

    `day`: the day on which roles are held, or None for the latest known; `given`: (start, end, entity id) of the caller's own mentions,
    in bytes.
    """

    def __cinit__(self, Reading reading not None, knowledge, day, given=()):
        cdef Doc* doc = &reading.doc
        cdef Mention* m
        cdef int32_t first, last, head
        cdef uint32_t i
        self.reading, self.knowledge, self.day = reading, knowledge, day
        self.known_, self.given, self.given_spans, self.people, self.said = {}, {}, set(), {}, {}
        self.people_until = 0
        self.mention_heads_, self.names = [], []
        self.mention_of = <int32_t*>malloc((doc.n_tokens + 1) * sizeof(int32_t))
        if self.mention_of == NULL:
            raise MemoryError
        for i in range(doc.n_tokens):
            self.mention_of[i] = -1
            if reading.acts_.who[i] == WHO_NAME:
                self.names.append(i)
        for i in range(reading.mentions_.count):
            m = &reading.mentions_.items[i]
            if not m.flags & FLAG_ALTERNATIVE:
                head = head_of_span(doc, m.first, m.last)
                if self.mention_of[head] < 0:
                    self.mention_heads_.append(head)
                self.mention_of[head] = <int32_t>i
        for start, end, entity in given:
            first, last = reading.token_at(start), reading.token_at(max(start, end - 1))
            if first >= 0 and last >= first:
                head = head_of_span(doc, first, last + 1)
                self.given[head] = (first, last + 1, entity)
                self.given_spans.add((first, last + 1))
        self.mention_heads_.sort()
        self.heads = sorted({*self.mention_heads_, *self.names, *self.given})

    def __dealloc__(self):
        free(self.mention_of)

    # -- public ----------------------------------------------------------------------------------------------------

    def at(self, int32_t token):
        """The Party that a word stands for, or None where none can be told."""
        self.reading.check(token)
        return self.get(token)

    def words(self, int32_t first, int32_t last):
        """The text of some tokens, white space folded."""
        return self.text_of(first, last)

    cdef Party get(self, int32_t token):
        if token not in self.known_:
            self.known_[token] = None       # breaks circles of pronouns
            self.known_[token] = self.resolve(token)
        return <Party>self.known_[token]

    cdef str text_of(self, int32_t first, int32_t last):
        cdef tuple key = (first, last)
        cdef object found = self.said.get(key)
        cdef const Doc* doc = &self.reading.doc
        cdef uint32_t start, end, i
        cdef bint plain = True
        if found is None:
            start, end = doc.tokens[first].start, doc.tokens[last - 1].end
            for i in range(start, end):
                if not 0x20 < doc.text[i] < 0x7F and not (doc.text[i] == 0x20 and doc.text[i + 1] != 0x20):
                    plain = False
                    break
            found = self.reading.text[start:end].decode()
            if not plain:
                found = " ".join(found.split())
            self.said[key] = found
        return <str>found

    # -- by kind ---------------------------------------------------------------------------------------------------

    cdef Party resolve(self, int32_t token):
        cdef uint8_t who = self.reading.acts_.who[token]
        cdef Party party = None
        cdef object given = self.given.get(token) if self.given else None
        cdef int32_t first, last
        if who == WHO_PRONOUN and given is None:
            return self.pronoun(token)
        if self.mention_of[token] >= 0:
            party = self.mention(token, self.mention_of[token])
        if party is None and (who == WHO_NAME or who == WHO_GIVEN):
            party = self.unknown_name(token)
        if given is not None:
            first, last, entity_id = given
            if party is None or not (party.entity_id or party.country):
                party = self.from_inside(first, last) or party or make(first, last, "", "", "", (), "", "")
            party = party.at(first, last)
            party.known, party.given, party.entity_id, party.name, party.key_ = True, True, entity_id or party.entity_id, party.name or self.text_of(first, last), None
        return party

    cdef Party mention(self, int32_t token, int32_t index):
        cdef const Mention* m = &self.reading.mentions_.items[index]
        cdef uint8_t kind = m.kind
        cdef int32_t first = m.first, last = m.last
        cdef Party party, title
        if kind == MENTION_ROLE:
            return self.role(token, index)
        extend(self.reading, token, &first, &last)
        if kind == MENTION_PERSON or kind == MENTION_ENTITY:
            id_, name, country, sectors, office, cameo = self.knowledge.standing(m.entity, self.day)
            party = make(first, last, id_, name, country, sectors, office, cameo)
            if kind == MENTION_PERSON and not party.role:
                title = self.title(token)
                party.role = title.role if title is not None else ""
            return party
        entity = self.knowledge.entity(m.entity)
        party = make(first, last, entity.id, entity.name, entity.country, (), "", entity.country)
        if kind == MENTION_CAPITAL or kind == MENTION_SEAT:
            party.sectors, party.cameo = GOVERNMENT, entity.country + "GOV"
        elif kind == MENTION_DEMONYM:
            party.sectors = CIVILIANS
        party.place = self.reading.acts_.who[token] == WHO_PLACE
        return party

    cdef Party role(self, int32_t token, int32_t index):
        """A role noun: its sector, and the country or body that it belongs to."""
        cdef const Mention* m = &self.reading.mentions_.items[index]
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t begin = m.first, end = m.last, c = self.reading.acts_.tree.first_child[token]
        cdef Party party, owner, person, body
        cdef tuple pair
        cdef str words
        noun = self.knowledge.role_noun(m.role)
        extend(self.reading, token, &begin, &end)
        while c >= 0:
            if (doc.tokens[c].deprel == DEP_APPOS or doc.tokens[c].deprel == DEP_FLAT) and self.is_person(c):
                person = self.get(c)
                if person is not None and person.country:
                    return person.at(begin, max(end, person.last))
                break
            c = self.reading.acts_.tree.next_sibling[c]
        if self.is_title(token):
            person = self.get(doc.tokens[token].head)     # "Mr Diop, the party's head": one and the same
            if person is not None:
                return person.at(begin, end)
        words = self.flat_name(token)
        if words:
            # "Captain Moussa Sanogo" with the title as the head: the name is what hangs on it
            party = <Party>self.office(token, index)[0]
            party = make(begin, end, "", words, party.country, party.sectors, party.role, party.cameo)
            self.know(words, party)
            return party
        pair = self.pair_of(token)
        if pair is not None:
            return (<Party>pair[0]).at(begin, end)
        party, owner = self.office(token, index)
        if owner is None and not noun.sectors:
            body = self.understood_body(token)
            if body is not None:
                return body.at(begin, end)
        party = party.at(begin, end)
        if owner is not None and noun.state and owner.entity_id == party.country:
            party.entity_id, party.key_ = owner.entity_id, None
        party.count = self.head_count(token)
        return party

    cdef str flat_name(self, int32_t token):
        """The unknown proper words that the parser took for more of a title; empty without any."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t first = -1, last = -1, c = self.reading.acts_.tree.first_child[token]
        while c >= 0:
            if c > token and doc.tokens[c].deprel == DEP_FLAT and doc.tokens[c].upos == UPOS_PROPN and self.reading.acts_.who[c] != WHO_INSIDE \
                    and (self.mention_of[c] < 0 or self.reading.mentions_.items[self.mention_of[c]].flags & FLAG_ALTERNATIVE):
                first, last = c if first < 0 else first, c
            c = self.reading.acts_.tree.next_sibling[c]
        return self.text_of(first, last + 1) if first >= 0 else ""

    cdef Party understood_body(self, int32_t token):
        """ "the bloc", "the group": the last body of that kind that the text has named, within three sentences."""
        cdef const Doc* doc = &self.reading.doc
        cdef str word = self.reading.lemma(token)
        cdef bint league = word in LEAGUES
        cdef Py_ssize_t i
        cdef int32_t head
        cdef Party party
        if not league and word not in GROUPS or not self.definite(token):
            return None
        i = bisect_left(self.mention_heads_, token) - 1
        while i >= 0:
            head = self.mention_heads_[i]
            if doc.tokens[head].sentence + 3 < doc.tokens[token].sentence:
                return None
            if self.reading.mentions_.items[self.mention_of[head]].kind == MENTION_ENTITY:
                party = self.get(head)
                if party is not None and party.entity_id and party.entity_id != party.country and (party.country in STATELESS) == league:
                    return party
            i -= 1
        return None

    cdef bint definite(self, int32_t token):
        cdef int32_t det = child_with(&self.reading.acts_.tree, &self.reading.doc, token, DEP_DET)
        return det >= 0 and (is_form(&self.reading.doc, det, b"the") or is_form(&self.reading.doc, det, b"this") or is_form(&self.reading.doc, det, b"both")
                             or is_form(&self.reading.doc, det, b"each") or is_form(&self.reading.doc, det, b"these"))

    cdef tuple pair_of(self, int32_t token):
        """ "the two countries", "both sides", "each side": the last two states that the text has named, or None."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t head
        cdef uint8_t kind
        cdef Py_ssize_t i
        cdef Party party, late = None
        cdef bint two
        if not self.is_role(token) or doc.tokens[token].lemma_hash not in SIDES:
            return None
        head = child_with(&self.reading.acts_.tree, doc, token, DEP_DET)
        two = self.head_count(token) == 2 or head >= 0 and (is_form(doc, head, b"both") or is_form(doc, head, b"each")) or is_plural(doc, token) and is_form(doc, token, b"sides")
        if not two or self.owner(token) is not None:
            return None
        i = bisect_left(self.mention_heads_, token) - 1
        while i >= 0:
            head = self.mention_heads_[i]
            i -= 1
            if doc.tokens[head].sentence + 4 < doc.tokens[token].sentence:
                return None
            kind = self.reading.mentions_.items[self.mention_of[head]].kind
            if kind == MENTION_ROLE or kind == MENTION_PERSON:
                continue
            party = self.get(head)
            if party is None or not party.country or party.country in STATELESS:
                continue
            if late is None:
                late = party
            elif party.country != late.country:
                return party, late
        return None

    cdef list partners(self, int32_t token):
        """The further parties of a role noun with several nationalities: "Thai and Cambodian soldiers" are two."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t child, other
        cdef uint8_t d
        cdef list found = []
        cdef tuple pair
        if not self.is_role(token):
            return found
        pair = self.pair_of(token)
        if pair is not None:
            found.append((<Party>pair[1]).at((<Party>self.get(token)).first, (<Party>self.get(token)).last))
            return found
        child = self.reading.acts_.tree.first_child[token]
        while child >= 0:
            d = doc.tokens[child].deprel
            if self.mention_of[child] >= 0 and (d == DEP_AMOD or d == DEP_COMPOUND or d == DEP_NMOD_DESC or d == DEP_NMOD_POSS
                                                or d == DEP_NMOD and is_form(doc, max(case_of(self.reading, child), 0), b"of")):
                self.add_partner(token, child, found)     # "Thai and Cambodian" both as modifiers, or one as the other's conjunct
                other = self.reading.acts_.tree.first_child[child]
                while other >= 0:
                    if doc.tokens[other].deprel == DEP_CONJ and self.mention_of[other] >= 0:
                        self.add_partner(token, other, found)
                    other = self.reading.acts_.tree.next_sibling[other]
            child = self.reading.acts_.tree.next_sibling[child]
        return found

    cdef int add_partner(self, int32_t token, int32_t nationality, list found) except -1:
        cdef Party party, nation
        if child_with(&self.reading.acts_.tree, &self.reading.doc, nationality, DEP_CC) < 0:
            return 0
        party, nation = self.get(token), self.get(nationality)
        if nation is not None and nation.country and party is not None and nation.country != party.country:
            found.append(make(party.first, party.last, "", f"{nation.name} {party.role}" if party.role else nation.name, nation.country,
                              party.sectors, party.role, compose_cameo(nation.country, party.sectors)))
        return 0

    cdef tuple office(self, int32_t token, int32_t index):
        """The role noun alone with its owner's country and name, and the owner or None."""
        cdef const Mention* m = &self.reading.mentions_.items[index]
        cdef Party owner
        cdef str country, role
        noun = self.knowledge.role_noun(m.role)
        owner = self.owner(token)
        if owner is None:
            owner = self.understood_owner(token, noun)
        country = owner.country if owner is not None else ""
        role = self.text_of(m.first, m.last)
        return (make(m.first, m.last, "", f"{owner.name} {role}" if owner is not None and owner.name else role, country, noun.sectors, role,
                     compose_cameo(country, noun.sectors)), owner)

    cdef Party owner(self, int32_t token):
        """The state, body or person that a noun belongs to: possessor, nationality, compound, "of", "from"."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t child = self.reading.acts_.tree.first_child[token], sibling, case
        cdef uint8_t d
        cdef Party late = None, first = None, party
        while child >= 0:
            d = doc.tokens[child].deprel
            if d == DEP_NMOD_POSS or (self.mention_of[child] >= 0 and (d == DEP_AMOD or d == DEP_COMPOUND or d == DEP_NMOD_DESC or d == DEP_NMOD_UNMARKED)):
                party = self.get(child)
                if party is not None and (party.country or party.entity_id):
                    # "Colombia's ELN guerrillas" are the group's, wherever it is from
                    if party.entity_id and party.entity_id != party.country and d != DEP_NMOD_POSS:
                        return party
                    first = party if first is None else first
            elif d == DEP_NMOD and late is None:
                case = case_of(self.reading, child)
                if case >= 0 and (is_form(doc, case, b"of") or is_form(doc, case, b"from") or is_form(doc, case, b"for")
                                  or (is_form(doc, case, b"in") or is_form(doc, case, b"at")) and self.local(token)):
                    # "the ambassador to Peru" is not Peru's; "in Kabul" only says where
                    party = self.get(child)
                    if party is not None and party.country:
                        late = party
            child = self.reading.acts_.tree.next_sibling[child]
        if first is not None:
            return first
        if late is None and self.is_role(token):
            # "Estonian Defence Minister", where the nationality hangs on a word inside the role
            for sibling in range(<int32_t>self.reading.mentions_.items[self.mention_of[token]].first, token):
                child = self.reading.acts_.tree.first_child[sibling]
                while child >= 0:
                    if self.mention_of[child] >= 0 and not self.is_role(child):
                        return self.get(child)
                    child = self.reading.acts_.tree.next_sibling[child]
        d = doc.tokens[token].deprel
        if late is None and (d == DEP_COMPOUND or d == DEP_NMOD_DESC or d == DEP_AMOD) and doc.tokens[token].head >= 0:
            sibling = self.reading.acts_.tree.first_child[doc.tokens[token].head]
            while sibling >= 0:
                d = doc.tokens[sibling].deprel
                if sibling != token and self.mention_of[sibling] >= 0 and (d == DEP_AMOD or d == DEP_COMPOUND or d == DEP_NMOD_POSS):
                    return self.get(sibling)
                sibling = self.reading.acts_.tree.next_sibling[sibling]
        return late

    cdef bint is_role(self, int32_t token) noexcept:
        return self.mention_of[token] >= 0 and self.reading.mentions_.items[self.mention_of[token]].kind == MENTION_ROLE

    cdef bint is_title(self, int32_t token):
        """Whether a role noun goes with a person's name, before it or in apposition."""
        cdef uint8_t d = self.reading.doc.tokens[token].deprel
        cdef int32_t head = self.reading.doc.tokens[token].head
        return (d == DEP_APPOS or d == DEP_COMPOUND or d == DEP_NMOD_DESC or d == DEP_NMOD_UNMARKED) and head >= 0 and self.is_role(token) \
            and not self.is_role(head) and self.is_person(head)

    cdef bint local(self, int32_t token):
        """Whether a role is bound to its place: the police, protesters or a court in a country are that country's; diplomats are not."""
        if not self.is_role(token):
            return False
        sectors = self.knowledge.role_noun(self.reading.mentions_.items[self.mention_of[token]].role).sectors
        return bool(sectors) and sectors[0] in LOCAL

    cdef Party understood_owner(self, int32_t token, object noun):
        """ "the government", "the ministry", "troops": the country that the text has been speaking of."""
        cdef const Doc* doc = &self.reading.doc
        cdef const Token* t = &doc.tokens[token]
        cdef int32_t head
        cdef uint8_t kind
        cdef Party party
        cdef dict counts = {}
        cdef Py_ssize_t at, i
        if not noun.sectors or noun.sectors[0] not in OF_A_STATE or t.deprel == DEP_COMPOUND and not noun.state and not self.is_title(token):
            return None
        at = bisect_left(self.mention_heads_, token)
        for i in range(max(0, at - MEMORY), min(at + MEMORY, len(self.mention_heads_))):
            head = self.mention_heads_[i]
            if head >= token and doc.tokens[head].sentence > t.sentence:
                break
            if head >= token:
                continue
            kind = self.reading.mentions_.items[self.mention_of[head]].kind
            if kind == MENTION_ROLE:
                if doc.tokens[head].lemma_hash == t.lemma_hash:
                    party = self.get(head)
                    if party is not None and party.country:
                        return party
            elif kind != MENTION_PERSON:
                party = self.get(head)
                if party is not None and len(party.country) == 3 and party.country not in STATELESS:
                    # a rebel group speaks of its own state; else the state named most often so far
                    # and a report from a capital is first of all about its country
                    counts[party.country] = counts.get(party.country, 0) + (2 if "REB" in party.sectors else 1) + (
                        3 if kind == MENTION_CAPITAL and self.opens_report(head) else 0)
        if not counts:
            return None
        best = max(counts, key=counts.__getitem__)
        index = self.knowledge.state_entity(best)
        if index is None:
            return None
        state = self.knowledge.entity(index)
        return make(token, token, state.id, state.name, best, (), "", "")

    cdef bint opens_report(self, int32_t token):
        """Whether a place stands where a dateline does: in its paragraph's first words, before a dash or an agency in brackets."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t i, first = <int32_t>doc.sentences[doc.tokens[token].sentence].first
        if token - first > 4 or not doc.sentences[doc.tokens[token].sentence].paragraph:
            return False
        for i in range(token + 1, min(token + 7, <int32_t>doc.sentences[doc.tokens[token].sentence].last)):
            if is_form(doc, i, b"-") or is_form(doc, i, b"\xe2\x80\x94") or is_form(doc, i, b"\xe2\x80\x93") or is_form(doc, i, b"--"):
                return True
        return False

    cdef Party pronoun(self, int32_t token):
        """The nearest fitting actor before: persons for he and she, groups for they, states and bodies for it."""
        cdef const Doc* doc = &self.reading.doc
        cdef str word = self.reading.norm(token)
        cdef uint32_t sentence = doc.tokens[token].sentence
        cdef int32_t head, score, best_score = -1
        cdef uint8_t d
        cdef Py_ssize_t i
        cdef Party party, best = None
        cdef bint personal, excluded, person, plural
        if word in SPEAKING:
            return None
        personal = word in PERSONAL
        plural = word in PLURAL
        taken = self.beside(token)
        others = [self.get(t) for t in taken]
        i = bisect_left(self.heads, doc.sentences[sentence - 2 if sentence > 2 else 0].first)
        while i < len(self.heads) and self.heads[i] < token:
            head = self.heads[i]
            i += 1
            if head in taken or inside_phrase(doc, head, token):
                continue
            person = self.is_person(head)
            if personal and (not person or is_plural(doc, head)):
                continue
            party = self.get(head)
            if party is None or party.place:
                continue
            excluded = False
            for other in others:
                if other is not None and party.same(<Party>other):
                    excluded = True
                    break
            d = doc.tokens[head].deprel
            if excluded or not personal and (d == DEP_AMOD or d == DEP_COMPOUND or person and not (plural and is_plural(doc, head))):
                continue
            if not personal and not plural and is_plural(doc, head) and party.sectors and not party.entity_id:
                continue
            score = 10 * <int32_t>(2 + doc.tokens[head].sentence - sentence) + (6 if d == DEP_NSUBJ or d == DEP_NSUBJ_PASS else 0)
            if personal and doc.tokens[head].sentence < sentence and self.aside(head):
                score -= 4
            if score >= best_score:
                best_score, best = score, party
        if best is None:
            return None
        # a caller who marked the antecedent wants the mark back
        return best if self.given_spans and (best.first, best.last) in self.given_spans else best.at(token, token + 1)

    cdef Party speaking(self, int32_t token, int32_t speaker):
        """Who "we" and "our" are in what somebody says; None for other words."""
        cdef Party party
        if self.reading.norm(token) not in OF_THE_SPEAKER:
            return None
        party = self.get(speaker)
        return None if party is None else party.at(token, token + 1)

    cdef Party listener(self, int32_t says, Party speaker):
        """Whom a word of saying tells: "told Reuters", "said in a letter to parliament"; None where nobody is named."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t child = self.reading.acts_.tree.first_child[says], inner
        cdef uint8_t d
        cdef Party party = None
        while child >= 0 and party is None:
            d = doc.tokens[child].deprel
            if d == DEP_OBJ or d == DEP_IOBJ or d == DEP_OBL and self.marked(child, "to"):
                party = self.get(child)
            elif d == DEP_OBL and self.reading.lemma(child) in OCCASIONS:
                inner = self.reading.acts_.tree.first_child[child]
                while inner >= 0 and party is None:
                    if doc.tokens[inner].deprel == DEP_NMOD and (self.marked(inner, "to") or self.marked(inner, "with")):
                        party = self.get(inner)
                    inner = self.reading.acts_.tree.next_sibling[inner]
            if party is not None and (party.place or party.same(speaker)):
                party = None
            child = self.reading.acts_.tree.next_sibling[child]
        return party

    cdef bint marked(self, int32_t token, str word):
        """Whether a noun has that preposition."""
        cdef int32_t child = self.reading.acts_.tree.first_child[token]
        while child >= 0:
            if self.reading.doc.tokens[child].deprel == DEP_CASE and self.reading.norm(child) == word:
                return True
            child = self.reading.acts_.tree.next_sibling[child]
        return False

    cdef bint aside(self, int32_t token):
        """Whether a person only says or is only named by another: "..., his lawyer said". The next "he" is somebody else."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t c = self.reading.acts_.tree.first_child[token], verb = doc.tokens[token].head
        if verb >= 0 and doc.tokens[verb].deprel == DEP_PARATAXIS:
            return True
        while c >= 0:
            if doc.tokens[c].deprel == DEP_NMOD_POSS and self.reading.acts_.who[c] == WHO_PRONOUN:
                return True
            c = self.reading.acts_.tree.next_sibling[c]
        return False

    cdef list beside(self, int32_t token):
        """The subjects of a pronoun's own clause: "Peru called on it" speaks of another. A possessive or a subject is free."""
        cdef const Doc* doc = &self.reading.doc
        cdef uint8_t d = doc.tokens[token].deprel
        cdef int32_t verb, hops = 0, c
        cdef list found = []
        if d == DEP_NMOD_POSS or d == DEP_NSUBJ or d == DEP_NSUBJ_PASS:
            return found
        verb = doc.tokens[token].head
        while verb >= 0 and doc.tokens[verb].upos != UPOS_VERB and hops < 6:
            verb = doc.tokens[verb].head
            hops += 1
        while verb >= 0 and hops < 12:
            c = self.reading.acts_.tree.first_child[verb]
            while c >= 0:
                if doc.tokens[c].deprel == DEP_NSUBJ or doc.tokens[c].deprel == DEP_NSUBJ_PASS:
                    found.append(c)
                c = self.reading.acts_.tree.next_sibling[c]
            d = doc.tokens[verb].deprel
            if found or not (d == DEP_CONJ or d == DEP_XCOMP or d == DEP_ADVCL):
                break
            verb = doc.tokens[verb].head
            hops += 1
        return found

    cdef Party unknown_name(self, int32_t token):
        """A proper name that the knowledge does not have: what its title and the text before say of it."""
        cdef int32_t first = token, last = token + 1
        cdef Party title, owner, party
        cdef str words, surname
        extend(self.reading, token, &first, &last)
        title = self.title(token)
        words = self.name_words(token)
        surname = words.rpartition(" ")[2].lower()
        if title is not None:
            party = make(first, last, "", words, title.country, title.sectors, title.role, title.cameo)
            self.know(words, party)
            return party
        if " " not in words:
            self.collect_people(token)
            earlier = self.people.get(surname) or self.people.get(" " + surname)
            if earlier is not None:
                return (<Party>earlier).at(first, last)
        owner = self.owner(token)
        if owner is not None:
            return make(first, last, "", words, owner.country, (), "", owner.country)
        party = make(first, last, "", words, "", (), "", "")
        party.known = False
        return party

    cdef int know(self, str words, Party party) except -1:
        """Keeps a person under the last word of the name and, with a space before it, under the first: family names come first in places."""
        self.people.setdefault(words.rpartition(" ")[2].lower(), party)
        self.people.setdefault(" " + words.partition(" ")[0].lower(), party)
        return 0

    cdef int collect_people(self, int32_t before) except -1:
        """Learns the full names that stand before a token, so that a surname alone can be told."""
        cdef Py_ssize_t i = bisect_left(self.names, self.people_until)
        cdef str words
        cdef Party party
        while i < len(self.names) and self.names[i] < before:
            words = self.name_words(self.names[i])
            if " " in words:
                party = self.get(self.names[i])
                if party is not None:
                    self.know(words, party)
            i += 1
        self.people_until = max(self.people_until, before)
        return 0

    # -- the words around ------------------------------------------------------------------------------------------

    cdef Party title(self, int32_t token):
        """The role noun that goes with a name: "Russian Foreign Minister X", "X, the group's spokesman"."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t child = self.reading.acts_.tree.first_child[token], head = doc.tokens[token].head
        cdef uint8_t d
        cdef Party party, owner
        while child >= 0:
            d = doc.tokens[child].deprel
            if self.is_role(child) and (d == DEP_COMPOUND or d == DEP_NMOD_DESC or d == DEP_NMOD_UNMARKED or d == DEP_AMOD or d == DEP_FLAT
                                        or d == DEP_APPOS):
                party = <Party>self.office(child, self.mention_of[child])[0]
                if party is not None:
                    if not party.country:
                        owner = self.owner(token)
                        if owner is not None:
                            party = make(party.first, party.last, party.entity_id, f"{owner.name} {party.role}", owner.country, party.sectors,
                                         party.role, compose_cameo(owner.country, party.sectors))
                    return party
            child = self.reading.acts_.tree.next_sibling[child]
        child = self.reading.acts_.tree.first_child[token]
        while child >= 0:
            if doc.tokens[child].deprel == DEP_COMPOUND and doc.tokens[child].upos == UPOS_PROPN and self.mention_of[child] < 0:
                party = self.title(child)       # on the first name
                if party is not None:
                    return party
            child = self.reading.acts_.tree.next_sibling[child]
        if doc.tokens[token].deprel == DEP_APPOS and head >= 0 and self.is_role(head):
            return <Party>self.office(head, self.mention_of[head])[0]
        return None

    cdef Party from_inside(self, int32_t first, int32_t last):
        """What the mentions inside a marked stretch say of it: a role with its country, or a nationality, or a name."""
        cdef Py_ssize_t i = bisect_left(self.mention_heads_, first)
        cdef Party party, role = None
        cdef str country = ""
        cdef tuple sectors = ()
        cdef bint any_ = False
        while i < len(self.mention_heads_) and self.mention_heads_[i] < last:
            party = self.mention(self.mention_heads_[i], self.mention_of[<int32_t>self.mention_heads_[i]])
            if party is not None:
                any_ = any_ or bool(party.country) or bool(party.sectors)
                country = country or party.country
                if self.is_role(self.mention_heads_[i]):
                    role = party if role is None else role
                    sectors = sectors or party.sectors
            i += 1
        if not any_:
            return None
        return make(first, last, "", self.text_of(first, last), country, sectors, role.role if role is not None else "",
                    compose_cameo(country, sectors) if country else "")

    cdef bint is_person(self, int32_t token):
        cdef int32_t index = self.mention_of[token]
        if index < 0:
            return self.reading.acts_.who[token] == WHO_NAME
        if self.reading.mentions_.items[index].kind == MENTION_PERSON:
            return True
        return self.is_role(token) and int(self.knowledge.role_noun(self.reading.mentions_.items[index].role).kind) == 1

    cdef int32_t head_count(self, int32_t token):
        """The number that stands with a noun, 0 without one."""
        cdef int32_t c = self.reading.acts_.tree.first_child[token]
        cdef str word
        while c >= 0:
            if self.reading.doc.tokens[c].deprel == DEP_NUMMOD:
                word = self.reading.norm(c).replace(",", "")
                return int(word) if word.isdecimal() and len(word) <= 9 else NUMBERS.get(word, 0)
            c = self.reading.acts_.tree.next_sibling[c]
        return 0

    cdef str name_words(self, int32_t token):
        """The name itself, without titles: the word, its flat parts and the unknown proper names before it."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t first = token, last = token, c = self.reading.acts_.tree.first_child[token]
        while c >= 0:
            if (doc.tokens[c].deprel == DEP_FLAT or doc.tokens[c].deprel == DEP_COMPOUND) and doc.tokens[c].upos == UPOS_PROPN \
                    and self.mention_of[c] < 0 and self.reading.acts_.who[c] != WHO_INSIDE:
                first, last = min(first, c), max(last, c)
            c = self.reading.acts_.tree.next_sibling[c]
        return self.text_of(first, last + 1)


cdef int32_t case_of(Reading reading, int32_t token) noexcept:
    """The first case marker of a word, or -1."""
    cdef int32_t c = reading.acts_.tree.first_child[token]
    while c >= 0 and reading.doc.tokens[c].deprel != DEP_CASE:
        c = reading.acts_.tree.next_sibling[c]
    return c


cdef bint is_plural(const Doc* doc, int32_t token) noexcept nogil:
    return doc.tokens[token].xpos == XPOS_NNS or doc.tokens[token].xpos == XPOS_NNPS


cdef bint inside_phrase(const Doc* doc, int32_t token, int32_t other) noexcept nogil:
    """Whether `other` stands inside the phrase of `token`."""
    cdef int32_t hops = 0
    while other >= 0 and hops < 60:
        if other == token:
            return True
        if doc.tokens[other].deprel == DEP_ACL_RELCL:
            return False     # "Peru, which mediated between its neighbours"
        other = doc.tokens[other].head
        hops += 1
    return False


cdef void extend(Reading reading, int32_t token, int32_t* first, int32_t* last) noexcept:
    """The noun phrase around a mention: determiners, modifiers, titles, an "of" complement, but no clauses."""
    cdef const Doc* doc = &reading.doc
    cdef int32_t child = reading.acts_.tree.first_child[token], low, high, case
    cdef uint8_t d
    while child >= 0:
        d = doc.tokens[child].deprel
        if (d == DEP_DET or d == DEP_AMOD or d == DEP_COMPOUND or d == DEP_NMOD_POSS or d == DEP_NUMMOD or d == DEP_FLAT
                or d == DEP_NMOD_DESC or d == DEP_DET_PREDET):
            subtree_span(&reading.acts_.tree, child, &low, &high)
            first[0] = min(first[0], low)
            if d == DEP_FLAT or d == DEP_COMPOUND:
                last[0] = max(last[0], high)
        elif d == DEP_NMOD and child > token:
            case = case_of(reading, child)
            if case >= 0 and is_form(doc, case, b"of"):
                subtree_span(&reading.acts_.tree, child, &low, &high)
                last[0] = max(last[0], high)
        child = reading.acts_.tree.next_sibling[child]
