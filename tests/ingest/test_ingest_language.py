import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.language import check_english, guess_language
from kg.model.errors import InputError

OTHERS = {
    "German": "Die Regierung hat am Montag erklärt, dass der Bau der Brücke nicht vor dem "
    "nächsten Jahr beginnen wird.",
    "French": "Le gouvernement a déclaré lundi que la construction du pont ne commencera pas "
    "avant l'année prochaine.",
    "Spanish": "El gobierno declaró el lunes que la construcción del puente no empezará hasta "
    "el próximo año.",
    "Italian": "Il governo ha dichiarato lunedì che la costruzione del ponte non inizierà prima "
    "del prossimo anno.",
    "Portuguese": "O governo declarou na segunda-feira que a construção da ponte não vai começar "
    "antes do próximo ano.",
    "Dutch": "De regering heeft maandag verklaard dat de bouw van de brug niet voor het "
    "volgende jaar begint.",
    "Polish": "Rząd oświadczył w poniedziałek, że budowa mostu nie rozpocznie się przed końcem "
    "tego roku i że jest to pewne.",
    "Cyrillic script": "Правительство заявило в понедельник, что строительство моста не начнётся до "
    "следующего года.",
    "Chinese script": "政府星期一宣布，大桥的建设要到明年才会开始。",
    "Arabic script": "أعلنت الحكومة يوم الاثنين أن بناء الجسر لن يبدأ قبل العام المقبل",
}


@pytest.mark.parametrize("language", OTHERS)
def test_refuses_other_languages_by_name(language: str) -> None:
    assert guess_language(OTHERS[language]) == language
    with pytest.raises(InputError, match=f"a.txt: the text reads as {language}"):
        check_english(OTHERS[language], "a.txt")


@pytest.mark.parametrize(
    "text",
    [
        "Dam delayed",
        "Merkel, Macron, Renzi, Rajoy",
        "Bundestag votes on Nord Stream 2",
        "The minister said: „Das ist nicht der Weg, den wir gehen wollen“, and left without a word.",
        "Die Zeit, Le Monde and El País led with the story on Monday, and La Stampa put it on page two.",
        "1, 2, 3",
        "",
    ],
)
def test_bears_short_texts_names_and_quotations(text: str) -> None:
    check_english(text, "a.txt")


def test_refuses_a_long_text_in_no_known_language() -> None:
    with pytest.raises(InputError, match="no language that is known"):
        check_english("lorem ipsum dolor sit amet consectetur " * 40, "a.txt")


@given(st.text())
def test_any_text_is_borne(text: str) -> None:
    assert isinstance(guess_language(text), str)
