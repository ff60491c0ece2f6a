"""Growing of training rows; everything else the boundary models share is inline in `boundary.pxd`."""
from libc.stdlib cimport realloc
from libc.string cimport memcpy


cdef bint sink_add(RowSink* sink, const uint16_t* rows, uint8_t label, uint32_t place) noexcept nogil:
    """Copy one row of `sink.width` features into the sink; False where there is no memory for it."""
    cdef size_t capacity
    cdef void* moved
    if sink.failed:
        return False
    if sink.n == sink.capacity:
        capacity = 2 * sink.capacity + 4096
        moved = realloc(sink.rows, capacity * sink.width * sizeof(uint16_t))
        if moved != NULL:
            sink.rows = <uint16_t*>moved
            moved = realloc(sink.labels, capacity)
        if moved != NULL:
            sink.labels = <uint8_t*>moved
            moved = realloc(sink.places, capacity * sizeof(uint32_t))
        if moved == NULL:
            sink.failed = True
            return False
        sink.places = <uint32_t*>moved
        sink.capacity = capacity
    memcpy(sink.rows + sink.n * sink.width, rows, sink.width * sizeof(uint16_t))
    sink.labels[sink.n] = label
    sink.places[sink.n] = place
    sink.n += 1
    return True
