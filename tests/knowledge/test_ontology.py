"""The ontology files: complete, consistent, and each contradiction of the published sources settled."""
from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from demarche.knowledge.ontology import FOLDER, Ontology, load_ontology
from demarche.knowledge.problems import KnowledgeError


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


def test_is_complete(ontology: Ontology) -> None:
    assert len(ontology.types) == 16
    assert len(ontology.modes) == 67
    assert len(ontology.contexts) == 37
    assert len(ontology.cameo) == 317
    assert all(item.meaning for group in (ontology.types, ontology.modes, ontology.contexts) for item in group.values())


def test_types(ontology: Ontology) -> None:
    assert [name for name, kind in ontology.types.items() if kind.recipient_required] == ["COOPERATE", "AID", "SANCTION"]
    assert {q: sum(t.quad_class == q for t in ontology.types.values()) for q in (1, 2, 3, 4)} == {1: 4, 2: 3, 3: 4, 4: 5}
    assert [mode.name for mode in ontology.modes_of("CONSULT")] == ["visit", "third-party", "multilateral", "phone"]
    assert ontology.modes_of("AID") == ()


def test_scores_have_the_sign_of_their_quad_class(ontology: Ontology) -> None:
    for kind in ontology.types.values():
        assert kind.score == 0 or (kind.score > 0) == (kind.quad_class < 3), kind.name


@pytest.mark.parametrize(("kind", "modes", "score"), [
    ("ASSAULT", (), -9), ("ASSAULT", ("beat",), -7.5), ("ASSAULT", ("beat", "primitive"), -8),
    ("ASSAULT", ("unconventional", "aerial"), -10),
    ("CONSULT", (), 2.5), ("CONSULT", ("third-party", "visit"), 4), ("REQUEST", ("change", "assist"), -1),
])
def test_plover_score_is_that_of_the_mode_farthest_from_zero(ontology: Ontology, kind: str, modes: tuple[str, ...], score: float) -> None:
    assert ontology.plover_score(kind, modes) == score


def test_a_mode_without_a_score_leaves_that_of_the_type(ontology: Ontology) -> None:
    assert ontology.plover_score("PROTEST", ("vandalize",)) == -5
    assert ontology.plover_score("PROTEST", ("vandalize", "riot")) == -7


def test_unknown_names_are_key_errors(ontology: Ontology) -> None:
    for look_up, arguments in ((ontology.plover_score, ("FIGHT",)), (ontology.plover_score, ("AID", ("visit",))),
                               (ontology.goldstein, ("999",)), (ontology.quad_class, ("CRIME",)),
                               (ontology.current_mode, ("ASSAULT", "unheard-of")), (ontology.current_context, ("sport",))):
        with pytest.raises(KeyError):
            look_up(*arguments)


def test_goldstein_values(ontology: Ontology) -> None:
    assert ontology.goldstein("057") == 8
    assert ontology.goldstein("190") == -10
    assert ontology.goldstein("016") == -5      # the published tables differ here: the ICEWS value
    assert ontology.goldstein("163") == -8      # and here
    assert ontology.goldstein("1952") == ontology.goldstein("195")      # not in the table: its parent's
    assert all(-10 <= code.goldstein <= 10 for code in ontology.cameo.values())


def test_codes_stand_under_their_roots(ontology: Ontology) -> None:
    assert len({code.root for code in ontology.cameo.values()}) == 20
    assert ontology.cameo["0834"].root == "08"


# The contradictions of the published sources, one test each.

def test_sanction_is_quad_4_with_a_switch_to_3(ontology: Ontology) -> None:
    assert ontology.quad_class("SANCTION") == 4
    older = load_ontology(quads={"SANCTION": 3})
    assert older.quad_class("SANCTION") == 3
    assert older.quad_class("COERCE") == 4
    with pytest.raises(ValueError, match="SANCTION to 5"):
        load_ontology(quads={"SANCTION": 5})


def test_accuse_scores_minus_3(ontology: Ontology) -> None:
    assert ontology.plover_score("ACCUSE") == -3


def test_protest_needs_no_recipient(ontology: Ontology) -> None:
    assert not ontology.types["PROTEST"].recipient_required


def test_cameo_20_is_assault_for_fight_is_gone(ontology: Ontology) -> None:
    assert "FIGHT" not in ontology.types
    mass = [code for code in ontology.cameo.values() if code.root == "20"]
    assert len(mass) == 8 and {code.type for code in mass} == {"ASSAULT"}
    assert {ontology.cameo[code].modes for code in ("200", "204", "2041", "2042")} == {("unconventional",)}
    assert {ontology.cameo[code].modes for code in ("201", "202", "203")} == {("targeted",)}


def test_codes_emit_no_dead_modes_or_contexts(ontology: Ontology) -> None:
    for code in ontology.cameo.values():
        assert all((code.type, mode) in ontology.modes for mode in code.modes), code
    assert ontology.cameo["175"].modes == ()
    assert (ontology.cameo["1712"].type, ontology.cameo["1712"].modes) == ("ASSAULT", ("destroy",))
    assert ontology.cameo["1722"].modes == ("restrict",)
    assert ontology.current_context("democracy") == "pro_democracy"
    assert ontology.current_context("humanitarian") == "human_security"


@pytest.mark.parametrize(("code", "kind", "modes"), [
    ("116", "SANCTION", ("convict",)), ("163", "SANCTION", ("discontinue",)),
    ("164", "SANCTION", ("discontinue",)), ("165", "SANCTION", ("discontinue",)),
])
def test_codes_that_were_filed_under_another_type(ontology: Ontology, code: str, kind: str, modes: tuple[str, ...]) -> None:
    assert (ontology.cameo[code].type, ontology.cameo[code].modes) == (kind, modes)


def test_retired_modes_can_still_be_read(ontology: Ontology) -> None:
    assert ontology.current_mode("RETREAT", "return") == "release"
    assert ontology.current_mode("COERCE", "ban") == "restrict"
    assert {ontology.current_mode("ASSAULT", mode) for mode in ("execute", "assassinate", "cleansing", "massacre")} == {"targeted"}
    assert ontology.current_mode("ASSAULT", "seize") == "destroy"
    assert ontology.current_mode("COERCE", "seize") == "seize"
    assert ontology.current_mode("ASSAULT", "sideAB") is None
    assert ontology.current_mode("RETREAT", "ease") is None
    assert ontology.current_context("pro-autocracy") == "pro_autocracy"
    assert ontology.current_context("natural_resources") == "natural_resource"


def test_a_future_retreat_is_a_concession(ontology: Ontology) -> None:
    # 0356 is the intent to de-escalate, 087 the deed
    assert (ontology.cameo["0356"].type, ontology.cameo["087"].type) == ("CONCEDE", "RETREAT")


def test_appeals_are_requests_with_the_modes_of_demands(ontology: Ontology) -> None:
    for code in ontology.cameo.values():
        if code.root == "10" and "02" + code.code[2:] in ontology.cameo:
            appeal = ontology.cameo["02" + code.code[2:]]
            assert (appeal.type, appeal.modes) == (code.type, code.modes) == ("REQUEST", code.modes)


def test_a_denial_is_a_rejection_and_other_statements_are_nothing(ontology: Ontology) -> None:
    assert ontology.cameo["016"].type == "REJECT"
    assert ontology.cameo["015"].type is None


# Errors in the files.

@pytest.mark.parametrize(("name", "line", "message"), [
    ("types.txt", "QUARREL | 5 | -1 | optional | Bad.", "quad class '5'"),
    ("types.txt", "QUARREL | 4 | much | optional | Bad.", "'much' is no number"),
    ("types.txt", "QUARREL | 4 | -1 | perhaps | Bad.", "not 'perhaps'"),
    ("types.txt", "AID | 2 | 10 | required | Again.", "AID is there twice"),
    ("types.txt", "AID | 2", "expected 5 fields, found 2"),
    ("modes.txt", "QUARREL-loud | -1 | Loudly.", "QUARREL-loud is not a type"),
    ("modes.txt", "CONSULT-visit | 4 | Again.", "CONSULT-visit is there twice"),
    ("contexts.txt", "sports | = sport", "sport is no context"),
    ("contexts.txt", "health | Again.", "health is there twice"),
    ("cameo.txt", "2051 | New | -1 | ASSAULT", "2051 stands before or without 205"),
    ("cameo.txt", "205 | New | -1 | FIGHT", "FIGHT is no PLOVER type"),
    ("cameo.txt", "205 | New | -1 | ASSAULT | visit", "visit is no mode of ASSAULT"),
    ("cameo.txt", "x5 | New | -1 | ASSAULT", "'x5' is no CAMEO code"),
])
def test_an_error_names_file_and_line(tmp_path: Path, name: str, line: str, message: str) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(FOLDER, folder)
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(text + line + "\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_ontology(folder)
    assert len(caught.value.problems) == 1
    problem = str(caught.value.problems[0])
    assert problem.startswith(f"{name}:{len(text.splitlines()) + 1}: ")
    assert message in problem


def test_all_errors_are_reported_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(FOLDER, folder)
    (folder / "contexts.txt").unlink()
    with (folder / "types.txt").open("a", encoding="utf-8") as file:
        file.write("QUARREL | 5 | -1 | optional | Bad.\n")
    with pytest.raises(KnowledgeError) as caught:
        load_ontology(folder)
    assert [problem.file for problem in caught.value.problems] == ["types.txt", "contexts.txt"]
