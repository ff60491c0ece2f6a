"""From the trained float network to the sections of the model file: eight-bit weights, packed as the kernels read them.

What is folded where, so that the core needs no other constants:
* A weight row has seven bits (±63) and one float scale. Eight bits would saturate the 16-bit sums of AVX2; seven leave room for two
  products, and `fit_groups` sees to it that four products fit too, which saves a quarter of the multiplications.
* Inputs are bytes. Embeddings and hidden states have zero point 128 (their compensation is in the bias), rectified layers zero point 0.
  The scale of a layer's input is in the scale of its rows; the scale of a rectified output divides both scale and bias.
* The rows of the update and reset gates are halved, since sigmoid(x) = 1/2 + 1/2 tanh(x/2).
* Arc scores come out in units of 1/512, which the tree search adds as integers.
"""
from __future__ import annotations

from typing import Any, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from demarche._native.labels import DEPREL, UPOS, XPOS
from demarche.training.conllu import TreebankSentence
from demarche.training.corpus import Encoder, Inventory
from demarche.training.features import unicode_tables, vocabulary_table
from demarche.training.network import ParserNetwork, distance_bin

Section = tuple[str, tuple[int, ...], bytes]
Floats = NDArray[np.float32]
MAX_WORDS = 192           # of a sentence: MAX_SENTENCE of document.pxd
ARC_UNIT = 512.0
HIDDEN_SCALE = 127.0
LANES = 16                # outputs of one weight block
TABLES = ("form", "prefix", "suffix3", "suffix4", "shape")
NUMPY_TYPES = {"i8": "<i1", "u8": "<u1", "u16": "<u2", "i32": "<i4", "u32": "<u4", "u64": "<u8", "f32": "<f4"}


def section(dtype: str, array: Any) -> Section:
    values = np.ascontiguousarray(array, dtype=NUMPY_TYPES[dtype])
    return dtype, tuple(values.shape), values.tobytes()


def quantise_rows(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    """(out, in) -> integers within ±63 and the scale of each row; rows are clipped where that lowers the squared error."""
    peak = np.maximum(np.abs(weights).max(1), 1e-8)
    best_error = np.full(len(weights), np.inf)
    best_scale = peak / 63
    for shrink in np.linspace(1.0, 0.6, 17):
        scale = peak * shrink / 63
        error = ((np.clip(np.rint(weights / scale[:, None]), -63, 63) * scale[:, None] - weights) ** 2).sum(1)
        better = error < best_error
        best_error[better], best_scale[better] = error[better], scale[better]
    integers = np.clip(np.rint(weights / best_scale[:, None]), -63, 63).astype(np.int32)
    return fit_groups(integers).astype(np.int8), best_scale.astype(np.float32)


def fit_groups(integers: NDArray[np.int32]) -> NDArray[np.int32]:
    """Shrinks the few groups of four inputs (0 1 4 5 and 2 3 6 7 of every eight) whose product with bytes might leave 16 bits."""
    out, inputs = integers.shape
    groups = integers.reshape(out, inputs // 8, 2, 2, 2).swapaxes(2, 3).reshape(-1, 4).copy()
    for sign in (1, -1):
        part = np.maximum(groups * sign, 0)
        for row in np.nonzero(part.sum(1) > 128)[0]:
            while (excess := int(np.maximum(groups[row] * sign, 0).sum()) - 128) > 0:
                largest = int(np.argmax(groups[row] * sign))
                groups[row, largest] -= sign * min(excess, 4)
    return groups.reshape(out, inputs // 8, 2, 2, 2).swapaxes(2, 3).reshape(out, inputs)


def pack(integers: NDArray[np.int8]) -> NDArray[np.int8]:
    """(out, in) -> (out / 16, in / 4, 16, 4), the order in which the kernels walk through it."""
    out, inputs = integers.shape
    return integers.reshape(out // LANES, LANES, inputs // 4, 4).swapaxes(1, 2)


def dense(name: str, weights: Floats, bias: Floats, input_scale: float, zero_point: int) -> dict[str, Section]:
    """A layer of `weights` (out, in) on bytes x with value (x - zero_point) / input_scale; outputs are padded to 16 with zeros."""
    padding = -len(weights) % LANES
    weights = np.concatenate([weights, np.zeros((padding, weights.shape[1]), np.float32)])
    bias = np.concatenate([bias, np.zeros(padding, np.float32)])
    integers, scale = quantise_rows(weights)
    scale = scale / np.float32(input_scale)
    bias = bias - scale * zero_point * integers.astype(np.int32).sum(1)
    return {f"{name}.weights": section("i8", pack(integers)), f"{name}.scale": section("f32", scale), f"{name}.bias": section("f32", bias)}


def by_units(array: Floats) -> Floats:
    """Rows of the gates (reset, update, new; each `hidden`) -> sixteen of each in turn, reset and update halved."""
    gates = array.reshape(3, -1, LANES, *array.shape[1:]).copy()
    gates[:2] *= 0.5
    return np.ascontiguousarray(gates.swapaxes(0, 1)).reshape(array.shape)


def recurrent(name: str, layer: torch.nn.GRU, input_scale: float) -> dict[str, Section]:
    """One bidirectional layer: `input` for both directions at once, `forward` and `backward` on the hidden state."""
    weights, biases, sections = [], [], {}
    hidden = layer.hidden_size
    for direction, suffix in (("forward", ""), ("backward", "_reverse")):
        wi, wh, bi, bh = (getattr(layer, f"{kind}_l0{suffix}").detach().numpy()
                          for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
        part = dense(f"{name}.{direction}", by_units(wh), by_units(bh), HIDDEN_SCALE, 128)
        # The bias of the hidden product joins that of the input, except for the new gate, whose product the reset gate scales.
        dtype, shape, data = part[f"{name}.{direction}.bias"]
        folded = np.frombuffer(data, "<f4").reshape(-1, 3, LANES).copy()
        kept = folded.copy()
        folded[:, 2], kept[:, :2] = 0, 0
        part[f"{name}.{direction}.bias"] = section("f32", kept.reshape(shape))
        sections.update(part)
        weights.append(by_units(wi))
        biases.append(by_units(bi) + folded.reshape(3 * hidden))
    return sections | dense(f"{name}.input", np.concatenate(weights), np.concatenate(biases), input_scale, 128)


def rectified(name: str, weights: Floats, bias: Floats, output_scale: float) -> dict[str, Section]:
    """A layer on the hidden states whose output, rounded and cut to 0..255, is the byte that the next layer reads."""
    return dense(name, weights * np.float32(output_scale), bias * np.float32(output_scale), HIDDEN_SCALE, 128)


@torch.no_grad()
def byte_scales(network: ParserNetwork, inventory: Inventory, sentences: Sequence[TreebankSentence]) -> dict[str, float]:
    """Multipliers that take the 99.99th percentile of each activation to the end of its byte's range."""
    network.eval()
    encoder, seen = Encoder(inventory), {name: [] for name in ("embedding", "tag", "dependent", "head", "label")}
    for sentence in sentences:
        batch = encoder.batch([sentence])
        x = network.encode(batch.rows, batch.lengths)
        label_heads = torch.cat([network.label_root.view(1, 1, -1), network.label_head(x)], 1)
        label = network.label_dependent(x) + label_heads[:, batch.heads[0].clamp(min=0)]
        embedded = sum(table(batch.rows[..., i]) for i, table in enumerate(network.embeddings))
        for name, values in (("embedding", embedded.abs()), ("tag", torch.relu(network.tag_hidden(x))), ("label", torch.relu(label)),
                             ("dependent", torch.relu(network.arc_dependent(x))), ("head", torch.relu(network.arc_head(x)))):
            seen[name].append(values.flatten().numpy())
    limits = {name: max(float(np.quantile(np.concatenate(parts), 0.9999)), 1e-3) for name, parts in seen.items()}
    return {name: (127 if name == "embedding" else 255) / limit for name, limit in limits.items()}


def embeddings(network: ParserNetwork, scale: float) -> dict[str, Section]:
    """Tables of signed bytes, each with the multiplier (a 16.16 fixed-point number) that brings it to the scale of the sum."""
    sections, multipliers = {}, []
    for name, table in zip(TABLES, network.embeddings, strict=True):
        values = table.weight.detach().numpy()
        step = max(float(np.quantile(np.abs(values), 0.99999)), 1e-6) / 127
        sections[f"embedding.{name}"] = section("i8", np.clip(np.rint(values / step), -127, 127))
        multipliers.append(min(round(step * scale * 65536), 1 << 20))
    return sections | {"embedding.multiplier": section("i32", multipliers)}


def distances(network: ParserNetwork) -> Floats:
    """The bias of an arc by (dependent - head) + MAX_WORDS."""
    table = network.distance.detach().numpy()
    span = range(-MAX_WORDS, MAX_WORDS + 1)
    return np.array([table[int(d < 0), distance_bin(abs(d))] * ARC_UNIT if d else 0.0 for d in span], np.float32)


def quantise(network: ParserNetwork, inventory: Inventory,
             sentences: Sequence[TreebankSentence]) -> tuple[dict[str, Any], dict[str, Section]]:
    """Meta and sections of the parser's part of a model; `sentences` (some hundreds, from the training data) set the activation scales.

    ValueError: a size that the kernels do not take.
    """
    sizes = network.sizes.as_dict()
    if any(size % LANES or not 0 < size <= 512 for size in sizes.values()):
        raise ValueError(f"layer sizes must be multiples of {LANES} up to 512: {sizes}")
    if len(inventory.tags) > 128 or len(inventory.labels) > 128 or "root" not in inventory.labels:
        raise ValueError("at most 128 tags and 128 labels, root among them")
    scales = byte_scales(network, inventory, sentences)
    state = {name: values.detach().numpy() for name, values in network.state_dict().items()}
    stage1, stage2 = unicode_tables()
    keys, rows = vocabulary_table(inventory.forms)
    sections: dict[str, Section] = {
        "unicode.stage1": section("u16", stage1), "unicode.stage2": section("u32", stage2),
        "vocabulary.keys": section("u64", keys), "vocabulary.rows": section("u16", rows),
        "tags": section("u8", [[UPOS.index(upos), XPOS.index(xpos)] for upos, xpos in inventory.tags]),
        "labels": section("u8", [DEPREL.index(label) for label in inventory.labels]),
        "arc.distance": section("f32", distances(network)),
        "arc.root": section("u8", np.clip(np.rint(np.maximum(state["arc_root"], 0) * scales["head"]), 0, 255)),
        "label.root": section("f32", state["label_root"] * scales["label"]),
    }
    sections |= embeddings(network, scales["embedding"])
    sections |= recurrent("gru1", network.layer1, scales["embedding"]) | recurrent("gru2", network.layer2, HIDDEN_SCALE)
    sections |= rectified("tag.hidden", state["tag_hidden.weight"], state["tag_hidden.bias"], scales["tag"])
    sections |= dense("tag.out", state["tag_out.weight"], state["tag_out.bias"], scales["tag"], 0)
    sections |= rectified("arc.dependent", state["arc_dependent.weight"], state["arc_dependent.bias"], scales["dependent"])
    sections |= rectified("arc.head", state["arc_head.weight"], state["arc_head.bias"], scales["head"])
    unit = np.float32(ARC_UNIT / scales["head"])
    sections |= dense("arc.bilinear", state["arc_bilinear.weight"] * unit, state["arc_bilinear.bias"] * unit, scales["dependent"], 0)
    sections |= rectified("label.dependent", state["label_dependent.weight"], state["label_dependent.bias"], scales["label"])
    sections |= rectified("label.head", state["label_head.weight"], np.zeros(sizes["label"], np.float32), scales["label"])
    sections |= dense("label.out", state["label_out.weight"], state["label_out.bias"], scales["label"], 0)
    meta = {"parser": {"sizes": sizes, "tags": len(inventory.tags), "labels": len(inventory.labels),
                       "forms": len(inventory.forms), "root_label": inventory.labels.index("root")}}
    return meta, sections
