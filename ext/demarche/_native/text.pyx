"""Whole-text checks; the per-character functions are inline in `text.pxd`."""


cdef uint32_t validate_utf8(const uint8_t* text, uint32_t length) noexcept nogil:
    cdef uint32_t at = 0, cp, step
    while at < length:
        if text[at] < 0x80:
            at += 1
            continue
        step = decode(text, length, at, &cp)
        if step == 0:
            return at
        at += step
    return length


def first_invalid_byte(bytes text not None):
    """The offset of the first byte of `text` that is not well-formed UTF-8, or its length if there is none."""
    return validate_utf8(text, len(text))
