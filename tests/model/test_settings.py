import pytest

from kg.model.errors import InputError
from kg.model.publishing_settings import PublishingSettings
from kg.model.settings import project_settings, read_settings


def test_a_folder_below_a_project_belongs_to_it(tmp_path):
    (tmp_path / "kg.toml").write_text('title = "Tram debate"\nbase = "https://example.org/trams/"\n')
    below = tmp_path / "articles" / "2020"
    below.mkdir(parents=True)
    found = project_settings(below)
    assert found.title == "Tram debate"
    assert found.register == tmp_path / "register.csv"
    assert not found.bundled


def test_outside_of_a_project_it_is_the_bundled_example(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = project_settings()
    assert found.bundled
    assert found.register.is_file()
    assert found.store == tmp_path / "build" / "missile-defence.graph"


@pytest.mark.parametrize(
    "text",
    [
        "base = 3",
        'base = "not a web address"',
        "title = [",
        'colour = "red"',
        'articles = ""',
        "extractor = 1",
        "threshold = 1.5",
        "cross_encoder = 3",
        'threshold = "high"',
        "threshold = true",
        "license = 3",
        'license = "CC-BY"',
        'host = "data.example.org"',
        "creators = [1]",
        'description = ""',
    ],
)
def test_wrong_settings_are_named_with_their_file(tmp_path, text):
    (tmp_path / "kg.toml").write_text(text)
    with pytest.raises(InputError, match=r"kg\.toml"):
        read_settings(tmp_path)


def test_settings_say_how_articles_are_read(tmp_path):
    (tmp_path / "kg.toml").write_text('extractor = "rules"\nthreshold = 0.25\ncross_encoder = "models/own"\n')
    reading = read_settings(tmp_path).reading
    assert (reading.extractor, reading.threshold) == ("rules", 0.25)
    assert reading.cross_encoder == tmp_path / "models" / "own"


def test_settings_say_what_releases_say_of_themselves(tmp_path):
    (tmp_path / "kg.toml").write_text('creators = "Ida  Reed"\nhost = "https://data.example.org/x"\n')
    found = read_settings(tmp_path).publishing
    assert found == PublishingSettings(creators=("Ida Reed",), host="https://data.example.org/x/")


def test_no_settings_says_how_to_make_them(tmp_path):
    with pytest.raises(InputError, match="kg init"):
        read_settings(tmp_path)
