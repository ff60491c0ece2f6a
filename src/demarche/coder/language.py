"""Whether a text is English: cheap, by function words, for a diagnostic and no more."""
import re

_ENGLISH = frozenset("""the of and to a in that is was for it with as his on be at by he had not are but from or have an they which one you were all her she there would their we him
    been has when who will no more if out so said what up its about into than them can only other new some could these two may then do any after first over such most
    this against where before between under during while also against says our those because should""".split())
_SURE = frozenset("the of and that was with from have has which were been would their said after will this would his".split())
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_APART = str.maketrans({chr(c): " " for c in range(128) if not chr(c).isalpha() and chr(c) != "'"})  # what parts words of ASCII
_SAMPLE = 2000      # code points that are looked at: it is asked of every document
_ENOUGH = 12        # words
_CLEAR = 0.22       # share of function words of running English; other languages written in Latin letters stay below 0.12
_FOREIGN = 0.13


def detect_language(text: str) -> str:
    """ "en", "other", or "unknown" for a text too short or too bare (a headline) to tell."""
    sample = text[:_SAMPLE]
    if not sample.isascii():
        letters = [c for c in sample if c.isalpha()]
        if 2 * sum(c > "\u024f" for c in letters) > len(letters):
            return "other" if len(letters) >= 10 else "unknown"
    words = sample.lower().translate(_APART).split() if sample.isascii() else _WORD.findall(sample.lower())
    if len(words) < _ENOUGH:
        return "unknown"
    share = sum(map(_ENGLISH.__contains__, words)) / len(words)
    sure = sum(map(_SURE.__contains__, words)) / len(words)
    if share >= _CLEAR and sure >= 0.04:
        return "en"
    if share < _FOREIGN or sure < 0.015:
        return "other" if len(words) >= 2 * _ENOUGH or share < 0.05 else "unknown"
    return "en" if len(words) >= 4 * _ENOUGH and share >= 0.18 and sure >= 0.04 else "unknown"
