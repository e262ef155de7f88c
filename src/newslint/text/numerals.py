"""How sums, shares, large numbers, ratios and the dead are written in German, French and Spanish copy."""

from __future__ import annotations

from collections.abc import Mapping

from newslint.typed import NamedTuple


class Numerals(NamedTuple):
    """Expressions, without groups, for what stands behind a figure; `scales` by their first letters, folded.

    `gap`: what may stand between thousands. `words`: numbers in words, by value; `ratios`: shares and comparisons in
    words, `tallies` those that begin with a figure. `keys`: of each of these a word, or a part of one between letters beyond
    A to Z, without which there is none. `harmed`: the dead and the injured behind a number, `harming`: what stands before it. `lasting`: what makes a
    number a time or an age.
    """

    gap: str
    words: Mapping[str, float]
    keys: frozenset[str]
    percent: str
    scales: Mapping[str, float]
    coins: str
    harmed: str
    harming: str
    ratios: str
    tallies: str
    lasting: str


def _numbered(words: str) -> Mapping[str, float]:
    """Words for 2 and so on; those for the same number stand together, with a bar."""
    return {
        word: float(value)
        for value, several in enumerate(words.split(), 2)
        for word in several.split("|")
    }


_DE = _numbered("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf")
_FR = _numbered("deux trois quatre cinq six sept huit neuf dix onze douze")
_ES = _numbered("dos tres cuatro cinco seis siete ocho nueve diez once doce")


def _keys(words: Mapping[str, float], others: str) -> frozenset[str]:
    """Numbers and other words as they are found in a text that is spaced."""
    plain = "".join(letter if letter.isascii() else " " for letter in " ".join(words))
    return frozenset(each for each in (*plain.split(), *others.split("|")) if len(each) > 1)


def _any(words: Mapping[str, float]) -> str:
    return f"(?:{'|'.join(words)})"


NUMERALS: Mapping[str, Numerals] = {
    "de": Numerals(
        gap=r"[.'’\u00a0\u202f]",
        words={"eine": 1.0, "eine halbe": 0.5, **_DE},
        keys=_keys(
            _DE,
            "jede|jeder|jedes|jeden|lfte|drittel|viertel|nftel|zehntel|doppelt|verdoppelt|verdreifacht|"
            "halbiert|dreimal|viermal|zehnmal|million|millionen|milliarde|milliarden|tausend|tote|toten|"
            "todesopfer|verletzte|verletzten|opfer|starben|tet|verletzt|gestorben|leben|von 0|von 00",
        ),
        percent=r"Prozent(?:punkten?)?|v\.\s?H\.",
        scales={
            "tausend": 1e3,
            "million": 1e6,
            "mio": 1e6,
            "milliard": 1e9,
            "mrd": 1e9,
            "billion": 1e12,
        },
        coins=r"Euro|Dollar|Franken|Pfund|Cent|Kronen|Yen|Rubel",
        harmed=r"Tote[nr]?|Todesopfer|Verletzten?|Vermissten?|Opfer|(?:(?:Menschen|Personen|Zivilisten|Kinder|Frauen|Männer|Soldaten)\s)?(?:(?:wurden|sind|kamen|waren)\s)?(?:getötet|verletzt|ums\sLeben|gestorben)|(?:Menschen|Personen|Zivilisten|Kinder|Frauen|Männer|Soldaten)\sstarben|starben",
        harming=r"(?:starben|tötete|töteten|verletzte|verletzten)\s(?:(?:mindestens|rund|etwa|mehr\sals|fast|bis\szu)\s)?",
        ratios=(
            r"jede[rsn]?\s(?:zweite|dritte|vierte|fünfte|sechste|siebte|achte|zehnte)[rsn]?"
            rf"|(?:eine[rs]?|{_any(_DE)})\svon\s(?:\d{{1,2}}|{_any(_DE)})(?=\s[A-ZÄÖÜ])"
            r"|(?:fast|rund|mehr\sals|knapp|gut|etwa)\sdie\sHälfte|die\sHälfte(?=\s(?:der|aller)\b)"
            r"|(?:ein|zwei|drei|vier)\s(?:Drittel|Viertel|Fünftel|Zehntel)"
            r"|doppelt\sso\s(?:viele?|hoch|groß|häufig|oft)|(?:drei|vier|fünf|zehn)mal\sso\s(?:viele?|hoch|groß|häufig|oft)"
            r"|(?:hat|haben)\ssich\s[\w\s]{0,40}(?:verdoppelt|verdreifacht|halbiert)"
        ),
        tallies=rf"\d{{1,2}}\svon\s(?:\d{{1,2}}|{_any(_DE)})(?=\s[A-ZÄÖÜ])",
        lasting=r"Jahren?|Monaten?|Wochen?|Tagen?|Stunden|Minuten|Jahre\salt",
    ),
    "fr": Numerals(
        gap=r"[ .\u00a0\u202f]",
        words={"un": 1.0, "un demi": 0.5, **_FR},
        keys=_keys(
            _FR,
            "moiti|tiers|quart|quarts|cinqui|dixi|doubl|tripl|quadrupl|double|triple|million|millions|"
            "milliard|milliards|mille|mort|morts|morte|mortes|bless|tu|victime|victimes|disparu|disparus|"
            "fois|cent|sur 0|sur 00|sur 000",
        ),
        percent=r"pour\s?cent|points?\sde\spourcentage",
        scales={"mille": 1e3, "million": 1e6, "milliard": 1e9, "billion": 1e12},
        coins=r"euros?|dollars?|francs?|livres\ssterling|centimes?|yens?|roubles?",
        harmed=r"(?:personnes?|civils?|soldats?|enfants?|hommes?|femmes?|policiers?)\s(?:(?:ont\sété|sont|étaient|avaient\sété)\s)?(?:mort|tué|blessé|disparu|décédé)e?s?|morts?|blessés?|tués?|victimes?|disparus?|décès",
        harming=r"(?:tué|tuant|blessé|blessant|tue|tuent|blesse|blessent)\s(?:(?:au\smoins|près\sde|plus\sde|environ|quelque|jusqu['’]à)\s)?",
        ratios=(
            rf"(?:une?|{_any(_FR)})\s(?:[^\W\d_][\w’'-]*\s){{0,2}}?sur\s(?:{_any(_FR)}|\d{{1,3}}(?!\d|[.,]\d))(?!\s(?:ans|jours|mois|heures|semaines|points?))"
            r"|(?:près|plus|moins)\s(?:de\sla\smoitié|d['’]un\s(?:tiers|quart|cinquième)(?!\s(?:de\ssiècle|d['’]heure))|des\s(?:deux\stiers|trois\squarts))|la\smoitié(?=\sd(?:es|e\sla)\b|\sde\sl['’])"
            r"|(?:les\s)?(?:un|deux)\stiers(?=\sd)|(?:les\s)?(?:un|trois)\squarts?(?=\sd(?!['’]heure|e siècle))|(?:un|deux|trois|quatre)\scinquièmes?(?=\sd)|un\sdixième(?=\sd)"
            rf"|(?:{_any(_FR)}|cent)\sfois\s(?:plus|moins)|(?:a|ont|avait|avaient)\s(?:presque\s|plus\sque\s|quasiment\s)?(?:doublé|triplé|quadruplé)|le\s(?:double|triple)(?=\sd)"
        ),
        tallies=rf"\d{{1,2}}\s(?:[^\W\d_][\w’'-]*\s){{0,2}}?sur\s(?:{_any(_FR)}|\d{{1,3}}(?!\d|[.,]\d))(?!\s(?:ans|jours|mois|heures|semaines|points?))",
        lasting=r"ans?|années?|mois|semaines?|jours?|heures?|minutes?",
    ),
    "es": Numerals(
        gap=r"[ .\u00a0\u202f]",
        words={"un": 1.0, "medio": 0.5, **_ES},
        keys=_keys(
            _ES,
            "mil|mill|millones|medio|mitad|tercio|tercios|cuarto|cuartos|tercera|cuarta|quinta|cima|"
            "duplicado|triplicado|cuadruplicado|doble|triple|muerto|muertos|muerta|muertas|herido|heridos|"
            "herida|heridas|fallecido|fallecidos|fallecieron|murieron|ctimas|desaparecidos|muertes|"
            "asesinados|asesinadas|veces|ciento|cada 0|cada 00|cada 000",
        ),
        percent=r"por\s?ciento|puntos?\sporcentual(?:es)?",
        scales={"mil": 1e3, "millon": 1e6, "millón": 1e6, "mil millones": 1e9, "billon": 1e12},
        coins=r"euros?|dólares|pesos|libras|céntimos|yenes|rublos|pesetas",
        harmed=r"(?:personas?|civiles|soldados?|niños?|hombres?|mujer(?:es)?|policías?)\s(?:(?:han|habían|fueron|resultaron|estaban|quedaron)\s)?(?:sido\s)?(?:muert[oa]s?|herid[oa]s?|fallecid[oa]s?|fallecieron|murieron|desaparecid[oa]s?|asesinad[oa]s?|muerto)|muert[oa]s?|herid[oa]s?|fallecid[oa]s?|víctimas|desaparecid[oa]s?|muertes|asesinad[oa]s?",
        harming=r"(?:murieron|fallecieron|mató|mataron|causó|dejó|dejaron|causaron)\s(?:(?:a|al\smenos|más\sde|unos|unas|cerca\sde|casi|a\smás\sde|a\sal\smenos)\s)?",
        ratios=(
            rf"(?:un[oa]?|{_any(_ES)})\s(?:[^\W\d_][\w’'-]*\s)?de\scada\s(?:{_any(_ES)}|\d{{1,3}}(?!\d|[.,]\d))"
            r"|(?:casi|más\sde|menos\sde)\s(?:la\smitad|dos\stercios|un\s(?:tercio|cuarto)(?!\sde\s(?:hora|siglo))|una\s(?:tercera|cuarta|quinta)\sparte)|la\smitad(?=\sde\sl)"
            r"|(?:un|dos)\stercios?(?=\sde)|(?:un|tres)\scuartos?(?=\sde(?!\s(?:hora|siglo)))|(?:la|una)\s(?:tercera|cuarta|quinta|décima)\sparte(?=\sde)"
            rf"|(?:{_any(_ES)}|cien)\sveces\s(?:más|menos|mayor|menor|superior)|(?:se\s(?:ha|han|había|habían)\s(?:casi\s)?)(?:duplicado|triplicado|cuadruplicado)|el\s(?:doble|triple)(?=\sde)"
        ),
        tallies=rf"\d{{1,2}}\s(?:[^\W\d_][\w’'-]*\s)?de\scada\s(?:{_any(_ES)}|\d{{1,3}}(?!\d|[.,]\d))",
        lasting=r"años?|meses|mes|semanas?|días?|horas?|minutos?",
    ),
}
