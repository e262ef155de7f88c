"""How sums, shares and large numbers are written in German, French and Spanish copy."""

from __future__ import annotations

from collections.abc import Mapping

from newslint.typed import NamedTuple


class Numerals(NamedTuple):
    """Expressions, without groups, for what stands behind a figure; `scales` by their first letters, folded.

    `gap`: what may stand between thousands. `ratios`: shares in words. `harmed`: the dead and the injured.
    """

    gap: str
    percent: str
    scales: Mapping[str, float]
    coins: str
    harmed: str
    ratios: str


NUMERALS: Mapping[str, Numerals] = {
    "de": Numerals(
        gap=r"[.'’\u00a0\u202f]",
        percent=r"Prozent(?:punkten?)?|v\.\s?H\.",
        scales={"tausend": 1e3, "milli": 1e6, "mio": 1e6, "millia": 1e9, "mrd": 1e9, "billi": 1e12},
        coins=r"Euro|Dollar|Franken|Pfund|Cent|Kronen|Yen|Rubel",
        harmed=r"Tote[nr]?|Todesopfer|Verletzten?|Vermissten?|Opfer|(?:wurden\s)?(?:getötet|verletzt)|starben",
        ratios=r"[Jj]ede[rsn]?\s(?:zweite|dritte|vierte|fünfte|zehnte)[rsn]?|(?:[Ff]ast|[Rr]und|[Mm]ehr als)\sdie\sHälfte|(?:ein|zwei|drei)\s(?:Drittel|Viertel|Fünftel)",
    ),
    "fr": Numerals(
        gap=r"[ .\u00a0\u202f]",
        percent=r"pour\s?cent|points?\sde\spourcentage",
        scales={"mille": 1e3, "million": 1e6, "milliard": 1e9, "billion": 1e12},
        coins=r"euros?|dollars?|francs?|livres\ssterling|centimes?|yens?|roubles?",
        harmed=r"morts?|blessés?|tués?|victimes?|disparus?|décès",
        ratios=r"[Uu]ne?\s\w+\ssur\s(?:deux|trois|quatre|cinq|dix)|[Pp]rès\sde\sla\smoitié|[Pp]lus\sde\sla\smoitié|(?:un|deux)\stiers|(?:un|trois)\squarts?",
    ),
    "es": Numerals(
        gap=r"[ .\u00a0\u202f]",
        percent=r"por\s?ciento|puntos?\sporcentual(?:es)?",
        scales={"mil": 1e3, "millon": 1e6, "millón": 1e6, "mil millones": 1e9, "billon": 1e12},
        coins=r"euros?|dólares|pesos|libras|céntimos|yenes|rublos",
        harmed=r"muertos?|heridos?|fallecidos?|víctimas|desaparecidos?|muertes|asesinados?",
        ratios=r"[Uu]n[oa]\sde\scada\s(?:dos|tres|cuatro|cinco|diez)|(?:[Cc]asi|[Mm]ás\sde)\sla\smitad|(?:un|dos)\stercios?|(?:un|tres)\scuartos?",
    ),
}
