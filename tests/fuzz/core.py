"""Sends texts of every kind through the core and checks what must hold of any reading.

    python tests/fuzz/core.py --inputs 100000 --seed 1

prints a JSON object and exits with 1 if something did not hold. Input `n` of a seed is always the same; `--first` starts at another, so
that what killed the process can be found from the last number on standard error. `sanitize.py` runs this on an instrumented core.
"""
from __future__ import annotations

import argparse
import faulthandler
import json
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from inputs import make_input  # noqa: E402

from demarche._native.analyze import Analyzer  # noqa: E402
from demarche._native.read import Reader, Reading  # noqa: E402
from demarche.blob import Blob  # noqa: E402
from demarche.coder.coder import MODEL, RELATIONS, Coder  # noqa: E402
from demarche.knowledge.model import Knowledge  # noqa: E402
from demarche.v1.document_pb2 import ENCODING_TYPE_UTF8, Document, Mention  # noqa: E402

OK, NOT_UTF8 = 0, 3              # DOC_* of document.pxd
MAX_SENTENCE = 192
BATCH = 16
STUCK = 120                      # seconds after which a batch counts as a loop without end
INVISIBLE = {0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10)}


class Broken(Exception):
    """What did not hold."""


def require(holds: bool, *what: object) -> None:
    if not holds:
        raise Broken(" ".join(map(str, what)))


def blank(c: str) -> bool:
    """White space and control characters: what the splitter documents as standing between words."""
    return c.isspace() or ord(c) < 0x20 or 0x7F <= ord(c) <= 0x9F


def first_bad_byte(text: bytes) -> int:
    """Where the text stops being UTF-8; -1 if it does not."""
    try:
        text.decode()
    except UnicodeDecodeError as error:
        return error.start
    return -1


def check_spans(reading: Reading, text: bytes) -> None:
    """Tokens are whole characters, in order, and leave out nothing but blanks and invisible characters."""
    at = 0
    for token in range(reading.n_tokens):
        start, end = reading.span(token)
        require(at <= start < end <= len(text), "token", token, "of", (start, end), "after", at)
        between, form = text[at:start].decode(), text[start:end].decode()
        require(all(blank(c) or ord(c) in INVISIBLE for c in between), "left out:", ascii(between), "before token", token)
        require(not any(map(blank, form)), "blanks in token", token, ascii(form[:80]))
        require(reading.glued(token) == (start == at and start > 0) or not text[:start].decode().strip(), "glued", token)
        require(reading.token_at(start) == reading.token_at(end - 1) == token, "token_at", token)
        at = end
    require(all(blank(c) or ord(c) in INVISIBLE for c in text[at:].decode()), "left out at the end:", ascii(text[at:][:80]))


def check_sentences(reading: Reading) -> None:
    """The sentences part the tokens, and each has one root that every token leads to."""
    at = 0
    for number, (first, last, start, end, _) in enumerate(reading.sentences):
        require(first == at and first < last <= first + MAX_SENTENCE, "sentence", number, "of tokens", (first, last), "after", at)
        require(start == reading.span(first)[0] and end == reading.span(last - 1)[1], "bytes of sentence", number)
        heads = {token: reading.head(token) for token in range(first, last)}
        require(sum(head == -1 for head in heads.values()) == 1, "roots in sentence", number, list(heads.values()))
        for token, head in heads.items():
            require(head == -1 or head in heads and head != token, "token", token, "has head", head)
            require(reading.sentence_of(token) == number, "sentence of token", token)
            require((reading.relation(token) == "root") == (head == -1), "token", token, "is", reading.relation(token), "of", head)
            require(head == -1 or token in reading.children(head), "token", token, "is no child of its head")
            up, hops = token, 0
            while up != -1 and hops <= last - first:
                up, hops = heads[up], hops + 1
            require(up == -1, "token", token, "is in a cycle")
        at = last
    require(at == reading.n_tokens, at, "of", reading.n_tokens, "tokens are in sentences")


def check_findings(reading: Reading, n_entities: int, n_patterns: int) -> None:
    """Mentions, acts, parties and speakers name tokens that there are, acts and their parties of one sentence only."""
    n = reading.n_tokens
    for head, first, last, entity, role, kind, _ in reading.mentions:
        require(0 <= first <= head < last <= n, "mention", (head, first, last), "of", n)
        require(reading.sentence_of(first) == reading.sentence_of(last - 1), "mention over sentences", (first, last))
        require(-1 <= entity < n_entities or entity == 0xFFFFFFFF, "entity", entity)
    require(all(0 <= name < n for name in reading.names), "names", reading.names)
    acts = reading.acts
    triggers = [act[0] for act in acts]
    require(triggers == sorted(triggers) and len({act[:2] for act in acts}) == len(acts), "triggers", triggers)
    for number, (trigger, pattern, _, realis, standing, clause, parent, content, parties, speakers, noun, refused) in enumerate(acts):
        require(0 <= trigger < n, "trigger", trigger)
        first, last = reading.sentences[reading.sentence_of(trigger)][:2]
        tokens = [clause, *(token for token, _, _ in parties), *([noun] if noun != -1 else [])]
        require(all(first <= token < last for token in tokens), "act", number, "of sentence", (first, last), "has", tokens)
        # a quotation over sentences has its speaker in another one, beside the word of saying
        for says, who in speakers:
            require(0 <= says < n and -1 <= who < n, "act", number, "is said by", (says, who), "of", n)
            require(who == -1 or reading.sentence_of(says) == reading.sentence_of(who), "act", number, "is said by", (says, who))
        require(0 <= pattern < n_patterns and 1 <= realis <= 6 and 1 <= standing <= 4, "act", number, (pattern, realis, standing))
        require(-1 <= parent < len(acts) and parent != number and (parent >= 0) == bool(content), "act", number, "has parent", parent)
        require(all(1 <= slot <= 4 for _, slot, _ in parties) and bool(parties), "slots", parties)
        require(len({(token, slot) for token, slot, _ in parties}) == len(parties), "a party twice", parties)
        require(refused in (0, 1), "refused", refused)


def check_coding(coder: Coder, text: bytes, given: list[tuple[int, int]]) -> int:
    """The reply's spans lie in the text and its events name sentences that there are; how many events there are."""
    document = Document(text=text.decode(), mentions=[Mention(start=start, end=end) for start, end in given if start < end <= len(text)])
    coded = coder.code([document], ENCODING_TYPE_UTF8)[0]
    people = [p for e in coded.events for p in (*e.actors, *e.recipients, *e.third_parties, *(a.speaker for a in e.attributions))]
    spans = [part.span for part in (*people, *coded.sentences, *coded.times, *coded.places)]
    spans += [e.evidence.trigger for e in coded.events] + [mention for entity in coded.entities for mention in entity.mentions]
    for span in spans:
        require(0 <= span.start < span.end <= len(text), "span", (span.start, span.end), "of", len(text))
    for event in coded.events:
        require(0 <= event.evidence.sentence_index < len(coded.sentences), "sentence", event.evidence.sentence_index)
        require(bool(event.type) and 0 < event.confidence < 1 and bool(event.actors or event.recipients), "event", event.id)
    return len(coded.events)


def digest(reading: Reading) -> list[object]:
    """All that a reading says."""
    tokens = [(reading.span(i), reading.tag(i), reading.lemma(i), reading.norm(i), reading.who(i)) for i in range(reading.n_tokens)]
    return [reading.status, reading.sentences, tokens, reading.mentions, reading.acts]


class Harness:
    """The shipped model and knowledge, and what has been seen so far."""

    def __init__(self) -> None:
        knowledge = Knowledge()
        self.reader = Reader(Analyzer(Blob(MODEL, "model")), knowledge.blob, Blob(RELATIONS, "relations"))
        self.coder = Coder.load()
        self.n_entities = knowledge.n_entities
        self.n_patterns = knowledge.blob.shape("patterns.type")[0]
        self.counts: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.failures: list[dict[str, object]] = []
        self.slowest = (0.0, -1)

    def check(self, reading: Reading, text: bytes, given: list[tuple[int, int]]) -> None:
        """Raises Broken, or whatever a method of the reading raises."""
        bad = first_bad_byte(text)
        status, offset = reading.status
        if bad >= 0:
            require((status, offset) == (NOT_UTF8, bad), "status", (status, offset), "for a bad byte at", bad)
            require(not (reading.n_tokens or reading.sentences or reading.mentions or reading.acts), "findings in what is no text")
            return
        require((status, offset) == (OK, 0), "status", (status, offset))
        check_spans(reading, text)
        check_sentences(reading)
        check_findings(reading, self.n_entities, self.n_patterns)
        self.counts["events"] += check_coding(self.coder, text, given)

    def batch(self, seed: int, numbers: range) -> None:
        """Reads some inputs in one call, the first of them again on its own and last in the batch, and checks each."""
        made = [make_input(seed, number) for number in numbers]
        texts, spans = [text for _, text, _ in made], [given for _, _, given in made]
        begin = time.perf_counter()
        readings = self.reader.read([*texts, texts[0]], [*spans, spans[0]])
        self.slowest = max(self.slowest, (time.perf_counter() - begin, numbers[0]))
        alone = self.reader.read(texts[:1], spans[:1])[0]
        for number, (kind, text, given), reading in zip(numbers, made, readings):
            self.kinds[kind] += 1
            try:
                self.check(reading, text, given)
                if number == numbers[0]:
                    require(digest(reading) == digest(alone) == digest(readings[-1]), "another result for the same text")
            except Exception as error:  # noqa: BLE001 - whatever a reading raises is a finding
                what = f"{type(error).__name__}: {error}"[:500]
                self.failures.append({"input": number, "kind": kind, "text": ascii(text[:400]), "what": what})
            for name, n in (("inputs", 1), ("bytes", len(text)), ("tokens", reading.n_tokens), ("sentences", len(reading.sentences)),
                            ("mentions", len(reading.mentions)), ("acts", len(reading.acts)), ("not_utf8", reading.status[0] == NOT_UTF8)):
                self.counts[name] += n

    def run(self, seed: int, first: int, inputs: int, seconds: float = 0.0) -> dict[str, object]:
        """Reads `inputs` inputs from number `first` on, or as many as `seconds` allow (0: all of them)."""
        begin = time.perf_counter()
        for at in range(first, first + inputs, BATCH):
            if seconds and time.perf_counter() - begin > seconds:
                break
            if (at - first) % (BATCH * 64) == 0:
                print(at, file=sys.stderr, flush=True)
            faulthandler.dump_traceback_later(STUCK, exit=True)
            self.batch(seed, range(at, min(at + BATCH, first + inputs)))
        faulthandler.cancel_dump_traceback_later()
        slowest, number = self.slowest
        return {"seed": seed, "first": first, **self.counts, "kinds": dict(sorted(self.kinds.items())),
                "seconds": round(time.perf_counter() - begin, 1), "slowest_batch": {"seconds": round(slowest, 3), "first": number},
                "failures": len(self.failures), "examples": self.failures[:20]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0.0, help="stop after so long; 0: not before the last input")
    options = parser.parse_args()
    harness = Harness()
    print(json.dumps(harness.run(options.seed, options.first, options.inputs, options.seconds), indent=1))
    return 1 if harness.failures else 0


if __name__ == "__main__":
    sys.exit(main())
