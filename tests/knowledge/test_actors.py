"""Actor and role files: what they say, and every error at its place."""
from datetime import date

from demarche.knowledge.actors import ALWAYS, finish, load_actors
from demarche.knowledge.codes import NameFlag, NameKind, RoleFlag, RoleKind
from demarche.knowledge.roles import load_roles

STATES = """
KEN
  name: Kenya
  kind: state
  country: KEN
  adjective: Kenyan
  demonym: Kenyan; Kenyans
  capital: Nairobi
"""
PEOPLE = """
ada-okoro   # a made-up minister
  name: Ada Okoro
  kind: person
  country: KEN
  also: Adaeze Okoro
  role: GOV | foreign minister | 2010-03..2012
  role: OPP | senator | 2013-01-15..
"""


def load(tmp_path, *layers):
    problems, paths = [], []
    for i, layer in enumerate(layers):
        files = []
        for name, text in layer.items():
            path = tmp_path / f"{i}-{name}"
            path.write_text(text, encoding="utf-8")
            files.append(path)
        paths.append(files)
    return {e.id: e for e in load_actors(paths, problems)}, [str(p) for p in problems]


def test_an_entry_is_read(tmp_path):
    entities, problems = load(tmp_path, {"states.txt": STATES, "people.txt": PEOPLE})
    assert not problems
    person = entities["ada-okoro"]
    assert (person.name, person.kind, person.country) == ("Ada Okoro", "person", "KEN")
    assert person.roles[0].first == date(2010, 3, 1).toordinal() and person.roles[0].last == date(2012, 12, 31).toordinal()
    assert person.roles[1].last == ALWAYS and person.roles[1].sectors == ("OPP",)


def test_names_get_their_kinds_and_surnames(tmp_path):
    entities, _ = load(tmp_path, {"states.txt": STATES, "people.txt": PEOPLE})
    assert [(n.text, n.kind, n.flags) for n in finish(entities["ada-okoro"])] == [
        ("Ada Okoro", NameKind.PERSON, NameFlag.NONE), ("Adaeze Okoro", NameKind.PERSON, NameFlag.NONE),
                                                                                  ("Okoro", NameKind.PERSON, NameFlag.SURNAME)]
    kinds = {(n.text, n.kind): n.flags for n in finish(entities["KEN"])}
    assert ("Kenya", NameKind.STATE) in kinds and ("Nairobi", NameKind.CAPITAL) in kinds
    assert kinds["Kenyans", NameKind.DEMONYM] == NameFlag.PLURAL


def test_a_later_layer_extends_and_corrects(tmp_path):
    correction = "KEN\n  capital: Mombasa\n  also: Republic of Kenya\n  drop: Kenyans\n"
    entities, problems = load(tmp_path, {"states.txt": STATES}, {"states.txt": correction})
    names = {n.text for n in entities["KEN"].names}
    assert not problems and {"Kenya", "Republic of Kenya", "Mombasa"} <= names and not names & {"Nairobi", "Kenyans"}


def test_marks(tmp_path):
    entities, problems = load(tmp_path, {"states.txt": STATES + "  also: ?Kay; ^kEN; KE; &Coast\n"})
    flags = {n.text: n.flags for n in entities["KEN"].names}
    assert not problems
    assert flags["Kay"] == NameFlag.DOUBTFUL and flags["kEN"] == NameFlag.EXACT and flags["KE"] == NameFlag.EXACT
    assert [n.shared for n in entities["KEN"].names if n.text == "Coast"] == [True]


def test_all_errors_are_reported_at_once_with_their_places(tmp_path):
    _, problems = load(tmp_path, {"states.txt": STATES, "bad.txt": """
Bad Id
  name: Somebody
  kind: wizard
  country: ZZZ
  sector: GOV, XYZ
  role: GOV | king | 2001-02-30..
  role: GOV | king
  role: GOV | king | 2005..2004
  colour: red
lonely
"""})
    text = "\n".join(problems)
    for expected in ("1-bad.txt", "0-bad.txt:2:1: 'Bad Id' is no id", "0-bad.txt:4:9: 'wizard' is no kind",
                     "0-bad.txt:6:11: XYZ is no PLOVER sector",
                     "0-bad.txt:7:22: '2001-02-30' is no date", "0-bad.txt:8:9: a role is",
                     "0-bad.txt:9:22: '2005..2004' ends before it begins",
                     "0-bad.txt:10:3: 'colour' is no key", "ZZZ is no country", "lonely: no name"):
        assert (expected in text) is (expected != "1-bad.txt"), (expected, text)


def test_a_name_belongs_to_one_entity_unless_both_share_it(tmp_path):
    rivals = "a\n  name: Front\n  kind: group\n  country: KEN\nb\n  name: The North\n  kind: group\n  country: KEN\n  also: {}Front\n"
    _, problems = load(tmp_path, {"states.txt": STATES, "groups.txt": rivals.format("")})
    assert len(problems) == 1 and "0-groups.txt:9:9: Front of b is also a name of a" in problems[0]
    _, problems = load(tmp_path, {"states.txt": STATES, "groups.txt": rivals.replace("name: Front", "name: &Front").format("&")})
    assert not problems


def test_an_id_twice_in_one_layer_is_an_error(tmp_path):
    _, problems = load(tmp_path, {"states.txt": STATES, "people.txt": PEOPLE, "more.txt": PEOPLE})
    assert any("ada-okoro is also in" in p for p in problems)


def test_role_nouns(tmp_path):
    path = tmp_path / "roles.txt"
    path.write_text("GOV,MIL person: defence minister,\n  war secretary\nMIL group plural: troops\n"
                    "GOV body state: government # stands for it\n"
                    "REB person adj: rebel\n- body: group\n", encoding="utf-8")
    problems = []
    nouns = {n.text: n for n in load_roles([path], problems)}
    assert not problems and len(nouns) == 6
    assert nouns["war secretary"].sectors == ("GOV", "MIL") and nouns["war secretary"].kind == RoleKind.PERSON
    assert nouns["troops"].flags == RoleFlag.PLURAL and nouns["government"].flags == RoleFlag.STATE
    assert nouns["rebel"].flags == RoleFlag.ADJECTIVE and nouns["group"].sectors == ()


def test_role_noun_errors(tmp_path):
    path = tmp_path / "roles.txt"
    path.write_text("GOV: minister\nABC person: Envoy\nGOV person: judge\nJUD person: judge\n", encoding="utf-8")
    problems = []
    load_roles([path], problems)
    assert [str(p).split(": ")[0] for p in problems] == ["roles.txt:1:1", "roles.txt:2:1", "roles.txt:2:13", "roles.txt:4"]


def test_the_source_of_a_file_and_the_life_of_an_actor_are_kept(tmp_path):
    text = "source: the yearbook of 2020\na\n  name: Front\n  kind: group\n  country: KEN\n  existed: 2004..2015-03\nb\n  name: League\n  kind: group\n  country: KEN\n  source: its charter\n"
    found, problems = load(tmp_path, {"states.txt": STATES, "groups.txt": text})
    assert not problems
    assert found["a"].source == "the yearbook of 2020" and found["b"].source == "its charter"
    assert (date.fromordinal(found["a"].first), date.fromordinal(found["a"].last)) == (date(2004, 1, 1), date(2015, 3, 31))
