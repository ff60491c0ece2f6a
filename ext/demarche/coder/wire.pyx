"""Writing the protobuf wire format: fields in the order of their numbers, defaults left out, so that the bytes are protobuf's own."""
from cpython.unicode cimport PyUnicode_AsUTF8AndSize
from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.stdlib cimport free, realloc
from libc.string cimport memcpy, memmove

cdef enum:
    VARINT = 0
    FIXED64 = 1
    LENGTH = 2
    LONGEST_VARINT = 10


cdef inline size_t varint_size(uint64_t value) noexcept nogil:
    cdef size_t size = 1
    while value >= 0x80:
        value >>= 7
        size += 1
    return size


cdef class Wire:
    """A growing stretch of bytes. Every method may raise MemoryError."""

    def __cinit__(self):
        self.data = NULL
        self.n = self.capacity = 0

    def __dealloc__(self):
        free(self.data)

    cdef int room(self, size_t more) except -1:
        cdef size_t wanted
        cdef void* block
        if self.n + more > self.capacity:
            wanted = max(2 * self.capacity, self.n + more + 1024)
            block = realloc(self.data, wanted)
            if block == NULL:
                raise MemoryError
            self.data, self.capacity = <uint8_t*>block, wanted
        return 0

    cdef int varint(self, uint64_t value) except -1:
        self.room(LONGEST_VARINT)
        while value >= 0x80:
            self.data[self.n] = <uint8_t>(value | 0x80)
            self.n += 1
            value >>= 7
        self.data[self.n] = <uint8_t>value
        self.n += 1
        return 0

    cdef int number(self, uint64_t field, int64_t value) except -1:
        if value:
            self.varint(field << 3 | VARINT)
            self.varint(<uint64_t>value)
        return 0

    cdef int present(self, uint64_t field, int64_t value) except -1:
        self.varint(field << 3 | VARINT)
        return self.varint(<uint64_t>value)

    cdef int real(self, uint64_t field, double value) except -1:
        if value != 0:
            self.varint(field << 3 | FIXED64)
            self.room(8)
            memcpy(self.data + self.n, &value, 8)    # IEEE 754, little-endian like the processors that this is built for
            self.n += 8
        return 0

    cdef int text(self, uint64_t field, str value) except -1:
        return self.item(field, value) if value else 0

    cdef int item(self, uint64_t field, str value) except -1:
        cdef Py_ssize_t size
        cdef const char* s = PyUnicode_AsUTF8AndSize(value, &size)
        self.varint(field << 3 | LENGTH)
        self.varint(size)
        self.room(size)
        memcpy(self.data + self.n, s, size)
        self.n += size
        return 0

    cdef int message(self, uint64_t field, bytes value) except -1:
        self.varint(field << 3 | LENGTH)
        self.varint(len(value))
        self.room(len(value))
        memcpy(self.data + self.n, <const char*>value, len(value))
        self.n += len(value)
        return 0

    cdef size_t begin(self, uint64_t field) except? 0:
        self.varint(field << 3 | LENGTH)
        self.room(1)
        self.n += 1       # most lengths fit into one byte; `end` makes room for longer ones
        return self.n

    cdef int end(self, size_t mark) except -1:
        cdef uint64_t length = self.n - mark
        cdef size_t size = varint_size(length), n
        if size > 1:
            self.room(size - 1)
            memmove(self.data + mark + size - 1, self.data + mark, length)
        n = self.n + size - 1
        self.n = mark - 1
        self.varint(length)
        self.n = n
        return 0

    cdef bytes since(self, size_t mark):
        return self.data[mark:self.n]
