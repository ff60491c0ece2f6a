"""The protobuf wire format, as far as the replies need it (protobuf.dev/programming-guides/encoding)."""
from libc.stdint cimport int64_t, uint8_t, uint64_t

cdef class Wire:
    cdef uint8_t* data
    cdef size_t n
    cdef size_t capacity
    cdef int room(self, size_t more) except -1
    cdef int varint(self, uint64_t value) except -1
    cdef int number(self, uint64_t field, int64_t value) except -1            # left out where 0
    cdef int present(self, uint64_t field, int64_t value) except -1           # of an optional field: also where 0
    cdef int real(self, uint64_t field, double value) except -1               # left out where 0
    cdef int text(self, uint64_t field, str value) except -1                  # left out where empty
    cdef int item(self, uint64_t field, str value) except -1                  # of a repeated field
    cdef int message(self, uint64_t field, bytes value) except -1
    cdef size_t begin(self, uint64_t field) except? 0                         # a message of which the length is not known yet
    cdef int end(self, size_t mark) except -1
    cdef bytes since(self, size_t mark)                                       # what was written since
