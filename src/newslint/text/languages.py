"""Which language a text is in, and how each language writes its quotation marks.

The guess is a light one, for choosing rules and conventions: scripts first, then letters that only one
language of a script uses, then a few dozen function words.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cache

from newslint.text.utf8 import encoded

SAMPLE = 4000  # characters looked at
FIRST_PART = 1200  # of them: mostly enough …
LEAST_PART = 800  # … and for most copy in English fewer are, …
ENOUGH = 7  # … if so many of its words stand in them
_LEAST_WORDS = 3  # function words that must be seen before English is given up
_MANY_WORDS = 30  # that may leave no doubt …
RIVALS = 3  # … if those of the language count as many times as those of any other

# Pairs by language, primary first, then secondary, then others in use. Sources: CLDR delimiters and
# the style guides of the languages' academies and press agencies. Regions whose papers do otherwise have their own.
QUOTATION_MARKS: Mapping[str, tuple[str, ...]] = {
    "af": ("“”", "‘’", "„”", "‚’"),
    "ar": ("«»", "“”", "”“", "‘’", "’‘", "‹›", "„“"),
    "be": ("«»", "„“", "“”"),
    "bg": ("„“", "’’", "‚‘", "«»", "„”", "“”"),
    "bn": ("“”", "‘’"),
    "br": ("«»", "“”", "‘’"),
    "bs": ("„”", "‚’", "”“", "„“", "»«", "””", "’’"),
    "ca": ("«»", "“”", "‘’"),
    "cs": ("„“", "‚‘", "»«", "›‹"),
    "cy": ("‘’", "“”"),
    "da": ("»«", "›‹", "“”", "‘’", "„“", "‚‘", "””", "’’", "«»", "„”"),
    "de": ("„“", "‚‘", "»«", "›‹", "«»", "‹›"),
    "de-ch": ("«»", "‹›", "„“", "‚‘", "»«", "›‹"),
    "de-li": ("«»", "‹›", "„“", "‚‘", "»«", "›‹"),
    "el": ("«»", "“”", "‘’"),
    "en": ("“”", "‘’"),
    "en-au": ("‘’", "“”"),
    "en-gb": ("‘’", "“”"),
    "en-nz": ("‘’", "“”"),
    "eo": ("“”", "‘’", "«»", "‹›", "„“"),
    "es": ("«»", "“”", "‘’"),
    "es-419": ("“”", "‘’", "«»"),
    "es-ar": ("“”", "‘’", "«»"),
    "es-cl": ("“”", "‘’", "«»"),
    "es-co": ("“”", "‘’", "«»"),
    "es-mx": ("“”", "‘’", "«»"),
    "es-pe": ("“”", "‘’", "«»"),
    "es-us": ("“”", "‘’", "«»"),
    "et": ("„“", "‚‘", "„”", "«»", "‹›", "””"),
    "eu": ("«»", "“”", "‘’"),
    "fa": ("«»", "‹›", "“”", "”“", "‘’"),
    "fi": ("””", "’’", "»»", "››", "»«"),
    "fr": ("«»", "‹›", "“”", "‘’"),
    "fr-ca": ("«»", "“”", "‹›", "‘’"),
    "fr-ch": ("«»", "‹›", "“”", "‘’"),
    "ga": ("“”", "‘’"),
    "gl": ("«»", "“”", "‘’"),
    "he": ("”“", "’‘", "“”", "‘’", "„”", "‚’", "””", "’’", "״״", "׳׳"),
    "hi": ("“”", "‘’"),
    "hr": ("„”", "‚’", "»«", "›‹", "„“", "””", "’’", "‘’"),
    "hu": ("„”", "»«", "’’", "›‹", "‚’"),
    "hy": ("«»", "„“"),
    "id": ("“”", "‘’"),
    "is": ("„“", "‚‘"),
    "it": ("«»", "“”", "‘’", "‹›"),
    "it-ch": ("«»", "‹›", "“”", "‘’"),
    "ja": ("「」", "『』", "“”", "‘’", "〝〟", "〝〞"),
    "ka": ("„“", "«»", "“”"),
    "ko": ("“”", "‘’", "「」", "『』", "《》", "〈〉"),
    "lt": ("„“", "‚‘", "«»"),
    "lv": ("“”", "„“", "„”", "«»"),
    "mk": ("„“", "’‘", "‚‘"),
    "mt": ("“”", "‘’"),
    "nl": ("“”", "‘’", "„”", "‚’", "””", "’’"),
    "no": ("«»", "‘’", "“”", "„“", "‚‘", "’’"),
    "pl": ("„”", "«»", "»«", "‚’", "‘’"),
    "pt": ("“”", "‘’", "«»"),
    "pt-pt": ("«»", "“”", "‘’"),
    "ro": ("„”", "«»", "‚’", "‘’"),
    "ru": ("«»", "„“", "“”", "‘’", "‚‘"),
    "sk": ("„“", "‚‘", "»«", "›‹"),
    "sl": ("„“", "‚‘", "»«", "›‹"),
    "sq": ("„“", "“”", "«»", "‘’"),
    "sr": ("„“", "’’", "„”", "»«", "‚‘", "’‘"),
    "sv": ("””", "’’", "»»", "»«", "››", "›‹", "„”"),
    "th": ("“”", "‘’"),
    "tr": ("“”", "‘’", "«»", "‹›"),
    "uk": ("«»", "„“", "“”", "‘’", "‚‘"),
    "ur": ("“”", "‘’", "”“", "’‘"),
    "vi": ("“”", "‘’", "«»"),
    "zh": ("“”", "‘’", "「」", "『』", "《》", "〈〉", "﹁﹂", "﹃﹄", "〝〞"),
    "zh-hant": ("「」", "『』", "“”", "‘’", "《》", "〈〉", "﹁﹂", "﹃﹄", "〝〞"),
    "zh-hk": ("「」", "『』", "“”", "‘’", "《》", "〈〉", "﹁﹂", "﹃﹄", "〝〞"),
    "zh-mo": ("「」", "『』", "“”", "‘’", "《》", "〈〉", "﹁﹂", "﹃﹄", "〝〞"),
    "zh-tw": ("「」", "『』", "“”", "‘’", "《》", "〈〉", "﹁﹂", "﹃﹄", "〝〞"),
}

# Read as a pair wherever they stand: a quotation in a foreign style is no slip of the pen.
SANE_PAIRS = (
    *("“”", "‘’", "«»", "‹›", "„“", "‚‘", "„”", "‚’", "‟”", "‛’", '""', "''", "＂＂"),
    *("「」", "『』", "〝〞", "〝〟", "﹁﹂", "﹃﹄"),
)


def convention(language: str) -> str:
    """The key in `QUOTATION_MARKS` for a code or a tag with script and region; "" for none that is known."""
    tag = language.lower().replace("_", "-")
    while tag not in QUOTATION_MARKS:
        if "-" not in tag:
            return _ALIASES.get(tag, "")
        tag = tag.rpartition("-")[0]
    return tag


def quotation_marks(language: str) -> tuple[str, ...]:
    """The pairs that a language and region use, primary first; () for a language that is not known here."""
    return QUOTATION_MARKS.get(convention(language), ())


_ALIASES = {"nb": "no", "nn": "no", "iw": "he", "sh": "hr", "in": "id", "ms": "id", "yue": "zh"}

# ------------------------------------------------------------------ the guess

# First and last code point of a script, and the language that stands for it.
_SCRIPTS = (
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "Cyrillic"),
    (0x0531, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "Arabic"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0A00, 0x0A7F, "pa"),
    (0x0A80, 0x0AFF, "gu"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0C00, 0x0C7F, "te"),
    (0x0C80, 0x0CFF, "kn"),
    (0x0D00, 0x0D7F, "ml"),
    (0x0D80, 0x0DFF, "si"),
    (0x0E00, 0x0E7F, "th"),
    (0x0E80, 0x0EFF, "lo"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1100, 0x11FF, "ko"),
    (0x1200, 0x137F, "am"),
    (0x1780, 0x17FF, "km"),
    (0x3040, 0x30FF, "ja"),
    (0x4E00, 0x9FFF, "Han"),
    (0xAC00, 0xD7AF, "ko"),
)

_WORDS: Mapping[str, str] = {
    "en": "the of and to in that is was for it with as his on be at by had not are but from or have"
    " an they which you were her all she there would their we been has when who will more no if out"
    " said what its about than into them can only other new some could time these two may then do"
    " this after he said says",
    "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an"
    " werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war"
    " haben nur oder aber vor zur bis mehr durch man sein wurde sei wir ich",
    "fr": "de la le et les des en un du une que est pour qui dans par sur au pas plus il ne se ce avec"
    " sont son aux été cette mais ou ses elle comme nous leur ont lui fait même deux tout sans être"
    " ces après vous je",
    "es": "de la que el en y los del se las por un para con no una su al lo como más pero sus le ha"
    " este sí porque esta entre cuando muy sin sobre también hasta hay donde quien desde todo nos"
    " durante dos ser son fue era según",
    "it": "di e il che la in un a per è una del con non si da le dei nel alla i della più anche al come"
    " ha sono gli lo ma ed o questo delle dal nella se su ci cui dalla degli essere stato hanno tra"
    " dopo due era",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à"
    " seu sua ou quando muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos"
    " são foi está ser tem",
    "nl": "de van het een en in is dat op te zijn met voor niet die aan er om ook als dan maar bij of"
    " uit nog naar heeft hij ze wordt door over was ik je werd meer deze kan wel geen worden tot hebben"
    " al zich",
    "sv": "och i att det som en på är av för med den till inte om ett han men var jag sig från vi så"
    " kan när har de hon ska eller efter där sin än nu också under vara hade blir mot skulle mycket",
    "da": "og i at det er en til af på som for med den de der ikke et har om han var sig fra vi men så"
    " kan jeg eller efter vil skal også ved blev være havde nu når hvor mod over ud hun siger blive"
    " meget noget",
    "no": "og i det på som er en til å han av for med at var de ikke den har jeg om et men så seg hun"
    " hadde fra vi du kan da ble ut skal vil ham etter over ved også bare eller sa nå dette noe være"
    " meg mot opp når sier",
    "fi": "ja on ei se että oli hän joka mutta myös kun ovat sen mukaan kuin vuonna jos ole tai olla"
    " sekä voi jo vain jonka niin mitä nyt vielä hänen joka ovat olisi olivat kanssa jälkeen siitä"
    " kertoo sanoo",
    "pl": "i w na z do się nie że jest o to jak za po od są przez co dla tym ale był oraz już jego może"
    " tylko przed tego które który czy było jej pod ze być będzie także tak roku bardzo także ma",
    "cs": "a v na se je že s z to do i o k ve pro za by jsou po ale jako od podle jeho jeho jak také"
    " které který při nebo však být byl má už jen až bylo byla roce mezi před tak není aby řekl",
    "sk": "a v na sa je že s z to do aj o k vo pre za by sú po ale ako od podľa jeho ktoré ktorý pri"
    " alebo však byť bol má už len až bolo bola roku medzi pred tak nie aby povedal sme som čo",
    "hu": "a az és hogy nem is egy ez azt van volt meg csak ha már mint még de el vagy szerint kell"
    " között után aki ami lesz ki majd azonban minden pedig lehet illetve amely ezt sem most több"
    " mondta",
    "ro": "de și în a la cu pe să nu din care o un este că pentru mai au fost ce sa se al ale dar după"
    " prin sunt va fi fie lui sau ca am are despre cum între până ei el această acest",
    "tr": "ve bir bu da de için ile olarak çok olan daha gibi en ne kadar sonra var ise ancak o"
    " olduğunu dedi oldu ya göre değil şu her iki ki ama tarafından etti ederek",
    "hr": "i u je se na da su za od a s o koji kao nije bi ne će što iz to koje već ili sve bio samo"
    " ali kako prema nakon koja biti te također kada još može zbog godine gdje rekao",
    "sl": "in je v na se da za so z pa tudi ki s bi po o pri kot od ne še iz do ali ker ni bo bil bila"
    " biti tem več že sem samo med lahko zaradi pred vse leta",
    "et": "ja on ei et see oli ta ka kui aga oma mis seda kes või ning ole välja pole selle siis veel"
    " nii kuid sest mida pärast tema juba mitte",
    "lv": "un ir no ar uz par ka kas arī bet tas vai tika lai kā pēc tā savu nav bija gan pie jau"
    " gada līdz kuri vēl",
    "lt": "ir į kad yra su iš ne bet tai kaip buvo už jis apie per tik ar nuo dėl taip jau prie tačiau"
    " būti pagal jo dar kuris metų",
    "ca": "de la i el que en a les per un una amb del els al es no va més ha com són o aquest seva però"
    " pel dels també ser aquesta està fins seu hi entre molt",
    "id": "yang dan di itu dengan untuk dari tidak ini pada adalah dalam akan ke oleh juga sebagai"
    " telah mereka karena kata tersebut bisa ada lebih saya menjadi kepada atau sudah",
    "vi": "và của là có được cho trong không với một các những đã khi này người để ở từ theo vào nhiều"
    " cũng đến về tại",
    "sq": "dhe të në për një me që është nga se nuk i e ka si do më u janë por duke kjo ai kanë edhe",
    "is": "og að í á er sem um til við en af hann fyrir með var ekki það þá hefur eru því hún verið",
    "af": "die van en in is het dat nie te met op vir sy was hy om aan wat ook sal deur as ons",
    "ga": "an agus na ar a i bhí go is ag sé le don sin leis nach ach atá as",
    "cy": "y yn a i o yr ar wedi ei am gan bod oedd mae fod hyn gyda eu cael",
    "eu": "eta da du ez bat dira zen ere izan dute egin dela baina hori den dituzte zuen",
    "mt": "il li ta u f tal ma din minn dan għal kien kienet biex huwa hija mill lill",
}


def guess(text: str, unusual: Set[int] | None = None) -> str:
    """ISO 639-1 code of the language that a text is most likely in; "en" when unsure.

    Looks at no more than the first `SAMPLE` characters. `unusual`: bytes of the text in UTF-8 beyond ASCII, and
    others if need be, where they are known.
    """
    sample = text[:SAMPLE]
    if unusual is None:
        unusual = frozenset(encoded(sample))
    # Bytes tell far quicker than a loop whether there may be a letter of a script other than Latin.
    if not unusual.isdisjoint(_OTHER_SCRIPTS):
        script = _script(sample)
        if script:
            return script
    return _latin(sample)


# The bytes of UTF-8 with which characters of the scripts above begin.
_OTHER_SCRIPTS = frozenset((*range(0xCD, 0xE0), 0xE0, 0xE1, *range(0xE3, 0xEE)))


def _script(sample: str) -> str:
    """A language of a script other than Latin, if most letters are of one."""
    counts: dict[str, int] = {}
    latin = 0
    for character in sample[:: max(1, len(sample) // 400)]:
        point = ord(character)
        if point < 0x250:
            latin += character.isalpha()
            continue
        for first, last, name in _SCRIPTS:
            if first <= point <= last:
                counts[name] = counts.get(name, 0) + 1
                break
    if not counts:
        return ""
    name = max(counts, key=lambda each: counts[each])
    # A sign of Chinese or Korean says as much as several letters.
    dense = 3 if name in ("Han", "ja", "ko") else 1
    if counts[name] * dense <= latin:
        return ""
    if name == "Han":
        return "ja" if counts.get("ja", 0) * 12 > counts["Han"] else "zh"
    if name == "Cyrillic":
        return _cyrillic(sample.lower())
    if name == "Arabic":
        return _arabic(sample)
    return name


def _cyrillic(sample: str) -> str:
    count = sample.count
    if count("ў"):
        return "be"
    if count("ѓ") + count("ќ") + count("ѕ"):
        return "mk"
    if count("ј") + count("љ") + count("њ") + count("ћ") + count("ђ"):
        return "sr"
    if count("і") + count("ї") + count("є") > count("ы") + count("э"):
        return "uk"
    if count("ы") + count("э") + count("ё"):
        return "ru"
    return "bg" if count("ъ") * 200 > len(sample) else "ru"


def _arabic(sample: str) -> str:
    count = sample.count
    if count("ٹ") + count("ڈ") + count("ے") + count("ں"):
        return "ur"
    return "fa" if count("پ") + count("چ") + count("گ") + count("ی") + count("ک") else "ar"


def _latin(sample: str) -> str:
    # The words of so much copy mostly leave no doubt; where they do, all of the sample is counted.
    if _is_surely_english(sample[:LEAST_PART]):
        return "en"
    for part in (sample[:FIRST_PART], sample):
        scores, seen = _scores(part.lower().split())
        if part == sample or seen >= _MANY_WORDS:
            # Ties go to the language that stands first in the table, English before all.
            most = max(scores.values(), default=0.0)
            found = next(each for each in _WORDS if scores.get(each, 0.0) == most)
            rivals = [score for language, score in scores.items() if language != found]
            if part == sample or scores[found] >= RIVALS * max(rivals, default=0.0):
                return found if seen >= _LEAST_WORDS else "en"
    return "en"


def _is_surely_english(part: str) -> bool:
    """Whether words that only English has stand there too often for a few quoted ones: as in most copy in English."""
    return sum(map(part.count, (" the ", " and ", " that "))) >= ENOUGH


def _scores(words: list[str]) -> tuple[dict[str, float], int]:
    """How much the function words among `words` speak for each language, and how many there are."""
    owners = _owners()
    counts: dict[tuple[str, ...], int] = {}
    known = [owners[word] for word in words if word in owners]
    for languages in known:
        counts[languages] = counts.get(languages, 0) + 1
    scores: dict[str, float] = {}
    for languages, count in counts.items():
        share = count / len(languages)
        for language in languages:
            scores[language] = scores.get(language, 0.0) + share
    return scores, len(known)


@cache
def _owners() -> dict[str, tuple[str, ...]]:
    """Languages by function word."""
    owners: dict[str, tuple[str, ...]] = {}
    for language, words in _WORDS.items():
        for word in dict.fromkeys(words.split()):
            owners[word] = (*owners.get(word, ()), language)
    return owners
