"""Newswire habits that the treebanks show too seldom, put into their sentences: titles, states, datelines, abbreviations at the end.

Only the boundary models train on these: the words need no tags, heads or lemmas.
"""
from __future__ import annotations

import random
from dataclasses import replace
from typing import Sequence

from demarche.training.conllu import TreebankSentence, Word

TITLES = ("Adm. Amb. Brig. Capt. Cmdr. Col. Cpl. Det. Dr. Fr. Gen. Gov. Hon. Insp. Lt. Maj. Mr. Mrs. Ms. Msgr. Pfc. Pres. "
          "Prof. Pvt. Rep. Reps. Rev. Sen. Sens. Sgt. Spc. Supt.").split()
STATES = ("Ala. Ariz. Ark. Calif. Colo. Conn. Del. Fla. Ga. Ill. Ind. Kan. Ky. La. Mass. Md. Mich. Minn. Miss. Mo. Mont. Neb. "
          "Nev. N.Y. N.J. N.C. N.D. N.H. N.M. Okla. Ont. Ore. Pa. Que. R.I. S.C. S.D. Tenn. Tex. Va. Vt. Wash. W.Va. Wis. Wyo. "
          "B.C.").split()
BODIES = "U.S. U.S. U.S. U.S. U.N. U.N. U.K. E.U. U.A.E. U.S.S.R. D.C.".split()
ENDINGS = "U.S. U.S. U.S. U.N. U.K. U.A.E. D.C. a.m. p.m. p.m. p.m. Inc. Ltd. Jr. Jan. Feb. Aug. Sept. Oct. Nov. Dec. etc. al.".split()
SUFFIXES = "Inc. Corp. Co. Ltd. Jr. Sr. Bros.".split()
MONTHS = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()
AGENCIES = "AP AFP Reuters CNN UPI Xinhua Bloomberg IANS Agency KUNA TASS".split()
CITIES = ("KABUL GENEVA MOSCOW NAIROBI BEIJING TOKYO SEOUL JERUSALEM GAZA CAIRO LONDON PARIS BERLIN WASHINGTON BRUSSELS ANKARA "
          "TEHRAN BAGHDAD DAMASCUS KHARTOUM ISLAMABAD DHAKA JAKARTA MANILA LIMA BOGOTA CARACAS HAVANA MADRID ROME ATHENS KIEV "
          "MINSK TBILISI YEREVAN BAKU SANAA RIYADH DOHA Paris Kampala Juba Dakar Accra Lagos Harare Colombo Yangon").split()
COUNTRIES = "Afghanistan Kenya Peru Japan Egypt Syria Turkey Russia Ukraine Greece Spain Chile Nepal Sudan".split()


def word(form: str, glued: bool = False) -> Word:
    """A word of which only the form matters."""
    return Word(form, form, "X", "XX", 0, "dep", glued)


def sentence_of(words: Sequence[Word], begins_paragraph: bool) -> TreebankSentence:
    """A sentence whose text follows from its words."""
    text = "".join(w.form if w.glued or i == 0 else " " + w.form for i, w in enumerate(words))
    return TreebankSentence(list(words), text, begins_paragraph)


def dateline(source: random.Random) -> TreebankSentence:
    """City, perhaps state, country or date, agency and dash: a sentence of its own, as in the treebanks."""
    words = [word(source.choice(CITIES))]
    kind = source.random()
    if kind < 0.25:
        words += [word(",", True), word(source.choice(COUNTRIES))]
    elif kind < 0.4:
        words += [word(",", True), word(source.choice(STATES))]
    if source.random() < 0.35:
        words += [word(",", True), word(source.choice(MONTHS)), word(str(source.randint(1, 31)))]
    if source.random() < 0.7 or not words[0].form.isupper():
        words += [word("("), word(source.choice(AGENCIES), True), word(")", True)]
    words.append(word(source.choice(("-", "-", "--", "—", "–"))))
    return sentence_of(words, True)


def with_titles(words: Sequence[Word], source: random.Random) -> list[Word]:
    """Titles before some names, states and bodies for some others, suffixes after some, ranges for some numbers."""
    out: list[Word] = []
    for i, w in enumerate(words):
        before = words[i - 1] if i else None
        after = words[i + 1] if i + 1 < len(words) else None
        starts_name = w.xpos == "NNP" and not w.glued and not (before and before.xpos in ("NNP", "HYPH")) and w.form.isalpha()
        if starts_name and after and after.xpos == "NNP" and not after.glued and source.random() < 0.3:
            out.append(word(source.choice(TITLES)))
            if source.random() < 0.15:
                out.append(word(source.choice(TITLES)))
            out.append(w)
        elif starts_name and before and before.xpos != "POS" and source.random() < 0.15:
            out += [word(source.choice(BODIES)), w]
        elif starts_name and after and after.xpos != "NNP" and not after.glued and source.random() < 0.15:
            out.append(word(source.choice(BODIES + STATES)))
        elif w.xpos == "NNP" and not w.glued and before and before.xpos == "NNP" and after and not after.glued and source.random() < 0.1:
            out += [w, word(source.choice(SUFFIXES))]
        elif w.xpos == "CD" and w.form.isdigit() and not w.glued and not (after and after.glued and after.form != ",") \
                and source.random() < 0.1:
            out += [w, word(source.choice("-–"), True), word(str(int(w.form[:6]) + source.randint(1, 30)), True)]
        else:
            out.append(w)
    return out


def with_ending(words: Sequence[Word], source: random.Random) -> list[Word]:
    """An abbreviation for the last word, its stop the sentence's too."""
    if len(words) < 6 or words[-1].form != ".":
        return list(words)
    last = words[-2]
    if last.upos not in ("NOUN", "PROPN") or not last.form.isalpha() or last.glued:
        return list(words)
    return [*words[:-2], word(source.choice(ENDINGS))]


def newswire(sentences: Sequence[TreebankSentence], seed: int) -> list[TreebankSentence]:
    """The sentences in newswire dress: about as many datelines, titles and final abbreviations as plain ones."""
    source = random.Random(seed)
    out: list[TreebankSentence] = []
    for sentence in sentences:
        begins = sentence.begins_paragraph
        words = with_titles(sentence.words, source)
        if source.random() < 0.15:
            words = with_ending(words, source)
        if begins and len(words) > 8 and source.random() < 0.15:
            out.append(dateline(source))
            begins = False
        out.append(sentence_of(words, begins) if words != sentence.words else replace(sentence, begins_paragraph=begins))
    return out
