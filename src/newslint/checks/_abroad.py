"""Which figures of German, French and Spanish copy an editor asks about: what `_figures.py` asks, from words of each language.

A figure is asked about where its sentence says what somebody must have counted or reckoned: a share of people, a number of
them, what was spent or lost, the dead; and where no word beside it is one of what anybody can look up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from newslint.expressions import IGNORECASE, compiled
from newslint.finding import Span
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re

    from newslint.article import Article
    from newslint.text.quantities import Quantity, QuantityKind

BESIDE = 60  # characters around a figure in which a word says what it is
BACK = 150  # characters before its sentence that are of the same subject
BEFORE = 40  # characters that stand right before a figure
ROW = 7  # numbers beside each other, which no sentence has
SMALL_CHANGE = 10_000  # of any currency: what is cheaper is a price, or what somebody earns
MANY = 1_000_000  # what nobody counts to the last one


class Usage(NamedTuple):
    """What tells figures apart in a language.

    Words in lower case: `public` beside what is counted in public, set or wanted, of any kind; `subjects` of sentences on
    markets, elections and games, or behind one; `spent` of sums that somebody has added up; `own` of whoever speaks of
    himself; `people` and what they have, and `whole` for all of them. Expressions, tried without case: `nations` for people
    by their country where spelling tells; `rough` and `limit` for what stands right before a number; `relative` for the
    beginning of a clause that says by the way what somebody is like, `sums` for that of a sentence that works something
    out; `some` for what may stand between a number and people, `of` between a share and them, `among` for a share of those
    just named, and for how one compares with another; `portion` for what is a share of people before it, `opinion` for
    what people are asked about; `changed` before a change; `known` before the dead of something that the reader has heard
    of, and `dated` in a sentence on what is long past; `to_come` before what has yet to come about, and `future` for verbs
    on both sides of it.
    """

    public: frozenset[str]
    subjects: frozenset[str]
    spent: frozenset[str]
    own: frozenset[str]
    people: frozenset[str]
    whole: frozenset[str]
    nations: str
    rough: str
    limit: str
    relative: str
    sums: str
    some: str
    of: str
    among: str
    portion: str
    opinion: str
    changed: str
    known: str
    dated: str
    to_come: str
    future: str


def is_asked_about(
    article: Article, quantity: Quantity, passage: tuple[int, int], sentence: Span, around: Span
) -> bool:
    """Whether an editor would ask who says so. `around`: the sentence, as far as it is read."""
    text, usage = article.text, USAGE[article.language]
    start, end = quantity.start, quantity.end
    low, high = max(around.start, start - BESIDE), min(around.end, end + BESIDE)
    near = _words(text[low:high])
    if not (near.isdisjoint(usage.public) and near.isdisjoint(usage.own)):
        return False
    before_it = max(passage[0], around.start - BACK)
    if not usage.subjects.isdisjoint(_words(text[before_it : around.end])):
        return False
    if (
        _is_table(text[low:high])
        or _is_capital(text[low:high])
        or _bygone().search(text, *around) is not None
    ):
        return False  # part of a table or a headline, or history
    before = text[max(around.start, start - BEFORE) : start]
    if _behind(usage.limit).search(before) is not None:
        return False
    if _at(usage.sums).match(text, sentence.start) is not None:
        return False
    clause = text.rfind(",", sentence.start, start) + 1
    if clause and _at(usage.relative).match(text, clause, start) is not None:
        return False
    if (
        _before_it(usage.to_come).search(text, around.start, start) is not None
        or _before_it(usage.future).search(text, around.start, start) is not None
        or _behind_it(usage.future).match(text, end, high) is not None
    ):
        return False
    return _OF_A_KIND[quantity.kind](_Place(article, text, quantity, usage, around, near, before))


class _Place(NamedTuple):
    """A figure where it stands. `before`: what stands right before it; `near`: the words beside it."""

    article: Article
    text: str
    quantity: Quantity
    usage: Usage
    around: Span
    near: frozenset[str]
    before: str

    @property
    def is_rough(self) -> bool:
        return _behind(self.usage.rough).search(self.before) is not None


def _is_sum_asked(place: _Place) -> bool:
    value = place.quantity.value or 0
    return value >= SMALL_CHANGE and not place.usage.spent.isdisjoint(place.near)


def _is_number_asked(place: _Place) -> bool:
    if not place.is_rough and (place.quantity.value or 0) < MANY:
        return False  # given to the last one: whoever counts so has counted himself
    return (
        place.usage.whole.isdisjoint(place.near)
        and _people(place.usage).match(place.text, place.quantity.end, place.around.end) is not None
    )


def _is_harm_asked(place: _Place) -> bool:
    usage = place.usage
    return (
        place.is_rough
        and _behind(f"(?:{usage.known})(?: {usage.rough})?").search(place.before) is None
        and _at(usage.dated).search(place.text, place.around.start, place.around.end) is None
    )


def _is_share_asked(place: _Place) -> bool:
    text, usage, quantity = place.text, place.usage, place.quantity
    if quantity.value == 100 or _is_of_a_poll(place):
        return False
    if _share(usage).match(text, quantity.end, place.around.end) is not None:
        return True
    before = text[place.around.start : quantity.start]
    words = _words(before)
    return not (words.isdisjoint(usage.people) and words.isdisjoint(usage.whole)) and (
        _behind(usage.changed).search(before) is not None
        or _at(usage.portion).search(before) is not None
    )


def is_share_of_people(article: Article, quantity: Quantity) -> bool:
    """Whether a figure is a share of people who are named right behind it."""
    usage = USAGE[article.language]
    return (
        quantity.kind in ("percent", "ratio")
        and _share(usage).match(article.text, quantity.end) is not None
    )


def _is_ratio_asked(place: _Place) -> bool:
    """A ratio in words may name those of whom it is: “un enfant sur cinq”, “deux fois plus d’enfants”."""
    text, usage, (start, end) = place.text, place.usage, place.quantity[:2]
    if _is_of_a_poll(place):
        return False
    if any(f"{word}s" in usage.people or word in usage.people for word in _words(text[start:end])):
        return True
    return _people(usage).match(text, end, place.around.end) is not None or _is_share_asked(place)


def _is_of_a_poll(place: _Place) -> bool:
    """Whether a share says what people think, in an article that speaks of a poll."""
    return (
        _at(place.usage.opinion).search(place.text, *place.around) is not None
        and place.article.credits.has_polls
    )


def _is_never_asked(place: _Place) -> bool:
    return False


_OF_A_KIND: Mapping[QuantityKind, Callable[[_Place], bool]] = {
    "money": _is_sum_asked,
    "percent": _is_share_asked,
    "ratio": _is_ratio_asked,
    "large": _is_number_asked,
    "casualty": _is_harm_asked,
    "points": _is_never_asked,
    "vote": _is_never_asked,
    "count": _is_never_asked,
    "measure": _is_never_asked,
    "rate": _is_never_asked,
}


def _is_table(text: str) -> bool:
    return len(_number().findall(text)) >= ROW


@cache
def _number() -> re.Pattern[str]:
    return compiled(r"\d[\d.,]*")


def _is_capital(text: str) -> bool:
    """Whether most letters are capitals, as in headlines that were joined to the copy."""
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(map(str.isupper, letters)) > len(letters)


def _words(text: str) -> frozenset[str]:
    return frozenset(_word().findall(text.lower()))


@cache
def _word() -> re.Pattern[str]:
    return compiled(r"[^\W\d_]+")


@cache
def _bygone() -> re.Pattern[str]:
    """A year of another century."""
    return compiled(r"\b1[5-9]\d\d\b")


@cache
def _people(usage: Usage) -> re.Pattern[str]:
    who = "|".join((*sorted(usage.people), *filter(None, [usage.nations])))
    return compiled(rf"{usage.some}(?:{who})n?\b", IGNORECASE)


@cache
def _share(usage: Usage) -> re.Pattern[str]:
    who = "|".join((*sorted(usage.people | usage.whole), *filter(None, [usage.nations])))
    return compiled(rf"(?:{usage.of}(?:{who})n?|{usage.among})\b", IGNORECASE)


@cache
def _behind(words: str) -> re.Pattern[str]:
    """What ends with the text."""
    return compiled(rf"(?:{words})\s?$", IGNORECASE)


@cache
def _at(words: str) -> re.Pattern[str]:
    return compiled(words, IGNORECASE)


@cache
def _before_it(words: str) -> re.Pattern[str]:
    return compiled(rf"\b(?:{words})\b[^.;:]{{0,90}}$", IGNORECASE)


@cache
def _behind_it(words: str) -> re.Pattern[str]:
    return compiled(rf"[^.,;:]{{0,{BESIDE}}}?\b(?:{words})\b", IGNORECASE)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


USAGE: Mapping[str, Usage] = {
    "de": Usage(
        public=_set(
            "wahl wahlen wahlkreis wahlbeteiligung stimmen stimmten abstimmung gesetz gesetzentwurf geplant geplante "
            "geplanten soll sollen sollte sollten werde könnte könnten müssen muss haushalt etat ziel preis preise preisgeld "
            "strafe geldstrafe bußgeld eintritt miete mieten kilometer strafgeld entspricht preisschild listenpreis rabatt "
            "umsatz gewinn zinsen zinssatz prognose sei seien habe hätten hätte wäre wären würde würden besteht bestehen "
            "beteiligung anteile aktionäre gesellschafter tochter verkaufspreis modell alkohol investieren investiert "
            "investition investitionen förderung fördert gefördert finanziert finanzieren zuschuss kredit darlehen kosten "
            "baukosten höchstens maximal mindestlohn lohn gehalt gehälter tarif steuer steuern mehrwertsteuer beitrag "
            "kapazität fläche hektar quadratmeter inflation inflationsrate arbeitslosenquote marktanteil vertrag auftrag akku "
            "luftfeuchtigkeit ermäßigung verdient verdienen verdiente rente renten monatlich brutto schlacht weltkrieg beute "
            "spende einsatz eingesetzt"
        ),
        subjects=_set(
            "aktie aktien index dax kurs kurse börse anleger rendite quartal auftragseingang umsatzplus konzern tor tore "
            "saison spiel spiele liga trainer bundesliga verzinst wirtschaftswachstum bip export exporte importe "
            "geschäftsjahr wahlergebnis hochrechnung zweitstimmen facebook twitter youtube instagram tiktok petition "
            "unterschriften video videos follower abonnenten aufrufe wahlbeteiligung stimmen wähler auszählung"
        ),
        spent=_set(
            "ausgegeben ausgaben gaben verloren verlor verlust verluste schaden schäden gestohlen erbeutet erbeuteten betrug "
            "veruntreut schulden verschuldet verschwendet eingenommen kostete kostet gekostet fehlen fehlten bezahlt zahlte "
            "zahlten gezahlt kassierte kassiert überwies überwiesen hinterzogen verschlungen verschlang verschuldung defizit"
        ),
        own=_set("ich mich mir mein meine wir uns unser unsere unserer unseren"),
        nations=r"",
        rough=r"\b(?:rund|etwa|mehr als|fast|knapp|über|mindestens|circa|ca\.|ungefähr|gut|weniger als|schätzungsweise|zirka|nahezu|an die|nur|lediglich)",
        limit=r"\b(?:bis zu|maximal|höchstens|vor|beschäftigt|umfasst|stadt mit|gemeinde mit|land mit|platz für|vertritt|restlichen|übrigen|anderen|die|den|der|diese|seine|ihre)(?: rund| etwa| mehr als| fast| knapp| über)?",
        sums=r"(?:Das (?:sind|ist|entspricht|macht)|Macht)\b",
        relative=r"\s*(?:der|die|das|dessen|deren|mit|darunter|davon)\b",
        people=_set(
            "menschen personen männer frauen kinder jugendliche erwachsene familien haushalte wohnungen häuser arbeitsplätze "
            "stellen jobs arbeiter arbeitnehmer beschäftigte beschäftigten mitarbeiter angestellte angestellten arbeitslose "
            "rentner studenten studierende studierenden schüler lehrer lehrkräfte ärzte patienten bauern landwirte "
            "unternehmen firmen betriebe demonstranten bürger deutsche deutschen europäer flüchtlinge migranten vertriebene "
            "obdachlose häftlinge gefangene soldaten polizisten zivilisten kämpfer opfer fälle geburten anzeigen straftaten "
            "einbrüche unfälle kunden verbraucher fahrgäste passagiere besucher touristen zuschauer nutzer leser eltern "
            "mieter fischer schulen autos fahrzeuge krankenhäuser kliniken kitas bäume wälder tiere vögel praxen anwohner "
            "anwohnerinnen bewohner gläubige anhänger unterstützer aktivisten russen ukrainer syrer palästinenser israelis "
            "amerikaner briten franzosen polen türken österreicher schweizer muslime christen juden anrufe beschwerden "
            "anträge verfahren taten todesfälle infektionen schülerinnen lehrerinnen ärztinnen grundschüler azubis "
            "auszubildende pflegekräfte pfleger reiche reichen arme armen jungen mädchen rentnern evakuierte betroffene "
            "betroffenen säuglinge senioren studentinnen kind mann frau familie haushalt patient student betrieb bürgerin "
            "junge raucher festnahmen entlassungen arten taxifahrer scheidungen abtreibungen angriffe bürgermeister "
            "antragsteller fans"
        ),
        whole=_set("bevölkerung einwohner jugend befragten"),
        of=r"\s(?:der|des|aller|von|dieser|ihrer|unserer)\s(?:[^\W\d_][\w-]*\s){0,2}?[^\W\d_]*?",
        some=r"\s(?:[^\W\d_][\w-]*\s){0,2}?[^\W\d_]*?",
        among=r"\s(?:von ihnen|davon|(?:mehr|weniger|häufiger|seltener) als)",
        opinion=r"\b(?:finden|befürworten|lehnen|halten|glauben|meinen|wünschen|vertrauen|zufrieden|unzufrieden|zufriedenheit|beliebt|meinung|dafür|dagegen|sprachen sich)\b",
        portion=r"\b(?:anteil|zahl|quote|prozentsatz|armutsquote)\b",
        changed=r"\b(?:um|plus von|minus von|anstieg von|rückgang von|gestiegen auf|gesunken auf|stieg auf|sank auf)(?: rund| etwa| mehr als| fast| knapp| über| gut)?",
        known=r"(?:\b(?:die|diese|nach|seit)|, bei de[mr])(?: \w+){0,2}",
        dated=r"\b(?:1[5-9]|20)\d\d\b|\bvor \w+ (?:Jahren|Monaten)\b|\bim vergangenen Jahr\b|\bdamals\b",
        to_come=r"soll|sollen|sollte|will|wollen|plant|planen|erwartet|erwarten|künftig|bis 20\d\d|ziel|wird|rechnet",
        future=r"(?:wird|werden|würde[nt]?|erwartete?n?|geplante?n?|zusätzliche?n?)\b",
    ),
    "fr": Usage(
        public=_set(
            "prix tarif tarifs loyer loyers amende amendes salaire salaires rémunération smic minimum minimale maximum "
            "maximale plafond plafonné seuil limite intérêt intérêts dividende capital actionnaire actionnaires rendement "
            "baril once cotation scrutin élu élue élus élues élection élections électoral électorale législatives municipales "
            "régionales européennes présidentielle sénatoriales référendum participation abstention vote votes voté votants "
            "siège sièges quorum loi décret amendement objectif objectifs budget budgets crédit crédits enveloppe subvention "
            "subventions subventionné subventionnée subventionnés finance financé financée financés financer financement "
            "investissement investissements investir investi investit prêt emprunt devis chantier travaux contrat contrats "
            "commande commandes sera seront doit doivent devra devront devrait devraient pourrait pourraient va vont prévu "
            "prévue prévus prévues aurait auraient serait seraient ferait feraient tva impôt impôts taxe taxes cotisation "
            "cotisations csg alcool humidité volume surface superficie hectares détient détenait détenu détenue filiale "
            "possède parts remise rabais promotion soldes réduction remboursé remboursée remboursement condamné condamnée "
            "peine rançon loterie doté dotée indemnités facture environnement signé gagne gagnent gagnait gagner perçoit "
            "perçoivent percevant touche touchent touchait pension pensions retraite mensuels mensuel brut brute bataille "
            "mondiale butin revendiqués interventions legs sinistre carrière bataclan participants participantes don dons "
            "déployé déployés mobilisés mobilisé mobilise dispositif parlement parlementaires référendums initiative racheté "
            "rachetée rachetés rachète"
        ),
        subjects=_set(
            "bourse indice cac actions marché marchés trimestre semestre bénéfice bénéfices affaires ventes exercice "
            "inflation pib croissance chômage déficit exportations importations excédent suffrages voix match matchs saison "
            "buts victoire ligue championnat coupe finale podium joueurs entraîneur tour bce vainqueur tournoi intérêts "
            "directeur directeurs facebook twitter youtube instagram tiktok pétition vidéo vidéos vues partages partagée "
            "partagées partagé signatures youtubeur internautes usagers actifs budget scrutin votes électeurs abstention "
            "dépouillement législatives cagnotte cagnottes lire"
        ),
        spent=_set(
            "dépensé dépensés dépense dépenses dépensent perdu perdus perdent perd pertes perte coûté coûte coûtent coûtait "
            "détourné détournés volé volés dérobé dérobés escroqué fraude fraudes dette dettes dégâts préjudice manque "
            "gaspillé gaspillage gâchis empoché englouti dilapidé payé payés paie paient payait donne donnent endettement "
            "endettée endetté évaporés disparu transféré transférés facturé facturés débloqués alloués"
        ),
        own=_set("je j nous notre nos mon ma mes vous votre vos"),
        nations=r"(?-i:[A-ZÉ])[^\W\d_]+s",
        rough=(
            r"\b(?:environ|près d(?:e |['’])|plus d(?:e |['’])|quelque|quelques|au moins|moins d(?:e |['’])|seuls|seules|seulement|presque|à peu près|autour de|de l['’]ordre de|pas moins de|quasi)"
        ),
        limit=(
            r"\b(?:jusqu['’]à|maximum de|plafond de|capacité d['’e]|accueillir|accueille|devant|emploie|employant|employait|compte|comptait|regroupe|(?:peuplé|habité|composé|formé)e?s? (?:de|d['’]|par)|représente|représentant"
            r"|population de|ville de|commune de|pays de|agglomération de|assemblée de|foule de|public de|à hauteur de|les autres|les|aux|des|ces|ses|leurs|nos)(?: environ| près de| plus de| quelque| au moins)?"
        ),
        sums=r"(?:Soit|Cela (?:fait|représente)|Ce qui (?:fait|représente))\b",
        relative=r"\s*(?:et )?(?:qui|dont|où|fort de|forte de|avec|lequel|laquelle|soit)\b",
        people=_set(
            "personnes gens hommes femmes enfants jeunes adultes adolescents mineurs bébés familles ménages foyers logements "
            "emplois postes salariés salariées employés travailleurs ouvriers fonctionnaires chômeurs retraités étudiants "
            "élèves lycéens collégiens enseignants professeurs médecins infirmiers infirmières soignants patients malades "
            "agriculteurs éleveurs entreprises commerces manifestants grévistes contribuables français françaises européens "
            "américains réfugiés migrants déplacés sans-abri détenus prisonniers soldats militaires policiers gendarmes "
            "civils rebelles combattants victimes cas décès naissances plaintes agressions cambriolages accidents infractions "
            "clients consommateurs usagers voyageurs passagers visiteurs touristes spectateurs utilisateurs lecteurs parents "
            "locataires pêcheurs riverains écoles voitures véhicules hôpitaux crèches associations arbres forêts animaux "
            "oiseaux résidents fidèles partisans sympathisants militants activistes syndiqués russes ukrainiens syriens "
            "palestiniens israéliens britanniques allemands espagnols italiens belges suisses canadiens québécois algériens "
            "marocains tunisiens musulmans chrétiens juifs appels signalements demandes dossiers incendies noyades suicides "
            "féminicides contaminations infections lycéennes étudiantes enseignantes soignantes auditeurs téléspectateurs "
            "bénévoles apprentis allocataires bénéficiaires assurés mal- logés maisons usines fermes exploitations ruraux "
            "urbains automobilistes cyclistes conducteurs piétons écoliers délogés sinistrés patrons cadres dirigeants "
            "smicards riches pauvres milliardaires seniors ados bacheliers adolescentes filles garçons fillettes nourrissons "
            "aînés lycées collèges chauffeurs interpellations arrestations fumeurs gardes contrôles licenciements "
            "hospitalisations espèces visites rendez-vous spectatrices maires demandeurs réfugiées riveraines"
        ),
        whole=_set("population habitants opinion"),
        of=r"\s(?:des\s|de\sla\s|de\sl[\'’]|du\s|d[\'’]entre\s|de\s(?:nos|leurs|ses|ces)\s|d[\'’]|de\s)(?:[^\W\d_][\w’\'-]*\s){0,2}?",
        among=r"\s(?:d['’]entre (?:eux|elles)|de (?:plus|moins)(?= qu))",
        opinion=r"\b(?:opinion|jugent|estiment|pensent|souhaitent|approuvent|soutiennent|favorables?|opposés|confiance|satisfaits?|mécontents|disent|déclarent|popularité|satisfaction|cote|intentions)\b",
        portion=r"\b(?:part|proportion|pourcentage|nombre|taux)\b",
        some=r"\s(?:de\s|d[\'’])?(?:[^\W\d_][\w’\'-]*\s){0,2}?",
        changed=(
            r"\b(?:pass(?:é|ée|és|ées|ant)|augmenté|progressé|bondi|grimpé|baissé|chuté|reculé|diminué|explosé|augmente|progresse|baisse|chute|recule|diminue|augmentation|progression|hausse|baisse|chute|recul"
            r"|diminution)(?: de)?(?: près de| plus de| environ| quelque)?"
        ),
        known=r"\b(?:(?:les|ces|leurs|après|depuis|dont|avait fait|avaient fait|avait tué|où)(?: \w+){0,2}|qui (?:a|ont|avait|avaient) (?:fait|tué|causé|coûté)(?: \w+){0,4})",
        dated=r"\b(?:1[5-9]|20)\d\d\b|\bil y a \w+|\bl['’](?:an|année) dernière?\b|\bà l['’]époque\b",
        to_come=(
            r"devrait|devraient|doit|doivent|va|vont|vise|visent|souhaite|souhaitent|veut|veulent|espère|espèrent|prévoit|prévoient|prévue?s?|attendue?s?|objectif|d['’]ici|propose|proposent"
            r"|s['’]engage"
        ),
        future=r"\w{2,}(?:era|eront|iront|dront|ira|dra|rait|raient)\b|(?:attendu|prévu|espéré|supplémentaire)e?s?\b",
    ),
    "es": Usage(
        public=_set(
            "precio precios tarifa tarifas alquiler alquileres multa multas salario salarios sueldo sueldos mínimo mínima "
            "máximo máxima tope límite interés intereses tipos dividendo dividendos capital accionista accionistas "
            "rentabilidad barril barriles onza cotización votos voto votación votó votaron escrutinio escrutado urnas "
            "elecciones electoral electorales comicios diputados escaños participación abstención referéndum referendo ley "
            "decreto enmienda objetivo objetivos meta presupuesto presupuestos presupuestario inversión inversiones invertir "
            "invirtió invertido financiación financiamiento financiar financiado financiada crédito créditos préstamo "
            "préstamos subvención subvenciones contrato contratos adjudicado adjudicación obra obras licitación aportación "
            "aportaciones será serán deberá deberán debe deben debería podrá podrán podría podrían prevé prevén previsto "
            "prevista previstos previstas va van tendrá tendrán habrá recibirá sería serían habría habrían tendría impuesto "
            "impuestos iva arancel aranceles posee controla filial propietario propietaria propiedad recompensa premio "
            "premios lotería sorteo condena condenado condenada fianza indemnización prisión descuento rebaja rebajas oferta "
            "hectáreas kilómetros superficie alcohol humedad acuerdo venta compra emisión firmado gana ganan ganaba cobra "
            "cobran percibe perciben pensión pensiones nómina mensuales mensual brutos batalla mundial botín donación "
            "donaciones desplegado desplegados dispositivo movilizado movilizados"
        ),
        subjects=_set(
            "bolsa bolsas índice ibex dax bonos acciones títulos cotizaba cotizaban divisas dólar mercado mercados trimestre "
            "semestre ejercicio beneficio beneficios neto neta ventas facturación ingresos inflación ipc pib crecimiento "
            "desempleo déficit superávit exportaciones importaciones toneladas cosecha sufragios goles gol liga temporada "
            "equipo jugadores torneo campeonato copa etapa facebook twitter youtube instagram tiktok petición vídeo video "
            "vídeos visualizaciones reproducciones firmas seguidores internautas pedidos inventarios duraderos presupuesto "
            "presupuestos votos escrutados electores abstención urnas comicios elecciones leer"
        ),
        spent=_set(
            "gastado gastados gastó gastaron perdido perdidos perdió perdieron pérdidas pérdida costado costó cuesta cuestan "
            "fraude fraudes robado robados robó robaron estafa estafado desviado desviados deuda deudas daños perjuicio "
            "perjuicios despilfarro malversado malversación pagó pagaron pagado pagados endeudamiento endeudado costaron "
            "evadido evadidos evadió malgastado facturado transferido transferidos"
        ),
        own=_set("yo nosotros nuestro nuestra nuestros nuestras mi mis usted ustedes"),
        nations=r"",
        rough=(
            r"\b(?:un[oa]s|cerca de|más de|casi|alrededor de|al menos|por lo menos|aproximadamente|menos de|en torno a|no menos de|cuando menos|s[oó]lo|apenas|tan s[oó]lo)"
        ),
        limit=(
            r"\b(?:hasta|máximo de|capacidad de|capacidad para|ante|emplea(?:n)?(?: a)?|cuenta con|agrupa|(?:habitad|poblad|integrad|formad|compuest)[oa]s? por|representa|representan|población de|ciudad de|país de|municipio de|restantes?|al|l[oa]s|es[oa]s|est[oa]s|sus)"
            r"(?: un[oa]s| cerca de| más de| casi| al menos)?"
        ),
        sums=r"(?:O sea|Es decir|Eso (?:supone|equivale|es)|Ello supone)\b",
        relative=r"\s*(?:y )?(?:que|cuy[oa]s?|donde|con|en l[oa]s? que)\b",
        people=_set(
            "personas hombres mujeres niños niñas menores jóvenes adultos ancianos adolescentes bebés familias hogares "
            "viviendas casas empleos puestos trabajadores trabajadoras empleados obreros funcionarios desempleados parados "
            "jubilados pensionistas estudiantes alumnos escolares maestros profesores docentes médicos pacientes enfermos "
            "agricultores ganaderos campesinos empresas comercios manifestantes huelguistas contribuyentes españoles "
            "mexicanos argentinos refugiados desplazados inmigrantes migrantes presos reclusos soldados militares policías "
            "agentes civiles rebeldes guerrilleros combatientes víctimas casos muertes nacimientos denuncias agresiones robos "
            "accidentes delitos clientes consumidores usuarios viajeros pasajeros visitantes turistas espectadores lectores "
            "vecinos padres inquilinos pescadores escuelas coches vehículos hospitales guarderías asociaciones árboles "
            "bosques animales aves residentes fieles simpatizantes activistas afiliados rusos ucranianos sirios palestinos "
            "israelíes británicos alemanes franceses italianos portugueses estadounidenses norteamericanos colombianos "
            "cubanos venezolanos peruanos chilenos bolivianos ecuatorianos uruguayos paraguayos brasileños marroquíes "
            "haitianos kurdos iraquíes iraníes chinos japoneses árabes musulmanes cristianos católicos judíos indígenas "
            "llamadas solicitudes expedientes incendios suicidios feminicidios contagios infecciones oyentes televidentes "
            "universitarios becarios beneficiarios asegurados granjas explotaciones conductores ciclistas peatones huérfanos "
            "heridos secuestrados exiliados emigrantes ricos pobres multimillonarios cuidadores chicas chicos universitarias "
            "afectados damnificados desalojados evacuados alumnas institutos fumadores detenciones detenidos arrestos "
            "despidos hospitalizaciones especies interrupciones abortos divorcios matrimonios visitas desahucios choferes "
            "taxistas aficionadas ataques bombardeos alcaldes solicitantes ateos creyentes"
        ),
        whole=_set("población habitantes"),
        of=r"\s(?:de\sl[oa]s|de\sla|del|de\ses[oa]s|de\sest[oa]s|de\ssus|de)\s(?:[^\W\d_][\w-]*\s){0,2}?",
        among=r"\s(?:de ell[oa]s|(?:más|menos) que)",
        opinion=r"\b(?:opinan?|creen?|piensan?|considera[n]?|aprueban?|apoyan?|rechazan?|favor|confianza|confía[n]?|dicen?|declara[n]?|popularidad|satisfacción|intención)\b",
        portion=r"\b(?:proporción|porcentaje|número|tasa)\b",
        some=r"\s(?:de\s)?(?:[^\W\d_][\w-]*\s){0,2}?",
        changed=(
            r"\b(?:aument(?:ó|ado|aron)|crec(?:ió|ido|ieron)|sub(?:ió|ido)|baj(?:ó|ado)|ca(?:yó|ído|yeron)|descend(?:ió|ido)|disminu(?:yó|ido)|redu(?:jo|cido)|increment(?:ó|ado|aron)|aumento"
            r"|incremento|descenso|caída|reducción|subida|alza|pas(?:ó|ado|aron|ando))(?: de| en| del)?(?: un| el)?(?: más de| casi| cerca de)?"
        ),
        known=r"\b(?:(?:l[oa]s|es[oa]s|est[oa]s|sus|tras|desde|donde|había dejado|en (?:el|la) que)(?: \w+){0,2}|que (?:dejó|dejaron|mató|mataron|causó|causaron|ha dejado|costó)(?: \w+){0,4})",
        dated=r"\b(?:1[5-9]|20)\d\d\b|\bhace \w+|\bel año pasado\b|\bentonces\b",
        to_come=(
            r"prevé|prevén|previst[oa]s?|espera|esperan|pretende|pretenden|quiere|quieren|va a|van a|objetivo|propone|proponen|busca|buscan|para"
        ),
        future=r"\w{2,}(?:ará|erá|irá|arán|erán|irán|drá|drán|ría|rían)\b|(?:previst|esperad)[oa]s?\b|adicionales\b",
    ),
}
