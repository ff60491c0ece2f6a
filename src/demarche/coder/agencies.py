"""News agencies and photo agencies, as bylines, datelines and credits name them."""
import re

AGENCIES = {
    "Reuters": "Reuters", "Thomson Reuters": "Reuters", "AP": "Associated Press", "Associated Press": "Associated Press",
    "The Associated Press": "Associated Press", "AFP": "Agence France-Presse", "Agence France-Presse": "Agence France-Presse",
    "TASS": "TASS", "ITAR-TASS": "TASS", "Interfax": "Interfax", "RIA Novosti": "RIA Novosti", "Sputnik": "Sputnik",
    "Xinhua": "Xinhua", "UPI": "United Press International", "United Press International": "United Press International",
    "dpa": "Deutsche Presse-Agentur", "DPA": "Deutsche Presse-Agentur", "Deutsche Presse-Agentur": "Deutsche Presse-Agentur",
    "ANSA": "ANSA", "EFE": "EFE", "Kyodo": "Kyodo News", "Kyodo News": "Kyodo News", "Yonhap": "Yonhap",
    "PTI": "Press Trust of India", "Press Trust of India": "Press Trust of India", "ANI": "Asian News International",
    "IANS": "Indo-Asian News Service", "IRNA": "IRNA", "Tasnim": "Tasnim", "Mehr": "Mehr News Agency", "Anadolu": "Anadolu Agency",
    "AA": "Anadolu Agency", "Anadolu Agency": "Anadolu Agency", "SANA": "SANA", "WAM": "WAM", "SPA": "Saudi Press Agency",
    "KUNA": "KUNA", "QNA": "Qatar News Agency", "MENA": "MENA", "Petra": "Petra", "BNS": "Baltic News Service", "CNA": "CNA",
    "Andina": "Andina", "Prensa Latina": "Prensa Latina", "PA": "PA Media", "PA Media": "PA Media", "APA": "APA",
    "Bloomberg": "Bloomberg", "EPA": "European Pressphoto Agency", "Getty": "Getty Images", "Getty Images": "Getty Images",
    "Bernama": "Bernama", "Antara": "Antara", "VNA": "Vietnam News Agency", "KCNA": "KCNA", "Ukrinform": "Ukrinform",
    "Unian": "UNIAN", "UNIAN": "UNIAN", "Belga": "Belga", "ANP": "ANP", "NTB": "NTB", "TT": "TT", "Ritzau": "Ritzau", "MTI": "MTI",
    "PAP": "PAP", "CTK": "CTK", "Hina": "Hina", "Tanjug": "Tanjug", "Shutterstock": "Shutterstock", "Zuma": "Zuma Press",
    "Zuma Press": "Zuma Press", "AFP via Getty Images": "Agence France-Presse", "EPA-EFE": "European Pressphoto Agency",
    "Pool": "Pool", "Handout": "Handout", "BBC": "BBC", "CNN": "CNN", "Al Jazeera": "Al Jazeera", "VOA": "Voice of America",
    "RFE/RL": "RFE/RL", "Wikimedia Commons": "Wikimedia Commons", "Moskva News Agency": "Moskva News Agency", "kremlin.ru": "Kremlin",
}
_FOLDED = {name.casefold(): full for name, full in AGENCIES.items()}
AGENCY_NAMES = "|".join(re.escape(name) for name in sorted(AGENCIES, key=len, reverse=True))


def agency_named(words: str) -> str:
    """The full name of the agency that `words` name as a whole, or ""."""
    return _FOLDED.get(words.strip(" .()[]").casefold(), "")
