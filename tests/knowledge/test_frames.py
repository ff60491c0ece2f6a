"""Frames: one line of a pattern, read into terms."""
import pytest

from demarche.knowledge.frames import FrameError, Position, Relation, Slot, parse_frame

LISTS = {"weapons": ("missile", "rocket")}


def relations(text):
    return [(t.relation, t.slot, t.optional) for t in parse_frame(text, LISTS).terms]


def test_subject_and_object():
    assert relations("verb ACTOR condemn RECIPIENT (for WHAT)") == [
        (Relation.SUBJECT, Slot.ACTOR, False), (Relation.OBJECT, Slot.RECIPIENT, False), (Relation.PREPOSITION, Slot.WHAT, True)]


def test_alternatives_and_lists():
    frame = parse_frame("verb ACTOR fire|launch [@weapons|shell] at RECIPIENT", LISTS)
    assert frame.triggers == ("fire", "launch")
    assert frame.terms[1].nouns == ("missile", "rocket", "shell")
    assert frame.terms[2].words == ("at",)


def test_particle_is_told_from_preposition():
    frame = parse_frame("verb ACTOR lash out at RECIPIENT", LISTS)
    assert frame.particle == ("out",) and frame.terms[1].words == ("at",)


def test_two_objects_make_the_first_indirect():
    assert relations("verb ACTOR give RECIPIENT [aid]")[1:] == [(Relation.INDIRECT, Slot.RECIPIENT, False), (Relation.OBJECT, Slot.NONE, False)]


def test_noun_with_owner_and_modifier():
    frame = parse_frame("noun ACTOR's phone call with PARTNER", LISTS)
    assert frame.position == Position.NOUN and frame.triggers == ("call",) and frame.particle == ("phone",)


def test_owner_of_a_required_noun():
    assert parse_frame("verb ACTOR reject RECIPIENT's [offer]", LISTS).terms[1].owner == Slot.RECIPIENT


def test_adjective_drops_be():
    assert parse_frame("adj ACTOR be ready|willing to ACT", LISTS).triggers == ("ready", "willing")


def test_specific_frames_weigh_more():
    general, special = (parse_frame(t, LISTS).specificity() for t in ("verb ACTOR reject RECIPIENT", "verb ACTOR reject RECIPIENT's [offer]"))
    assert special > general


@pytest.mark.parametrize("text, message", [
    ("verb ACTOR hit (RECIPIENT", "parentheses"), ("verb AGENT hit RECIPIENT", "no slot"), ("verb ACTOR hit [@nothing]", "no list"),
    ("phrase ACTOR hit", "begins with"), ("verb ACTOR", "no trigger"), ("verb ACTOR talk [peace] with", "ends in")])
def test_errors_say_why(text, message):
    with pytest.raises(FrameError, match=message):
        parse_frame(text, LISTS)
