"""Which stories are news that names its sources: only in those is a figure without one worth a question."""

from __future__ import annotations

from collections.abc import Sequence

from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.article import Article

LETTERS = 6  # of a word, with its space
LONG = 300  # words
LONGER = 1500
# Words to a word of saying, at most, in a long story that names its sources; the longer, the fewer.
MOST_BETWEEN_SAYING = 700
MOST_BETWEEN_SAYING_LONGER = 440
ADDRESSES = 4  # words for the reader that make a story advice to him
WORDS_TO_AN_ADDRESS = 200
SHORT_ABROAD = 120  # words
MOST_BETWEEN_SPEAKERS_ABROAD = 300  # words to a sentence that names a source
# Different words of games, and of companies and markets, that a story may hold, and to how many words one more.
SUBJECTS_ABROAD = ((4, 600), (5, 150))


def is_report(article: Article) -> bool:
    """Whether an article is news: no game, market or balance sheet, no advice to its reader, no long piece without sources."""
    words = len(article.text) // LETTERS
    if article.language != "en":
        return _is_report_abroad(article, words)
    places = article.places_of(_ALL)
    if words > LONG:
        most = MOST_BETWEEN_SAYING_LONGER if words > LONGER else MOST_BETWEEN_SAYING
        if most * sum(word in _SAYING for _, word in places) < words:
            return False
    found = {word for _, word in places}
    if any(len(found & subject) >= least + words // step for subject, least, step in _SUBJECTS):
        return False
    return not _addresses(article, words, [place for place in places if place[1] in _READER])


def _is_report_abroad(article: Article, words: int) -> bool:
    """The same in other languages: somebody speaks now and then, and neither the writer nor the reader is meant."""
    if words > SHORT_ABROAD:
        sourced = sum(
            article.credits.sourced_in(block.start, block.end) for block in article.paragraphs
        )
        if sourced * MOST_BETWEEN_SPEAKERS_ABROAD < words:
            return False
    subjects = _SUBJECTS_ABROAD[article.language]
    found = {word for _, word in article.places_of(frozenset().union(*subjects))}
    if any(
        len(found & subject) >= least + words // step
        for subject, (least, step) in zip(subjects, SUBJECTS_ABROAD, strict=True)
    ):
        return False
    return not _addresses(article, words, article.places_of(_PERSONAL_ABROAD[article.language]))


def _addresses(article: Article, words: int, places: Sequence[tuple[int, str]]) -> bool:
    """Whether a story speaks to its reader, or of its writer, outside quotations. `places`: of the words for them."""
    least = max(ADDRESSES, words // WORDS_TO_AN_ADDRESS)
    return len(places) >= least and least <= sum(
        not article.quotes.covers(at, at + len(word)) for at, word in places
    )


_SAYING = frozenset(
    "said says say told tells according added adds wrote writes reported announced argued argues called found spokesman "
    "spokeswoman statement".split()
)
# Words of games, of markets, and of companies, which say themselves what they earn and owe. Behind them: how many
# different ones a story of its own may hold, and to how many words one more.
_SUBJECTS = (
    (
        frozenset(
            "striker midfielder goalkeeper quarterback playoffs playoff innings homer touchdown touchdowns rebounds halftime "
            "referee championship championships league fixture fixtures coach squad season seasons scored match matches "
            "tournament cup finals wicket wickets batsman medal medals sprint laps lap offense defence game games team teams "
            "players player".split()
        ),
        4,
        600,
    ),
    (
        frozenset(
            "bond bonds yield yields eurobond eurobonds denominations coupon debentures trading traded dealers traders futures "
            "tonnes wheat barley corn crude barrels stg francs marks guilders libor currency currencies shares shareholders "
            "stock stocks stockmarket exchange dividend dividends dlrs pct mln inventories underwriting maturity bourse rally "
            "index nasdaq dow investors equity equities commodities".split()
        ),
        6,
        200,
    ),
    (
        frozenset(
            "profit profits loss losses pretax turnover revenue revenues sales quarter quarterly earnings dividend debts stake "
            "stakes takeover bid merger acquisition acquisitions offer offers suitor deal capitalisation capitalization "
            "creditors shares shareholders investors analysts firm firms brand brands subsidiary owns owned chairman buy "
            "buying bought producer maker makers carmaker retailer airline giant rival rivals economy economic economists "
            "growth exports inflation deficit euros cash".split()
        ),
        6,
        125,
    ),
)
_READER = frozenset("you your yours yourself".split())
_ALL = _SAYING.union(_READER, *(subject for subject, _, _ in _SUBJECTS))
_PERSONAL_ABROAD = {
    "de": frozenset(
        "ich mich mir mein meine wir uns unser unsere unseren du dich dir dein deine euch euer eure".split()
    ),
    "fr": frozenset("je mon ma mes nous notre nos vous votre vos tu ton tes".split()),
    "es": frozenset(
        "yo mi mis nosotros nuestro nuestra nuestros nuestras usted ustedes tu tus".split()
    ),
}
# Words of games, and of companies and markets, without a letter beyond A to Z: by those they are found.
_SUBJECTS_ABROAD = {
    "de": (
        frozenset(
            "tor tore trainer saison liga bundesliga spieltag spieler halbzeit elfmeter mannschaft aufstieg abstieg pokal finale "
            "halbfinale turnier meisterschaft medaille medaillen olympia rennen etappe sieg niederlage stadion verein".split()
        ),
        frozenset(
            "konzern umsatz gewinn aktie aktien dividende quartal vorstand aufsichtsrat anleger rendite kurs kurse dax index "
            "analysten tochter holding marktanteil ergebnis ebit ebitda investoren anleihe anleihen notenbank inflation "
            "export exporte konjunktur ausblick".split()
        ),
    ),
    "fr": (
        frozenset(
            "but buts match matchs saison joueur joueurs club clubs ligue championnat coupe finale tournoi victoire stade attaquant "
            "gardien penalty supporters vestiaire titulaire podium maillot championne champion champions sprint basket rugby".split()
        ),
        frozenset(
            "groupe ventes chiffre action actions actionnaires bourse trimestre semestre dividende filiale analystes investisseurs "
            "rachat fusion acquisition titre titres indice cac exercice taux obligations croissance inflation exportations "
            "concurrent concurrents constructeur fabricant leader cession capitalisation".split()
        ),
    ),
    "es": (
        frozenset(
            "gol goles partido partidos temporada jugador jugadores club clubes liga torneo copa final victoria derrota estadio "
            "delantero portero entrenador fichaje fichajes rival aficionados cancha equipo equipos ciclismo baloncesto etapa".split()
        ),
        frozenset(
            "empresa empresas grupo filial ventas beneficio beneficios neto resultado resultados accionistas acciones bolsa mercado "
            "mercados trimestre semestre dividendo capital analistas inversores clientes abonados banco bancos bonos deuda ibex "
            "tipos consejero directivo directivos sector ingresos pesetas pedidos inventarios inversiones".split()
        ),
    ),
}
