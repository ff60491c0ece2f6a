"""The date grammar: a table of sentences with the phrase, its interval and its reading, and the cases that must stay silent."""
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.coder.dates import TimePhrase, find_times, resolve

PUBLISHED = date(2019, 6, 13)  # a Thursday

# sentence | words of the phrase | first..last (- = open or unknown) | precision, then: kind if not point, ~ if approximate, past/future
TABLE = """
The minister arrived in Lima on Tuesday. | Tuesday | 2019-06-11 | day
Police fired tear gas Thursday in the capital. | Thursday | 2019-06-13 | day
Envoys met behind closed doors Friday. | Friday | 2019-06-07 | day
Peru recalled its envoy on Monday night. | Monday night | 2019-06-10 | day
Late on Wednesday the army denied the report. | Late on Wednesday | 2019-06-12 | day
Gunmen attacked the depot early Sunday. | early Sunday | 2019-06-09 | day
Last Tuesday the cabinet rejected the plan. | Last Tuesday | 2019-06-11 | day past
The two leaders will meet next Wednesday. | next Wednesday | 2019-06-19 | day future
Lawmakers vote this Friday. | this Friday | 2019-06-14 | day
The delegation flies out this coming Saturday. | this coming Saturday | 2019-06-15 | day future
Kenya's president spoke on Tuesday morning. | Tuesday morning | 2019-06-11 | day
Monday's summit produced no statement. | Monday | 2019-06-10 | day
The strike began on Tuesday last week. | Tuesday last week | 2019-06-04 | day past
Officials resigned on Friday of last week. | Friday of last week | 2019-06-07 | day past
The truce has held since Sunday. | since Sunday | 2019-06-09..2019-06-13 | day span past
Rebels have until Saturday to leave. | until Saturday | 2019-06-13..2019-06-15 | day span future
Troops must leave by Friday. | by Friday | 2019-06-13..2019-06-14 | day span future
The crowd gathers every Friday outside the ministry. | every Friday | - | day frequency
Markets are closed on Sundays. | Sundays | - | day frequency
The talks ran from Monday to Wednesday. | from Monday to Wednesday | 2019-06-10..2019-06-12 | day span
The court will sit Tuesday, June 18. | Tuesday, June 18 | 2019-06-18 | day
On Saturday 8 June the border reopened. | Saturday 8 June | 2019-06-08 | day
The border reopened on Saturday, 8 June 2019. | Saturday, 8 June 2019 | 2019-06-08 | day
Today the ministry issued a statement. | Today | 2019-06-13 | day
The envoy said yesterday that talks had failed. | yesterday | 2019-06-12 | day past
The council votes tomorrow. | tomorrow | 2019-06-14 | day future
The prime minister speaks tonight. | tonight | 2019-06-13 | day
Shelling killed nine people overnight. | overnight | 2019-06-12..2019-06-13 | day past
Jets struck the port overnight on Tuesday. | overnight on Tuesday | 2019-06-11 | day
The king received the envoy this morning. | this morning | 2019-06-13 | day
Clashes erupted last night in Oran. | last night | 2019-06-12 | day past
Earlier today Chad closed the crossing. | Earlier today | 2019-06-13 | day past
Earlier in the day she met the premier. | Earlier in the day | 2019-06-13 | day past
The day before yesterday, monitors left. | The day before yesterday | 2019-06-11 | day past
The embassy reopens the day after tomorrow. | the day after tomorrow | 2019-06-15 | day future
The rebels this week rejected the truce. | this week | 2019-06-10..2019-06-16 | week
The group met officials last week. | last week | 2019-06-03..2019-06-09 | week past
A mission leaves for Juba next week. | next week | 2019-06-17..2019-06-23 | week future
Earlier this week Oslo hosted both sides. | Earlier this week | 2019-06-10..2019-06-13 | week past
The bill returns later this week. | later this week | 2019-06-13..2019-06-16 | week future
Guards fled earlier in the week. | earlier in the week | 2019-06-10..2019-06-13 | week past
Protesters returned over the weekend. | the weekend | 2019-06-08..2019-06-09 | day
The president travels to Quito this weekend. | this weekend | 2019-06-15..2019-06-16 | day
Voting took place last weekend. | last weekend | 2019-06-08..2019-06-09 | day past
Talks resume next weekend. | next weekend | 2019-06-22..2019-06-23 | day future
The blockade was lifted earlier this month. | earlier this month | 2019-06-01..2019-06-13 | month past
Inflation rose this month. | this month | 2019-06-01..2019-06-30 | month
Ghana expelled two diplomats last month. | last month | 2019-05-01..2019-05-31 | month past
Leaders gather in Hanoi next month. | next month | 2019-07-01..2019-07-31 | month future
The talks are due later this month. | later this month | 2019-06-13..2019-06-30 | month future
This year the ministry denied the claim. | This year | 2019-01-01..2019-12-31 | year
The treaty was signed last year. | last year | 2018-01-01..2018-12-31 | year past
Elections are planned for next year. | next year | 2020-01-01..2020-12-31 | year future
Late last year the rebels advanced. | Late last year | 2018-09-01..2018-12-31 | year ~ past
The deal collapsed early this year. | early this year | 2019-01-01..2019-04-30 | year ~
Aid should arrive by the end of the year. | by the end of the year | 2019-06-13..2019-12-31 | year span future
The base will close at the end of this month. | the end of this month | 2019-06-24..2019-06-30 | month ~
Nine reporters have been jailed since the start of the year. | since the start of the year | 2019-01-01..2019-06-13 | year span past
The mandate lapses at the end of 2020. | the end of 2020 | 2020-12-01..2020-12-31 | year ~
The truce expires at the end of July. | the end of July | 2019-07-25..2019-07-31 | month ~
The summit opens on Sept. 4. | Sept. 4 | 2019-09-04 | day
The summit opened on Sept. 4, 2016, in Hangzhou. | Sept. 4, 2016 | 2016-09-04 | day
The accord of 4 September 2018 still holds. | 4 September 2018 | 2018-09-04 | day
The September 4, 2018 raid left scars. | September 4, 2018 | 2018-09-04 | day
They signed it on the 4th of April. | the 4th of April | 2019-04-04 | day
A curfew began on April 21st. | April 21st | 2019-04-21 | day
Fighting broke out on Dec 3 near the bridge. | Dec 3 | 2018-12-03 | day
The parliament convenes on 20 June. | 20 June | 2019-06-20 | day
The vote was held on 2019-05-26. | 2019-05-26 | 2019-05-26 | day
The log shows 2019-05-26T10:00:00Z as the time. | 2019-05-26 | 2019-05-26 | day
The order dates from 26/05/2019. | 26/05/2019 | 2019-05-26 | day
The order dates from 26.05.2019 at the latest. | 26.05.2019 | 2019-05-26 | day
The talks ran from 3 to 5 June. | from 3 to 5 June | 2019-06-03..2019-06-05 | day span
Monitors counted 12 breaches between 3 and 5 June. | between 3 and 5 June | 2019-06-03..2019-06-05 | day span
The summit on June 28-29 is in Osaka. | June 28-29 | 2019-06-28..2019-06-29 | day span
Inspectors visited on 3–5 May 2018. | 3–5 May 2018 | 2018-05-03..2018-05-05 | day span
The siege lasted from 13 May to 15 May 2016. | from 13 May to 15 May 2016 | 2016-05-13..2016-05-15 | day span
Raids lasted from April 28 until May 2. | from April 28 until May 2 | 2019-04-28..2019-05-02 | day span
Elections are due in September. | September | 2019-09-01..2019-09-30 | month
Iceland joined in September 2015. | September 2015 | 2015-09-01..2015-09-30 | month
The coup took place last March. | last March | 2019-03-01..2019-03-31 | month past
Voters return to the polls next March. | next March | 2020-03-01..2020-03-31 | month future
The cabinet fell in May. | May | 2019-05-01..2019-05-31 | month
The ceasefire dates to mid-May. | mid-May | 2019-05-11..2019-05-20 | month ~
Rains came in late April. | late April | 2019-04-21..2019-04-30 | month ~
Sanctions have applied since March. | since March | 2019-03-01..2019-06-13 | month span past
The ports were closed from May to July 2018. | from May to July 2018 | 2018-05-01..2018-07-31 | month span
The ports will close between August and October. | between August and October | 2019-08-01..2019-10-31 | month span
The February vote was annulled. | February | 2019-02-01..2019-02-28 | month
Talks were held in March and April. | March | 2019-03-01..2019-03-31 | month
Talks stalled in March and April. | April | 2019-04-01..2019-04-30 | month
Kenya signed the treaty in 2001. | 2001 | 2001-01-01..2001-12-31 | year
The 2003 invasion split the alliance. | 2003 | 2003-01-01..2003-12-31 | year
The failed 2016 coup changed the army. | 2016 | 2016-01-01..2016-12-31 | year
Russia's 2014 annexation drew sanctions. | 2014 | 2014-01-01..2014-12-31 | year
The accord (2015) has lapsed. | 2015 | 2015-01-01..2015-12-31 | year
War has raged since 2014. | since 2014 | 2014-01-01..2019-06-13 | year span past
Emissions must halve by 2030. | by 2030 | 2019-06-13..2030-12-31 | year span future
He governed from 2003 to 2011. | from 2003 to 2011 | 2003-01-01..2011-12-31 | year span
He governed between 2003 and 2011. | between 2003 and 2011 | 2003-01-01..2011-12-31 | year span
The 2003-2011 war is remembered. | 2003-2011 | 2003-01-01..2011-12-31 | year span
The union formed in early 2019. | early 2019 | 2019-01-01..2019-04-30 | year ~
The mission ended in mid-2015. | mid-2015 | 2015-05-01..2015-08-31 | year ~
The civil war of the 1990s displaced thousands. | the 1990s | 1990-01-01..1999-12-31 | decade
Both states signed in the early 1990s. | the early 1990s | 1990-01-01..1993-12-31 | decade ~
The regime fell in the summer of 2015. | the summer of 2015 | 2015-06-01..2015-08-31 | season ~
Protests swept the city last summer. | last summer | 2018-06-01..2018-08-31 | season ~ past
Talks are expected next spring. | next spring | 2020-03-01..2020-05-31 | season ~ future
The offensive began this spring. | this spring | 2019-03-01..2019-05-31 | season ~
The war ended 40 years ago. | 40 years ago | 1979-01-01..1979-12-31 | year past
The war ended nearly 40 years ago. | nearly 40 years ago | 1979-01-01..1983-12-31 | year ~ past
Nearly 30 years have passed since the wall fell. | Nearly 30 years | 1989-01-01..1992-12-31 | year ~ past
The party was banned more than ten years ago. | more than ten years ago | 2008-01-01..2009-12-31 | year ~ past
The raid happened three days ago. | three days ago | 2019-06-10 | day past
They quarrelled two months ago. | two months ago | 2019-04-01..2019-04-30 | month past
Two weeks ago Oslo closed its embassy. | Two weeks ago | 2019-05-27..2019-06-02 | week past
A year ago the two sides made peace. | A year ago | 2018-01-01..2018-12-31 | year past
The bridge was bombed a few days ago. | a few days ago | 2019-06-08..2019-06-11 | day ~ past
The state was founded two decades ago. | two decades ago | 1997-01-01..2001-12-31 | decade ~ past
The quarrel began decades ago. | decades ago | - | decade ~ past
The envoy returned three days later. | three days later | - | day
Two days after the raid, the army withdrew. | Two days after | - | day
The army had withdrawn the day before. | the day before | - | day
The next day, crowds returned. | The next day | - | day
He resigned the following week. | the following week | - | week
The premier had left a day earlier. | a day earlier | - | day
Hours after the vote, troops moved. | Hours after | - | day ~
Months later the treaty was void. | Months later | - | month ~
They met again the same day. | the same day | - | day
Over the past two months, raids have doubled. | the past two months | 2019-04-13..2019-06-13 | month span past
In the last three years aid has fallen. | the last three years | 2016-06-13..2019-06-13 | year span past
In recent months contacts have grown. | recent months | 2019-03-13..2019-06-13 | month span ~ past
Several clashes were reported in recent days. | recent days | 2019-06-06..2019-06-13 | day span ~ past
The party has lost seats in the past decade. | the past decade | 2009-06-13..2019-06-13 | decade span past
A decision is due in the coming weeks. | the coming weeks | 2019-06-13..2019-07-11 | week span ~ future
In the next few days the envoy will decide. | the next few days | 2019-06-13..2019-06-18 | day span ~ future
The fleet sails in two weeks. | in two weeks | 2019-06-24..2019-06-30 | week future
Elections will follow within six months. | within six months | 2019-06-13..2019-12-13 | month span future
In the past 24 hours nine people died. | the past 24 hours | 2019-06-12..2019-06-13 | day span past
They have fought for decades. | for decades | - | decade duration
The force stays for another three months. | for another three months | - | month duration
In last 24 hours nine people died. | last 24 hours | 2019-06-12..2019-06-13 | day span past
Prices fell in January. | January | 2019-01-01..2019-01-31 | month
Talks went on for three weeks. | for three weeks | - | week duration
Both agreed to a three-month ceasefire. | three-month | - | month duration
A decade-long occupation ended. | decade-long | - | decade duration
After four days of talks the sides signed. | four days | - | day duration
It was the deadliest raid in seven years. | in seven years | - | year duration
Contacts have taken place over the years. | over the years | - | year span past
The ministry reports casualties every week. | every week | - | week frequency
Ministers meet twice a year. | twice a year | - | year frequency
Fighting resumed earlier in June. | earlier in June | 2019-06-01..2019-06-13 | month past
The quotas end before 2021. | before 2021 | -..2020-12-31 | year span
In the second half of May, prices rose. | May | 2019-05-01..2019-05-31 | month
It was first raised in January or February. | January | 2019-01-01..2019-01-31 | month
The council sat on March 5 and March 19. | March 19 | 2019-03-19 | day
"On Tuesday," he said, "we leave." | Tuesday | 2019-06-11 | day
LIMA, June 11 (Andina) - Peru closed a crossing. | June 11 | 2019-06-11 | day
The truce, agreed on Nov. 30, 2018, was broken. | Nov. 30, 2018 | 2018-11-30 | day
Séoul’s envoy left at 6 p.m. on Monday. | Monday | 2019-06-10 | day
"""

SILENT = """
The deal may be signed soon.
Prime Minister Theresa May has held talks with Cyprus.
May said the plan was dead.
A letter from May was read to the house.
Critics of May resigned.
Troops march on the capital.
The March for Peace drew thousands.
It was the second attack on the base.
The Sun reported that the envoy had left.
They were wed in the cathedral.
The broadcaster Russia Today aired the tape.
The Sunday Times published the letter.
Officers in Black Friday clothing stood by.
The police arrested 2000 people.
Resolution 1973 was adopted.
About 2,014 soldiers took part.
A 22-year-old man was arrested.
The man, 30 years old, was freed.
He is five years older than his rival.
Guerrillas sat in the sat-nav car.
The convoy drove 2015 kilometres.
Independence Day parades were cancelled.
His august presence calmed the hall.
The fall of the government surprised nobody.
Camp David, room 2016B, is closed.
April Jones spoke for the union.
He was sentenced on 12 counts.
"""


def _bounds(text: str) -> tuple[date | None, date | None]:
    def one(part: str) -> date | None:
        return None if part == "-" else date.fromisoformat(part)
    first, _, last = text.partition("..")
    return one(first), one(last or first)


def _rows() -> list[tuple[str, str, str, str]]:
    return [tuple(line.split(" | ")) for line in TABLE.strip().splitlines()]  # type: ignore[misc]


def _find(sentence: str, words: str, published: date | None = PUBLISHED) -> TimePhrase:
    phrases = find_times(sentence, published)
    for phrase in phrases:
        if phrase.text == words:
            return phrase
    raise AssertionError(f"{words!r} not among {[p.text for p in phrases]}")


@pytest.mark.parametrize(("sentence", "words", "interval", "reading"), _rows(), ids=lambda value: value[:60])
def test_phrase_in_its_sentence(sentence, words, interval, reading):
    phrase = _find(sentence, words)
    assert sentence[phrase.start:phrase.end] == phrase.text
    assert phrase.start <= phrase.head < phrase.end
    assert (phrase.first, phrase.last) == _bounds(interval)
    precision, *flags = reading.split()
    kinds = [flag for flag in flags if flag in ("span", "duration", "frequency")]
    directions = [flag for flag in flags if flag in ("past", "future")]
    assert phrase.precision == precision
    assert phrase.kind == (kinds[0] if kinds else "point")
    assert phrase.approximate == ("~" in flags)
    if directions:
        assert phrase.direction == directions[0]


def test_the_table_is_large_enough():
    assert len(_rows()) >= 120


@pytest.mark.parametrize("sentence", SILENT.strip().splitlines())
def test_words_that_look_like_times_stay_silent(sentence):
    assert [phrase.text for phrase in find_times(sentence, PUBLISHED)] == []


@pytest.mark.parametrize(("sentence", "words", "future", "interval"), [
    ("Ministers will meet on Tuesday.", "Tuesday", True, "2019-06-18"),
    ("Ministers will meet on Thursday.", "Thursday", True, "2019-06-13"),
    ("Ministers met on Friday.", "Friday", False, "2019-06-07"),
    ("The leaders will meet on Feb. 4.", "Feb. 4", True, "2020-02-04"),
    ("The leaders met on Sept. 4.", "Sept. 4", False, "2018-09-04"),
    ("Voting is in March.", "March", True, "2020-03-01..2020-03-31"),
    ("Voting was in September.", "September", False, "2018-09-01..2018-09-30"),
    ("They met this week.", "this week", False, "2019-06-10..2019-06-13"),
    ("They will meet this week.", "this week", True, "2019-06-13..2019-06-16"),
    ("They will talk over the weekend.", "the weekend", True, "2019-06-15..2019-06-16"),
    ("They talked this weekend.", "this weekend", False, "2019-06-08..2019-06-09"),
    ("He lost three posts in two weeks.", "in two weeks", False, "-"),
    ("They will march in the summer.", "the summer", True, "2019-06-13..2019-08-31"),
])
def test_context_decides_between_past_and_future(sentence, words, future, interval):
    phrase = resolve(_find(sentence, words), PUBLISHED, future=future)
    assert (phrase.first, phrase.last) == _bounds(interval)


@pytest.mark.parametrize(("sentence", "words", "interval"), [
    ("The envoy returned three days later.", "three days later", "2018-01-13"),
    ("The army had withdrawn the day before.", "the day before", "2018-01-09"),
    ("He resigned the following week.", "the following week", "2018-01-15..2018-01-21"),
    ("The accord was void two months later.", "two months later", "2018-03-01..2018-03-31"),
    ("A year earlier he had lost.", "A year earlier", "2017-01-01..2017-12-31"),
    ("They met again the same day.", "the same day", "2018-01-10"),
    ("Months later the treaty was void.", "Months later", "-"),
])
def test_relative_phrases_take_an_anchor(sentence, words, interval):
    phrase = resolve(_find(sentence, words), PUBLISHED, anchor=date(2018, 1, 10))
    assert (phrase.first, phrase.last) == _bounds(interval)


@pytest.mark.parametrize(("sentence", "words", "interval"), [
    ("They met on Tuesday.", "Tuesday", "-"),
    ("They met on June 5.", "June 5", "-"),
    ("They met on June 5, 2017.", "June 5, 2017", "2017-06-05"),
    ("They met in the 1990s.", "the 1990s", "1990-01-01..1999-12-31"),
    ("He ruled from 2003 to 2011.", "from 2003 to 2011", "2003-01-01..2011-12-31"),
    ("War has raged since 2014.", "since 2014", "2014-01-01..-"),
    ("They met last week.", "last week", "-"),
])
def test_without_a_publication_date_only_absolute_phrases_resolve(sentence, words, interval):
    phrase = _find(sentence, words, None)
    assert (phrase.first, phrase.last) == _bounds(interval)


def test_a_date_on_leap_day_takes_a_year_that_has_it():
    assert _find("The vote was on Feb. 29.", "Feb. 29").first in (date(2020, 2, 29), date(2016, 2, 29))


def test_impossible_dates_are_not_dates():
    assert [p for p in find_times("Item Feb. 30 and 2019-13-45 and 45/45/2019.", PUBLISHED) if p.precision == "day"] == []


def test_phrases_do_not_cross_paragraphs():
    texts = [p.text for p in find_times("They met last\n\nWeek after week, on Tuesday\n\nnight fell.", PUBLISHED)]
    assert "Tuesday" in texts and not any("\n" in text for text in texts)


def test_phrases_are_sorted_and_disjoint():
    text = " ".join(line.split(" | ")[0] for line in TABLE.strip().splitlines())
    phrases = find_times(text, PUBLISHED)
    assert len(phrases) > 100
    for left, right in zip(phrases, phrases[1:]):
        assert left.end <= right.start


def test_extreme_publication_dates_do_not_overflow():
    text = " ".join(line.split(" | ")[0] for line in TABLE.strip().splitlines()) + " It was 9999 years ago. In 9000 centuries."
    for published in (date.min, date.max):
        for phrase in find_times(text, published):
            resolve(phrase, published, future=True, anchor=published)


WORDS = st.sampled_from(sorted({word for line in TABLE.strip().splitlines() for word in line.split(" | ")[0].split()})
                        + ["\n\n", "’s", "-", "1", "31"])


@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=30).map(" ".join))
def test_any_text_gives_spans_that_slice_back(text):
    for phrase in find_times(text, PUBLISHED):
        assert text[phrase.start:phrase.end] == phrase.text
        assert phrase.first is None or phrase.last is None or phrase.first <= phrase.last
