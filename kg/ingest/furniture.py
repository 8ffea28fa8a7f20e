"""The furniture of web pages in words: menus, notices, sign-up prompts, adverts, credits.

Each family is a pattern over one line of text. They are the common stock of news sites, written down from
general knowledge of them; `kg.ingest.boilerplate` decides by place and shape what a hit means.
"""

from __future__ import annotations

import re


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in alternatives), re.IGNORECASE)


NAVIGATION = _pattern(
    r"^skip (?:to|navigation)\b",
    r"^(?:back )?to (?:the )?top(?: of (?:the )?page)?$",
    r"^jump to (?:content|navigation|comments)",
    r"^(?:show|hide|toggle|open|close|expand|main|site|primary|secondary)?\s*(?:menu|navigation|search"
    r"|sidebar)$",
    r"^.{0,25}\b(?:site )?navigation$",
    r"^(?:sign|log) ?(?:in|out|on)(?: / (?:register|sign up|join))?$",
    r"^(?:register|subscribe|search|menu|home(?: ?page)?|contact(?: us)?|about(?: us)?|help|faqs?|site ?map"
    r"|more|next|previous|close|reload|refresh|accessibility(?: help)?|careers|work (?:for|with) us"
    r"|donate)$",
    r"^(?:previous|next) (?:story|article|page|post)\b",
    r"^you are (?:here|in):",
    r"^page \d+ of \d+$|^list (?:of )?\d+ (?:items?|of \d+)(?: items?)?$|^end of list$",
    r"^my (?:portfolio|account|profile|news|feed|list|stories|watchlist)$|^e-?paper$|^(?:today['’]s"
    r"|print) paper$",
)
COOKIES = _pattern(
    r"\b(?:store|set|place|use|using)s?\b.{0,40}\bcookies\b(?=.*\b(?:device|browser|website|experience"
    r"|partners)\b)",
    r"^(?:accept|reject|agree|decline|consent|manage|save)(?: (?:and|&) \w+)?"
    r"(?: (?:all|preferences|choices|settings|cookies|options))*$",
    r"\b(?:we|site|website|page|partners?)\b.{0,40}\buses? (?:of )?cookies\b",
    r"\b(?:accept|reject|manage|allow|refuse|disable|essential|necessary|third.party|use of|uses) (?:all "
    r"|our |your )?"
    r"cookies?\b",
    r"\bcookies?(?: and privacy)? (?:policy|settings|preferences|notice|consent|choices|statement)\b",
    r"\b(?:by (?:continuing|browsing|using|clicking)).{0,60}\b(?:agree|consent|accept)\b",
    r"\byour (?:privacy|consent) (?:choices|settings|preferences|matters|rights)\b",
    r"\bwe value your privacy\b|\bdo not sell my\b",
)
SIGN_UP = _pattern(
    r"^(?:please )?(?:sign|log) (?:up|in)\b.{0,60}\b(?:news|newsletters?|e-?mails?|alerts?|briefings?"
    r"|updates"
    r"|read(?:ing)?|continue|account|comment|free|here|today|inbox|access)\b",
    r"\b(?:daily|weekly|morning|evening|free|our|e-?mail|the) (?:e-?mail )?(?:newsletter|briefing"
    r"|bulletin)s?\b"
    r"(?=.{0,80}\b(?:sign|subscrib|receive|get|inbox|deliver|join|email)|.{0,3}$)",
    r"^(?:daily|weekly)? ?newsletters?",
    r"\bin(?:to)? your inbox\b|\bstraight to your\b",
    r"^(?:subscribe|register|join|upgrade)\b.{0,50}\b(?:now|today|free|us|here|access|offer|for only"
    r"|newsletter"
    r"|unlimited|read)\b",
    r"^(?:already|not yet|not) (?:a|an) (?:member|subscriber|reader)\b|^already (?:have an account"
    r"|subscribed)",
    r"\b(?:free trial|days free|months? free|for free today|cancel any ?time|no credit card)\b",
    r"\b(?:download|get|try|install|open in) (?:the|our) (?:\w+ ){0,2}app\b|\bavailable on the app store\b",
    r"^(?:start|continue|keep|finish) (?:reading|your (?:free|trial|subscription))",
    r"^(?:your|this) (?:free )?(?:subscription|article limit|account)\b|\bsubscribers? only\b"
    r"|\bsubscriber.exclusive\b",
    r"^you (?:have|’ve|'ve) (?:\w+ )?(?:read|reached|used) .{0,30}\b(?:free|limit|articles)\b",
    r"\bunlimited (?:digital )?access\b|\bpremium (?:content|titles|articles|access|subscri)",
    r"\b(?:one|single) (?:subscription|membership)\b|\bgives you (?:unlimited )?access\b",
    r"^(?:support|fund|donate to) (?:our|us|independent)\b.{0,60}\bjournalism\b|\bbecome a (?:member"
    r"|supporter)\b",
    r"^thank you for (?:subscribing|signing up|registering|reading)\b",
    r"^(?:enter|confirm) your (?:e-?mail|password)|^e-?mail address$|^(?:invalid e-?mail|forgot(?:ten)?"
    r" (?:your )?password)",
)
LISTS = _pattern(
    r"^(?:see |find )?(?:related|recommended|suggested|similar|trending|featured|popular|latest|keep"
    r"|further)\b"
    r"(?: (?:stories|articles|content|topics?|links?|coverage|posts|reading|news|videos?|items|internet"
    r" links"
    r"|bbc links|headlines|for you|now|today|on \w+))*\s*:?$",
    r"^(?:more|also) (?:on|from|in|about|by|at)\b.{0,40}$",
    r"^more (?:stories|news|coverage|headlines|articles|like this|related)\b.{0,30}$",
    r"^(?:top|most|our|editor['’]?s'?|must|best of|don['’]t)\s?-?\s?(?:stories|news|headlines|read"
    r"|popular|viewed"
    r"|shared|watched|commented|e-?mailed|picks?|choice|reads|miss|the web)\b.{0,40}$",
    r"^(?:you (?:may|might) (?:also )?(?:like|be interested)|what (?:to read|others are reading)|up next"
    r"|read next"
    r"|from around the web|around the web|elsewhere on|in other news|also in the news|see also|other"
    r" stories"
    r"|other news|further reading|in pictures|what['’]s next|explore more|keep reading|people also"
    r" read)\b.{0,30}$",
    r"^(?:tags?|topics?|filed under|keywords|categories|posted in|more about|section)\s?:",
    r"^(?:podcasts?|videos?|galler(?:y|ies)|live blogs?|newsletters?)$",
)
INLINE_LINK = _pattern(
    r"^(?:read|see|watch|listen|learn|find out)(?: more| also| next| the full\b.{0,40}| it"
    r" here)?\s?(?:[:–—>»-]\s?.+|\.|…)?$",
    r"^(?:read|see|watch) (?:more|also|next|the full)\b.{0,160}$",
    r"^(?:related|recommended(?: reading)?|more|background|analysis|explainer|opinion|video|watch|live"
    r"|gallery|profile"
    r"|q&a)\s?[:>»–—]\s?\S.{0,120}$",
    r"^(?:click|tap|swipe|scroll) (?:here|to|on|for|below|left|right)\b",
    r"^(?:view|show|load|see) (?:all|more|full|comments|gallery|image|replies|less)\b.{0,30}$",
    r"^(?:https?://|www\.)\S+$",
)
ADVERTS = _pattern(
    r"^(?:- )?(?:advertisement|advertising|advertise with us|advert|ads? by \w+|sponsored(?: (?:content"
    r"|by\b.*|links))?"
    r"|promoted(?: content| links)?|paid (?:content|post)|partner content|print sponsor|skip ad|remove"
    r" ads?|ad)(?: -)?$",
    r"^(?:story|article|report) (?:continues|resumes)(?: (?:below|after))?\b",
    r"^(?:scroll|keep scrolling|continue) (?:down )?(?:to|for|below|after)\b.{0,40}$",
    r"^advertisement\b.{0,40}$",
)
SHARING = _pattern(
    r"^(?:share|gift|tweet|e-?mail|print|save|bookmark|like|pin|post|copy|send|recommend)(?: (?:this|it"
    r"|to|on"
    r"|via|by|with|link"
    r"|page|story|article|options|now)\b.{0,40})?$",
    r"^(?:click to )?follow(?: (?:us|me|him|her|@\S+|on|live|the)\b.{0,50}|ing)?$|^click to follow\b",
    r"^\W*(?:(?:facebook|twitter|x|instagram|linkedin|whatsapp|telegram|reddit|pinterest|youtube|tiktok"
    r"|rss|e-?mail"
    r"|flipboard|messenger|tumblr|digg|delicious|stumbleupon|mastodon|bluesky|threads|print|share|tweet"
    r"|more|link"
    r"|copy link|on|via)\b\W*)+$",
    r"^\d*\s?(?:comments?|shares?|likes?|views?|retweets?|replies)\s?\(?\d*\)?$",
    r"^(?:leave|post|add|join|write) (?:a|the|your) (?:comment|reply|conversation|discussion)\b",
    r"^(?:comments are closed|have your say|report (?:a|this) (?:typo|error|comment)|send us your)\b",
)
LEGAL = _pattern(
    r"^(?:©|\(c\)|copyright(?:\s?(?:©|\(c\)|:|\d{4}|notice|by\b|of\b|policy)|$))",
    r"(?:^|\s)©\s?(?:\d{4}|\w)|\bcopyright\b.{0,12}\b\d{4}\b",
    r"\ball rights reserved\b",
    r"\b(?:is|are) not (?:be )?responsible for (?:the )?(?:content|contents|accuracy) (?:of|on)\b",
    r"\b(?:terms (?:of (?:use|service)|and conditions|& conditions)|privacy (?:policy|notice|statement)"
    r"|cookie policy)\b",
    r"\b(?:may not be|cannot be) (?:published|reproduced|republished|copied).{0,60}\b(?:rewritten"
    r"|redistributed|permission"
    r"|broadcast|distributed|consent)\b|\bwithout (?:prior|express|written)(?: written)? permission\b",
    r"\bregistered (?:office|in england|trade ?mark|charity)\b|\b(?:company|registration) (?:no|number)\b",
    r"\bthis (?:article|story|report|material) (?:was|is|has been) (?:originally |first )?(?:published"
    r"|provided|distributed"
    r"|syndicated|produced|auto-generated)\b",
)
TECHNICAL = _pattern(
    r"\b(?:enable|requires?|turn on|activate|disabled?) (?:\w+ ){0,2}javascript\b|\bjavascript (?:is|must"
    r"|to)\b",
    r"\b(?:your|up.to.date|modern|current|supported|different|web) (?:web"
    r" ?)?browser\b(?=.{0,160}\b(?:page|site|upgrad"
    r"|support|view|video|style|enabl)|.{0,3}$)",
    r"^(?:page not found|error \d{3}\b|404\b|access denied|something went wrong|this content is (?:not|no"
    r" longer)"
    r"|loading(?: comments)?\W*$|please wait\W*$)",
    r"\b(?:content|page|video|media|article) (?:you (?:requested|are looking for|were looking"
    r" for)\b.{0,30})?"
    r"(?:does not exist|is (?:not|no longer) available|cannot be (?:played|found|displayed)|could not be"
    r" found)\b",
    r"^(?:media|video|audio) (?:caption|playback|player)\b|^(?:play|pause|mute|unmute|fullscreen"
    r"|volume)(?: video| audio)?$",
    r"^(?:\d{1,2}:)?\d{1,2}:\d{2}(?:\s?/\s?(?:\d{1,2}:)?\d{1,2}:\d{2})?$",
    r"^(?:reading time:? )?\d{1,2} ?-?(?:min|mins|minute|minutes)\.?(?: read(?:ing)?)?$",
    r"^(?:listen to (?:this )?(?:article|story)|text size|font size|small medium large|a\+? a-?)\b.{0,30}$",
)
ORIGIN = _pattern(
    r"^\W*(?:sources?|editors?|reporters?|authors?)\s?:\s?\S",
    r"^\W*(?:additional |with )?(?:reporting|writing|editing|translation|edited|translated|compiled"
    r"|written)"
    r"(?: and (?:reporting|writing|editing))? (?:by|from)\b",
)
CREDITS = _pattern(
    r"\[(?:[^\]]*\b(?:file|photo|image|reuters|afp|ap|epa|getty)\b[^\]]*|[^\]/]{3,60}/[^\]/]{2,40})\]\s*$",
    r"(?:^|[.”\"\)]\s+|\s[|–—-]\s)(?:photo(?:graph|s)?|picture|image|illustration|graphic|video|credit"
    r"|pic)s?"
    r"(?: (?:by|credit|source|copyright))?\s?:\s?\S",
    r"^(?:image|photo|picture|file)(?: (?:caption|source|copyright|credit|photo|picture|image))+\b",
    r"^(?:photo(?:graph)?|picture|image|illustration|video)s? (?:by|courtesy(?: of)?)\b",
    r"\((?:photo|image|picture|file photo|photograph|credit)\b[^)]{0,80}\)\s*$",
    r"^(?:[\w.’'-]+ ){0,5}[\w.’'-]*\s?[/|]\s?(?:AP|AFP|EPA|Reuters|Getty|Getty Images|Shutterstock|PA|Rex"
    r"|Alamy)(?: images| photo)?\W*$",
    r"^(?:getty images|reuters|associated press|shutterstock|alamy|epa|afp|ap|pa media|ap photo)$",
)
SECTIONS = frozenset(
    """
    about account africa all america americas archive archives arts asia audio australia blogs books
    breaking business canada china columnists comment contact country crosswords culture east economy
    editorial education entertainment environment europe fashion features film finance food games
    health home india international jobs latest latin letters life lifestyle live local login magazine
    markets menu middle mideast money more music national news newsletters north obituaries opinion
    pacific photos pictures podcasts politics profiles puzzles radio regions register science search
    sections shop south sport sports stories style subscribe tech technology top topics travel
    trending tv uk us usa video videos weather world
    """.split()  # noqa: SIM905
)
"""Words that menus are made of."""
READER_VERBS = re.compile(
    r"^(?:please )?(?:get|read|sign|start|download|join|subscribe|follow|watch|listen|click|receive"
    r"|discover|try|enjoy"
    r"|choose|manage|enter|browse|explore|upgrade|unlock|support|buy|shop|save|visit|select|like|share"
    r"|register)\b",
    re.IGNORECASE,
)
READER_OBJECTS = re.compile(
    r"\b(?:you|your|now|free|our|app|apps|here|more|today|newsletter|account|access|titles|subscription"
    r"|us)\b",
    re.IGNORECASE,
)
PROMOTION = re.compile(
    r"\b(?:apps?|premium|subscription|subscribe\w*|membership|trial|newsletters?|unlimited|inbox"
    r"|trusted)\b",
    re.IGNORECASE,
)

LINE_FAMILIES: tuple[re.Pattern[str], ...] = (
    NAVIGATION, COOKIES, SIGN_UP, LISTS, INLINE_LINK, ADVERTS, SHARING, LEGAL, TECHNICAL, CREDITS, ORIGIN,
)  # fmt: skip
"""Families that mark a short line wherever it stands."""
LONG_FAMILIES: tuple[re.Pattern[str], ...] = (COOKIES, LEGAL, TECHNICAL, SIGN_UP)
"""Families that come as whole sentences too."""
END_FAMILIES: tuple[re.Pattern[str], ...] = (LISTS, SIGN_UP, LEGAL, ADVERTS, TECHNICAL, INLINE_LINK, SHARING)
"""Families that an article can end before."""

__all__ = [
    "ADVERTS",
    "COOKIES",
    "CREDITS",
    "END_FAMILIES",
    "INLINE_LINK",
    "LEGAL",
    "LINE_FAMILIES",
    "LISTS",
    "LONG_FAMILIES",
    "NAVIGATION",
    "ORIGIN",
    "PROMOTION",
    "READER_OBJECTS",
    "READER_VERBS",
    "SECTIONS",
    "SHARING",
    "SIGN_UP",
    "TECHNICAL",
]
