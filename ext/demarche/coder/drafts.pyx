"""Acts as the core found them, made into events or dropped, each with its reason."""
from libc.stdint cimport int32_t, uint32_t

from demarche._native.labels cimport DEP_CONJ, DEP_NSUBJ_PASS, UPOS_NOUN, XPOS_NN
from demarche._native.acts cimport LEARNED_FRAME, REALIS_ACTUAL, REALIS_FUTURE, REALIS_HISTORICAL, REALIS_HYPOTHETICAL, REALIS_NEGATED, Act
from demarche._native.patterns cimport SLOT_ACTOR, SLOT_PARTNER, SLOT_RECIPIENT
from demarche._native.patterns cimport Party as Filler
from demarche._native.document cimport hash_bytes
from demarche._native.read cimport Reading
from demarche._native.tree cimport child_with
from demarche.coder.parties cimport Parties, Party

# Acts that PLOVER reads as another type while they are only intended (manual, auxiliary modes).
cdef dict INTENDED = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE", "ASSAULT": "THREATEN",
                      "SANCTION": "THREATEN", "COERCE": "THREATEN", "PROTEST": "THREATEN", "MOBILIZE": "THREATEN"}
# What is asked or refused says how: for help, for a meeting, for giving way, for a change.
cdef dict CONTENT_MODES = {"AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist", "REQUEST": "assist", "CONSULT": "meet", "AGREE": "meet",
                           "RETREAT": "yield", "CONCEDE": "yield", "COERCE": "change", "SANCTION": "change"}
# What is threatened: PLOVER's modes of THREATEN.
cdef dict THREATENED = {"ASSAULT": ["violence"], "MOBILIZE": ["violence"], "COERCE": ["restrict"], "SANCTION": ["restrict"], "PROTEST": ["restrict"], "REJECT": ["relations"]}
cdef frozenset HARD_SECTORS = frozenset(("GOV", "MIL", "COP", "REB", "UAF", "JUD", "LEG", "SPY", "OPP", "PTY", "PRM", "PRE", "IGO"))
cdef frozenset OFFICIAL = frozenset(("GOV", "MIL", "JUD", "LEG", "SPY", "IGO"))
cdef frozenset ARMED = frozenset(("MIL", "COP", "REB", "UAF", "SPY"))
cdef frozenset MOVES = frozenset(("AGREE", "REQUEST", "ACCUSE", "CONCEDE", "THREATEN", "CONSULT"))
cdef frozenset ADDRESSED = frozenset(("REQUEST", "ACCUSE", "THREATEN", "SUPPORT"))
cdef frozenset INTENDING = frozenset(("AGREE", "CONCEDE", "THREATEN"))
cdef frozenset ANSWERS = frozenset(("REJECT", "AGREE", "SUPPORT"))
cdef frozenset COOPERATIVE = frozenset(("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"))
cdef frozenset SPOKEN = frozenset(("REJECT", "AGREE", "THREATEN", "REQUEST", "ACCUSE"))
# Verbs that only tell what became of people.
cdef frozenset VICTIMS = frozenset(hash_bytes(word, len(word), 0) for word in (b"kill", b"wound", b"injure", b"hurt", b"maim", b"slay"))
cdef frozenset NATURE = frozenset(("cyclone", "hurricane", "typhoon", "storm", "tropical", "earthquake", "tsunami", "mount", "winter", "super"))
cdef str CONTENT = "content of "
cdef str NOBODY_KNOWN = "no known actor"
cdef enum:
    POLITICAL_REPORT = 2 # events between known political actors that make a report political
    ANSWER_REACH = 2     # sentences back to the move that is answered


cdef class Draft:
    """One act on its way to an event."""


cdef int set_pattern(Draft draft, row) except -1:
    """`row`: of the knowledge's table (pattern_table.py)."""
    draft.pattern_id, draft.type, modes, draft.cameo = row[:4]
    draft.modes = list(modes)
    return 0


cdef int read_moved(Reading reading, Parties parties, Draft draft) except -1:
    """Forces that are moved by nobody who is named ("French soldiers were sent to Mali") act themselves."""
    cdef int32_t subject = child_with(&reading.acts_.tree, &reading.doc, draft.trigger, DEP_NSUBJ_PASS)
    cdef Party moved = parties.get(subject) if subject >= 0 else None, party
    if moved is None or not moved.country and not (ARMED.intersection(moved.sectors) and reading.doc.tokens[subject].xpos != XPOS_NN):
        return 0
    draft.recipients = [party for party in draft.recipients if not party.same(moved) and not is_nation_of(party, moved)]
    add(draft.actors, moved)
    return 0


cdef bint of_several_countries(list actors):
    cdef Party party
    return len({party.country for party in actors if party.country}) > 1


def make_drafts(Reading reading not None, Parties parties not None, tuple patterns not None):
    """A list of a Draft for every act; `patterns` is the knowledge's table (pattern_table.py)."""
    cdef const Act* act
    cdef const Filler* filler
    cdef uint32_t i
    cdef int32_t k
    cdef Draft draft
    cdef Party party
    cdef list drafts = [], side
    cdef int32_t told = 0
    cdef dict holders = {}
    for i in range(reading.acts_.n_acts):
        act = &reading.acts_.acts[i]
        draft = Draft.__new__(Draft)
        set_pattern(draft, patterns[act.pattern])
        draft.trigger, draft.clause, draft.noun, draft.refused = act.trigger, act.clause, act.noun, act.refused
        draft.learned, draft.addressed = act.frame == LEARNED_FRAME, False
        draft.probability, draft.content = act.probability, False
        draft.realis, draft.standing, draft.parent = act.realis, act.standing, act.parent if act.content else -1
        draft.sentence = <int32_t>reading.doc.tokens[act.trigger].sentence
        draft.partners = []
        draft.actors, draft.recipients, draft.third, draft.says, draft.speakers, draft.listeners, draft.dropped, draft.magnitudes = [], [], [], [], [], [], "", {}
        for k in range(<int32_t>act.n_parties):
            filler = &reading.acts_.parties[act.first_party + k]
            party = parties.get(filler.token)
            if party is None and act.n_speakers and act.speakers[0] >= 0:
                party = parties.speaking(filler.token, act.speakers[0])
            if party is None:
                continue
            side = draft.actors if filler.slot == SLOT_ACTOR or filler.slot == SLOT_PARTNER else draft.recipients if filler.slot == SLOT_RECIPIENT else draft.third
            draft.addressed = draft.addressed or filler.slot == SLOT_RECIPIENT and k < act.n_own
            add(side, party)
            if filler.slot == SLOT_PARTNER:
                add(draft.partners, party)
            for partner in parties.partners(filler.token):
                add(side, <Party>partner)
        if draft.type == "MOBILIZE" and not draft.actors:
            read_moved(reading, parties, draft)
        jointly = patterns[act.pattern].jointly
        if jointly != act.pattern and of_several_countries(draft.actors):
            set_pattern(draft, patterns[jointly])
        for k in range(<int32_t>act.n_speakers - 1, -1, -1):
            party = parties.get(act.speakers[k]) if act.speakers[k] >= 0 else None
            if party is not None:
                add_speaker(draft, act.says[k], party, parties.listener(act.says[k], party))
        drafts.append(draft)
    find_answered(drafts)
    read_protests(reading, drafts)
    for draft in reversed(drafts):
        if draft.noun >= 0 and draft.noun != draft.trigger:
            holders[draft.noun] = draft
    for draft in drafts:
        draft.dropped = reason_to_drop(draft, drafts, <Draft>holders.get(draft.trigger), False)
        told += not draft.dropped
    if told >= POLITICAL_REPORT:
        for draft in drafts:
            if draft.dropped == NOBODY_KNOWN:
                draft.dropped = reason_to_drop(draft, drafts, <Draft>holders.get(draft.trigger), True)
    share_addressees(reading, drafts)
    share_contents(drafts)
    merge_victims(reading, drafts)
    drop_repetitions(reading, drafts)
    drop_headline(reading, drafts)
    for draft in drafts:
        if draft.dropped and draft.parent >= 0 and draft.dropped.startswith(CONTENT):
            keep_content(draft, <Draft>drafts[draft.parent])
        if not draft.content:
            read_intention(draft)
        if draft.parent >= 0:
            read_content(draft, <Draft>drafts[draft.parent])
    return drafts


cdef int read_protests(Reading reading, list drafts) except -1:
    """ "marched to demand bread": those who protest for a demand make it."""
    cdef Draft draft, other
    cdef int32_t head
    for draft in drafts:
        if draft.realis == REALIS_HYPOTHETICAL and (draft.type == "REQUEST" or draft.type == "ACCUSE"):
            head = reading.doc.tokens[draft.trigger].head
            for other in drafts:
                if other.type == "PROTEST" and other.realis <= REALIS_HISTORICAL and (head == other.trigger or head == other.clause):
                    draft.realis = other.realis
                    break
    return 0


cdef int share_contents(list drafts) except -1:
    """A promise or refusal concerns whom its content does, also where the learned judge has told the content."""
    cdef Draft draft, owner
    cdef Party party
    for draft in drafts:
        if draft.parent >= 0 and draft.dropped.startswith(CONTENT):
            owner = drafts[draft.parent]
            if not owner.recipients and not owner.dropped and share(draft.actors, owner.actors):
                for party in draft.recipients:
                    if not among(owner.actors, party):
                        add(owner.recipients, party)
    return 0


cdef int share_addressees(Reading reading, list drafts) except -1:
    """ "condemned the junta and demanded that the vote be held": what is said in one breath is said to the same."""
    cdef Draft draft, first
    cdef Party party
    cdef dict by_trigger = {}
    for draft in drafts:
        by_trigger.setdefault(draft.trigger, draft)
    for draft in drafts:
        # "rejected an offer by Peru": it was made to the one who rejects it
        first = by_trigger.get(reading.doc.tokens[draft.trigger].head)
        if not draft.dropped and not draft.recipients and first is not None and first.type in ANSWERS and is_noun(reading, draft.trigger) and share(
                draft.actors, first.recipients):
            for party in first.actors:
                add(draft.recipients, party)
        if draft.dropped or draft.addressed or draft.type not in ADDRESSED or reading.doc.tokens[draft.trigger].deprel != DEP_CONJ:
            continue
        first = by_trigger.get(reading.doc.tokens[draft.trigger].head)
        if first is not None and not first.dropped and first.addressed and first.type in ADDRESSED and share(draft.actors, first.actors):
            for party in first.recipients:
                add(draft.recipients, party)
    return 0


cdef bint tells_victims(Reading reading, int32_t token):
    return reading.doc.tokens[token].lemma_hash in VICTIMS


cdef int merge_victims(Reading reading, list drafts) except -1:
    """ "attacked a convoy, killing two", "two were killed in the attack": those who fell are the victims of the attack, not of an act of their own."""
    cdef Draft draft, other, best
    cdef Party party
    for draft in drafts:
        if draft.dropped or draft.type != "ASSAULT" or not tells_victims(reading, draft.trigger):
            continue
        best = None
        for other in drafts:
            if other is draft or other.dropped or other.type != "ASSAULT" or tells_victims(reading, other.trigger):
                continue
            if other.sentence == draft.sentence and (not draft.actors or share(draft.actors, other.actors)) or (
                    other.sentence + 1 == draft.sentence and not draft.actors):
                best = other
        if best is not None:
            draft.dropped = f"victims of {best.pattern_id}"
            if best.sentence == draft.sentence and best.realis == draft.realis:
                for party in draft.recipients:
                    if not among(best.actors, party):
                        add(best.recipients, party)
    return 0


cdef bint among(list side, Party party):
    cdef Party other
    for other in side:
        if other.same(party):
            return True
    return False


cdef int add(list side, Party party) except -1:
    """Adds a party to a side, once. Of "Polish" and "the Polish ambassador" the ambassador stays."""
    cdef Party other
    cdef Py_ssize_t i
    for i in range(len(side)):
        other = side[i]
        if other.same(party) or is_nation_of(party, other):
            return 0
        if is_nation_of(other, party):
            side[i] = party
            return 0
    side.append(party)
    return 0


cdef bint is_nation_of(Party nation, Party whole):
    """Whether a party is no more than the nationality in another's name."""
    return not nation.sectors and nation.country != "" and nation.country == whole.country and not nation.given and not whole.given \
        and whole.first <= nation.first and nation.last <= whole.last and whole.last - whole.first > nation.last - nation.first


cdef int add_speaker(Draft draft, int32_t says, Party party, Party listener) except -1:
    if not among(draft.speakers, party):
        draft.says.append(says)
        draft.speakers.append(party)
        draft.listeners.append(listener)
    return 0


cdef int find_answered(list drafts) except -1:
    """An answer without an addressee ("but Chile declined") goes to the one whose move, told just before, went to the answerer."""
    cdef Py_ssize_t number, earlier
    cdef Draft draft, move
    cdef Party answerer, party
    for number in range(len(drafts)):
        draft = drafts[number]
        if draft.recipients or len(draft.actors) != 1 or draft.type not in ANSWERS:
            continue
        answerer = draft.actors[0]
        for earlier in range(number - 1, -1, -1):
            move = drafts[earlier]
            if draft.sentence - move.sentence > ANSWER_REACH:
                break
            if move.type in MOVES and among(move.recipients, answerer):
                draft.recipients = [party for party in move.actors if not party.same(answerer)]
                break
    return 0


cdef bint is_political(Party party):
    """Whether a participant alone makes an act political: a state's, an organisation's, a caller's own, or one of a sector that bears
    arms or office. A singer, a firm or a crowd is only where the other side is, or in a protest."""
    if not party.known or party.given:
        return party.given
    return bool(party.country) or bool(party.entity_id) or (party.sectors[0] in HARD_SECTORS if party.sectors else bool(party.name))


cdef bint is_official(Party party):
    return party.sectors[0] in OFFICIAL if party.sectors else party.entity_id == party.country and party.country != ""


cdef bint asked_for(Draft draft):
    """Whether both sides are marked by the caller, who then hears also of what did not happen, as such."""
    cdef Party party
    cdef bint one = False
    for party in draft.actors:
        one = one or party.given
    if one:
        for party in draft.recipients:
            if party.given:
                return True
    return False


cdef str reason_to_drop(Draft draft, list drafts, Draft holder, bint political):
    """Why an act is no event, or nothing. `holder`: the act whose pattern names this one's noun; `political`: the report is known to be so,
    and what its bishops, strikers and men without an office do counts too."""
    cdef Draft owner
    cdef Party party
    cdef bint political_ = False, known_actor = False, official
    draft.recipients = [party for party in draft.recipients if not among(draft.actors, party)]
    if draft.parent >= 0:
        owner = drafts[draft.parent]
        if owner.type != "ACCUSE" and owner.cameo != "016":
            return f"{CONTENT}{owner.type}"         # what is alleged and what is denied is told as well
        if owner.actors:
            add_speaker(draft, owner.trigger, <Party>owner.actors[0], None)
    if draft.learned and draft.type in SPOKEN and (draft.realis == REALIS_NEGATED or draft.realis == REALIS_HYPOTHETICAL):
        draft.realis = REALIS_ACTUAL      # the judge has read "not", "would" and "if" itself: they make the refusal, the offer, the threat
    if draft.realis == REALIS_NEGATED:
        if draft.type == "AGREE" or draft.type == "CONCEDE" or draft.cameo == "057" or draft.refused and draft.type in COOPERATIVE:
            # not to agree, not to sign, not to permit and not to be willing to help is to reject
            draft.type, draft.modes, draft.cameo, draft.realis = "REJECT", [], "120", REALIS_ACTUAL
        elif not asked_for(draft):
            return "negated"
    if draft.realis == REALIS_HYPOTHETICAL and not asked_for(draft):
        return "hypothetical"
    if holder is not None and (not draft.actors or share(draft.actors, holder.actors)):
        return f"part of {holder.pattern_id}"
    if not draft.actors and not draft.recipients:
        return "nobody"
    for party in draft.actors:
        political_ = political_ or is_political(party)
        known_actor = known_actor or party.known or political and party.name != "" and party.name.partition(" ")[0].lower() not in NATURE
    for party in draft.recipients:
        political_ = political_ or is_political(party)
    if not political_ and not ((draft.type == "PROTEST" or political) and known_actor):
        return NOBODY_KNOWN
    if draft.type == "PROTEST" and draft.actors and (not draft.modes or draft.modes == ["demo"]):
        official = True
        for party in draft.actors:
            official = official and is_official(party)
        if official:
            # a state's protest is a complaint (PLOVER manual, PROTEST)
            draft.type, draft.modes, draft.cameo = "ACCUSE", ["disapprove"], "111"
    return ""


cdef bint share(list some, list others):
    cdef Party party
    for party in some:
        if among(others, party):
            return True
    return False


cdef bint within(list some, list actors, list recipients):
    cdef Party party
    for party in some:
        if not among(actors, party) and not among(recipients, party):
            return False
    return True


cdef int drop_headline(Reading reading, list drafts) except -1:
    """What the headline tells, the report tells again in full: then it is told once. The headline is a first paragraph of one sentence."""
    cdef Draft draft, other
    if reading.doc.n_sentences < 2 or not reading.doc.sentences[1].paragraph:
        return 0
    for draft in drafts:
        if draft.sentence > 0:
            break
        if draft.dropped:
            continue
        for other in drafts:
            if other.sentence > 0 and not other.dropped and other.type == draft.type and (
                    share(draft.actors, other.actors) or not draft.actors) and within(draft.recipients, other.actors, other.recipients) and (
                    within(draft.actors, other.actors, other.recipients)):
                draft.dropped = f"told again by {other.pattern_id}"
                break
    return 0


cdef bint is_noun(Reading reading, int32_t token) noexcept:
    return reading.doc.tokens[token].upos == UPOS_NOUN


cdef int drop_repetitions(Reading reading, list drafts) except -1:
    """Of two acts of one type between the same parties in one sentence the first with more parties stays, unless two verbs tell of two ways."""
    cdef Draft draft, other
    cdef dict kept = {}
    cdef list same
    cdef list told = []
    for draft in drafts:
        if not draft.dropped and not draft.learned:
            told.append(draft)
    for draft in drafts:
        if draft.learned and not draft.dropped:
            # the judge sees words, and here "it" turns out to be the one of whom a pattern tells already
            for other in told:
                if other.sentence == draft.sentence and within(draft.actors, other.actors, other.recipients) and within(
                        draft.recipients, other.actors, other.recipients):
                    draft.dropped = f"told by {other.pattern_id}"
                    break
    for draft in sorted([d for d in drafts if not (<Draft>d).dropped], key=parties_first):
        same = kept.setdefault((draft.sentence, draft.type), [])
        for other in same:
            if (draft.modes == other.modes or is_noun(reading, draft.trigger) or is_noun(reading, other.trigger)) and within(
                    draft.actors, other.actors, other.recipients) and within(draft.recipients, other.actors, other.recipients):
                draft.dropped = f"repeats {other.pattern_id}"
                break
        else:
            same.append(draft)
    return 0


def parties_first(Draft draft):
    return -len(draft.actors) - len(draft.recipients), draft.trigger


cdef int read_intention(Draft draft) except -1:
    if draft.realis == REALIS_FUTURE and draft.type in INTENDED:
        kind = INTENDED[draft.type]
        draft.modes = ["violence"] if draft.type == "ASSAULT" else ["restrict"] if draft.type == "SANCTION" or draft.type == "COERCE" else []
        draft.cameo = {"AGREE": "030", "CONCEDE": "080", "THREATEN": {"ASSAULT": "138", "PROTEST": "133"}.get(draft.type, "130")}[kind]
        if kind == "AGREE" and not draft.recipients and len(draft.partners) < len(draft.actors):
            # a meeting that is planned is an offer to the other side
            draft.recipients = [party for party in draft.actors if among(draft.partners, party)]
            draft.actors = [party for party in draft.actors if not among(draft.partners, party)]
        draft.type = kind
    return 0


cdef int keep_content(Draft draft, Draft owner) except -1:
    """Makes a content of what an event asks, offers, threatens or refuses, where anybody known takes part."""
    cdef Party party
    if owner.dropped and not owner.content or not draft.actors and not draft.recipients:
        return 0
    for party in draft.actors + draft.recipients:
        if party.known:
            draft.content = True
    if draft.content:
        draft.realis = REALIS_NEGATED if owner.type == "REJECT" else REALIS_HYPOTHETICAL if owner.type not in INTENDING else REALIS_FUTURE
    return 0


cdef int read_content(Draft draft, Draft asked) except -1:
    """What is asked, refused or threatened gives the asking, the refusal or the threat its mode."""
    if asked.type == "THREATEN" and not asked.modes:
        asked.modes = ["arrest"] if "arrest" in draft.modes else ["expel"] if "expel" in draft.modes else list(THREATENED.get(draft.type, ()))
    if not asked.modes and (asked.type == "REQUEST" or asked.type == "REJECT"):
        mode = CONTENT_MODES.get(draft.type)
        if mode:
            asked.modes = [mode]
    return 0
