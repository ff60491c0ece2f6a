"""Names as the gazetteer must meet them: their tokens, their spellings, surnames and plurals."""
from __future__ import annotations

import re
import unicodedata

# Universal Dependencies English tokens, as far as names need them: abbreviations keep their stop, hyphens and 's stand alone.
TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?=\s|$)|(?:St|Mt|Dr|Jr|Sr|Gen|Col|Lt|Ft)\.|['’]s\b|\w+(?:['’](?!s\b)\w+|&\w+)*|[^\w\s]")
# Words inside names whose capital letter nobody can rely on.
PARTICLES = frozenset("al el as ash an ar at ad az de da do dos das di del della la le les van von der den bin bint ibn ben abu of the "
                      "and for in on "
                      "ul ur und y e i du des to with against from".split())
FOLDS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe",
                       "ð": "d", "þ": "th", "ə": "a", "Ə": "A"})
ARTICLE = re.compile(r"\b([Aa]l|[Ee]l|[Aa]sh|[Aa]s|[Aa]n|[Aa]r|[Aa]d|[Uu]l)-(?=\w)")
SURNAME_PARTICLES = frozenset("van von de der den da di del la le bin ben al el ter ten dos".split())
SUFFIXES = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV", "VI"))
IRREGULAR = {"spokesperson": "spokespeople", "chief of staff": "chiefs of staff", "child": "children", "coup": "coups", "person": "people",
             "chief of state": "chiefs of state", "gendarmerie": "gendarmeries", "grand ayatollah": "grand ayatollahs", "staff": "staffs",
             "thief": "thieves", "attorney general": "attorneys general", "secretary general": "secretaries general",
             "secretary-general": "secretaries-general", "consul general": "consuls general", "charge d'affaires": "charges d'affaires",
             "commander in chief": "commanders in chief", "commander-in-chief": "commanders-in-chief"}
HEAD_FIRST = re.compile(r"^([\w-]+(?: [\w-]+)?) (of|for|in|at|to|without) (.+)$")


def tokens(phrase: str) -> list[str]:
    """The tokens of a name: "Al-Shabaab's" is Al, -, Shabaab, 's."""
    return TOKEN.findall(phrase)


def folded(text: str) -> str:
    """`text` without diacritics: "Erdoğan" is "Erdogan"."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.translate(FOLDS)) if not unicodedata.combining(c))


def spellings(phrase: str) -> list[list[str]]:
    """Token sequences under which a name may be met, the plain one first, without repetition.

    Variants: without diacritics; curly for straight apostrophes; "al Shabaab" for "al-Shabaab"; hyphens left inside the
    word, in case a tokeniser keeps them there; "and" for "&".
    """
    phrase = phrase[4:] if phrase[:4] in ("the ", "The ") else phrase
    found = dict.fromkeys([phrase, folded(phrase)])
    for text in list(found):
        found[ARTICLE.sub(r"\1 ", text)] = None
        if " & " in text:
            found[text.replace("&", "and")] = None
    for text in list(found):
        if "'" in text or "’" in text:
            found[text.replace("'", "’")] = None
            found[text.replace("’", "'")] = None
    sequences = {tuple(tokens(text)): None for text in found}
    for text in found:
        if "-" in text:
            whole = [part for word in text.split() for part in ([word] if "-" in word and "." not in word else tokens(word))]
            sequences[tuple(whole)] = None
    return [list(sequence) for sequence in sequences if sequence]


def capitals(words: list[str]) -> int:
    """Bit i is set where token i must begin with a capital letter for the name to be a name."""
    mask = 0
    for i, word in enumerate(words):
        if word[0].isupper() and (word.lower() not in PARTICLES or len(words) == 1):
            mask |= 1 << i
    return mask


def is_acronym(text: str) -> bool:
    """Whether the name has only capitals, so that its case is what tells it from a word (US, WHO, IS)."""
    return sum(c.isalpha() for c in text) >= 2 and text.upper() == text and not (len(text) > 1 and text[1] == ".")


def surname(full: str) -> str:
    """The surname of a name in Western order: "Sergei Lavrov" is "Lavrov", "Ursula von der Leyen" is "von der Leyen"; "" if single."""
    words = [w for w in full.split() if w not in SUFFIXES]
    if len(words) < 2:
        return ""
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in SURNAME_PARTICLES and words[first - 1].lower() not in ("al", "el"):
        first -= 1
    return " ".join(words[first:])


def plural(noun: str) -> str:
    """The plural of an English noun phrase, at its head: "minister of defence" is "ministers of defence"."""
    if noun in IRREGULAR:
        return IRREGULAR[noun]
    match = HEAD_FIRST.match(noun)
    if match:
        return f"{plural(match[1])} {match[2]} {match[3]}"
    for single, many in (("woman", "women"), ("man", "men"), ("person", "people")):
        if noun.endswith(single) and not noun.endswith(("human", "german")):
            return noun[:-len(single)] + many
    if noun in IRREGULAR or noun.rsplit(" ", 1)[-1] in IRREGULAR:
        head, _, last = noun.rpartition(" ")
        return f"{head} {IRREGULAR[last]}".strip()
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    if re.search(r"(s|x|z|ch|sh)$", noun):
        return noun + "es"
    return noun + "s"


def is_plural(form: str, forms: list[str]) -> bool:
    """Whether one of a state's demonyms is the plural of another ("Russians" beside "Russian", "Englishmen")."""
    return form.endswith("men") or (form.endswith("s") and form[:-1] in forms)
