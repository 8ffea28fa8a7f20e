"""Over real HTTP: servers that are busy, broken, slow, hostile or away end in patience or a clear error."""

import json
import socket

import pytest

from kg.attribute.llm import transport
from kg.attribute.llm.account import Account
from kg.attribute.llm.server import NoAnswer, Server, TooLong
from kg.model.errors import KgError, UsageError
from kg.model.llm_settings import LlmSettings
from tests.attribute.llm.stub import Response, completion, error, serving

ASKED = [{"role": "user", "content": "[1] Taxes will rise, Ann Lee said."}]
KEY = "sk-very-secret-0123456789"


class Asking:
    """A client of a stub server that never really waits."""

    def __init__(self, address, **settings):
        """Ask at an address."""
        self.told, self.waited, self.account = [], [], Account()
        self.settings = LlmSettings(**{"base_url": address, "model": "tiny", "timeout": 20.0} | settings)
        self.server = Server(self.settings, self.account, self.told.append, self.waited.append)

    def ask(self):
        """The text of the answer."""
        return self.server.ask(ASKED).text


def ask(behave, **settings):
    """What a server that behaves like this answers, and the one who asked."""
    with serving(behave) as stub:
        asking = Asking(stub.base_url, **settings)
        return asking.ask(), asking, stub


def failure(behave, **settings):
    """The error that a server's behaviour ends in."""
    with serving(behave) as stub, pytest.raises(KgError) as caught:
        Asking(stub.base_url, **settings).ask()
    line = str(caught.value)
    assert line.isprintable()
    assert KEY not in line
    assert len(line) < 600
    return line


def in_turn(*responses):
    return lambda request, number: responses[min(number, len(responses) - 1)]


def test_a_question_is_asked_as_the_api_wants_it():
    text, asking, stub = ask(in_turn(completion("yes")), key=KEY)
    assert text == "yes"
    (request,) = stub.requests
    assert (request["model"], request["messages"], request["temperature"]) == ("tiny", ASKED, 0)
    assert request["response_format"]["json_schema"]["strict"] is True
    assert stub.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert asking.account.line(asking.settings).startswith("language model: 1 request, ")
    assert "100 tokens in, 20 out" in asking.account.line(asking.settings)
    assert [line for line in asking.told if KEY in line] == []
    assert asking.told == [f"asking the language model tiny at {stub.base_url}"]


def test_without_a_key_none_is_sent():
    _, _, stub = ask(in_turn(completion("yes")))
    assert "Authorization" not in stub.headers[0]


def test_prices_make_a_cost():
    _, asking, _ = ask(in_turn(completion("yes")), input_price=1.0, output_price=10.0, currency="EUR")
    assert "0.0003 EUR" in asking.account.line(asking.settings)


@pytest.mark.parametrize("usage", [[], {"prompt_tokens": "1", "completion_tokens": 3}, {"total_tokens": 1}])
def test_a_server_that_counts_no_tokens_is_said_to(usage):
    _, asking, _ = ask(in_turn(completion("yes", usage=usage)))
    assert "1 answer without a count of tokens" in asking.account.line(asking.settings)


def test_a_server_without_schemas_is_asked_more_simply_and_from_then_on():
    def behave(request, number):
        form = request.get("response_format", {}).get("type")
        if form is not None:
            return error(400, f"response_format of type {form} is not supported")
        return completion("yes")

    with serving(behave) as stub:
        asking = Asking(stub.base_url)
        assert [asking.ask(), asking.ask()] == ["yes", "yes"]
        forms = [request.get("response_format", {}).get("type") for request in stub.requests]
    assert forms == ["json_schema", "json_object", None, None]


def test_a_model_that_wants_other_parameters_gets_them():
    def behave(request, number):
        if "temperature" in request:
            return error(400, "Unsupported value: 'temperature' does not support 0 with this model.")
        if "max_tokens" in request:
            return error(400, "Use 'max_completion_tokens' instead of 'max_tokens'.")
        return completion("yes")

    text, _, stub = ask(behave)
    assert text == "yes"
    assert stub.requests[-1]["max_completion_tokens"] == LlmSettings().max_tokens
    assert stub.requests[-1]["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 529])
def test_a_busy_server_is_asked_again_later_each_time(status):
    text, asking, _ = ask(in_turn(*[error(status, "overloaded")] * 3, completion("yes")))
    assert text == "yes"
    assert len(asking.waited) == asking.account.repeated == 3
    assert 0.7 < asking.waited[0] < asking.waited[1] < asking.waited[2] < 5.1
    assert "3 repeated" in asking.account.line(asking.settings)
    assert any("overloaded" in line and "trying again" in line for line in asking.told)


def test_a_server_may_say_how_long_to_wait():
    _, asking, _ = ask(in_turn(error(429, "slow down", **{"Retry-After": "7"}), completion("yes")))
    assert asking.waited == [7.0]
    soon = {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}
    assert ask(in_turn(error(429, "slow down", **soon), completion("yes")))[1].waited == [0.0]
    assert len(ask(in_turn(error(429, "x", **{"Retry-After": "soon"}), completion("yes")))[1].waited) == 1


def test_nobody_waits_for_hours():
    assert "asks to wait 7200 s" in failure(in_turn(error(429, "slow", **{"Retry-After": "7200"})))


def test_a_server_that_stays_busy_is_given_up():
    line = failure(in_turn(error(503, "overloaded")), retries=3)
    assert "status 503: overloaded" in line
    assert "try again later" in line


def test_an_account_without_credit_is_not_asked_again():
    with serving(in_turn(error(429, "You exceeded your quota.", "insufficient_quota"))) as stub:
        with pytest.raises(KgError, match="used up"):
            Asking(stub.base_url).ask()
        assert len(stub.requests) == 1


def test_a_server_that_is_away_is_named():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with pytest.raises(KgError, match="is away") as caught:
        Asking(address).ask()
    assert address in str(caught.value)
    assert "start it" in str(caught.value)


def test_a_server_that_goes_away_in_between_is_waited_for():
    with serving(in_turn(completion("yes"))) as stub:
        asking = Asking(stub.base_url, retries=2)
        asking.ask()
    with pytest.raises(KgError, match="cannot be reached"):
        asking.ask()
    assert len(asking.waited) == 2


def test_a_connection_that_breaks_off_is_tried_again():
    cut = Response(b'{"choices": [', headers={"Content-Length": "5000", "Connection": "close"})
    text, asking, _ = ask(in_turn(cut, completion("yes")))
    assert text == "yes"
    assert "broke off" in asking.told[1]


@pytest.mark.parametrize(
    "slow", [Response(b"{}", pause=3.0), Response(b" " * 60, pause=0.05, pieces=60)], ids=["late", "drips"]
)
def test_a_slow_server_is_given_up(slow):
    assert "no answer within 1 s" in failure(in_turn(slow), timeout=1.0, retries=1)


@pytest.mark.parametrize(
    ("status", "key", "words"),
    [(401, KEY, "refuses the key"), (403, KEY, "refuses the key"), (401, None, "wants a key")],
)
def test_a_refused_key_is_said_and_not_shown(status, key, words):
    line = (
        failure(in_turn(error(status, f"Incorrect API key provided: {KEY}")), key=key)
        if key
        else failure(in_turn(error(status, "no key")))
    )
    assert words in line
    assert "KG_LLM_KEY" in line


@pytest.mark.parametrize(
    ("model", "words"), [("tinny", "did you mean 'tiny'?"), ("mistral-8x7b", "it has tiny, large")]
)
@pytest.mark.parametrize("status", [400, 404])
def test_an_unknown_model_is_named_with_those_that_there_are(model, words, status):
    line = failure(in_turn(error(status, f"The model '{model}' does not exist")), model=model)
    assert f"does not know the model '{model}'" in line
    assert words in line


def test_a_wrong_address_is_named():
    with serving() as stub, pytest.raises(KgError, match="usually ends in /v1"):
        Asking(stub.base_url.removesuffix("/v1")).ask()


def test_a_redirect_is_not_followed():
    line = failure(in_turn(Response(b"", 307, {"Location": "https://elsewhere.example/v1"})), key=KEY)
    assert "https://elsewhere.example/v1" in line


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>Welcome to nginx!</body></html>",
        b"",
        b"\xff\xfe\x00",
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b"9" * 10_000,
        b"null",
        b"[]",
        b'{"choices": []}',
        b'{"choices": {"0": 1}}',
        b'{"choices": ["text"]}',
        b'{"choices": [{"message": "text"}]}',
        b'{"object": "error"}',
        b'\x1b[2J{"choices": null}',
    ],
)
def test_a_reply_that_is_none_of_the_api_is_said_so(body):
    assert "no OpenAI-compatible API" in failure(in_turn(Response(body)))


def test_a_reply_without_end_is_cut_off(monkeypatch):
    monkeypatch.setattr(transport, "MOST_BYTES", 3 * 2**20)
    line = failure(in_turn(Response(b'{"choices": [' + b" " * (4 * 2**20))))
    assert "more than 3 MB" in line


@pytest.mark.parametrize(
    "body",
    [{"error": {"message": "upstream \x1b[31mfailed\n\n badly"}}, {"error": "upstream failed badly"}],
)
def test_an_error_in_place_of_an_answer_is_an_error(body):
    assert "failed badly" in failure(in_turn(Response(body)))


@pytest.mark.parametrize("body", [{"error": {"message": ["a", {"b": 1}]}}, {"error": 5}, {"detail": None}, 7])
def test_any_error_of_the_server_is_one_line(body):
    assert "status 418" in failure(in_turn(Response(body, 418)))


def test_a_long_complaint_is_cut():
    assert len(failure(in_turn(error(418, "very " * 5000)))) < 500


@pytest.mark.parametrize("content", [None, "", "  ", 5, [], [{"type": "image"}], {"text": "x"}])
def test_an_answer_without_text_is_none(content):
    with serving(in_turn(completion(content, "content_filter"))) as stub, pytest.raises(NoAnswer) as caught:
        Asking(stub.base_url).ask()
    assert "content_filter" in str(caught.value)


def test_an_answer_in_parts_is_put_together():
    assert ask(in_turn(completion([{"type": "text", "text": "ye"}, {"text": "s"}, 3])))[0] == "yes"


@pytest.mark.parametrize(
    "response",
    [
        error(400, "This model's maximum context length is 2048 tokens."),
        error(400, "the request exceeds the available context size", "exceed_context_size_error"),
        error(413, "too large"),
    ],
)
def test_a_question_that_is_too_long_is_said_so(response):
    with serving(in_turn(response)) as stub, pytest.raises(TooLong):
        Asking(stub.base_url).ask()


@pytest.mark.parametrize("missing", ["base_url", "model"])
def test_what_is_not_set_is_named(missing):
    asking = Asking("http://127.0.0.1:9/v1", **{missing: None})
    with pytest.raises(UsageError, match=f"needs {missing}.*KG_LLM_{missing.upper()}"):
        asking.ask()


def test_whoever_waits_is_told_when_articles_leave_the_machine():
    asking = Asking("http://models.invalid/v1", key=KEY, retries=0)
    with pytest.raises(KgError):
        asking.ask()
    assert "articles leave this machine" in asking.told[0]
    assert "unencrypted" in asking.told[1]
    assert KEY not in json.dumps(asking.told) + repr(asking.settings)
