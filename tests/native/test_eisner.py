"""The tree search finds the best of all projective trees with one root word."""
from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demarche._native.eisner import best_tree


def is_tree(heads: list[int]) -> bool:
    """One root word, and every word leads to it."""
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen = set()
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word - 1]
    return True


def is_projective(heads: list[int]) -> bool:
    spans = [(min(h, d), max(h, d)) for d, h in enumerate(heads, 1) if h]
    root = heads.index(0) + 1
    if any(low < root < high for low, high in spans):
        return False
    return not any(a < c < b < d for (a, b), (c, d) in itertools.permutations(spans, 2))


def total(scores: list[list[int]], heads: list[int]) -> int:
    return sum(scores[h][d] for d, h in enumerate(heads))


def matrix(n: int, source: random.Random, low: int) -> list[list[int]]:
    return [[source.randint(low, 0) for _ in range(n)] for _ in range(n + 1)]


@pytest.mark.parametrize("n", range(1, 7))
def test_against_all_trees(n: int) -> None:
    trees = [heads for heads in itertools.product(range(n + 1), repeat=n) if is_tree(list(heads)) and is_projective(list(heads))]
    source = random.Random(n)
    for low in (-3, -40, -40960):
        for _ in range(30):
            scores = matrix(n, source, low)
            heads = best_tree(scores)
            assert is_tree(heads) and is_projective(heads)
            assert total(scores, heads) == max(total(scores, list(tree)) for tree in trees)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.integers(0, 1 << 30), st.sampled_from([0, -1, -700, -40960]))
def test_trees_are_well_formed(n: int, seed: int, low: int) -> None:
    heads = best_tree(matrix(n, random.Random(seed), low))
    assert is_tree(heads) and is_projective(heads)


def test_a_planted_tree_is_found() -> None:
    source = random.Random(4)
    for n in (15, 16, 17, 100, 192):
        heads = [0] * n

        def plant(low: int, high: int, head: int) -> None:
            """Hangs the words low..high, a span that is the head's neighbour, below it."""
            while low <= high:
                middle = source.randint(low, high)
                part = source.randint(middle, high)
                heads[middle - 1] = head
                plant(low, middle - 1, middle)
                plant(middle + 1, part, middle)
                low = part + 1

        root = source.randint(1, n)
        plant(1, root - 1, root)
        plant(root + 1, n, root)
        scores = [[-40960] * n for _ in range(n + 1)]
        for d, h in enumerate(heads):
            scores[h][d] = 0
        assert best_tree(scores) == heads


def test_the_lowest_scores_of_the_longest_sentence_do_not_overflow() -> None:
    heads = best_tree([[-40960] * 192 for _ in range(193)])
    assert is_tree(heads)


@pytest.mark.parametrize("scores", [[], [[]], [[0, 0]], [[0], [1]], [[0], [-40961]], [[0] * 193] * 194])
def test_wrong_scores(scores: list[list[int]]) -> None:
    with pytest.raises(ValueError):
        best_tree(scores)
