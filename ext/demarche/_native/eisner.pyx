"""The projective tree search of include/eisner.hpp by itself, as a function of a matrix of scores."""
from libc.stdint cimport int16_t, int32_t, uint8_t
from libc.stdlib cimport calloc, free

from demarche._native.document cimport MAX_SENTENCE

cdef extern from "eisner.hpp" nogil:
    int eisner_chart_size(int limit) noexcept
    int eisner_splits_size(int limit) noexcept
    void eisner(const int32_t* scores, int stride, int n, int32_t* chart, uint8_t* splits, int16_t* heads) noexcept


def best_tree(list scores not None) -> list[int]:
    """The heads of the best projective tree with exactly one root word: 0 for the root word, else 1 + the head's index.

    `scores[h][d]` is the score of dependent d (from 0) under the head h (0: the root, else 1 + index), an integer from -40960 to 0;
    an (n + 1) by n matrix, n up to MAX_SENTENCE. Ties are settled in a fixed way.
    """
    cdef int n = <int>len(scores) - 1
    cdef int i, j
    if not 0 < n <= MAX_SENTENCE or any(len(row) != n for row in scores):
        raise ValueError(f"scores are n + 1 rows of n numbers, n from 1 to {MAX_SENTENCE}")
    if not all(-40960 <= value <= 0 for row in scores for value in row):
        raise ValueError("scores are integers from -40960 to 0")
    cdef int32_t* matrix = <int32_t*>calloc((n + 1) * n, sizeof(int32_t))
    cdef int32_t* chart = <int32_t*>calloc(eisner_chart_size(MAX_SENTENCE), sizeof(int32_t))
    cdef uint8_t* splits = <uint8_t*>calloc(eisner_splits_size(MAX_SENTENCE), 1)
    cdef int16_t heads[MAX_SENTENCE]
    try:
        if matrix is NULL or chart is NULL or splits is NULL:
            raise MemoryError
        for i in range(n + 1):
            for j in range(n):
                matrix[i * n + j] = <int32_t>scores[i][j] * 256
        with nogil:
            eisner(matrix, n, n, chart, splits, heads)
        return [heads[i] for i in range(n)]
    finally:
        free(matrix)
        free(chart)
        free(splits)
