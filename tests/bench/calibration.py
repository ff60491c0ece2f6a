"""How well confidence holds, and the weights that it is made of: python tests/bench/calibration.py > result.json

A logistic regression, on the reports coded by hand (reports.py), of whether an event is right, in five folds: the reliability is that of the
held-out folds. The weights, of all reports together, are those of confidence() in ext/demarche/coder/messages.pyx.
"""
from __future__ import annotations

import json

import numpy as np
from reports import coded_reports, matched

from demarche.coder.coder import Coder
from demarche.v1.document_pb2 import CodedDocument
from demarche.v1.event_pb2 import REALIS_HISTORICAL, STANDING_REPORTED, Event

FOLDS = 5
RIDGE = 1.0             # on every weight but the constant
FEATURES = ("constant", "no actor", "no recipient", "nobody known of one", "more than three", "headline", "not yet real", "not sure", "violence", "yielding")


def features(coded: CodedDocument, event: Event) -> list[float]:
    """In the order of FEATURES, as confidence() has them."""
    people = [*event.actors, *event.recipients]
    headline = event.evidence.sentence_index == 0 and len(coded.sentences) > 1 and coded.sentences[1].starts_paragraph
    return [1.0, not event.actors, not event.recipients, any(not (p.country or p.entity_id or p.sectors) for p in people), len(people) > 3, headline,
            event.realis > REALIS_HISTORICAL, event.standing > STANDING_REPORTED, event.type in ("ASSAULT", "MOBILIZE", "THREATEN"),
            event.type in ("RETREAT", "CONCEDE", "CONSULT")]


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Weights by Newton's method."""
    weights = np.zeros(x.shape[1])
    ridge = np.diag([0.0, *[RIDGE] * (x.shape[1] - 1)])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        weights = weights - np.linalg.solve((x.T * (p * (1 - p))) @ x + ridge + 1e-6 * np.eye(len(weights)), x.T @ (p - y) + ridge @ weights)
    return weights


def main() -> None:
    rows, right, report, told = [], [], [], []
    for number, (_, coded, gold) in enumerate(coded_reports(Coder.load())):
        match = matched(coded, gold)
        for i, event in enumerate(coded.events):
            if event.evidence.pattern_id.startswith("learned-"):
                continue        # the judge has a probability of its own
            rows.append(features(coded, event))
            right.append(i in match)
            report.append(number)
            told.append(event.confidence)
    x, y, folds = np.array(rows, float), np.array(right, float), np.array(report) % FOLDS
    held_out = np.zeros(len(y))
    for fold in range(FOLDS):
        held_out[folds == fold] = 1 / (1 + np.exp(-x[folds == fold] @ fit(x[folds != fold], y[folds != fold])))
    reliability = {}
    for low in (0.3, 0.5, 0.6, 0.7, 0.8, 0.9):
        inside = (held_out >= low) & (held_out < {0.3: 0.5}.get(low, low + 0.1 + 1e-9))
        if inside.any():
            reliability[f"{low}"] = {"events": int(inside.sum()), "told": round(float(held_out[inside].mean()), 3), "right": round(float(y[inside].mean()), 3)}
    loss = lambda p: round(float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))), 4)  # noqa: E731 - two uses, one line
    print(json.dumps({"events": len(y), "right": round(float(y.mean()), 3), "weights": dict(zip(FEATURES, np.round(fit(x, y), 2).tolist())),
                      "held_out": {"log_loss": loss(held_out), "of_a_constant": loss(np.full(len(y), y.mean())), "reliability": reliability},
                      "as_shipped": {"log_loss": loss(np.clip(np.array(told), 0.02, 0.98))}}))


if __name__ == "__main__":
    main()
