"""The closed vocabularies of actor files, and the step from PLOVER sectors back to the older CAMEO role blocks."""
from __future__ import annotations

from enum import IntEnum, IntFlag

# PLOVER sectors (manual 2.0); UAF and UNK are for the coder, the files may use them too.
SECTORS = frozenset("COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split())

# The order is fixed: the compiled blob stores these numbers.
KINDS = ("state", "igo", "org", "group", "person", "party", "media", "company", "place")

# PLOVER "countries" of actors without a state.
WORLD = {"IGO": "intergovernmental organisation", "UNO": "United Nations", "EUR": "European Union", "NGO": "non-governmental organisation",
         "ISM": "international social movement", "IMG": "transnational armed group", "MNC": "multinational company"}

# CAMEO 1.1b3 blocks where they differ from the PLOVER sector of the same meaning.
CAMEO_BLOCKS = {"JRN": "MED", "MED": "HLH", "SOC": "CVL", "PRE": "", "PRM": "MIL", "UNK": ""}

# Columns of the compiled tables (compile.py writes, model.py and gazetteer.pxd read).
ENTITY_COLUMNS = 12  # id, name, kind, country, sectors, cameo, parent, first role, roles, first day, last day, source
ROLE_COLUMNS = 5    # sectors, title, first day, last day, country
NOUN_COLUMNS = 4    # text, sectors, kind, flags
ALWAYS = 2**31 - 1  # the last day of a role without an end; a role without a beginning has first day 0


class NameKind(IntEnum):
    """What a name in the gazetteer is; the same numbers as MENTION_* in gazetteer.pxd."""
    STATE = 1
    ADJECTIVE = 2
    DEMONYM = 3
    CAPITAL = 4
    SEAT = 5
    ENTITY = 6
    PERSON = 7
    ROLE = 8


class NameFlag(IntFlag):
    """Conditions and properties of a name; the same bits as NAME_* in gazetteer.pxd."""
    NONE = 0
    EXACT = 1       # only in exactly this case
    DOUBTFUL = 2    # also an ordinary word: a capital that every word would have here proves nothing
    SURNAME = 4     # a person's surname alone
    PLURAL = 8
    MODIFIER = 16   # a role noun that may be tagged as an adjective ("rebel attack")


class RoleKind(IntEnum):
    PERSON = 1
    GROUP = 2
    BODY = 3


class RoleFlag(IntFlag):
    NONE = 0
    STATE = 1       # stands for the state itself
    PLURAL = 2      # the plural only ("troops")
    ADJECTIVE = 4   # may be tagged as an adjective
