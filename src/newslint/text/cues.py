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
    """Words as they stand in the middle of a sentence, some of them two or three; nouns of German with their capital.

    `found`: verbs of documents and of whoever made them. `nameless`: documents that are no source without an owner.
    Outside English, `document` holds what names a source wherever it stands, and `papers` what does so only where
    `leads` fits before it or `shows` behind.
    """

    speech: tuple[Frame, ...]
    document: frozenset[str]
    poll: frozenset[str]
    found: frozenset[str] = frozenset()
    nameless: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    leads: str = ""
    shows: str = ""

    def opens(self, verb: str) -> bool:
        """Whether a verb of saying may be the first word of a sentence."""
        return not self.found or verb.endswith("ing")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    """Words and phrases between bars."""
    return frozenset(text.split("|"))


def _with(before: str, words: str) -> str:
    return " ".join(f"{before}{word}" for word in words.split())


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
                    "zeigt zeigen zeigte zeigten fanden nannte nennt forderte fordert fordern kritisierte versicherte beziffert bezifferte geschätzt gezählt gemeldet berichtet gab gaben"
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
                    "déclaré déclare déclarent déclarait déclarant affirmé affirme affirment affirmait affirmant indiqué indique "
                    "indiquent indiquait indiquant précisé précise précisent précisait précisant expliqué explique expliquent "
                    "expliquait expliquant annoncé annoncée annoncés annoncées annonce annoncent annonçait annonçant rapporté rapporte rapportent "
                    "rapportait estimé estime estiment estimait estimaient estimant souligné souligne soulignent soulignait "
                    "soulignant ajouté ajoute ajoutait assuré assure assurent assurait assurant écrit écrivait écrivent rappelé "
                    "rappelle rappellent rappelait rappelant confié confie confiait raconté raconte racontent évalué évalue "
                    "évaluent reconnu reconnaît reconnait reconnaissent promis promet recensé recense recensent recensait "
                    "dénombré dénombre dénombrent comptabilisé comptabilise calculé calculent chiffré révélé révèle révèlent "
                    "constaté constate constatent constatait dénoncé dénonce dénoncent déploré déplore déplorent regrette "
                    "martelé martèle insiste résume assène accuse accusent prétend prétendent pronostique prédit prévenu prévient "
                    "avertit avertissent plaide soutient soutiennent conclut concluait apprend apprenait cité citant témoigne "
                    "confirmé confirme confirment confirmait reproche critique interrogés sondées interrogées dixit détaillé détaille "
                    "détaillent évoque évoqué évoquait évoquant évoquent mentionne mentionné signale signalé signalait relate relaté "
                    "commente commenté rétorque nuance fustige fustigé admet admis avoue concède réclame réclament revendique "
                    "revendiquent communiqué publiait chiffrait tablait tablent dénonçait vantait chiffrée chiffrés estimée estimés estimées évaluée évalués recensés recensées dénombrés comptabilisés"
                )
            ),
            # Verbs and nouns of much else.
            Frame(
                _words("dit dite disent disait disaient disant"),
                r"(?! (?:à un|adieu|non|oui)\b)",
            ),
            Frame(
                _words(
                    "lancé lance note notent noté notait relève relèvent relevé juge jugent alerte alertent avance avancent avancé "
                    "montre montrent montré démontre démontrent observe observent répète répond répondait réagit réagi poursuit "
                    "poursuivait glisse tranche insisté publié publie publient dénombraient table prévoit appris comprendre conclu soutenu "
                    "fait faisait parle parlait compte"
                ),
                r"(?: que\b| qu['’]|\s?:|, «|,? \"|-t-|-il\b|-elle\b|-on\b| (?:savoir|valoir|part|état|remarquer)\b| (?:hier|aujourd['’]hui|(?:lun|mar|mercre|jeu|vendre|same)di)\b)",
            ),
        ),
        _phrases(
            "selon|d'après|d’après|à en croire|au dire de|aux dires de|de source|de sources|auprès de|auprès du|auprès des|ressort|chiffres obtenus|dans un communiqué"
            "|dans un entretien|dans une interview|suivant les|statistiques|estimations|données|chiffres de|chiffres du|chiffres des"
            "|derniers chiffres|chiffres officiels|Insee|Eurostat|baromètre|source :|sources :"
        ),
        _words("sondage sondages enquête enquêtes sondés"),
        papers=_words(
            "étude études rapport rapports bilan recensement communiqué document documents analyse audit prévisions palmarès classement"
        ),
        leads=r"\b(?:[Dd]ans|[Pp]ar|[Ss]elon|[Dd]['’]après|[Aa]vec) (?:une?|les?|la|ce|cette|ces|des|son|sa|ses|leurs?|l['’])\s?(?:[\w'’-]+ ){0,4}$",
        shows=(
            r"(?:,? (?:[\w'’().-]+ ){0,9}?(?:montre|montrent|montrait|révèle|révèlent|révélait|indique|indiquent|indiquait|conclut|concluent|estime"
            r"|estiment|évalue|évaluent|souligne|soulignent|constate|constatent|établit|établissent|démontre|démontrent|suggère|suggèrent"
            r"|publiée?s?|réalisée?s?|menée?s?|commandée?s?|parue?s?|rendue? publique?|provisoire|officiel)\b| (?:de|du|des) l['’][A-Z]| de [A-Z]| du [A-Z])"
        ),
    ),
    "es": Cues(
        (
            Frame(
                _words(
                    "dijo dicen dijeron decía dicho afirmó afirma afirman afirmaron afirmado aseguró asegura aseguran aseguraron "
                    "asegurado explicó explica explican explicaron explicado declaró declararon declarado indicó indica indican "
                    "indicaron indicado señaló señala señalan señalaron señalado informó informa informan informaron informado anunció "
                    "anuncia anunciaron anunciado estima estiman estimó estimaron estimado añadió añade añaden añadieron agregó agrega "
                    "agregaron sostuvo sostiene sostienen advirtió advierte advierten advirtieron escribió escribe confirmó confirma "
                    "confirmaron confirmado manifestó manifestaron manifestado precisó precisa precisaron comentó comenta comentaron "
                    "apuntó apunta apuntaron subrayó subraya destacó destaca destacaron destacado reveló revela revelan revelaron "
                    "recordó recuerda recordaron expresó expuso opinó opina opinan reconoció reconoce reconocieron admitió admite "
                    "admitieron calculó calcula calculan calculaban denunció denuncia denuncian denunciaron denunciado alertó alerta "
                    "lamentó lamenta criticó insistió insiste reiteró aclaró puntualizó detalló relató narró prometió promete acusó "
                    "acusan acusaron concluyó concluye concluyen constató consideró considera consideran consideraron cifró cifra "
                    "cifraron pronosticó pronostica pronosticaron adelantó difundió difundidos difundidas divulgó divulgaron trascendió "
                    "reclama reclaman reclamó exige exigen exigió cifrado cifrada cifrados cifradas calculado calculada calculados calculadas estimada estimados "
                    "supo conoció notificó notificaron ratificó argumentó alegó respondió replicó matizó remarcó enfatizó comunicó "
                    "comunicaron asevera aseveró evaluó contabilizó contabilizaron registró registraron señalando añadiendo citó citando"
                )
            ),
            # Words of much else: of saying before a clause.
            Frame(
                _words(
                    "dice cuenta cuentan contó publica publicó publicaron muestra muestran mostró demuestra demuestran prevé refleja reflejan encontró creen cree"
                ),
                r" (?:que\b|\w+ que\b|el (?:diario|periódico)|el estudio|el informe)|: |, [“\"«]|[,.] ?$",
            ),
        ),
        _phrases(
            "según|de acuerdo con|de acuerdo a|a juicio de|en opinión de|en palabras de|en declaraciones|en un comunicado|de fuentes"
            "|fuentes|estadísticas|cifras|datos|estimaciones|cálculos|comunicado|portavoz|portavoces|previsiones|proyecciones|fuente:"
        ),
        _words("encuesta encuestas sondeo sondeos encuestados"),
        papers=_words(
            "estudio estudios informe informes censo balance reporte reportes investigación documento documentos análisis boletín"
        ),
        leads=r"\b(?:[Ee]n|[Pp]or|[Ss]egún|[Cc]on) (?:[\w-]+ ){0,5}$",
        shows=(
            r"(?:,? (?:[\w().-]+ ){0,9}?(?:muestra|muestran|mostró|revela|revelan|reveló|indica|indican|indicó|concluye|concluyen|concluyó|estima"
            r"|estiman|señala|señalan|señaló|refleja|reflejan|demuestra|demuestran|demostró|apunta|apuntan|sostiene|advierte|publicad[oa]s?|realizad[oa]s?"
            r"|elaborad[oa]s?|difundid[oa]s?|presentad[oa]s?|oficial(?:es)?|provisional(?:es)?)\b| de la [A-Z]| del [A-Z])"
        ),
    ),
}
