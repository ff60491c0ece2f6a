"""The parser network of a compiled model, mapped into memory as it lies; what it computes is in include/network_forward.hpp."""
import os

from libc.stdint cimport int16_t, uint8_t, uint32_t

from demarche._native.document cimport MAX_SENTENCE, Doc, Token
from demarche._native.labels cimport DEP_AUX_PASS, DEP_CCOMP, DEP_COUNT, DEP_CSUBJ, DEP_CSUBJ_PASS, DEP_IOBJ, DEP_NSUBJ, DEP_NSUBJ_PASS, DEP_OBJ, DEP_ROOT, DEP_XCOMP, UPOS_COUNT, XPOS_COUNT

TABLE_NAMES = ("form", "prefix", "suffix3", "suffix4", "shape")


cdef const void* section_of(object blob, str name, size_t size) except NULL:
    """Where the section lies; ValueError unless it has `size` bytes. The blob must outlive the use of it."""
    if name not in blob:
        raise ValueError(f"{blob.path}: the model has no section {name}")
    cdef const unsigned char[::1] view = blob[name].cast("B")
    if <size_t>view.shape[0] != size or size == 0:
        raise ValueError(f"{blob.path}: section {name} has {view.shape[0]} bytes instead of {size}")
    return &view[0]


cdef Dense dense_of(object blob, str name, int inputs, int outputs) except *:
    """A layer; its outputs are padded to whole blocks of 16."""
    cdef Dense layer
    layer.inputs = inputs
    layer.out = (outputs + 15) // 16 * 16
    layer.weights = <const signed char*>section_of(blob, f"{name}.weights", <size_t>layer.out * inputs)
    layer.scale = <const float*>section_of(blob, f"{name}.scale", <size_t>layer.out * 4)
    layer.bias = <const float*>section_of(blob, f"{name}.bias", <size_t>layer.out * 4)
    return layer


cdef Recurrent recurrent_of(object blob, str name, int inputs, int hidden) except *:
    cdef Recurrent layer
    layer.input = dense_of(blob, f"{name}.input", inputs, 6 * hidden)
    layer.forward = dense_of(blob, f"{name}.forward", hidden, 3 * hidden)
    layer.backward = dense_of(blob, f"{name}.backward", hidden, 3 * hidden)
    return layer


def instruction_sets() -> list[str]:
    """Those that this processor can run, fastest first; every one gives the same results."""
    return [name for name in ("vnni", "avxvnni", "avx2", "sse2", "portable") if find_kernels(name.encode()) is not NULL]


cdef uint8_t once_class(uint8_t label) noexcept:
    """Subjects are one class, objects, indirect objects and the two kinds of clausal complement one each; other labels may repeat."""
    if label in (DEP_NSUBJ, DEP_NSUBJ_PASS, DEP_CSUBJ, DEP_CSUBJ_PASS):
        return 1
    return 2 if label == DEP_OBJ else 3 if label == DEP_IOBJ else 4 if label == DEP_CCOMP else 5 if label == DEP_XCOMP else 0


cdef class Network:
    """The network in `blob` (demarche.blob.Blob). `isa` forces an instruction set, as the variable DEMARCHE_ISA does.

    ValueError: the model is damaged, or the processor lacks that instruction set.
    """

    def __cinit__(self, object blob not None, str isa=None):
        self.blob = blob
        cdef NetworkC* network = &self.c.network
        cdef const uint8_t* tags
        cdef const uint8_t* labels
        cdef int i
        wanted = os.environ.get("DEMARCHE_ISA", "") if isa is None else isa
        self.c.kernels = find_kernels(wanted.encode())
        if self.c.kernels is NULL:
            raise ValueError(f"no instruction set {wanted!r} here; there is {', '.join(instruction_sets())}")
        try:
            meta = blob.meta["parser"]
            sizes = {name: int(meta["sizes"][name]) for name in ("embedding", "hidden", "tag_hidden", "arc", "label")}
            tag_count, label_count, root = int(meta["tags"]), int(meta["labels"]), int(meta["root_label"])
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{blob.path}: the model does not say the sizes of its parser") from error
        if any(size % 16 or not 0 < size <= 512 for size in sizes.values()) \
                or not (0 < tag_count <= 128 and 0 <= root < label_count <= 128):
            raise ValueError(f"{blob.path}: the parser has sizes that this program does not take")
        hidden = sizes["hidden"]
        network.embedding, network.hidden, network.arc, network.label = sizes["embedding"], hidden, sizes["arc"], sizes["label"]
        network.tags, network.labels, network.root_label = tag_count, label_count, root
        multipliers = blob["embedding.multiplier"]
        if len(multipliers) != TABLES or not all(0 <= m <= 1 << 20 for m in multipliers):
            raise ValueError(f"{blob.path}: section embedding.multiplier is damaged")
        for i, name in enumerate(TABLE_NAMES):
            rows = blob.shape(f"embedding.{name}")[0]
            network.table[i] = <const signed char*>section_of(blob, f"embedding.{name}", <size_t>rows * network.embedding)
            network.multiplier[i] = multipliers[i]
            network.rows[i] = rows
        network.layer1 = recurrent_of(blob, "gru1", network.embedding, hidden)
        network.layer2 = recurrent_of(blob, "gru2", 2 * hidden, hidden)
        network.tag_hidden = dense_of(blob, "tag.hidden", 2 * hidden, sizes["tag_hidden"])
        network.tag_out = dense_of(blob, "tag.out", sizes["tag_hidden"], tag_count)
        network.arc_dependent = dense_of(blob, "arc.dependent", 2 * hidden, network.arc)
        network.arc_head = dense_of(blob, "arc.head", 2 * hidden, network.arc)
        network.arc_bilinear = dense_of(blob, "arc.bilinear", network.arc, network.arc)
        network.label_dependent = dense_of(blob, "label.dependent", 2 * hidden, network.label)
        network.label_head = dense_of(blob, "label.head", 2 * hidden, network.label)
        network.label_out = dense_of(blob, "label.out", network.label, label_count)
        network.arc_root = <const uint8_t*>section_of(blob, "arc.root", network.arc)
        network.label_root = <const float*>section_of(blob, "label.root", <size_t>network.label * 4)
        network.distance = <const float*>section_of(blob, "arc.distance", (2 * MAX_SENTENCE + 1) * 4)
        self.c.tags = tags = <const uint8_t*>section_of(blob, "tags", 2 * tag_count)
        self.c.labels = labels = <const uint8_t*>section_of(blob, "labels", label_count)
        if any(tags[2 * i] >= UPOS_COUNT or tags[2 * i + 1] >= XPOS_COUNT for i in range(tag_count)) \
                or any(labels[i] >= DEP_COUNT or (labels[i] == DEP_ROOT) != (i == root) for i in range(label_count)):
            raise ValueError(f"{blob.path}: the parser has labels that this program does not know")
        numbers = {labels[i]: i for i in range(label_count)}
        network.subject, network.passive_subject = numbers.get(DEP_NSUBJ, -1), numbers.get(DEP_NSUBJ_PASS, -1)
        network.passive_auxiliary = numbers.get(DEP_AUX_PASS, -1)
        for i in range(128):
            network.once[i] = once_class(labels[i]) if i < label_count else 0

    @property
    def instruction_set(self) -> str:
        return self.c.kernels.name.decode()

    cdef size_t words_of(self, bytes rows) except 0:
        """The number of words in `rows`, native-endian uint32 [n][5]; ValueError unless the network can take them."""
        cdef size_t n = len(rows) // (4 * TABLES)
        cdef const uint32_t* values = <const uint32_t*><const char*>rows
        cdef size_t i
        if not 0 < n <= MAX_SENTENCE or len(rows) % (4 * TABLES):
            raise ValueError(f"a sentence has 1 to {MAX_SENTENCE} words of {TABLES} rows each")
        for i in range(n * TABLES):
            if values[i] >= self.c.network.rows[i % TABLES]:
                raise ValueError(f"word {i // TABLES}: table {TABLE_NAMES[i % TABLES]} has no row {values[i]}")
        return n

    def parse(self, list sentences not None) -> list[tuple[bytes, bytes, bytes]]:
        """Of each sentence's rows (native-endian uint32 [n][5]): tags [n] u8, heads [n] i16 (0 is the root), labels [n] u8.

        ValueError: no words or more than MAX_SENTENCE, or a row that a table does not have.
        """
        cdef NetworkScratch scratch
        cdef uint8_t tags[MAX_SENTENCE]
        cdef uint8_t labels[MAX_SENTENCE]
        cdef int16_t heads[MAX_SENTENCE]
        cdef size_t n
        cdef const uint32_t* values
        if not scratch_allocate(scratch, self.c.network):
            raise MemoryError
        found = []
        try:
            for rows in sentences:
                n = self.words_of(rows)
                values = <const uint32_t*><const char*>rows
                with nogil:
                    self.c.kernels.parse(self.c.network, scratch, values, <int>n, tags, heads, labels)
                found.append(((<char*>tags)[:n], (<char*>heads)[:2 * n], (<char*>labels)[:n]))
            return found
        finally:
            scratch_free(scratch)

    def trace(self, bytes rows not None) -> dict[str, bytes]:
        """All that the network computes for one sentence, to compare instruction sets: `rows` as `parse` takes them.

        encoded [n][2 hidden] u8; tags, labels [n] u8; tag_keys, label_keys [n] i32; arcs [n + 1][n] i32; heads [n] i16.
        """
        cdef size_t n = self.words_of(rows)
        cdef const uint32_t* values = <const uint32_t*><const char*>rows
        cdef NetworkScratch scratch
        cdef uint8_t tags[MAX_SENTENCE]
        cdef uint8_t labels[MAX_SENTENCE]
        cdef int16_t heads[MAX_SENTENCE]
        cdef size_t i
        if not scratch_allocate(scratch, self.c.network):
            raise MemoryError
        try:
            self.c.kernels.parse(self.c.network, scratch, values, <int>n, tags, heads, labels)
            return {"encoded": (<char*>scratch.encoded2)[:n * 2 * self.c.network.hidden],
                    "tags": (<char*>tags)[:n], "labels": (<char*>labels)[:n], "heads": (<char*>heads)[:2 * n],
                    "tag_keys": (<char*>scratch.tag_keys)[:4 * n], "label_keys": (<char*>scratch.label_keys)[:4 * n],
                    "arcs": b"".join([(<char*>(scratch.arcs + i * ARC_STRIDE))[:4 * n] for i in range(n + 1)])}
        finally:
            scratch_free(scratch)


cdef bint network_scratch_begin(NetworkScratch* scratch, const ParserC* parser) noexcept nogil:
    return scratch_allocate(scratch[0], parser.network)


cdef void network_scratch_end(NetworkScratch* scratch) noexcept nogil:
    scratch_free(scratch[0])


cdef void network_parse(const ParserC* parser, NetworkScratch* scratch, Doc* doc, uint32_t first, uint32_t last,
                        const uint32_t* rows) noexcept nogil:
    cdef uint8_t tags[MAX_SENTENCE]
    cdef uint8_t labels[MAX_SENTENCE]
    cdef int16_t heads[MAX_SENTENCE]
    cdef uint32_t i
    cdef Token* token
    if last <= first or last - first > MAX_SENTENCE:
        return
    parser.kernels.parse(parser.network, scratch[0], rows, <int>(last - first), tags, heads, labels)
    for i in range(last - first):
        token = &doc.tokens[first + i]
        token.upos = parser.tags[2 * tags[i]]
        token.xpos = parser.tags[2 * tags[i] + 1]
        token.head = -1 if heads[i] == 0 else <int>first + heads[i] - 1
        token.deprel = parser.labels[labels[i]]
