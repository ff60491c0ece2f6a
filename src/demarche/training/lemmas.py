"""Learns the lemma tables that `ext/demarche/_native/lemma.pyx` reads: irregular forms, learnt forms, suffix rules.

A rule takes bytes from the end of the lower-cased form and adds others. The reviewed file comes first, then
what the treebanks say of a form, then the longest suffix known for the tag. Counting is by types, not by tokens: suffix rules
serve words that were never seen.
"""
from __future__ import annotations

import re
import struct
from collections import Counter, defaultdict
from typing import Iterator, Sequence

from demarche._native.labels import XPOS
from demarche.training.boundaries import Section, data_lines
from demarche.training.conllu import TreebankSentence
from demarche.training.features import MASK, fnv1a

MAX_SUFFIX, MAX_ADDED = 8, 14
GROUPS = {"VBD": 1, "VBN": 1, "VBG": 2, "VBZ": 3, "NNS": 4, "NNPS": 5, "JJR": 6, "RBR": 6, "JJS": 7, "RBS": 7}
LOWER, KEPT, ACRONYM, INNER = range(4)
CASES = {tag: KEPT for tag in ("NNP", "NNPS", "ADD", "FW", "GW", "LS", "SYM", "$", "XX")} | {"NN": ACRONYM, "NNS": ACRONYM, "JJ": INNER}
CLOSED = re.compile(r"[a-z]+(-[a-z]+)*\Z")
Rule = tuple[int, bytes]


def edit(form: str, lemma: str) -> Rule:
    """The rule that turns one into the other."""
    a, b = form.encode(), lemma.encode()
    same = 0
    while same < len(a) and same < len(b) and a[same] == b[same]:
        same += 1
    # never cut a character in two
    while same < len(a) and a[same] & 0xC0 == 0x80 or same < len(b) and b[same] & 0xC0 == 0x80:
        same -= 1
    return len(a) - same, b[same:]


def third_person(base: str) -> str:
    """The regular form in -s, of verbs and of nouns."""
    if base.endswith(("s", "x", "z", "ch", "sh")):
        return base + "es"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def past_and_gerund(base: str, doubled: bool = False) -> Iterator[tuple[str, str]]:
    """The regular past, participle and gerund of a verb with their tags."""
    if doubled:
        past, gerund = base + base[-1] + "ed", base + base[-1] + "ing"
    elif base.endswith("ee"):
        past, gerund = base + "d", base + "ing"
    elif base.endswith("ie"):
        past, gerund = base + "d", base[:-2] + "ying"
    elif base.endswith("e"):
        past, gerund = base + "d", base[:-1] + "ing"
    elif base.endswith("y") and base[-2:-1] not in "aeiou":
        past, gerund = base[:-1] + "ied", base + "ing"
    else:
        past, gerund = base + "ed", base + "ing"
    yield from ((past, "VBD"), (past, "VBN"), (gerund, "VBG"))


def likely_forms(base: str) -> Iterator[tuple[str, str]]:
    """past_and_gerund where the spelling tells whether a final consonant doubles; else nothing."""
    if re.fullmatch(r"[^aeiou]+[aeiou][bdfgklmnprtvz]", base):
        yield from past_and_gerund(base, True)
    elif not re.search(r"[^aeiou][aeiou][bdgklmnprtvz]\Z", base):
        yield from past_and_gerund(base)


def listed_forms() -> dict[tuple[str, str], str]:
    """(form, tag) to lemma from the reviewed file; apostrophes in both typographies."""
    regular: dict[tuple[str, str], str] = {}
    irregular: dict[tuple[str, str], str] = {}
    explicit: dict[tuple[str, str], str] = {}
    for line in data_lines("irregular.txt"):
        kind, *cells = line.split()
        if kind == "form":
            for tag in cells[1].split("/"):
                for form in {cells[0], cells[0].replace("'", "’")}:
                    explicit[form, tag] = cells[2]
        elif kind in ("regular", "doubles"):
            for base in cells:
                regular[third_person(base), "VBZ"] = base
                regular.update((key, base) for key in past_and_gerund(base, kind == "doubles"))
                if kind == "doubles" and len(re.findall("[aeiou]+", base)) > 1:
                    regular.update((key, base) for key in past_and_gerund(base))
        elif kind == "graded":
            for base in cells:
                stem = base[:-1] if base.endswith("e") else base[:-1] + "i" if base.endswith("y") else base
                for ending, tags in (("er", ("JJR", "RBR")), ("est", ("JJS", "RBS"))):
                    regular.update({(stem + ending, tag): base for tag in tags})
        else:
            tags = {"verb": ("VBD", "VBN"), "noun": ("NNS",), "adj": ("JJR", "JJS")}[kind]
            for tag, forms in zip(tags, cells[1:]):
                for form in forms.split("/"):
                    irregular.setdefault((form, tag), cells[0])
    for (form, tag), lemma in list(irregular.items()):
        if tag in ("JJR", "JJS"):
            irregular.setdefault((form, "RB" + tag[2]), lemma)
    return regular | irregular | explicit


def treebank_forms(sentences: Sequence[TreebankSentence]) -> dict[tuple[str, str], tuple[str, int]]:
    """(lower-cased form, tag) to the lemma it mostly has, lower-cased but for I, and how often."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word in sentence.words:
            if word.lemma == "_" or word.xpos not in XPOS or word.xpos == "NNP" and word.upos == "VERB":
                continue
            counts[word.form.lower(), word.xpos]["I" if word.lemma == "I" else word.lemma.lower()] += 1
    # ties go to the lemma that is the form itself, then to the first in order
    return {key: max(sorted(found.items()), key=lambda item: (item[1], item[0] == key[0])) for key, found in sorted(counts.items())}


def generated_forms(known: dict[tuple[str, str], tuple[str, int]], taken: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Regular forms of the verbs and nouns of the treebanks that the treebanks do not show."""
    irregular_bases = {line.split()[1] for line in data_lines("irregular.txt") if line.startswith("verb ")}
    out: dict[tuple[str, str], str] = {}
    for (form, tag), (lemma, count) in known.items():
        if not CLOSED.match(lemma) or len(lemma) < 3 or count < 1:
            continue
        if tag in ("VB", "VBP", "VBD", "VBN", "VBG", "VBZ") and not (tag in ("VB", "VBP") and lemma != form):
            out.setdefault((third_person(lemma), "VBZ"), lemma)
            if lemma not in irregular_bases:
                for inflected, its_tag in likely_forms(lemma):
                    out.setdefault((inflected, its_tag), lemma)
        elif tag == "NN" and lemma == form and not lemma.endswith(("o", "f", "fe", "us", "is", "man")):
            out.setdefault((third_person(lemma), "NNS"), lemma)
    return {key: lemma for key, lemma in out.items() if key not in taken}


class SuffixRules:
    """For each group of tags, suffixes with the rule that most types with that ending take."""

    def __init__(self) -> None:
        self.counts: dict[tuple[int, bytes], Counter[Rule]] = defaultdict(Counter)
        self.nodes: dict[tuple[int, bytes], Rule] = {}

    def add(self, form: str, tag: str, lemma: str) -> None:
        data = form.encode()
        for length in range(min(len(data), MAX_SUFFIX) + 1):
            self.counts[GROUPS[tag], data[len(data) - length:]][edit(form, lemma)] += 1

    def learn(self) -> None:
        """Keep a suffix where its rule differs from that of the longest shorter one and two types (or one, of a short suffix) agree."""
        for group, suffix in sorted(self.counts, key=lambda key: (len(key[1]), key)):
            found = self.counts[group, suffix]
            rule, n = max(found.items(), key=lambda item: (item[1], -item[0][0], item[0][1]))
            if rule != self.rule(group, suffix) and (n >= 2 or len(suffix) <= 3):
                self.nodes[group, suffix] = rule

    def rule(self, group: int, form: bytes) -> Rule:
        for length in range(min(len(form), MAX_SUFFIX), -1, -1):
            found = self.nodes.get((group, form[len(form) - length:]))
            if found:
                return found
        return 0, b""


def lemma_key(form: str, tag: str) -> int:
    """As in lemma.pxd."""
    value = (fnv1a(form.encode()) ^ XPOS.index(tag) + 1) * 0x9E3779B97F4A7C15 & MASK
    return value ^ value >> 32


def suffix_key(group: int, suffix: bytes) -> int:
    """As suffix_basis and suffix_step in lemma.pxd: the last byte first."""
    return fnv1a(suffix[::-1], group << 8)


def table(entries: dict[int, int]) -> tuple[list[int], list[int]]:
    """Open addressing, linear probing from the key's folded halves, at most half full."""
    size = 2
    while size < 2 * len(entries):
        size *= 2
    keys, values = [0] * size, [0] * size
    for key in sorted(entries):
        at = (key ^ key >> 32) % size
        while keys[at]:
            at = (at + 1) % size
        keys[at], values[at] = key, entries[key]
    return keys, values


def learn_forms(sentences: Sequence[TreebankSentence]) -> tuple[dict[tuple[str, str], Rule], SuffixRules]:
    """The forms that need an entry of their own, and the suffix rules for all others."""
    listed, known = listed_forms(), treebank_forms(sentences)
    generated = generated_forms(known, set(listed) | set(known))
    suffixes = SuffixRules()
    for (form, tag), (lemma, _) in known.items():
        if tag in GROUPS and (form, tag) not in listed:
            suffixes.add(form, tag, lemma)
    for (form, tag), lemma in sorted((generated | {key: lemma for key, lemma in listed.items() if key[1] in GROUPS}).items()):
        suffixes.add(form, tag, lemma)
    suffixes.learn()
    entries: dict[tuple[str, str], Rule] = {}

    def enter(form: str, tag: str, lemma: str) -> None:
        rule = edit(form, lemma)
        default = suffixes.rule(GROUPS[tag], form.encode()) if tag in GROUPS else (0, b"")
        if rule != default and len(rule[1]) <= MAX_ADDED and rule[0] < 256:
            entries[form, tag] = rule

    for (form, tag), lemma in generated.items():
        enter(form, tag, lemma)
    for (form, tag), (lemma, count) in known.items():
        # a lemma that shares little with its form and was seen once corrects a misspelling rather than tells a rule
        if count > 1 or tag in GROUPS or lemma[:3] == form[:3]:
            if tag not in ("NNP", "CD") or count > 1:
                enter(form, tag, lemma)
    for (form, tag), lemma in listed.items():
        entries.pop((form, tag), None)
        enter(form, tag, lemma)
    return entries, suffixes


def lemma_sections(sentences: Sequence[TreebankSentence]) -> dict[str, Section]:
    """The sections lemma.* learnt from `sentences`; a few seconds."""
    entries, suffixes = learn_forms(sentences)
    rules: dict[Rule, int] = {(0, b""): 0}
    for rule in sorted({*entries.values(), *suffixes.nodes.values()}):
        rules.setdefault(rule, len(rules))
    form_keys, form_rules = table({lemma_key(form, tag): rules[rule] for (form, tag), rule in entries.items()})
    suffix_keys, suffix_rules = table({suffix_key(*node): rules[rule] for node, rule in suffixes.nodes.items()})
    packed = b"".join(bytes((strip, len(added))) + added.ljust(MAX_ADDED, b"\0") for strip, added in rules)
    return {"lemma.form_keys": ("u64", (len(form_keys),), struct.pack(f"<{len(form_keys)}Q", *form_keys)),
            "lemma.form_rules": ("u16", (len(form_rules),), struct.pack(f"<{len(form_rules)}H", *form_rules)),
            "lemma.suffix_keys": ("u64", (len(suffix_keys),), struct.pack(f"<{len(suffix_keys)}Q", *suffix_keys)),
            "lemma.suffix_rules": ("u16", (len(suffix_rules),), struct.pack(f"<{len(suffix_rules)}H", *suffix_rules)),
            "lemma.rules": ("u8", (len(packed),), packed),
            "lemma.groups": ("u8", (len(XPOS),), bytes(GROUPS.get(tag, 0) for tag in XPOS)),
            "lemma.cases": ("u8", (len(XPOS),), bytes(CASES.get(tag, LOWER) for tag in XPOS))}
