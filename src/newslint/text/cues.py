"""Cues of credits by language: verbs of saying with their frames, documents, polls.

A frame is what stands around a verb that says where something comes from. “Released” does so before a report, “argue”
before a clause, “said” before anything; “the reports at hand” and “a proposed cap” hold no verb at all.
"""

from __future__ import annotations

from collections.abc import Mapping

from newslint.typed import NamedTuple


class Frame(NamedTuple):
    """Forms of verbs that are used alike.

    `behind`: an expression for what must follow, "" for anything. `ends`: whether they may also end what is said,
    behind a comma and whoever says it.
    """

    verbs: frozenset[str]
    behind: str = ""
    ends: bool = True


class Cues(NamedTuple):
    """Words as they stand in the middle of a sentence; nouns of German with their capital.

    `found`: verbs of documents and of whoever made them. `nameless`: documents that are no source without an owner.
    """

    speech: tuple[Frame, ...]
    document: frozenset[str]
    poll: frozenset[str]
    found: frozenset[str] = frozenset()
    nameless: frozenset[str] = frozenset()

    def opens(self, verb: str) -> bool:
        """Whether a verb of saying may be the first word of a sentence."""
        return not self.found or verb.endswith("ing")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What a verb of saying is of, where its object decides.
_FIGURE = r" (?:that\b|(?:[\w’'$-]+ ){0,6}?[$£€]?\d)"
_PAPER = (
    r" (?:[\w’'$,&-]+ ){0,6}?(?:reports?|stud(?:y|ies)|polls?|surveys?|data|figures|numbers|statistics|estimates?|analys[ie]s|results"
    r"|findings|forecasts?|projections?|lists?|records|documents|memos?|statements?|papers?|ratings?|rankings?|transcripts?|filings?|pages|e-?mails)\b"
)
_CLAUSE = r" that\b|:|, [“\"]| [“\"]| (?:he|she|they|it|we|I) "

CUES: Mapping[str, Cues] = {
    "en": Cues(
        (
            Frame(
                _words(
                    "Said said say saying says told tells telling noted notes noting wrote writes writing tweeted tweets tweeting "
                    "argued argues arguing claimed claims claiming announced announces announcing reported reports stated stating "
                    "explained explains explaining warned warns acknowledged acknowledges estimated estimates estimating "
                    "suggested suggests suggesting insisted insists insisting declared declares declaring testified recalled "
                    "recalls predicted predicts predicting projected admitted admits confirmed confirms revealed reveals "
                    "boasts boasting bragged vowed vows vowing pledged pledges promised promises promising believes believed "
                    "expect expects calculated calculates asserted asserts asserting alleged alleges alleging contended contends "
                    "complained complains joked jokes quipped remarked commented comments cautioned cautions conceded concedes "
                    "described detailed emphasized stressed proclaimed quoted quoting quotes reiterated speculated tallied thinks "
                    "touted touting urged voiced lamented reckons reckoned guessed hinted implied indicate indicated indicates "
                    "conclude asked asking proposed proposes proposing citing cited cites blame blamed blames"
                )
            ),
            # Verbs of much else: of saying before a clause, or behind a comma and whoever says it.
            Frame(
                _words(
                    "added adding adds denied denies continued continues mentioned mentions describes describing repeated "
                    "disclosed discloses asks counted counts read reads listed lists responded replied replies maintained observed "
                    "shouted thundered concluded recounted"
                ),
                _CLAUSE,
            ),
            Frame(
                _words("attacked blasted slammed criticized praised accused accuses accusing"),
                _CLAUSE,
                ends=False,
            ),
            Frame(
                _words(
                    "slams hits hitting faults faulted mocks mocked ridiculed assails assailed blasts attacks"
                ),
                r" [^.!?]{3,80} (?:for|over)\b",
                ends=False,
            ),
            Frame(
                _words(
                    "argue claim note report believe insist warn suggest predict project acknowledge admit confirm contend allege "
                    "assert announce reveal promise vow pledge propose think find declare maintain charged heard warning projects"
                ),
                " that",
                ends=False,
            ),
            Frame(_words("released unveiled published"), _PAPER, ends=False),
            Frame(
                _words(
                    "confirming detailing admitting revealing believing considering expecting forecasting demanded demands demanding "
                    "advocated pegs pegged tallies classifies envisions assumes rated defended estimate advocates"
                ),
                " ",
                ends=False,
            ),
            Frame(_words("expected"), " to say", ends=False),
            Frame(_words("wants wanted threatened threatens"), " to", ends=False),
            Frame(_words("pushing calls called calling"), " for", ends=False),
            Frame(_words("point pointed points pointing"), " out", ends=False),
            Frame(_words("boasted"), " of", ends=False),
        ),
        _words(
            "report reports study studies analysis analyses data statistics figures census records filing filings documents "
            "estimate estimates valuation valuations research audit forecast forecasts projection projections disclosure disclosures memo transcript "
            "index database review indictment complaint affidavit lawsuit statement website tally release results count outlook "
            "ranking rankings letter editorial"
        ),
        _words(
            "poll polls polling pollster pollsters survey surveys surveyed respondents exit margin"
        ),
        _words(
            "finding showing according per show shows showed found finds estimated put puts list lists listed listing uncovered"
        ),
        _words("studies research statistics analyses"),
    ),
    "de": Cues(
        (
            Frame(
                _words(
                    "sagte sagt sagten sagen gesagt erklärte erklärt erklärten teilte teilten mitteilte mitteilten mitteilt mitgeteilt bekanntgab bekanntgaben hervorgeht hervorging berichtete berichtet berichten "
                    "berichteten meldete meldet meldeten schrieb schreibt betonte betont warnte warnt schätzt schätzte schätzen "
                    "kündigte bestätigte bestätigt zitiert zitierte ergänzte meinte meint räumte heißt hieß sprach spricht fragte "
                    "antwortete registrierte registrierten verzeichnete verzeichneten zählte zählten ermittelte ermittelten ergab ergaben "
                    "zeigt zeigen zeigte zeigten fanden nannte nennt forderte fordert kritisierte versicherte"
                )
            ),
        ),
        _words(
            "laut zufolge Angaben Angabe Schätzungen Schätzung Studie Studien Bericht Statistik Statistiken Daten Zahlen "
            "Auswertung Untersuchung Erhebungen Erkenntnissen Informationen Mitteilung Prognose Berechnungen Gutachten Medienberichten gemäß"
        ),
        _words("Umfrage Umfragen Befragung Befragten Erhebung Deutschlandtrend Politbarometer"),
    ),
    "fr": Cues(
        (
            Frame(
                _words(
                    "dit disait déclaré déclare affirmé affirme affirment indiqué indique indiquent précisé précise expliqué explique "
                    "annoncé annonce rapporté rapporte estime estiment estimé souligne souligné ajouté ajoute ajoutait assuré assure "
                    "écrit écrivait rappelle rappelé confié confie raconte évalue lance lancé reconnaît promet réagi recensé recense décompté"
                )
            ),
        ),
        _words(
            "selon après étude études rapport chiffres données statistiques communiqué estimations prévisions recensement bilan"
        ),
        _words("sondage sondages enquête sondés"),
    ),
    "es": Cues(
        (
            Frame(
                _words(
                    "dijo dice dicen dijeron afirmó afirma afirman aseguró asegura aseguran explicó explica declaró declara indicó "
                    "indica señaló señala informó informa informaron anunció anuncia estima estiman estimó añadió añade agregó sostuvo "
                    "sostiene advirtió advierte escribió escribe contó cuenta confirmó confirma"
                )
            ),
        ),
        _words(
            "según acuerdo estudio estudios informe informes datos estadísticas cifras comunicado estimaciones censo balance"
        ),
        _words("encuesta encuestas sondeo sondeos encuestados"),
    ),
}
