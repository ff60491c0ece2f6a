"""What stands on a page beside the report: related links, share buttons, pitches, notices. None of it is body text.

The wording decides, together with whether a block is a link, an item or a sentence: "Related parties were told to leave." stays.
"""
import re

from demarche.reading.blocks import Block

_MAX_NOTICE = 320  # code points; longer blocks are text


def _phrases(*alternatives: str, end: str = r"\b") -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(alternatives)}){end}", re.I)


_URL = re.compile(r"(?:<?(?:https?://|www\.)\S+>?\s*)+")
_RELATED = _phrases(
    "related", "read (?:more|also|next|the full)", "see also", "also read", "more (?:on|from|about|stories|news|like)", "recommended",
    "you (?:may|might) (?:also )?(?:like|be interested)", "most (?:read|popular|viewed)", "don['’]t miss", "up next",
    "next (?:article|story)", "continue reading", "in (?:pictures|photos|video)", "editor['’]s (?:pick|choice)", "trending",
    "top stories", "latest news")
_RELATED_LABEL = _phrases(
    "related(?: (?:article|story|stories|content|news|post|topic|coverage|link|reading|video)s?)?", "read (?:more|also|next)",
    "see also", "also read", "recommended", end=r"\s*(?::|\||»|>>)")
# Headlines begin so too: furniture only where the block is a link or an item.
_LINK_LABEL = _phrases("watch", "listen", "video", "more", "explainer", "analysis", "opinion", "background", "gallery", "live",
                       end=r"\s*(?::|\||»|>>)")
_SOURCE = _phrases("original(?:ly)?(?: (?:url|link|article|source|post|story|published (?:at|on|by|in)))?", "source(?: (?:url|link))?",
                   "url", "link", "via", "permalink", "short ?link", "canonical", end=r"\s*:")
_SHARE_SURE = frozenset("""share tweet facebook twitter whatsapp linkedin pinterest telegram reddit flipboard print email e-mail
    bookmark""".split())
_SHARE_WORDS = _SHARE_SURE | frozenset("""x messenger copy link save comment comments follow like pin this article on via with icon button
    listen instagram youtube vk sms mail post story and more by to""".split())
_PITCH = _phrases(
    "sign up", r"subscribe\b", "subscribers? only", "get (?:the|our|all the|more) (?:latest|newsletter|daily|best|news|stories|from)",
    "join our", "follow us", "follow .{2,40} on (?:facebook|twitter|x|telegram|instagram|whatsapp)",
    r"download (?:the|our) .{0,20}app\b", "support (?:our|independent|quality)", "donate", "become a (?:member|subscriber|supporter)",
    "already (?:a )?(?:subscribed|subscriber|registered|have an account)", "log ?in", "register (?:now|for|to)", "enjoying this",
    "this (?:article|story|content) is (?:for|only|exclusive)", "start your free trial", "unlock this",
    "(?:our|the) (?:daily |weekly |free )?newsletter", "have a (?:news )?tip", "contact (?:the author|us)",
    "send (?:us )?(?:your )?(?:tips|feedback)")
_INBOX = _phrases(r"\bnewsletters?", r"\bin your inbox", r"\bto your inbox", r"\bstraight to your")
_INVITES = _phrases(r"\W*(?:get|sign|subscribe|join|our|receive|want|like|don['’]t|for more)")
_COPYRIGHT = _phrases(
    "©", r"\(c\)\s*(?:19|20)\d\d", r"copyright\W{1,3}(?:\d{4}|\(c\)|of\b|by\b|notice|(?-i:[A-Z]))", "all rights reserved",
    "this material may not be (?:published|reproduced)", "(?:no part of this|reproduction).{0,60}(?:prohibited|permission)",
    r"terms of (?:use|service)\b.{0,40}privacy", end="")
_COOKIES = _phrases(
    r"\bcookies?\b.{0,200}\b(?:use|uses|using|accept|consent|settings|polic(?:y|ies)|preferences|experience|website|site)",
    r"\b(?:use|uses|using|accept|manage|reject|allow)\b.{0,40}\bcookies")
_ADDRESSES_READER = _phrases(r"\b(?:we|our|this (?:web)?site|you|your)")
_NAVIGATION = _phrases(
    "privacy (?:policy|notice|settings)", "terms (?:of (?:use|service)|and conditions)", "cookie (?:policy|settings)", "accept all",
    "reject all", "about us", "contact us", "advertise", "sitemap", "help", "home", "menu", "search", "skip to (?:main )?content",
    "back to top", end=r"\W*")
_NOTICE = _phrases(
    "advertisements?", "sponsored(?: content)?", "promoted", "(?:story|article) continues (?:after|below).*", r"loading\W*",
    r"click here\b.*", r"comments?(?: \(\d+\))?", r"\d+ comments?", "leave a (?:comment|reply)",
    r"(?:tags?|topics?|filed under|categor(?:y|ies)|keywords?|sections?|more about)\s*:.*", r"\d+[- ]min(?:ute)?s?(?: read)?",
    "(?:estimated )?reading time:?.*", r"\d+ (?:of|/) \d+", r"\d+ shares?", r"(?:updated|published|last modified)\s*:?",
    "breaking news", "live updates?", "image caption", "image source.*", "media caption", "getty images", r"[*\-_=•·~\s]{1,80}",
    "(?:-+ ?)?ends?(?: ?-+)?", "###", "hide caption", "toggle caption", "enlarge this image", end="")
_STAFF = _phrases(
    r"\(?(?:additional |with )?(?:reporting|writing|editing|compiled|edited|translated|written|translation|report) "
    r"(?:and (?:writing|editing) )?by\b.{0,300}", r"(?:the )?[\w .,'’&-]{2,80} contributed (?:to this|reporting)\b.{0,60}", end="")


def furniture_kind(block: Block) -> str | None:
    """What piece of furniture a block is, or None for text that belongs to the report. Captions are found by `captions.caption_of`."""
    text = block.text.strip()
    if not text or _NOTICE.fullmatch(text):
        return "notice"
    if _URL.fullmatch(text):
        return "url"
    if _SOURCE.match(text) and (len(text) < 60 or _URL.search(text)):
        return "source"
    if _is_share(text):
        return "share"
    if _STAFF.fullmatch(text):
        return "staff"
    if _NAVIGATION.fullmatch(text):
        return "navigation"
    if len(text) <= _MAX_NOTICE and (kind := _notice_kind(block, text)):
        return kind
    return "link" if block.linked and block.kind != "heading" and not _is_sentence(text) else None


def _notice_kind(block: Block, text: str) -> str | None:
    aside = block.linked or block.kind != "paragraph"
    if _LINK_LABEL.match(text) and (block.linked or block.kind == "item"):
        return "related"
    if _RELATED_LABEL.match(text) and (aside or not _many_sentences(text)):
        return "related"
    if _RELATED.match(text) and (block.linked or block.kind == "heading" or not _is_sentence(text)):
        return "related"
    if _PITCH.match(text) or _INBOX.search(text) and _INVITES.match(text):
        return "pitch"
    if _COPYRIGHT.search(text[:160]) and (len(text) < 160 or not _many_sentences(text)):
        return "copyright"
    return "cookies" if _COOKIES.search(text) and _ADDRESSES_READER.search(text) else None


def _is_share(text: str) -> bool:
    words = re.findall(r"[\w-]+", text.lower())
    return 0 < len(words) <= 24 and not _SHARE_SURE.isdisjoint(words) and all(word in _SHARE_WORDS or word.isdigit() for word in words)


def _is_sentence(text: str) -> bool:
    return text.rstrip().endswith((".", "!", "?", "”", '"'))


def _many_sentences(text: str) -> bool:
    return len(re.findall(r"[a-z\d][.!?][\"”’]?(?:\s|$)", text)) > 1


def opens_list(block: Block, kind: str | None) -> bool:
    """Whether a piece of furniture heads a list, so that the items and links after it belong to it."""
    return kind == "related" and (block.kind == "heading" or len(block.text) <= 40)
