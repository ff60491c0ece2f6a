"""Who exactly: the resolved participants of one reading."""
from libc.stdint cimport int32_t

from demarche._native.read cimport Reading

cdef class Party:
    cdef readonly int32_t first
    cdef readonly int32_t last
    cdef readonly int32_t count
    cdef readonly bint known
    cdef readonly bint place
    cdef readonly bint given    # the caller marked it
    cdef readonly str entity_id
    cdef readonly str name
    cdef readonly str country
    cdef readonly str role
    cdef readonly str cameo
    cdef readonly tuple sectors
    cdef tuple key_
    cdef bytes wire           # the Participant message, once it was written
    cdef tuple get_key(self)
    cdef bint same(self, Party other)
    cdef Party at(self, int32_t first, int32_t last)

cdef class Parties:
    cdef Reading reading
    cdef readonly object knowledge
    cdef object day
    cdef dict known_          # token -> Party or None
    cdef int32_t* mention_of  # token -> index of the mention that it heads, or -1
    cdef dict given
    cdef set given_spans
    cdef dict people          # last word of a name -> Party, as the text goes on
    cdef int32_t people_until
    cdef list names
    cdef list heads
    cdef list mention_heads_
    cdef dict said
    cdef Party get(self, int32_t token)
    cdef str flat_name(self, int32_t token)
    cdef Party understood_body(self, int32_t token)
    cdef bint definite(self, int32_t token)
    cdef tuple pair_of(self, int32_t token)
    cdef list partners(self, int32_t token)
    cdef int add_partner(self, int32_t token, int32_t nationality, list found) except -1
    cdef str text_of(self, int32_t first, int32_t last)
    cdef Party resolve(self, int32_t token)
    cdef Party mention(self, int32_t token, int32_t index)
    cdef Party role(self, int32_t token, int32_t index)
    cdef tuple office(self, int32_t token, int32_t index)
    cdef Party owner(self, int32_t token)
    cdef bint is_title(self, int32_t token)
    cdef bint local(self, int32_t token)
    cdef Party understood_owner(self, int32_t token, object noun)
    cdef bint opens_report(self, int32_t token)
    cdef Party speaking(self, int32_t token, int32_t speaker)
    cdef Party listener(self, int32_t says, Party speaker)
    cdef bint marked(self, int32_t token, str word)
    cdef Party pronoun(self, int32_t token)
    cdef list beside(self, int32_t token)
    cdef int know(self, str words, Party party) except -1
    cdef bint aside(self, int32_t token)
    cdef Party unknown_name(self, int32_t token)
    cdef int collect_people(self, int32_t before) except -1
    cdef Party title(self, int32_t token)
    cdef Party from_inside(self, int32_t first, int32_t last)
    cdef bint is_role(self, int32_t token) noexcept
    cdef bint is_person(self, int32_t token)
    cdef int32_t head_count(self, int32_t token)
    cdef str name_words(self, int32_t token)

cdef int32_t case_of(Reading reading, int32_t token) noexcept
