"""The compiled knowledge: deterministic, readable, and all errors before any output."""
from datetime import date

import pytest

from demarche.blob import Blob
from demarche.knowledge.codes import RoleKind
from demarche.knowledge.compile import DATA, compile_actors, compile_knowledge
from demarche.knowledge.model import DatedRole, Knowledge, compose_cameo
from demarche.knowledge.problems import KnowledgeError

STATE = "KEN\n  name: Kenya\n  kind: state\n  country: KEN\n  cameo: KEN\n  adjective: Kenyan\n"
GROUP = """blue-front
  name: Blue Front
  kind: group
  country: KEN
  sector: REB
  cameo: KENREBBLF
  role: GOV | Kenya's government | 2004..2006
ada-okoro
  name: Ada Okoro
  kind: person
  country: KEN
  role: GOV,MIL | defence minister | 2001-05-01..2003-04-30
  role: GOV | envoy | 2005-01-01..2005-12-31 | UNO
"""


@pytest.fixture
def folder(tmp_path):
    for part, name, text in (("actors", "all.txt", STATE + GROUP), ("roles", "roles.txt",
                                                                    "GOV body state: government\nREB person adj: rebel\n")):
        (tmp_path / "data" / part).mkdir(parents=True)
        (tmp_path / "data" / part / name).write_text(text, encoding="utf-8")
    return tmp_path / "data"


@pytest.fixture
def knowledge(folder, tmp_path):
    compile_knowledge([folder], tmp_path / "k.blob", [compile_actors])
    return Knowledge(tmp_path / "k.blob")


def test_same_inputs_same_bytes(folder, tmp_path):
    for name in ("a.blob", "b.blob"):
        compile_knowledge([folder], tmp_path / name, [compile_actors])
    assert (tmp_path / "a.blob").read_bytes() == (tmp_path / "b.blob").read_bytes()


def test_shipped_files_compile_and_are_large_enough(tmp_path):
    if not (DATA / "generated" / "states.txt").exists():
        pytest.skip("the package was not built here")
    meta = compile_knowledge([DATA], tmp_path / "k.blob", [compile_actors])
    assert meta["entities"] > 2000 and meta["nouns"] > 1000
    assert (tmp_path / "k.blob").stat().st_size < 3 << 20


def test_errors_leave_no_output(folder, tmp_path):
    (folder / "actors" / "bad.txt").write_text("nobody\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        compile_knowledge([folder], tmp_path / "k.blob", [compile_actors])
    assert len(caught.value.problems) == 3 and not (tmp_path / "k.blob").exists()


def test_a_deployments_folder_overlays_the_shipped_one(folder, tmp_path):
    (tmp_path / "own" / "actors").mkdir(parents=True)
    (tmp_path / "own" / "actors" / "x.txt").write_text("KEN\n  name: Republic of Kenya\n"
                                                       "red-front\n  name: Red Front\n  kind: group\n  country: KEN\n")
    compile_knowledge([folder, tmp_path / "own"], tmp_path / "k.blob", [compile_actors])
    knowledge = Knowledge(tmp_path / "k.blob")
    assert knowledge.country_name("KEN") == "Republic of Kenya" and knowledge.entity_by_id("red-front").name == "Red Front"


def test_entities_are_found_by_id_and_code(knowledge):
    assert [knowledge.entity(i).id for i in range(knowledge.n_entities)] == ["KEN", "ada-okoro", "blue-front"]
    assert knowledge.index_of("blue-front") == 2 and knowledge.index_of("nobody") is None and knowledge.entity_by_id("") is None
    assert knowledge.state_entity("KEN") == 0 and knowledge.state_entity("UNO") is None
    assert knowledge.country_name("UNO") == "United Nations" and knowledge.country_name("QQQ") == "QQQ"
    with pytest.raises(IndexError):
        knowledge.entity(3)


def test_role_nouns_are_decoded(knowledge):
    nouns = [knowledge.role_noun(i) for i in range(knowledge.n_nouns)]
    assert [(n.text, n.sectors, n.kind, n.state) for n in nouns] == [("government", ("GOV",), RoleKind.BODY, True),
                                                                     ("rebel", ("REB",), RoleKind.PERSON, False)]


@pytest.mark.parametrize("day, title, sectors, cameo", [
    (date(2000, 1, 1), "", (), "KEN"),
    (date(2001, 5, 1), "defence minister", ("GOV", "MIL"), "KENGOVMIL"),
    (date(2003, 4, 30), "defence minister", ("GOV", "MIL"), "KENGOVMIL"),
    (date(2004, 1, 1), "former defence minister", ("ELI",), "KENELI"),
    (date(2005, 6, 1), "envoy", ("GOV",), "IGOUNOGOV"),
    (date(2020, 1, 1), "former envoy", ("ELI",), "IGOUNOELI"),
])
def test_a_persons_role_depends_on_the_date(knowledge, day, title, sectors, cameo):
    person = knowledge.entity_by_id("ada-okoro")
    role = knowledge.role_at(person, day)
    assert (role.title, role.sectors) == (title, sectors) and knowledge.cameo_code(person, day) == cameo


def test_a_group_has_its_own_sectors_again_after_a_role(knowledge):
    group = knowledge.entity_by_id("blue-front")
    assert knowledge.role_at(group, date(2005, 1, 1)).sectors == ("GOV",) and knowledge.cameo_code(group, date(2005, 1, 1)) == "KENGOV"
    assert knowledge.role_at(group, date(2010, 1, 1)) == DatedRole(("REB",), "") and knowledge.cameo_code(group,
                                                                                                          date(2010, 1, 1)) == "KENREBBLF"


def test_cameo_blocks_of_plover_sectors():
    assert compose_cameo("FRA", ("JRN",)) == "FRAMED"
    assert compose_cameo("EUR", ("LEG",)) == "IGOEECLEG"
    assert compose_cameo("COL", ("MED", "GOV")) == "COLHLHGOV"


def test_the_shipped_blob_opens():
    knowledge = Knowledge()
    assert isinstance(knowledge.blob, Blob) and len(knowledge.version) == 12 and knowledge.n_entities > 2000
