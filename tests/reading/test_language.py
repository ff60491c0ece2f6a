"""English or not, in a line or two."""
import pytest

from demarche.reading import detect_language


@pytest.mark.parametrize(("text", "language"), [
    ("The minister said on Monday that his country would not take part in the talks, which are planned for next month.", "en"),
    ("Police fired tear gas at hundreds of protesters in Lima on Tuesday, wounding at least nine people, after a march against the new "
     "mining law.", "en"),
    ("El ministro dijo el lunes que su país no participará en las conversaciones, que están previstas para el próximo mes en la capital "
     "de Perú.", "other"),
    ("Der Minister sagte am Montag, dass sein Land an den Gesprächen nicht teilnehmen werde, die im nächsten Monat in der Hauptstadt "
     "geplant sind, so das Amt.", "other"),
    ("Le ministre a déclaré lundi que son pays ne participerait pas aux négociations, prévues le mois prochain dans la capitale, selon "
     "un communiqué.", "other"),
    ("Ministeren sagde mandag, at hans land ikke vil deltage i forhandlingerne, som er planlagt til næste måned i hovedstaden for alle "
     "lande, og at der ikke er nogen aftale om nye møder mellem de to regeringer i denne sag.", "other"),
    ("De minister zei maandag dat zijn land niet zal deelnemen aan de gesprekken, die voor volgende maand in de hoofdstad zijn gepland, "
     "zo meldt men.", "other"),
    ("Министр заявил в понедельник, что его страна не будет участвовать в переговорах.", "other"),
    ("外交部长星期一表示他的国家不会参加下个月的会谈。", "other"),
    ("قال الوزير يوم الاثنين إن بلاده لن تشارك في المحادثات.", "other"),
    ("Peru recalls envoy", "unknown"),
    ("12 345 ...", "unknown"),
    ("", "unknown"),
])
def test_language(text, language):
    assert detect_language(text) == language
