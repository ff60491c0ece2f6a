"""Offsets in the units that callers count in: the core counts bytes of UTF-8, Python and most callers code points."""
from libc.stdint cimport uint8_t, uint32_t
from libc.stdlib cimport free, malloc

cdef enum:
    # demarche.v1.EncodingType
    UTF8 = 1
    UTF16 = 2


cdef Py_ssize_t through(const uint32_t* here, const uint32_t* there, Py_ssize_t n, Py_ssize_t at) noexcept nogil:
    """`at` counted in `here`, counted in `there`: by the last mark that does not lie behind it."""
    cdef Py_ssize_t low = 0, high = n, middle
    while low < high:
        middle = (low + high) >> 1
        if <Py_ssize_t>here[middle] <= at:
            low = middle + 1
        else:
            high = middle
    return at - here[low - 1] + there[low - 1] if low else at


cdef class Offsets:
    """Translates between bytes of one text and a unit (an EncodingType; code points by default); texts of ASCII alone cost nothing."""

    def __cinit__(self, str text not None, int encoding_type=0):
        self.bytes_ = self.units = NULL
        self.n = 0
        if encoding_type == UTF8 or text.isascii():
            return
        cdef bytes raw = text.encode("utf-8", "surrogatepass")
        cdef const uint8_t* s = raw
        cdef Py_ssize_t i = 0, length = len(raw), size, marks = 0, unit = 0
        for i in range(length):
            marks += s[i] >= 0xC0
        self.bytes_ = <uint32_t*>malloc(marks * sizeof(uint32_t))
        self.units = <uint32_t*>malloc(marks * sizeof(uint32_t))
        if self.bytes_ == NULL or self.units == NULL:
            raise MemoryError
        i = 0
        while i < length:
            if s[i] < 0x80:
                i += 1
                unit += 1
                continue
            size = 2 if s[i] < 0xE0 else 3 if s[i] < 0xF0 else 4
            i += size
            unit += 2 if size == 4 and encoding_type == UTF16 else 1
            self.bytes_[self.n] = <uint32_t>i
            self.units[self.n] = <uint32_t>unit
            self.n += 1

    def __dealloc__(self):
        free(self.bytes_)
        free(self.units)

    cdef Py_ssize_t to_unit(self, Py_ssize_t byte) noexcept nogil:
        return through(self.bytes_, self.units, self.n, byte) if self.n else byte

    cdef Py_ssize_t to_byte(self, Py_ssize_t unit) noexcept nogil:
        return through(self.units, self.bytes_, self.n, unit) if self.n else unit

    def unit(self, Py_ssize_t byte):
        """The offset in units of a byte that begins a character, or ends the text."""
        return self.to_unit(byte)

    def byte(self, Py_ssize_t unit):
        """The offset in bytes of a place in units."""
        return self.to_byte(unit)
