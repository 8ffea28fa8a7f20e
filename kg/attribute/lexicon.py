"""Cue words by what they do. Lemmas, lower case; figures for single constructions are in `cues.tsv`."""

from __future__ import annotations

_SAY = """
    say tell add state note stress emphasise emphasize underline underscore explain remark observe
    comment declare announce reply respond answer argue assert affirm reaffirm reiterate repeat continue
    conclude write report claim contend maintain insist admit acknowledge concede confirm confess
    disclose reveal indicate suggest hint imply signal mention recall remember relate recount recite
    testify swear attest assure reassure promise pledge vow predict forecast estimate joke quip tweet
    post blog text shout yell scream cry whisper murmur mutter exclaim thunder intone muse warn caution
    complain lament deplore regret boast brag protest object retort counter rebut ask inquire enquire
    question wonder demand urge beg plead implore order propose recommend advise point clarify deny
    reject accuse charge allege agree disagree vouch stipulate make-clear put-it rule hold find decide hope
    fear believe think feel reckon figure guess suspect doubt expect conceive opine venture volunteer
    theorise theorize speculate posit propound begin start proceed interject interrupt chime chip snap
    bark growl laugh sigh smile grin joke sneer scoff describe dub term brand label hail cite quote read
    caution threaten apologise apologize appeal address summarise summarize sum
"""

_DEMAND = """
    demand urge call insist require ask appeal beg plead implore exhort press push lobby order instruct
    command recommend advise propose advocate request seek want encourage need
"""
_OFFER = "offer promise pledge vow commit undertake guarantee volunteer propose"
_DENY = "deny refute rebut"
_REJECT = """
    reject dismiss oppose object rebuff refuse resist spurn veto renounce repudiate disavow discount disagree
    exclude
"""
_PRAISE = """
    welcome praise hail applaud commend laud salute celebrate congratulate thank compliment endorse support
    back defend admire credit tout champion acclaim
"""
_CRITICISE = """
    criticise criticize condemn denounce accuse blame attack blast slam assail decry deplore lambast lambaste
    castigate chide rebuke berate mock ridicule deride lament complain charge bash rip scold fault protest
    bemoan slate savage pillory admonish disparage censure reproach blast
"""
_WARN = "warn caution threaten fear worry alert"
_ASK = "ask inquire enquire question wonder query"

_BELIEVE = """
    believe think feel consider reckon expect hope fear want wish hop suspect doubt regard view see deem
    judge assume prefer favour favor support oppose back intend plan like love hate know understand realise
    realize worry trust
"""

_PERCEIVE = """
    seem appear show see hear know learn find discover realise realize notice watch remember forget mean prove
    determine ensure read understand recall look imagine ignore
"""

_NOUNS_SAY = """
    statement claim assertion warning complaint suggestion allegation accusation announcement argument
    assurance confirmation contention declaration demand denial disclosure explanation insistence pledge
    prediction promise proposal recommendation remark report request threat vow view belief opinion call
    appeal criticism concern hope fear comment admission acknowledgement acknowledgment plea condemnation
    rejection opposition support praise commitment offer invitation idea conviction position stance response
    reply message word answer objection protest speech interview
"""

_ADJECTIVES = """
    confident aware convinced adamant certain sure hopeful optimistic sceptical skeptical worried concerned
    afraid clear opposed willing ready prepared unwilling determined keen happy glad delighted disappointed
    angry pleased unhappy critical doubtful eager reluctant committed
"""


def words(text: str) -> frozenset[str]:
    """The set of the words of a text."""
    return frozenset(text.split())


SAY = words(_SAY)
"""Verbs of speech: beside a quotation any of them attributes it."""
DEMAND, OFFER, DENY, REJECT = words(_DEMAND), words(_OFFER), words(_DENY), words(_REJECT)
PRAISE, CRITICISE, WARN, ASK = words(_PRAISE), words(_CRITICISE), words(_WARN), words(_ASK)
BELIEVE = words(_BELIEVE)
"""Verbs of belief and will: what they attribute is a statement only with a source that can have voiced it."""
PERCEIVE = words(_PERCEIVE)
"""Verbs of knowing and seeming: what they attribute is nobody's claim."""
NOUNS = words(_NOUNS_SAY)
"""Nouns that stand for something said."""
ADJECTIVES = words(_ADJECTIVES)

POSTPOSED = words(
    """
    say add note stress emphasise emphasize underline explain remark observe comment declare announce reply
    respond argue assert affirm reaffirm reiterate repeat continue conclude write report claim contend
    maintain insist admit acknowledge concede confirm disclose reveal indicate suggest predict tweet warn
    caution complain lament state believe think tell recall agree point joke testify estimate hint allege
    remind assure promise vow pledge protest boast propose counter quip volunteer imply swear fear hope
    """
)
"""Verbs that follow what they attribute, after a comma: "taxes will rise, she warned"."""

REFUSE_TO_SPEAK = words("decline refuse demur")
"""Verbs of speech that did not take place, before an infinitive of speech."""

SPEECH_NOUNS = words(
    """
    statement speech interview address letter report article editorial tweet message post blog briefing
    comment remark response reply answer note memo email e-mail testimony declaration communique communiqué
    column
    """
)
"""Nouns before a colon that announce a quotation."""

LIGHT = words(
    """
    repeat reiterate renew issue make express voice give deliver launch send sound raise extend lodge join
    offer echo
    """
)
"""Verbs that lend a noun of speech its subject: "issued a warning"."""

JUDGE = words(
    """
    welcome praise hail applaud commend condemn denounce reject dismiss deny criticise criticize deplore
    oppose decry rebuff lament
    """
)
"""Verbs that take a thing for their object and are seldom meant otherwise than as speech."""

LEMMA_REPAIRS = {"hop": "hope", "hopes": "hope", "critize": "criticise", "brande": "brand"}
"""Lemmas that the lemmatiser gets wrong ("hoped" becomes "hop")."""


__all__ = [
    "ADJECTIVES",
    "ASK",
    "BELIEVE",
    "CRITICISE",
    "DEMAND",
    "DENY",
    "JUDGE",
    "LEMMA_REPAIRS",
    "LIGHT",
    "NOUNS",
    "OFFER",
    "PERCEIVE",
    "POSTPOSED",
    "PRAISE",
    "REFUSE_TO_SPEAK",
    "REJECT",
    "SAY",
    "SPEECH_NOUNS",
    "WARN",
    "words",
]
