"""What can be reached: frames that another frame never lets be chosen, and the types, modes and codes of the ontology that something gives."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from demarche.knowledge.contexts import Subject
from demarche.knowledge.frames import Frame, Position, Relation, Slot, Term
from demarche.knowledge.names import plural
from demarche.knowledge.ontology import Ontology
from demarche.knowledge.pattern_sections import LEARNED_CAMEO
from demarche.knowledge.patterns import Pattern

PARTIES = (Slot.ACTOR, Slot.RECIPIENT, Slot.PARTNER)
KINDS = ("types", "modes", "cameo", "contexts")

# What the coder itself makes of what it has read (ext/demarche/coder/drafts.pyx).
CODER_CAMEO = {
    "030": "the coder: a meeting, support, cooperation or aid that is only intended",
    "080": "the coder: a retreat that is only intended",
    "111": "the coder: a protest of officials, which is a complaint",
    "120": "the coder: an agreement or a concession that is said not to be made",
    "130": "the coder: a sanction, a coercion or a mobilization that is only intended",
    "133": "the coder: a protest that is only intended",
    "138": "the coder: an assault that is only intended",
}
CODER_MODES = {
    ("THREATEN", "violence"): "the coder: an assault that is only intended",
    ("THREATEN", "restrict"): "the coder: a sanction or a coercion that is only intended",
    ("ACCUSE", "disapprove"): "the coder: a protest of officials, which is a complaint",
    **{(type_, mode): f"the coder: what is {done} says it"
       for type_, done in (("REQUEST", "asked for"), ("REJECT", "refused")) for mode in ("assist", "meet", "yield", "change")},
}
CODER_TYPES = {
    "AGREE": "the coder: a meeting, support, cooperation or aid that is only intended",
    "CONCEDE": "the coder: a retreat that is only intended",
    "THREATEN": "the coder: violence, coercion, a sanction or a protest that is only intended",
    "REJECT": "the coder: an agreement or a concession that is said not to be made",
    "ACCUSE": "the coder: a protest of officials, which is a complaint",
}


@dataclass(frozen=True)
class Need:
    """A term as the core compares it: lists expanded, in lower case, nouns with their plurals."""
    relation: Relation
    slot: Slot
    words: frozenset[str]
    nouns: frozenset[str]
    owner: Slot

    @property
    def names_party(self) -> bool:
        """Whether it cannot be met without a participant."""
        return self.slot in PARTIES or self.owner in PARTIES


@dataclass(frozen=True, eq=False)
class Claim:
    """A frame as the core compares it, with the pattern that it belongs to; `number` is its place among all frames."""
    pattern: Pattern
    frame: Frame
    number: int
    score: int
    triggers: tuple[str, ...]
    particle: frozenset[str]
    required: tuple[Need, ...]
    optional: tuple[Need, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """Where it stands among the frames of a word: the lowest is tried first."""
        return -self.score, self.number

    @property
    def place(self) -> str:
        """Where its line is."""
        return f"{self.pattern.file}:{self.frame.line}"

    @property
    def shape(self) -> tuple[object, ...]:
        """What must be there besides the trigger, without the words: which terms, and which of them ask for words."""
        return bool(self.particle), tuple((need.relation, need.slot, bool(need.words), bool(need.nouns), need.owner) for need in self.required)

    @property
    def word_sets(self) -> list[frozenset[str]]:
        """The words asked for, in the order of the shape."""
        return [words for words in (self.particle, *(part for need in self.required for part in (need.words, need.nouns))) if words]

    @property
    def subject_only(self) -> bool:
        """Whether it has room for a subject only ("ACTOR meet"), and so refuses a verb that has an object."""
        return self.frame.position == Position.VERB and all(need.relation == Relation.SUBJECT for need in self.required) and all(
            need.relation in (Relation.SUBJECT, Relation.PREPOSITION) for need in self.optional)


def claims(patterns: Sequence[Pattern]) -> list[Claim]:
    """All frames of all patterns, in file order."""
    made: list[Claim] = []
    for pattern in patterns:
        for frame in pattern.frames:
            triggers = _with_plurals(frame.triggers) if frame.position == Position.NOUN else frame.triggers
            required, optional = (tuple(_need(term) for term in frame.terms if term.optional == may) for may in (False, True))
            made.append(Claim(pattern, frame, len(made), frame.specificity(), tuple(dict.fromkeys(t.lower() for t in triggers)),
                              _compared(frame.particle), required, optional))
    return made


def by_trigger(made: Iterable[Claim]) -> dict[tuple[str, Position], list[Claim]]:
    """The frames of each word, in the order in which the core tries them (pattern_sections.py)."""
    found: dict[tuple[str, Position], list[Claim]] = defaultdict(list)
    for claim in made:
        for trigger in claim.triggers:
            found[trigger, claim.frame.position].append(claim)
    for rivals in found.values():
        rivals.sort(key=lambda claim: claim.rank)
    return found


@dataclass
class Shared:
    """The words with which two frames say the same: triggers, and for each set of words of the frames those in both."""
    triggers: list[str]
    words: list[frozenset[str]]


def twins(rivals: dict[tuple[str, Position], list[Claim]]) -> dict[tuple[Claim, Claim], Shared]:
    """Frames of two patterns that ask for the same once their alternatives and lists are written out: the one tried first and the later one.

    What may be missing does not count, since a frame holds without it.
    """
    found: dict[tuple[Claim, Claim], Shared] = {}
    for (trigger, _), here in rivals.items():
        alike: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
        for claim in here:
            before = alike[claim.shape]
            for winner in before:
                common = [a & b for a, b in zip(winner.word_sets, claim.word_sets)]
                if winner.pattern is not claim.pattern and all(common):
                    found.setdefault((winner, claim), Shared([], common)).triggers.append(trigger)
            before.append(claim)
    return found


def shadows(made: Iterable[Claim], rivals: dict[tuple[str, Position], list[Claim]]) -> Iterator[tuple[Claim, list[Claim]]]:
    """Frames that are never chosen, each with those that always are instead.

    For every trigger there is one that is tried before it and accepts whatever it accepts.
    """
    for claim in made:
        winners: dict[Claim, None] = {}
        for trigger in claim.triggers:
            winner = _winner(claim, rivals[trigger, claim.frame.position], winners)
            if winner is None:
                break
            winners[winner] = None
        else:
            yield claim, list(winners)


def _winner(claim: Claim, rivals: Sequence[Claim], known: Iterable[Claim]) -> Claim | None:
    """The frame that always comes before this one on a word; one that does so on another word is taken if it does here."""
    before = rivals[:rivals.index(claim)]
    return next((rival for rival in known if rival in before), None) or next((rival for rival in before if covers(rival, claim)), None)


def covers(first: Claim, second: Claim) -> bool:
    """Whether the first frame surely holds wherever the second does; where the core's rules leave a doubt, it is said not to."""
    if first is second or first.frame.position != second.frame.position or first.subject_only and not second.subject_only:
        return False
    if first.particle and not (second.particle and second.particle <= first.particle):
        return False
    if not all(any(_accepts(wide, narrow) and _same_noun(first, i, second, k) for k, narrow in enumerate(second.required))
               for i, wide in enumerate(first.required)):
        return False
    # a frame needs a participant; the subject of a passive may be missing
    if any(need.names_party and (need.relation != Relation.SUBJECT or first.frame.position != Position.VERB) for need in first.required):
        return True
    told = [need for need in (*second.required, *second.optional) if need.slot != Slot.WHAT or need.nouns]
    return _answered(told, (*first.required, *first.optional))


def _same_noun(first: Claim, i: int, second: Claim, k: int) -> bool:
    """Whether a slot after a preposition may be filled from the same noun in both: that of the last term before it which names one."""
    if first.required[i].relation != Relation.PREPOSITION or not first.required[i].slot:
        return True
    one, other = ([need for need in needs if need.nouns and need.relation != Relation.CLAUSE] for needs in (first.required[:i], second.required[:k]))
    return not other or bool(one) and _accepts(one[-1], other[-1])


def _answered(needs: Iterable[Need], by: Sequence[Need]) -> bool:
    """Whether each of these has one among the others that accepts whatever it accepts."""
    return all(any(_accepts(wide, narrow) and bool(wide.nouns) == bool(narrow.nouns) for wide in by) for narrow in needs)


def _accepts(wide: Need, narrow: Need) -> bool:
    """Whether what meets the second term meets the first too."""
    if wide.relation != narrow.relation or wide.owner and not narrow.owner or not _slot_accepts(wide, narrow):
        return False
    if bool(wide.words) != bool(narrow.words) or not narrow.words <= wide.words:
        return False
    # an object without a noun takes words only, one with a noun also a predicate
    loose = not wide.nouns and (not narrow.nouns or wide.relation != Relation.OBJECT)
    return loose or bool(narrow.nouns) and narrow.nouns <= wide.nouns


def _slot_accepts(wide: Need, narrow: Need) -> bool:
    if wide.slot in PARTIES:
        return narrow.slot in PARTIES
    if wide.slot == Slot.WHAT:
        return narrow.slot in (*PARTIES, Slot.THIRD, Slot.WHAT)
    return wide.slot == narrow.slot


def _need(term: Term) -> Need:
    return Need(term.relation, term.slot, _compared(term.words), _compared(_with_plurals(term.nouns)), term.owner)


def _with_plurals(nouns: Iterable[str]) -> tuple[str, ...]:
    return tuple(form for noun in nouns for form in (noun, plural(noun)))


def _compared(words: Iterable[str]) -> frozenset[str]:
    """Of longer names the core compares the last two words (tables.py)."""
    return frozenset(" ".join(word.lower().split(" ")[-2:]) for word in words)


@dataclass(frozen=True)
class Entry:
    """A type, mode, code or context of the ontology: how many patterns (for a context: terms) give it, and a sentence that does.

    `reason`: why it is reachable without a pattern, or why it is not reachable.
    """
    kind: str
    name: str
    meaning: str
    count: int
    reachable: bool
    example: str = ""
    reason: str = ""


def entries(kind: str, ontology: Ontology, patterns: Sequence[Pattern], subjects: Sequence[Subject]) -> list[Entry]:
    """Everything of one of KINDS that the ontology has, in its order."""
    if kind == "types":
        return [_entry("type", name, type_.meaning, [p for p in patterns if p.type == name], CODER_TYPES.get(name, ""))
                for name, type_ in ontology.types.items()]
    if kind == "modes":
        return [_entry("mode", f"{type_}/{name}", mode.meaning, [p for p in patterns if p.type == type_ and name in p.modes],
                       CODER_MODES.get((type_, name), "")) for (type_, name), mode in ontology.modes.items()]
    if kind == "cameo":
        return _code_entries(ontology, patterns)
    return [_context_entry(name, context.meaning, subjects) for name, context in ontology.contexts.items()]


def _entry(kind: str, name: str, meaning: str, givers: Sequence[Pattern], coder: str, unreached: str = "") -> Entry:
    sentence = good_example(givers)
    reason = "" if sentence else coder or ("no example of these patterns is read right yet" if givers else unreached)
    return Entry(kind, name, meaning, len(givers), bool(givers or coder), sentence, reason)


def good_example(patterns: Iterable[Pattern]) -> str:
    """A sentence that these patterns read right, if possible one in which the act simply happens; "" if there is none."""
    good = [example for pattern in patterns for example in pattern.examples if example.positive and not example.gap]
    return next((example.text for example in good if not example.status), good[0].text if good else "")


def _code_entries(ontology: Ontology, patterns: Sequence[Pattern]) -> list[Entry]:
    coder = {code: f"the learned judge: the general code of {type_}" for type_, code in LEARNED_CAMEO.items()} | CODER_CAMEO
    givers: dict[str, list[Pattern]] = defaultdict(list)
    for pattern in patterns:
        givers[pattern.cameo].append(pattern)
    return [_entry("code", name, code.name, givers[name], coder.get(name, ""), _why_no_code(name, ontology, {*givers, *coder}))
            for name, code in ontology.cameo.items()]


def _why_no_code(name: str, ontology: Ontology, given: set[str]) -> str:
    """Why a code may well be unreachable: it has no PLOVER type, or more exact codes are under it."""
    if ontology.cameo[name].type is None:
        return "PLOVER has no type for it"
    under = [code for code in ontology.cameo if code.startswith(name) and code != name]
    reached = sum(code in given for code in under)
    return f"but {f'all {reached}' if reached == len(under) else f'{reached} of the {len(under)}'} codes under it are" if reached else ""


def _context_entry(name: str, meaning: str, subjects: Sequence[Subject]) -> Entry:
    own = [subject for subject in subjects if subject.name == name and not subject.topic]
    terms = sum(len(subject.strong) + len(subject.weak) for subject in own)
    sentence = next((text for subject in own for text, has_it in subject.examples if has_it), "")
    return Entry("context", name, meaning, terms, bool(terms or any(subject.types for subject in own)), sentence)
