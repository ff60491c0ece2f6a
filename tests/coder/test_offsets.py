"""Offsets: bytes of UTF-8 to the units of the three encodings and back."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.coder.offsets import Offsets
from demarche.v1 import document_pb2

UNITS = {document_pb2.ENCODING_TYPE_UTF8: lambda s: len(s.encode()), document_pb2.ENCODING_TYPE_UTF16: lambda s: len(s.encode("utf-16-le")) // 2,
         document_pb2.ENCODING_TYPE_UTF32: len, document_pb2.ENCODING_TYPE_UNSPECIFIED: len}


@pytest.mark.parametrize("encoding_type", UNITS)
@given(text=st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_every_character_boundary(encoding_type, text):
    """The units of every prefix are those that the encoding gives it, and lead back to its bytes."""
    offsets = Offsets(text, encoding_type)
    for end in range(len(text) + 1):
        byte, unit = len(text[:end].encode()), UNITS[encoding_type](text[:end])
        assert offsets.unit(byte) == unit
        assert offsets.byte(unit) == byte
