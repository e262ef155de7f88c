"""Cues of credits in German, French and Spanish copy: verbs of saying, documents, polls.

English has its own frames (`credits.py`): what may stand around each verb, and how far it reaches. Here a cue
answers for its sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

from newslint.typed import NamedTuple


class Cues(NamedTuple):
    """Words as they stand in the middle of a sentence; nouns of German with their capital."""

    speech: frozenset[str]
    document: frozenset[str]
    poll: frozenset[str]


CUES: Mapping[str, Cues] = {
    "de": Cues(
        frozenset(
            "sagte sagt sagten sagen gesagt erklärte erklärt erklärten teilte teilten mitgeteilt berichtete berichtet berichten "
            "berichteten meldete meldet meldeten schrieb schreibt betonte betont warnte warnt schätzt schätzte schätzen "
            "kündigte bestätigte bestätigt zitiert zitierte ergänzte meinte meint räumte heißt hieß sprach spricht fragte "
            "antwortete nannte nennt forderte fordert kritisierte versicherte".split()
        ),
        frozenset(
            "laut zufolge Angaben Angabe Schätzungen Schätzung Studie Studien Bericht Statistik Statistiken Daten Zahlen "
            "Auswertung Untersuchung Mitteilung Prognose Berechnungen Gutachten Medienberichten gemäß".split()
        ),
        frozenset(
            "Umfrage Umfragen Befragung Befragten Erhebung Deutschlandtrend Politbarometer".split()
        ),
    ),
    "fr": Cues(
        frozenset(
            "dit disait déclaré déclare affirmé affirme affirment indiqué indique indiquent précisé précise expliqué explique "
            "annoncé annonce rapporté rapporte estime estiment estimé souligne souligné ajouté ajoute ajoutait assuré assure "
            "écrit écrivait rappelle rappelé confié confie raconte évalue lance lancé reconnaît promet réagi".split()
        ),
        frozenset(
            "selon après étude études rapport chiffres données statistiques communiqué estimations recensement bilan".split()
        ),
        frozenset("sondage sondages enquête sondés".split()),
    ),
    "es": Cues(
        frozenset(
            "dijo dice dicen dijeron afirmó afirma afirman aseguró asegura aseguran explicó explica declaró declara indicó "
            "indica señaló señala informó informa informaron anunció anuncia estima estiman estimó añadió añade agregó sostuvo "
            "sostiene advirtió advierte escribió escribe contó cuenta confirmó confirma".split()
        ),
        frozenset(
            "según acuerdo estudio estudios informe informes datos estadísticas cifras comunicado estimaciones censo balance".split()
        ),
        frozenset("encuesta encuestas sondeo sondeos encuestados".split()),
    ),
}
