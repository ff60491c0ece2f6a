"""Acts as the core found them, made into events or dropped, each with its reason."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Sequence

from demarche._native.read import Reading
from demarche.coder.parties import Parties, Party
from demarche.knowledge.pattern_table import PatternRow

ACTUAL, ONGOING, HISTORICAL, FUTURE, HYPOTHETICAL, NEGATED = range(1, 7)
REPORTED, ALLEGED, DENIED, DISPUTED = range(1, 5)
SLOT_ACTOR, SLOT_RECIPIENT, SLOT_PARTNER, SLOT_THIRD = 1, 2, 3, 4
# Acts that PLOVER reads as another type while they are only intended (manual, auxiliary modes).
INTENDED = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE", "ASSAULT": "THREATEN", "SANCTION": "THREATEN",
            "COERCE": "THREATEN"}
# What is asked or refused says how: for help, for a meeting, for giving way, for a change.
CONTENT_MODES = {"AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist", "REQUEST": "assist", "CONSULT": "meet", "AGREE": "meet", "RETREAT": "yield",
                 "CONCEDE": "yield", "COERCE": "change", "SANCTION": "change"}
HARD_SECTORS = frozenset(("GOV", "MIL", "COP", "REB", "UAF", "JUD", "LEG", "SPY", "OPP", "PTY", "PRM", "PRE", "IGO"))
MOVES = frozenset(("AGREE", "REQUEST", "ACCUSE", "CONCEDE", "THREATEN", "CONSULT"))
ANSWERS = frozenset(("REJECT", "AGREE", "SUPPORT"))
COOPERATIVE = frozenset(("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"))


@dataclass
class Draft:
    """One act on its way to an event. `dropped` says why it does not become one; empty: it does."""
    trigger: int
    clause: int
    pattern_id: str
    type: str
    modes: list[str]
    cameo: str
    realis: int
    standing: int
    parent: int                 # index of the draft whose content this is, or -1
    noun: int = -1              # the noun that the pattern names ("reject an offer"), a token
    refused: bool = False       # "will not"
    actors: list[Party] = field(default_factory=list)
    recipients: list[Party] = field(default_factory=list)
    third: list[Party] = field(default_factory=list)
    speakers: list[tuple[int, Party]] = field(default_factory=list)   # word of saying, who; outermost first
    dropped: str = ""


def make_drafts(reading: Reading, parties: Parties, patterns: Sequence[PatternRow]) -> list[Draft]:
    """A draft for every act; `patterns` is the knowledge's table."""
    drafts: list[Draft] = []
    for trigger, pattern, _, realis, standing, clause, parent, content, slots, speakers, noun, refused in reading.acts:
        pattern_id, kind, modes, cameo, _ = patterns[pattern]
        draft = Draft(trigger, clause, pattern_id, kind, list(modes), cameo, realis, standing, parent if content else -1, noun, bool(refused))
        sides = {SLOT_ACTOR: draft.actors, SLOT_PARTNER: draft.actors, SLOT_RECIPIENT: draft.recipients, SLOT_THIRD: draft.third}
        for token, slot, _ in slots:
            party = parties.at(token)
            if party is not None and slot in sides:
                _add(sides[slot], party)
        for says, speaker in reversed(speakers):
            party = parties.at(speaker) if speaker >= 0 else None
            if party is not None and all(party.key != other.key for _, other in draft.speakers):
                draft.speakers.append((says, party))
        drafts.append(draft)
    _find_answered(reading, drafts)
    holders = {draft.noun: draft for draft in reversed(drafts) if draft.noun >= 0 and draft.noun != draft.trigger}
    for draft in drafts:
        draft.dropped = _reason_to_drop(draft, drafts, holders.get(draft.trigger))
    _drop_repetitions(reading, drafts)
    for draft in drafts:
        _read_intention(draft)
        if draft.parent >= 0 and not drafts[draft.parent].modes:
            mode = CONTENT_MODES.get(draft.type)
            if drafts[draft.parent].type in ("REQUEST", "REJECT") and mode:
                drafts[draft.parent].modes = [mode]
    return drafts


def _find_answered(reading: Reading, drafts: list[Draft]) -> None:
    """An answer without an addressee ("but Chile declined") goes to the one whose move, told just before, went to the answerer."""
    for number, draft in enumerate(drafts):
        if draft.type not in ANSWERS or draft.recipients or len(draft.actors) != 1:
            continue
        answerer = draft.actors[0].key
        for earlier in range(number - 1, -1, -1):
            move = drafts[earlier]
            if reading.sentence_of(draft.trigger) - reading.sentence_of(move.trigger) > 2:
                break
            if move.type in MOVES and any(party.key == answerer for party in move.recipients):
                draft.recipients = [party for party in move.actors if party.key != answerer]
                break


def _add(side: list[Party], party: Party) -> None:
    if all(party.key != other.key for other in side):
        side.append(party)


def _political(party: Party) -> bool:
    """Whether a participant alone makes an act political: a state's, an organisation's, a caller's own, or one of a sector that bears
    arms or office. A singer, a firm or a crowd is only where the other side is, or in a protest."""
    if not party.known:
        return False
    return bool(party.country or party.entity_id) or (party.sectors[0] in HARD_SECTORS if party.sectors else bool(party.name))


def _reason_to_drop(draft: Draft, drafts: list[Draft], holder: Draft | None) -> str:
    """Why an act is no event, or nothing. `holder`: the act whose pattern names this one's noun."""
    own = {party.key for party in draft.actors}
    draft.recipients = [party for party in draft.recipients if party.key not in own]
    if draft.parent >= 0:
        owner = drafts[draft.parent]
        if owner.type != "ACCUSE":
            return f"content of {owner.type}"
        draft.speakers += [(owner.trigger, party) for party in owner.actors[:1] if all(party.key != other.key for _, other in draft.speakers)]
    if draft.realis == NEGATED:
        if not (draft.type == "AGREE" or draft.refused and draft.type in COOPERATIVE):
            return "negated"
        # not to agree, and not to be willing to help, is to reject
        draft.type, draft.modes, draft.cameo, draft.realis = "REJECT", [], "120", ACTUAL
    if draft.realis == HYPOTHETICAL:
        return "hypothetical"
    if holder is not None and not (draft.actors and own.isdisjoint(party.key for party in holder.actors)):
        return f"part of {holder.pattern_id}"
    everyone = draft.actors + draft.recipients
    if not everyone:
        return "nobody"
    if not any(_political(party) for party in everyone) and not (draft.type == "PROTEST" and any(party.known for party in draft.actors)):
        return "no known actor"
    if draft.type == "PROTEST" and draft.actors and all(_official(party) for party in draft.actors):
        # a state's protest is a complaint (PLOVER manual, PROTEST)
        draft.type, draft.modes, draft.cameo = "ACCUSE", ["disapprove"], "111"
    return ""


def _official(party: Party) -> bool:
    return party.sectors[0] in ("GOV", "MIL", "JUD", "LEG", "SPY", "IGO") if party.sectors else party.entity_id == party.country != ""


def _drop_repetitions(reading: Reading, drafts: list[Draft]) -> None:
    """Of two acts of one type between the same parties in one sentence the first with more parties stays."""
    seen: dict[tuple[int, str], list[tuple[frozenset, Draft]]] = {}
    for draft in sorted((d for d in drafts if not d.dropped), key=lambda d: (-len(d.actors) - len(d.recipients), d.trigger)):
        everyone = frozenset(p.key for p in draft.actors + draft.recipients)
        kept = seen.setdefault((reading.sentence_of(draft.trigger), draft.type), [])
        same = next((other for others, other in kept if everyone <= others), None)
        if same is not None:
            draft.dropped = f"repeats {same.pattern_id}"
        else:
            kept.append((everyone, draft))


def _read_intention(draft: Draft) -> None:
    if draft.realis == FUTURE and draft.type in INTENDED:
        kind = INTENDED[draft.type]
        draft.modes = ["violence"] if draft.type == "ASSAULT" else ["restrict"] if draft.type in ("SANCTION", "COERCE") else []
        draft.cameo = {"AGREE": "030", "CONCEDE": "080", "THREATEN": "138" if draft.type == "ASSAULT" else "130"}[kind]
        draft.type = kind
