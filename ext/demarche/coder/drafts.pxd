"""Acts on their way to events."""
from libc.stdint cimport int32_t

cdef class Draft:
    cdef readonly int32_t trigger
    cdef readonly int32_t clause
    cdef readonly int32_t parent      # index of the draft whose content this is, or -1
    cdef readonly int32_t noun        # the noun that the pattern names ("reject an offer"), a token; -1 for none
    cdef readonly int32_t sentence
    cdef readonly double probability  # the learned judge's; 0 where a pattern tells
    cdef readonly bint content        # no event: what another act asks, offers, threatens or refuses
    cdef readonly bint learned        # the learned judge tells it, no pattern
    cdef readonly bint addressed      # its own frame names whom it concerns
    cdef readonly bint refused        # "will not"
    cdef public int realis            # REALIS_* (acts.pxd)
    cdef readonly int standing        # STANDING_*
    cdef readonly str pattern_id
    cdef readonly str type
    cdef readonly list modes
    cdef readonly str cameo
    cdef readonly list actors         # of Party
    cdef readonly list recipients
    cdef readonly list partners       # those of the actors that the pattern names as the other side
    cdef readonly list third
    cdef readonly list says           # words of saying, outermost first
    cdef readonly list speakers       # who says it, a Party for each of them
    cdef readonly list listeners      # whom it was told, a Party or None for each of them
    cdef readonly dict magnitudes     # kind -> Magnitude (magnitudes.pxd)
    cdef readonly str dropped         # why it becomes no event; empty: it does
