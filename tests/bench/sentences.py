"""How well the act between two marked parties is told, on sentences coded by hand: python tests/bench/sentences.py > result.json

tests/blind/sentences.txt has a sentence a line, `TYPE | ... [actor] ... {recipient} ...`, written and coded before any program had read it. A
sentence is answered by the first event whose actors overlap the one mark and whose recipients, or in mutual acts either side, the other.
CONCEDE and RETREAT count as one class, as in the public sets of this task. `given`: the two marks are handed over; `alone`: the text only.
"""
from __future__ import annotations

import json
from pathlib import Path

from demarche.coder.coder import Coder
from demarche.training.relations import Labelled, read_labelled
from demarche.v1.document_pb2 import ENCODING_TYPE_UTF8, Document
from demarche.v1.event_pb2 import Event

SENTENCES = Path(__file__).parents[1] / "blind" / "sentences.txt"
MUTUAL = ("CONSULT", "COOPERATE", "AGREE", "SUPPORT")


def kind(type_: str) -> str:
    return "YIELD" if type_ in ("CONCEDE", "RETREAT") else type_


def answers(event: Event, sentence: Labelled) -> bool:
    """Whether an event speaks of the marked pair."""
    def overlap(people, span):
        return any(p.span.start < span[1] and span[0] < p.span.end for p in people)
    actors, recipients = list(event.actors), list(event.recipients)
    towards = recipients or actors
    if event.type in MUTUAL:
        towards = recipients + actors
        actors = actors + recipients if event.type == "CONSULT" else actors
    return overlap(actors, sentence.actor) and overlap(towards, sentence.recipient)


def macro_f1(gold: list[str], told: list[str]) -> float:
    values = []
    for label in sorted(set(gold)):
        right = sum(g == t == label for g, t in zip(gold, told))
        both = sum(g == label for g in gold) + sum(t == label for t in told)
        values.append(2 * right / both)
    return round(sum(values) / len(values), 3)


def main() -> None:
    coder, sentences = Coder.load(), list(read_labelled(SENTENCES))
    gold, result = [kind(s.type) for s in sentences], {"sentences": len(sentences)}
    for name in ("given", "alone"):
        documents = [Document(text=s.text) for s in sentences]
        if name == "given":
            for document, sentence in zip(documents, sentences):
                for start, end in (sentence.actor, sentence.recipient):
                    document.mentions.add(start=start, end=end)
        told = []
        for sentence, coded in zip(sentences, coder.code(documents, ENCODING_TYPE_UTF8)):
            told.append(next((kind(event.type) for event in coded.events if answers(event, sentence)), ""))
        result[name] = {"macro_f1": macro_f1(gold, told), "accuracy": round(sum(g == t for g, t in zip(gold, told)) / len(gold), 3),
                        "pair_found": round(sum(map(bool, told)) / len(told), 3)}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
