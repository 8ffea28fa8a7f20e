"""The extractor `llm`: asks a language model chunk by chunk, and keeps what stands in the article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from kg.attribute.candidate import Candidate, Range
from kg.attribute.construction import candidate_of
from kg.attribute.finish import finished
from kg.attribute.llm.account import Account
from kg.attribute.llm.answers import Answer, Completion, UnreadableAnswer, read_answer
from kg.attribute.llm.cache import Cache
from kg.attribute.llm.chunks import OVERLAP, Chunk, chunks
from kg.attribute.llm.places import Placed, Places
from kg.attribute.llm.prompt import VERSION, messages
from kg.attribute.llm.server import NoAnswer, Server, TooLong
from kg.attribute.llm.transport import printable
from kg.attribute.merge import outer_of, snap, without_conflicts
from kg.attribute.reading import Reading
from kg.attribute.text_map import TextMap, text_map
from kg.attribute.trimming import content_range
from kg.model.article import Article
from kg.model.errors import InputError
from kg.model.iris import digest
from kg.model.reading_settings import ReadingSettings


class LlmReader:
    """Reads with a language model behind an OpenAI-compatible API.

    Nothing is sent before the first article is read, and nothing at all while the answers are in the cache.
    What the model says is only ever a hint where to look: words that do not stand in the article are refused,
    so that an article that talks to the model can at worst have the wrong words of its own marked.
    """

    def __init__(self, settings: ReadingSettings, tell: Callable[[str], None]) -> None:
        """Keep the settings; nobody is called."""
        self._settings = settings.llm
        self._account = Account()
        self._cache = Cache(settings.llm.cache)
        self._server = Server(settings.llm, self._account, tell)

    @property
    def label(self) -> str:
        """The model's name and the version of the prompt."""
        return f"llm {self._settings.model or 'of no name'}, prompt {VERSION}"

    def digest(self) -> str:
        """Of the model's name, how it is asked and how its answers are read; not of the server's address."""
        code = [sha256(path.read_bytes()).hexdigest() for path in sorted(Path(__file__).parent.glob("*.py"))]
        return digest([self._settings.model, self._settings.chunk, OVERLAP, *code], 64)

    def account(self) -> str | None:
        """Requests, tokens, time and, where prices are known, cost."""
        return self._account.line(self._settings)

    def read(self, article: Article) -> Reading:
        """Ask for an article's attributions, or take the answers from the cache.

        Raises:
            InputError: The model gives no usable answer for this article.
            KgError: The server is away, refuses the key or does not know the model.
        """
        pieces = chunks(article, self._settings.chunk)
        placed = [found for piece in pieces for found in self._read(piece, article)]
        text = text_map(article.text)
        candidates = [_candidate(text, found) for found in placed]
        outside = [c for c in candidates if not article.in_boilerplate(c.start, c.end)]
        kept = without_conflicts(text, outside)
        return Reading(article, text.doc, finished(text, article, kept, outer_of(text, kept)))

    def _read(self, chunk: Chunk, article: Article) -> Iterator[Placed]:
        for piece, answer in self._answers(chunk, article):
            placed, refused = Places(piece).place(answer.said)
            self._account.placed += len(placed)
            self._account.refused += refused
            self._account.malformed += answer.malformed
            yield from placed

    def _answers(self, chunk: Chunk, article: Article) -> Iterator[tuple[Chunk, Answer]]:
        """The answer for a chunk, or for its halves where the whole is too much for the model."""
        asked, model = messages(chunk), self._settings.model or ""
        halves = chunk.halves()
        completion = self._cache.get(model, VERSION, asked)
        answer = None
        if completion is not None:
            self._account.kept += 1
            answer = _readable(completion)
        if completion is None or (answer is None and not completion.cut_short):
            completion, answer = self._asked(asked, article, divisible=halves is not None)
            self._cache.put(model, VERSION, asked, completion)
        if completion.cut_short and halves is not None:
            for half in halves:
                yield from self._answers(half, article)
        elif answer is not None:
            yield chunk, answer

    def _asked(
        self, asked: Sequence[Mapping[str, str]], article: Article, *, divisible: bool
    ) -> tuple[Completion, Answer | None]:
        """What the model says now. A model that fails once may do better the second time."""
        problem = ""
        for _ in range(2):
            try:
                completion = self._server.ask(asked)
            except TooLong as error:
                if divisible:
                    return Completion("", cut_short=True), None
                raise self._unusable(article, f"a paragraph is too long for it: {error}") from error
            except NoAnswer as error:
                problem = str(error)
                continue
            answer = _readable(completion)
            self._account.cut_short += completion.cut_short
            if answer is not None or (completion.cut_short and divisible):
                return completion, answer
            problem = f"no list of attributions, but '{printable(completion.text, 60)}'"
        raise self._unusable(article, problem)

    def _unusable(self, article: Article, why: str) -> InputError:
        model = self._settings.model
        return InputError(
            f"the language model {model} gave no usable answer: {why}",
            where=article.name,
            hint="repeat the command, or take another model",
        )


def _readable(completion: Completion) -> Answer | None:
    try:
        return read_answer(completion.text)
    except UnreadableAnswer:
        return None


def _candidate(text: TextMap, found: Placed) -> Candidate:
    """The candidate of placed words, its content trimmed as the rules do it."""
    content = tuple(_trimmed(text, span) for span in found.content)
    candidate = candidate_of(text, found.source, found.cue, content, found.confidence)
    return candidate if candidate.quoted else snap(text, candidate)


def _trimmed(text: TextMap, span: Range) -> Range:
    quoted = text.quote_at(span[0])
    if quoted is None:
        return content_range(text.doc, *text.tokens(span)) or span
    if quoted.start < quoted.inner_start and span[0] < quoted.inner_start and span[1] <= quoted.end:
        return quoted.inner_start, max(quoted.inner_start + 1, min(span[1], quoted.inner_end))
    return span


__all__ = ["LlmReader"]
