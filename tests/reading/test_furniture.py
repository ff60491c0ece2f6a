"""Furniture by its wording, and sentences of reports that resemble it."""
import pytest

from demarche.reading.blocks import Block
from demarche.reading.captions import caption_of
from demarche.reading.furniture import furniture_kind


@pytest.mark.parametrize(("text", "kind"), [
    ("Related article: Fishermen March in Ilo", "related"),
    ("Read more: What the ruling said", "related"),
    ("RELATED STORIES", "related"),
    ("You may also like", "related"),
    ("Original url:", "source"),
    ("Source: https://example.org/a", "source"),
    ("https://example.org/a", "url"),
    ("<https://example.org/a>", "url"),
    ("www.example.org/a", "url"),
    ("Share on Facebook", "share"),
    ("Share | Tweet | Email | Print", "share"),
    ("Sign up for our daily newsletter", "pitch"),
    ("Get the latest news in your inbox every morning", "pitch"),
    ("Follow us on Twitter and Facebook", "pitch"),
    ("Subscribe to read the whole story", "pitch"),
    ("© 2019 The Coast Herald", "copyright"),
    ("Copyright 2019 The Coast Herald. All rights reserved.", "copyright"),
    ("We use cookies to give you the best experience on our website.", "cookies"),
    ("Privacy policy", "navigation"),
    ("Reporting by Ana Vega; Editing by Luis Soto", "staff"),
    ("Ana Vega contributed to this report.", "staff"),
    ("ADVERTISEMENT", "notice"),
    ("Story continues below this advertisement", "notice"),
    ("Tags: Peru, Chile", "notice"),
    ("3 min read", "notice"),
    ("* * *", "notice"),
])
def test_furniture(text, kind):
    assert furniture_kind(Block("paragraph", text)) == kind


def test_a_paragraph_that_is_one_link_is_a_link():
    assert furniture_kind(Block("paragraph", "Fishermen March in Ilo", linked=True)) == "link"
    assert furniture_kind(Block("heading", "Fishermen March in Ilo", linked=True)) is None


@pytest.mark.parametrize("text", [
    "Peru shared the email with Chile, and the post was deleted.",
    "The source: a diplomat in Lima who asked not to be named because the talks are secret, said on Monday that nothing was agreed and "
    "nothing would be.",
    "Follow-up talks are planned in Lima next month.",
    "Related parties were told to leave the country within three days.",
    "Share prices fell in Lima after the strike.",
    "More on the border was said by the minister on Monday.",
    "Donors promised Peru two million dollars.",
    "Copyright law was the subject of the talks in Lima. Ministers agreed on nothing. They will meet again.",
    "Reporters were beaten by police outside the court.",
    "Subscribers to the state gas network were cut off on Monday. Most live in the north.",
    "Watch towers were built along the border.",
    "Video of the raid was shown on state television.",
    "Photographs of the minister were burned by protesters.",
    "Print workers went on strike.",
    "The court in Lima banned the use of cookies by the tax office.",
    "Support for the president fell.",
    "Help is on its way, the ministry said.",
    "Home Minister Rosa Quispe condemned the attack.",
    "Ends do not justify means, he said.",
    "Live ammunition was used against protesters.",
    "Analysis: why the talks in Lima failed",
    "Opinion polls show that the party has lost support.",
])
def test_sentences_of_reports_stay(text):
    assert furniture_kind(Block("paragraph", text)) is None
    assert caption_of(text) is None


@pytest.mark.parametrize(("text", "caption"), [
    ("The two ministers in Arica (Rosa Quispe / Andina)", "The two ministers in Arica"),
    ("A checkpoint near Arica on Monday. (Rosa Quispe/AFP via Getty Images)", "A checkpoint near Arica on Monday."),
    ("A checkpoint near Arica. [Rosa Quispe/Al Jazeera]", "A checkpoint near Arica."),
    ("A checkpoint near Arica on Monday. (AP Photo/Rosa Quispe)", "A checkpoint near Arica on Monday."),
    ("A checkpoint near Arica on Monday. Photo: Rosa Quispe", "A checkpoint near Arica on Monday."),
    ("Soldiers stand guard at the checkpoint near Arica. REUTERS/Rosa Quispe", "Soldiers stand guard at the checkpoint near Arica."),
    ("Photo: Rosa Quispe", ""),
    ("Photo by Rosa Quispe / Andina", ""),
    ("Image credit: Andina", ""),
    ("(Rosa Quispe / TASS)", ""),
    ("REUTERS/Rosa Quispe", ""),
    ("Getty Images / Rosa Quispe", ""),
    ("Caption: The two ministers", "The two ministers"),
])
def test_captions_and_credits(text, caption):
    assert caption_of(text) == caption


@pytest.mark.parametrize("text", [
    "The offensive was led by the Kurdish Workers (YPG/PKK).",
    "The attack was claimed by the group, police said (see map).",
    "Peru closed the crossing, the ministry said. (Reuters)",
    "He was a member of the Movement (Left / Centre).",
])
def test_brackets_that_are_no_credit(text):
    assert caption_of(text) is None
