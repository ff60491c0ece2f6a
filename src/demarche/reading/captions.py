"""Photo captions and credits: "The ministers in Arica (Rosa Quispe / Andina)"."""
import re

from demarche.coder.agencies import AGENCY_NAMES

_MAX_CAPTION = 400  # code points
_WORD = "(?:photo|image|picture|photograph|illustration|video|graphic)"
_LABEL = re.compile(rf"\(?(?:(?:file |illustrative )?{_WORD}s?(?: (?:credit|source|courtesy|caption|by|from|via))?s?\s*[:/©]"
                    rf"|{_WORD}s? (?:by|courtesy|credit|from|via)\b|credits?\s*:|caption\s*:|pictured\s*:|file photo\b)", re.I)
_WITH_WORDS = re.compile(r"\(?(?:caption|pictured|file photo)", re.I)  # labels after which the caption itself stands
_CREDIT = re.compile("|".join([
    rf"[(\[]?\s*(?:{AGENCY_NAMES})\s*(?:/|\|| via )\s*[^/()\[\]]{{2,60}}\s*[)\]]?\.?",
    r"[(\[]?\s*(?:AP|AFP|EPA|Reuters) (?:Photo|File|Image)s?\b[^()\[\]]{0,60}[)\]]?\.?",
    rf"[(\[]?\s*[^/()\[\]]{{2,60}}\s*(?:/|\||,| via | - )\s*(?:{AGENCY_NAMES})(?:\s*/\s*[^()\[\]]{{2,40}})?\s*[)\]]?\.?",
    r"[(\[]?\s*(?:photo|image|picture|photograph|file|pool|handout)s?\b[^()\[\]]{0,80}[)\]]?\.?",
]), re.I)
_NAMED_CREDIT = re.compile(r"[(\[]\s*[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}\s*[/|]\s*[A-Z][\w .'’&-]{1,40}\s*[)\]]")
_MARKED_CREDIT = re.compile(r"[(\[](?:AP|AFP|EPA|Reuters|File|Photo|Image|Picture)\b.*\b(?:photo|file|by|via|courtesy|image)", re.I)
_BRACKETED_END = re.compile(r"(?P<caption>.*?)\s*(?P<credit>[(\[][^()\[\]]{2,120}[)\]])\.?", re.S)
_LOOSE_END = re.compile(r"(?P<caption>.{20,300}?[.!?\"”’])\s*"
                        r"(?:(?:photo|picture|image)s?\s*(?::|by|/|courtesy)[^.]{2,80}"
                        rf"|(?:{AGENCY_NAMES})\s*/\s*[A-Z][^.]{{2,60}})\.?", re.I | re.S)


def caption_of(text: str) -> str | None:
    """The caption without its credit, if `text` is a caption or a credit (then ""); None for anything else."""
    if len(text) > _MAX_CAPTION:
        return None
    if _LABEL.match(text):
        return _LABEL.sub("", text, count=1).strip(" ):") if _WITH_WORDS.match(text) else ""
    if (text.startswith(("(", "[")) or "/" in text or "|" in text) and len(text) < 120 and _CREDIT.fullmatch(text):
        return ""
    ending = _BRACKETED_END.fullmatch(text)
    if ending and _is_credit(ending["caption"], ending["credit"]):
        return ending["caption"].strip()
    loose = _LOOSE_END.fullmatch(text)
    return loose["caption"].strip() if loose else None


def _is_credit(caption: str, credit: str) -> bool:
    """Whether brackets at the end hold a credit: an agency's, or, after words that are no sentence, a photographer's."""
    if _NAMED_CREDIT.fullmatch(credit) and not caption.rstrip().endswith((".", "!", "?", "”", '"')):
        return True
    return ("/" in credit or "|" in credit or _MARKED_CREDIT.match(credit) is not None) and _CREDIT.fullmatch(credit) is not None
