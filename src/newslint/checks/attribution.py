"""Rules on attribution: numbers, quotations and claims that nobody answers for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from newslint.article import Article, Block
from newslint.finding import Hit, Span
from newslint.rules import Case, rule
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from typing import Literal

    from newslint.text.credits import Credit, CreditKind
    from newslint.text.quantities import Quantity, QuantityKind

LONGEST_MESSAGE = 80
LONGEST_RANGE = 8  # characters between the two figures of a range
READABLE = 400  # characters around a figure that count as its sentence
BESIDE = 60  # characters around a figure in which a word says that it is counted in public
SHARES = frozenset(("percent", "ratio", "points"))
ASKED = frozenset(
    "adults voters respondents people Americans households residents likely registered randomly-selected interviews".split()
)
LONGEST_QUOTE = (
    2000  # characters before a figure in which a quotation may have begun that it stands in
)
NEWS = 5  # sentences before and behind the dead and injured of which a source may be named in one
FORWARD = 2
LEAD_FIGURES = 40  # no lead that somebody wrote has more
LEAD = 5
# How many sentences behind the name of a poll, and of a document, figures may stand that are taken from it.
POLL = {"likely": 8, "all": 0}
DOCUMENT = {"likely": 5, "all": 0}
SPOKEN = {"likely": 2, "all": 0}  # … behind a figure of the same family that somebody has said


@rule(
    "ATT101",
    "unattributed-number",
    severity="warning",
    languages=("en", "de", "fr", "es"),
    bad=[
        "Harbour at risk\n\nThe quay walls need repair. Fishing jobs depend on them, and ⟦62 percent⟧ of its families live below the poverty line.\n",
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. In der Stadt leben ⟦62 Prozent⟧ der Familien unter der Armutsgrenze.\n",
            language="de",
        ),
        Case(
            "Le port en danger\n\n« Nous devons aider ceux qui n'ont plus rien », a déclaré le maire, Ivo Sand.\n\n"
            "Dans la vieille ville, ⟦62 %⟧ des familles vivent dans la pauvreté.\n",
            language="fr",
        ),
        Case(
            "El puerto, en peligro\n\n«Tenemos que ayudar a los que no tienen nada», dijo el alcalde, Ivo Sand.\n\n"
            "En el casco viejo, el ⟦62 %⟧ de las familias vive en la pobreza.\n",
            language="es",
        ),
        Case(
            "Hafen in Not\n\n„Wir müssen denen helfen, die nichts mehr haben“, sagte Bürgermeister Ivo Sand.\n\n"
            "In der Altstadt leben ⟦62 Prozent⟧ der Familien in Armut.\n",
            language="de",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. ⟦62 %⟧ des Français rejettent le projet.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. ⟦62 pour cent⟧ des riverains rejettent le projet.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. ⟦Trois pêcheurs sur quatre⟧ ont quitté le port.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. ⟦La moitié⟧ des familles du port vivent dans la pauvreté.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Près de ⟦12 000⟧ personnes ont quitté la ville.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Plus de ⟦deux millions⟧ de visiteurs sont venus en juillet.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. La ville a perdu ⟦2,5 millions d'euros⟧ en un an.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. La tempête a fait au moins ⟦12⟧ morts.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Au moins ⟦douze⟧ personnes ont été blessées dans la nuit.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Le nombre de familles sans logement ⟦a doublé⟧.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Les cambriolages ont augmenté de ⟦40 %⟧ sur les quais.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. ⟦Un enfant sur cinq⟧ ne sait pas nager.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. ⟦Deux fois plus⟧ de femmes que d'hommes quittent le port.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Les femmes gardent le port, pour une paie ⟦20 %⟧ de moins que celle des hommes.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. La part des jeunes sans diplôme est passée de ⟦12 %⟧ à 18 %.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. La fraude coûte ⟦trois milliards d’euros⟧ par an.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Quelque ⟦40 000⟧ logements sont vides dans la région.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Le port a deux phares et un musée. Plus d'un pêcheur se plaint des vagues, et ⟦1,2 million⟧ de foyers vivent près de l'eau.\n",
            language="fr",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. El ⟦62 %⟧ de los vecinos rechaza el plan.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. El ⟦62 por ciento⟧ de las familias vive en la pobreza.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. ⟦Uno de cada cinco⟧ niños no sabe nadar.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. ⟦La mitad⟧ de los pescadores ha dejado el puerto.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. Más de ⟦12.000⟧ personas han dejado la ciudad.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. Unos ⟦dos millones⟧ de turistas llegaron en julio.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. El puerto perdió ⟦2.000 millones de euros⟧ en un año.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. El temporal dejó al menos ⟦12⟧ muertos.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. Murieron al menos ⟦12⟧ personas.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. Al menos ⟦doce⟧ personas resultaron heridas en la noche.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. El número de familias sin casa ⟦se ha duplicado⟧.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. Los robos aumentaron un ⟦40 %⟧ en los muelles.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. ⟦Siete de cada diez⟧ jóvenes quieren irse.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. ⟦Tres veces más⟧ mujeres que hombres dejan el puerto.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. La proporción de jóvenes sin estudios pasó del ⟦12 %⟧ al 18 %.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. El fraude cuesta ⟦3.000 millones de euros⟧ al año.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. Cerca de ⟦40.000⟧ viviendas están vacías en la región.\n",
            language="es",
        ),
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. ⟦62 Prozent⟧ der Anwohner lehnen den Plan ab.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. ⟦Jedes fünfte⟧ Kind kann nicht schwimmen.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. ⟦Drei von vier⟧ Fischern haben den Hafen verlassen.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. ⟦Die Hälfte⟧ der Familien lebt in Armut.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. Mehr als ⟦12.000⟧ Menschen haben die Stadt verlassen.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. Rund ⟦50.000⟧ Stromkunden sitzen im Dunkeln.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. Die Stadt hat ⟦2,5 Millionen Euro⟧ verloren.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. Bei dem Sturm starben mindestens ⟦12⟧ Menschen.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. Die Zahl der Einbrüche ist um ⟦40 Prozent⟧ gestiegen.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. ⟦Doppelt so viele⟧ Frauen wie Männer verlassen den Hafen.\n",
            language="de",
        ),
        Case(
            "# Harbour at risk\n\nThe walls are old. In [the harbour](/places/harbour) live ⟦62 percent⟧ of the families.\n",
            path="article.md",
        ),
        # One question a sentence, and one a range.
        "Harbour at risk\n\nBuyers spent ⟦$2 million⟧ to $5 million for the boats that 40,000 others had seen.\n",
        # What only looks like a credit: a noun, an adjective, a show, a plan of somebody.
        "Harbour at risk\n\nFishing advocates have left, and ⟦62 percent⟧ of the families live below the poverty line.\n",
        "Harbour at risk\n\nA self-published book on the walls came out in the town in which ⟦62 percent⟧ of the families are poor.\n",
        "Harbour at risk\n\nFamilies claiming allegiance to the founders are leaving, and ⟦62 percent⟧ of them are poor.\n",
        "Harbour at risk\n\nOnly two morning shows, ⟦62 percent⟧ repeats, came from the harbour.\n",
        Case(
            "Harbour at risk\n\nThe harbour is expected to show ⟦62 percent⟧ fewer boats in March.\n",
            options={"report": "all"},
        ),
        "Harbour at risk\n\nThe number of boats projected to leave has grown by ⟦62 percent⟧ in a year.\n",
        "Harbour at risk\n\nThe club has shed ⟦62 percent⟧ of its boats, with a list of names that shows its age.\n",
        "Harbour at risk\n\nThe clerk had to read all the papers, and ⟦62 percent⟧ of them were blank.\n",
        "Harbour at risk\n\nOne thing hasn't been reported: Of the boats, ⟦62 percent⟧ are gone.\n",
        "Harbour at risk\n\nStrong results from the north helped the fleet to grow by ⟦62 percent⟧ in a year.\n",
        "Harbour at risk\n\nThe town gets ⟦62 percent⟧ of its money from the pier, an arrangement the union has criticized.\n",
        "Harbour at risk\n\n“It rains,” Brook tweeted the day after about ⟦40,000⟧ boats had sunk.\n",
        Case(
            "Harbour at risk\n\nThe mayor has fallen to ⟦62 percent⟧ in the polls.\n",
            options={"report": "all"},
        ),
        Case("Harbour at risk\n\nThe council has ⟦12 seats⟧ to fill.\n", options={"report": "all"}),
        Case(
            "Harbour at risk\n\nBoats outnumber cars here ⟦3-1⟧ in winter.\n",
            options={"report": "all"},
        ),
        Case(
            "Harbour at risk\n\nThe share of owners saying “it is over” has grown by ⟦28 points⟧ since.\n",
            options={"report": "all"},
        ),
        "Harbour at risk\n\nEvery boat finds its way to a pier, and ⟦62 percent⟧ of the families are poor.\n",
        "Harbour at risk\n\nThe walls gave way in the night. At least ⟦12⟧ people were killed.\n",
        "Harbour at risk\n\nThe walls are old. More than ⟦40,000⟧ people saw them in May.\n",
        "Harbour at risk\n\nThe walls are old. A record ⟦2 million⟧ people saw them in May.\n",
        "Harbour at risk\n\nThe mayor came in May. Sailors in the crowd of about ⟦2,600⟧ waved.\n",
        "Harbour at risk\n\nThe walls are old. Ada Brook has given ⟦$60 million⟧ to the builders.\n",
        "Harbour at risk\n\nThe walls are old. The town has poured ⟦$2 million⟧ into them since May.\n",
        "Harbour at risk\n\nThe walls are old. The average family has spent ⟦$800⟧ since May.\n",
    ],
    good=[
        "Harbour at risk\n\nSome 62 percent of the town’s families live below the poverty line, according to the county.\n",
        "Harbour at risk\n\nThe walls were built in 1962 and are 40 metres long. The mayor, 51, lives at 12 Quay Street.\n",
        "Harbour at risk\n\n“We have lost 62 percent of our catch,” said Ada Brook, who has fished here for 30 years.\n",
        "Harbour at risk\n\nSome 62 percent of the town’s families live below the poverty line. A report by the county in April found that rents had doubled.\n",
        "Harbour at risk\n\nThe fleet has shrunk in Ostby, home to 30 percent of the county’s boats. Cod closed at $4.20, and hake fell by 12 percent.\n",
        "Harbour at risk\n\nOstby, a town of 12,000, is at risk. The 4,000-member union meets in March.\n",
        "Harbour at risk\n\nThe plan failed, 66 percent to 34 percent, and the walls stay as they are.\n",
        "Harbour at risk\n\nIn May, the mayor said 62 percent of the families were poor. That is 40,000 people.\n",
        "Harbour at risk\n\nAs the mayor noted, 62 percent of the families are poor.\n",
        "Harbour at risk\n\nAda Brook, head of the union, said the numbers of boats she saw were worse, and 62 percent were gone.\n",
        "Harbour at risk\n\nThe union argued that:\n\nOf the families, 62 percent are poor. Some $3 million are missing.\n",
        "Harbour at risk\n\nAda Brook: “The walls will not stand. In all, 62 percent of the families are poor.”\n",
        "Harbour at risk\n\n''Some 62 percent of the boats are gone,'' it added.\n",
        "Harbour at risk\n\nAda Brook has sued the town, listing more than $3 million of debt.\n",
        Case(
            "Harbour at risk\n\nThe mayor, a newcomer to the town, promised to replace 40,000 hulls.\n",
            options={"report": "all"},
        ),
        "Harbour at risk\n\nThe boats lay idle for the first half of the year.\n",
        Case(
            "# Harbour at risk\n\nOf the families, [62 percent live below the poverty line](https://example.org/poor).\n",
            path="article.md",
        ),
        Case(
            "# Harbour at risk\n\nOf the families, 62 percent are poor. The figures are in [a table](https://example.org/t.xlsx).\n",
            path="article.md",
        ),
        Case(
            "<h1>Harbour at risk</h1>\n<p>In <a href='https://stats.gov.example.gov/ostby'>Ostby</a>, 62 percent of the families are poor.</p>\n",
            path="article.html",
        ),
        # What an editor does not ask: results, taxes, stakes, limits, what the reader has heard of, what somebody pays himself.
        "Harbour at risk\n\nThe mayor beat Ada Brook 51 percent to 36 percent. Brook won just 3 percent on the quay.\n",
        "Harbour at risk\n\nBoats pay a 40 percent excise tax. The union has a 10.4 percent stake in the pier.\n",
        "Harbour at risk\n\nOwners must put down $2,000 for a berth. Dues are $612 a year.\n",
        "Harbour at risk\n\nThe storm, in which 84 people were killed, is on all minds.\n",
        "Harbour at risk\n\nWhen I add it all up, the walls have cost me $500,000.\n",
        "Harbour at risk\n\nA survey by the county asked the town about its walls. They are old, it is cold, and it rains.\n\n"
        "The boats are old.\n\nThe quay is old.\n\nMen under 35 prefer new walls by 12 percent.\n",
        "Harbour at risk\n\nThe fund is for families with incomes under $47,000. For every $10,000 you borrow, it asks for a point more.\n",
        "Harbour at risk\n\nOn Friday, in a talk on the quay, the mayor boasted of his skill in saving $25 million on the walls.\n",
        "Harbour at risk\n\nThe runners came in as follows: 7 Jon Brook. 8 Rand Brook. 9 Ada Brook.\n",
        "Harbour at risk\n\nBrook now has 1,410 delegates, a record for the county. It takes 2,383 to win.\n",
        # What can be looked up: prices, offers, limits, what is set or agreed on.
        "Harbour at risk\n\nA berth costs $1,900, and the cheapest boat sells for $20,000. Tickets have lost $2 since May.\n",
        "Boats on offer\n\nThe Ada now goes for $499.99. The Bea goes for $599.99, and the Cis for $649.99. The Dot is at $349.99, the Eve at $249.99.\n"
        "Sails are 62 percent down.\n",
        "Harbour at risk\n\nThe town takes gifts of up to $5 million. It has raised the minimum to $2 million.\n",
        "Harbour at risk\n\nThe town has lost an $11 million (£9 million) suit. It owes the builder $2 million (£1.5 million).\n"
        "A poll by the county found as much.\n",
        "Harbour at risk\n\nThe number of boats is set to grow by 62 percent. Men are to be 62 percent of the crews.\n",
        "Harbour at risk\n\nThe number of boats ought to be doubled. The rent is due to rise by 4.8 percent, for a share of 62 percent.\n",
        # What the story has said, or whoever speaks: quotations that run on, what “it” is, what a casualty is known by.
        'Harbour at risk\n\n"The walls are old. "Some 62 percent of them are hollow.\n',
        "Harbour at risk\n\nThe fleet is shrinking, Ada Brook said on the quay. It has lost 62 percent of its boats.\n",
        "Harbour at risk\n\nThe walls gave way in the night, the police said. More than 12 people were killed.\n",
        "Harbour at risk\n\nThe union, a club of crews, claims an audience of about 40,000 listeners.\n",
        "Harbour at risk\n\nThe cost estimates have been between $8 million and $12 million.\n",
        "Harbour at risk\n\nThe valuations for the pier range from $75 million to $85 million.\n",
        "Harbour at risk\n\nShe will give 40 percent of the boats to the town, 62 percent to the crews.\n",
        "Harbour at risk\n\nThe town has poured nearly $2 million by 2031 into the walls, of an economy of which hulls make up a third.\n",
        "Harbour at risk\n\nThe county estimates that the fleet costs a lot of money (£2 million; $3 million), or about 62 percent of all its money.\n",
        "Harbour at risk\n\nThe walls are hollow, said a county report. The sea is at work. Of the stones, 62 percent are loose.\n",
        # What an exact count says of whoever has counted, how large something is by the way, what all can measure.
        "Harbour at risk\n\nThe union met in May. The clerk has written to 40,213 members.\n",
        "Harbour at risk\n\nAbout 40,000 people live in Tarn. The pier, home to nearly 2,000 families, is old.\n",
        "Harbour at risk\n\nThe mayor told about 4,000 people of contracts covering some 5,000 workers.\n",
        "Harbour at risk\n\nHulls cover 62 percent of the water. The union has half of that sum.\n",
        "Harbour at risk\n\nThe pier is twice the size of the quay, and the union leads by five percentage points.\n",
        "Harbour at risk\n\nShe won the 5,000m title. It holds a 4-in-1 sail, and a quarter century has gone by.\n",
        # No sentence, no report: labels, lists, games, balance sheets, advice to the reader.
        "Harbour at risk\n\nTurnout on the quay: 62 percent\n",
        Case(
            "# Harbour at risk\n\nIn brief:\n\n- Of the families, 62 percent are poor.\n- It rains.\n",
            path="article.md",
        ),
        "Boat wins\n\nThe coach put his squad on the boat for the first match of the season. It has won half the races of the league.\n"
        "The team met in May, and 62 percent of its throws were good.\n",
        "Boats sell\n\nThe firm, a maker of boats, is the target of a takeover bid by its rival. Shareholders wait for an offer.\n"
        "Of its hulls, 62 percent are new.\n",
        "How to sail\n\nYou need a boat. Your boat needs you, and you need your crew. Of all boats, 62 percent are old.\n",
        # A source that is given once is given for the same figure in the deck, and wherever it comes up again.
        Case(
            "---\ntitle: Forty thousand boats\ndescription: Some 40,000 boats are gone, and 62% of the families are poor\n---\n\n"
            "The mayor, Ada Brook, said that 40,000 ships had been sold. Of the families, 62 percent are poor, said the county.\n\n"
            "The quay walls are old.\n\nThe 40,000 boats will be missed.\n",
            path="article.md",
        ),
        Case(
            "Hafen in Not\n\nNach Angaben des Kreises leben 62 Prozent der Familien unter der Armutsgrenze. Der Kai von 1962 ist 40 Meter lang.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nEin Platz kostet 500 Euro. Der Kai besteht zu 62 Prozent aus Granit. Die Boote seien zu 62 Prozent alt.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDer Kreis hat die Boote gezählt, sagte Ada Brook. In der Stadt leben 62 Prozent der Fischer.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDie Werft meldet für das Jahr Kosten von 64,2 Mrd. Euro. Es regnet.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. 62 Prozent der Anwohner lehnen den Plan ab, teilte der Kreis mit.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. Laut Kreis haben mehr als 12.000 Menschen die Stadt verlassen.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. Die Stadt hat rund 12.000 Einwohner. Die Miete ist um 40 Prozent gestiegen.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. Rund 12.000 Zuschauer sahen das Spiel, drei von vier Fans reisten an.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. Mehr als 12.000 Besucher werden erwartet. Bis 2031 soll die Hälfte der Schüler schwimmen können.\n",
            language="de",
        ),
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. Die Aktie hat 62 Prozent verloren. Der Schaden von 500 Euro ist klein.\n",
            language="de",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Selon le comté, 62 % des Français rejettent le projet.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. D’après une étude de l'université de Tarn, 62 % des Français rejettent le projet.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. 62 % des riverains rejettent le projet, a déclaré la maire, Ada Brook.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. « Nous avons perdu 62 % de nos bateaux et plus de 12 000 emplois », a expliqué Ada Brook.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Les chiffres de l'Insee sont là. Plus de 12 000 personnes ont quitté la ville.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Une enquête du comté porte sur les quais. Les murs sont creux, il fait froid, et 62 % des jeunes se disent inquiets.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Plus de 12 000 familles auraient quitté la ville.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. La liste de la maire a obtenu 62 % des voix. Elle a pris la moitié des villages.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. L'action a perdu 62 % de sa valeur à la Bourse, et la moitié des salariés en ont.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Le match a attiré plus de 12 000 spectateurs.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. La commune compte près de 12 000 habitants. La région a une population de plus de deux millions de personnes.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Une place coûte 500 euros par an. L'amende est de 2,5 millions d'euros.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Le quai date de 1962 et mesure 40 mètres. La maire a 51 ans, et il lui reste un quart d'heure.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. La tempête a fait 12 morts. Les attaques qui ont fait plus de 40 morts sont dans tous les esprits.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. La vidéo a été vue par plus de deux millions de personnes.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Le projet devrait attirer plus de 12 000 visiteurs. Plus de 40 000 touristes sont attendus en juillet.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. Plus de 60 000 soldats sont morts ici entre 1914 et 1918.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. PLUS DE 12 000 PERSONNES QUITTENT LA VILLE APRÈS LA TEMPÊTE DE MAI.\n",
            language="fr",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. Según el condado, el 62 % de los vecinos rechaza el plan.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. De acuerdo con un estudio de la universidad, el 62 % de los vecinos rechaza el plan.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. El 62 % de los vecinos rechaza el plan, dijo la alcaldesa, Ada Brook.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. «Hemos perdido el 62 % de los barcos y más de 12.000 empleos», explicó Ada Brook.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. Las cifras del condado están claras. Más de 12.000 personas han dejado la ciudad.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. Una encuesta del condado preguntó por los muelles. Los muros son viejos, hace frío, y el 62 % de los jóvenes rechaza el plan.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. Más de 12.000 familias habrían dejado la ciudad.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. La lista de la alcaldesa obtuvo el 62 % de los votos, y la mitad de los pueblos.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. Las acciones perdieron el 62 % de su valor en la Bolsa, y la mitad de los empleados las tiene.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. El partido de liga reunió a más de 12.000 espectadores.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. La ciudad tiene una población de más de dos millones de personas.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. Una plaza cuesta 500 euros al año. La multa es de 2,5 millones de euros.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. El muelle es de 1962 y mide 40 metros. La alcaldesa tiene 51 años, y es un milagro.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. El temporal dejó 12 muertos. Los ataques que dejaron más de 40 muertos están en la memoria.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. El vídeo lo han visto más de dos millones de personas.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. El plan atraerá a más de 12.000 visitantes. Se espera a más de 40.000 turistas.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. Más de 60.000 soldados murieron aquí entre 1914 y 1918.\n",
            language="es",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. Sólo el fraude es cifrado en más de 3.000 millones de euros por el Tribunal de Cuentas.\n",
            language="es",
        ),
        Case(
            "Le port en danger\n\nLe quai est vieux. En mai, 1 256 livres de bord auraient été perdus.\n",
            language="fr",
        ),
        Case(
            "Le port en danger\n\nLa ville a perdu 2,5 millions d'euros, selon le rapport du comté. Le quai date de 1962.\n",
            language="fr",
        ),
        Case(
            "El puerto en peligro\n\n«Hemos perdido 12.500 barcos», dijo Ada Brook. El muelle es de 1962.\n",
            language="es",
        ),
    ],
)
def unattributed_number(
    article: Article, *, report: Literal["likely", "all"] = "likely"
) -> Iterator[Hit]:
    """A figure has no source.

    Readers will ask who says so, and whoever repeats the story cannot check it. By default only what an editor would ask
    about is reported: in news, not in games, markets, balance sheets and advice; no prices, plans, results, limits,
    samples, nor what somebody has counted to the last one. `report = "all"` reports every figure that no source carries.
    """
    import newslint.checks._figures as figures

    left = frozenset(_without_credit(article)) if report == "likely" else frozenset()
    if report == "likely" and not left:
        return
    claims = article.striking_quantities if report == "likely" else article.quantities
    if report == "likely" and figures.lists_prices(article, claims):
        return  # what is on offer, and for how much
    last = None
    is_news: bool | None = None
    told_first: frozenset[QuantityKind] | None = None
    told = 0  # up to where: one question about a sentence is enough
    for quantity in claims:
        if quantity.start < told:
            continue
        if (
            last is not None
            and quantity.start - last.end < LONGEST_RANGE
            and (_is_range(article.text[last.end : quantity.start]))
        ):
            last = quantity
            continue  # “$2 million to $5 million”
        if report == "likely" and (quantity not in left or _is_listed(article, quantity)):
            continue
        credits = _credits_near(article, quantity, report)
        if any(_answers(credit, quantity, report) for credit in credits):
            continue
        if report == "likely" and _is_named_next(article, quantity):
            continue
        if article.credits.carried(quantity, claims, spoken=SPOKEN[report]) is not None:
            continue
        if report == "likely":
            if _goes_on(article, quantity):
                continue
            if article.language != "en":
                told_first = _kinds_of_lead(article) if told_first is None else told_first
                if not told_first.isdisjoint(
                    SHARES if quantity.kind in SHARES else (quantity.kind,)
                ):
                    continue
            if is_news is None:
                from newslint.checks._stories import is_report

                is_news = is_report(article)
            if not is_news:
                return
        last = quantity
        if report == "likely":
            sentence = article.sentence_at(quantity.start)
            told = sentence.end if sentence is not None else quantity.end
        near = article.credits.nearest(quantity.start)
        message = f"who says so? no source for “{article.text[quantity.start : quantity.end]}”"
        yield article.finding(
            (quantity.start, quantity.end),
            message + _but(article, near, LONGEST_MESSAGE - len(message)),
            related=[near.cue] if near is not None else (),
        )


def _without_credit(article: Article) -> Iterator[Quantity]:
    """The figures that an editor would ask about and that no credit in their sentence answers for.

    All that is told by the sentence alone, before anybody has to know what is a paragraph.
    """
    import newslint.checks._figures as figures

    for figure in article.striking_figures:
        where = figures.asked_about(article, figure)
        if where is None:
            continue
        credits = article.credits.covering(figure.start, figure.end, where.sentence)
        if not any(
            _answers(credit, figure, "likely") for credit in credits
        ) and not figures.is_settled_before(article, figure, where):
            yield figure


def _is_listed(article: Article, quantity: Quantity) -> bool:
    block = article.block_at(quantity.start)
    return block is not None and block.kind == "list-item"


def _is_range(between: str) -> bool:
    return between.strip(" ") in ("to", "and", "or", "from", "-", "–")


def _but(article: Article, near: Credit | None, room: int) -> str:
    """The credit that stands nearest, and why it answers for something else. `room`: characters left for it."""
    if near is None:
        return ", nor any near it"
    if near.kind == "mention":
        why = "names no source"
    elif near.distance == 0:
        why = "covers other words"
    else:
        why = f"is {near.distance} {'sentence' if near.distance == 1 else 'sentences'} back"
    cue = article.text[near.cue.start : near.cue.end]
    whole = _with_name(article, near.cue)
    room -= len(f"; “” {why}")
    return f"; “{whole if len(whole) <= room else cue}” {why}"


def _with_name(article: Article, cue: Span) -> str:
    """A cue with the name or pronoun that stands beside it: “Brook said”, “said Brook”."""
    text = article.text
    words = text[cue.start : cue.end]
    before = text[max(0, cue.start - BESIDE) : cue.start].split(" ")[-2:]
    if len(before) == 2 and not before[1] and (before[0].istitle() or before[0] in _PRONOUNS):
        return f"{before[0]} {words}"
    behind = text[cue.end : cue.end + BESIDE].split(" ")[1:2]
    if behind and text[cue.end : cue.end + 1] == " ":
        name = behind[0].rstrip(".,;:)”’\"'")
        return f"{words} {name}" if name.istitle() and name.isalpha() else words
    return words


_PRONOUNS = frozenset("he she it they".split())


def _goes_on(article: Article, quantity: Quantity) -> bool:
    """Whether a figure stands in a quotation, or goes on with what somebody has just said.

    So does one on the dead and the injured, and one of a sentence that begins with “it” or “they”.
    """
    start, end = quantity.start, quantity.end
    block = article.block_at(start)
    if (
        block is None
        or article.credits.is_quoted(start, end)
        or _is_open(article.text[max(block.start, start - LONGEST_QUOTE) : start])
    ):
        return True
    if quantity.kind == "casualty":
        return any(article.credits.of(start, end, sentences=NEWS, paragraphs=3)) or any(
            article.credits.behind(end, NEWS, across=True)
        )
    sentence = article.sentence_at(start)
    if sentence is None:
        return False
    if article.language != "en":
        from newslint.checks._abroad import is_share_of_people

        # A new paragraph on how many people are so or so is seldom still what somebody has said in the one before.
        back = 0 if is_share_of_people(article, quantity) else 1
        return any(article.credits.of(start, end, sentences=SPOKEN["likely"], paragraphs=back))
    if _is_in_quotes(article.text, sentence) and any(
        article.credits.of(start, end, sentences=SPOKEN["likely"], paragraphs=1)
    ):
        return True
    if _goes_back().match(article.text, sentence.start) is None:
        return False
    return any(article.credits.of(start, end, sentences=1, paragraphs=0))


def _kinds_of_lead(article: Article) -> frozenset[QuantityKind]:
    """The kinds of the figures with which a story opens and that have a source: it tells what that source has found."""
    lead = article.paragraphs[0].end if article.paragraphs else 0
    return frozenset(
        figure.kind
        for figure in article.striking_quantities[:LEAD_FIGURES]
        if figure.end <= lead
        and (
            any(article.credits.of(figure.start, figure.end, sentences=1, paragraphs=0))
            or any(article.credits.behind(figure.end, 1))
        )
    )


def _is_in_quotes(text: str, sentence: Span) -> bool:
    """Whether some words of a sentence are quoted, so that whoever has just spoken says the rest too."""
    return any(text.find(mark, sentence.start, sentence.end) >= 0 for mark in '“"')


def _is_open(before: str) -> bool:
    """Whether a quotation is open at the end of what a paragraph begins with: the last mark opens one, closed or not."""
    at = max(before.rfind(mark) for mark in '“”"')
    if at < 0 or before[at] != '"':
        return at >= 0 and before[at] == "“"
    return at == 0 or before[at - 1].isspace() or before[at - 1] in "(—–"


@cache
def _goes_back() -> re.Pattern[str]:
    """How a sentence begins that is about what the one before is about."""
    from newslint.expressions import compiled

    return compiled(
        r"(?:But |And )?(?:It|Its|They|Their|These|Those|This|That|Such|Each|Both|Half|Most|The (?:alternative|difference|figure|number|total|rest|rate|sum|increase|decline|drop|rise))\b"
    )


def _is_named_next(article: Article, quantity: Quantity) -> bool:
    """Whether what follows a figure names its source, as what follows a lead does for all of it."""
    paragraphs = article.paragraphs
    is_lead = bool(paragraphs) and quantity.end <= paragraphs[0].end
    sentences = LEAD if is_lead else FORWARD
    return any(
        credit.kind != "mention"
        for credit in article.credits.behind(quantity.end, sentences, across=is_lead)
    )


def _credits_near(article: Article, quantity: Quantity, report: str) -> Iterator[Credit]:
    """The credits that may answer for a figure, as far as any may reach it."""
    start, end = quantity.start, quantity.end
    if quantity.kind in SHARES and article.credits.has_polls:
        return article.credits.of(start, end, sentences=POLL[report], speech=False)
    return article.credits.of(start, end, sentences=DOCUMENT[report], paragraphs=1, speech=False)


def _answers(credit: Credit, quantity: Quantity, report: str) -> bool:
    """Whether a credit answers for a figure at its distance."""
    is_share = quantity.kind in SHARES
    if credit.kind == "mention" and (report == "all" or not (is_share or quantity.unit in ASKED)):
        return False
    if credit.kind == "poll" and report == "all" and not is_share:
        return False
    if credit.distance == 0:
        return True
    if credit.kind in ("poll", "mention"):
        return quantity.kind in SHARES and credit.distance <= POLL[report]
    return (
        credit.kind == "document" and credit.distance <= DOCUMENT[report] and credit.paragraphs <= 1
    )


# ------------------------------------------------------------------ quotations

MARKS = frozenset("\"“”„«»'‘’`")
_ENDS = frozenset(".!?…,")  # of what is said, before the mark
_PARTNERS = {"“": "”", '"': '"', "„": "“", "«": "»"}
LEAST_WORDS = {"likely": 6, "all": 4}
LEAST_BEFORE = 40  # characters of a paragraph that leads to a quotation; what is shorter is a label


@rule(
    "ATT102",
    "unattributed-quote",
    severity="warning",
    languages=("en", "de", "fr", "es"),
    anchors=("“", '"', "‘", "''", "«", "„"),
    bad=[
        "Harbour at risk\n\nThe quay walls are older than the town hall.\n\n"
        "⟦“Nobody has looked at these walls since my grandfather built the last of them.”⟧\n\n"
        "The council meets again in March, and the harbour is on its list.\n",
        # Who leads the union has not said it, as far as readers can tell, nor has whoever speaks behind it.
        "Harbour at risk\n\nAda Brook leads the union. The quay walls are older than the town hall, and the sea is at work.\n\n"
        "⟦“Nobody has looked at these walls since my grandfather.”⟧\n\n"
        "The council meets again in March, Jon Brook said.\n",
        Case(
            "Hafen in Not\n\nDie Kaimauern sind älter als das Rathaus.\n\n"
            "⟦„Niemand hat sich diese Mauern angesehen, seit mein Großvater die letzte davon gebaut hat.“⟧\n\n"
            "Der Rat tagt wieder im März, und der Hafen steht auf seiner Liste.\n",
            language="de",
        ),
        Case(
            "Le port en danger\n\nLes murs du quai sont plus vieux que la mairie, et la mer les ronge depuis cent ans.\n\n"
            "⟦« Personne n'a regardé ces murs depuis que mon grand-père a construit le dernier. »⟧\n\n"
            "Le conseil se réunit en mars, et le port est sur sa liste.\n",
            language="fr",
        ),
        Case(
            "El puerto en peligro\n\nLos muros del muelle son más viejos que la alcaldía, y el mar los roe desde hace cien años.\n\n"
            "⟦«Nadie ha mirado estos muros desde que mi abuelo construyó el último.»⟧\n\n"
            "El consejo se reúne en marzo, y el puerto está en la lista.\n",
            language="es",
        ),
    ],
    good=[
        "Harbour at risk\n\n“Nobody has looked at these walls since my grandfather built the last of them,” said Ada Brook.\n",
        "Harbour at risk\n\nAda Brook has fished here for 30 years.\n\n“Nobody has looked at these walls since my grandfather built them,” she said.\n\n“They will not stand another winter like the last one, and everybody in the town hall knows it.”\n",
        "Harbour at risk\n\nThe film “The Wall That My Grandfather Built by the Sea in Winter” opens on Friday.\n",
        "Harbour at risk\n\nThe sign on the quay is plain: “No mooring, no fishing and no swimming from these walls until further notice.”\n",
        # Somebody stands near who can have said it, or is asked; and what opens the copy is set apart from it.
        "Harbour at risk\n\nAda Brook stood up at last.\n\n“Nobody has looked at these walls since my grandfather built the last of them.”\n\nThe quay is old.\n",
        "Harbour at risk\n\nWho looks after the walls?\n\n“Nobody has looked at these walls since my grandfather built the last of them.”\n\nThe quay is old.\n",
        "Harbour at risk\n\n“Nobody has looked at these walls since my grandfather built the last of them.”\n\nThe quay is old.\n",
        # What follows takes it up or signs it, and a tag that the marks have swallowed is one.
        "Harbour at risk\n\nThe quay walls are older than the town hall, and the sea has been at them for years.\n\n"
        "“Nobody has looked at these walls since my grandfather built the last of them.”\n\nThat was how the union put it in May.\n",
        "Harbour at risk\n\nThe quay walls are older than the town hall, and the sea has been at them for years.\n\n"
        "“Nobody has looked at these walls since my grandfather built them, said Brook, who runs the pier.”\n\nThe quay is old.\n",
        "Harbour at risk\n\nThe quay walls are older than the town hall, and the sea has been at them for years.\n\n"
        "“Nobody has looked at these walls since my grandfather built the last of them.”\n\nAda Brook, of the union\n\nThe quay is old.\n",
        Case(
            "Hafen in Not\n\nAda Brook ist Fischerin.\n\n„Niemand hat sich diese Mauern angesehen, seit mein Großvater die letzte davon gebaut hat“, sagte sie.\n",
            language="de",
        ),
        Case(
            "Le port en danger\n\n« Personne n'a regardé ces murs depuis que mon grand-père a construit le dernier », a déclaré Ada Brook.\n",
            language="fr",
        ),
        Case(
            "El puerto en peligro\n\nLos muros del muelle son más viejos que la alcaldía, y el mar los roe desde hace cien años.\n\n"
            "«Nadie ha mirado estos muros desde que mi abuelo construyó el último», dijo Ada Brook.\n",
            language="es",
        ),
    ],
)
def unattributed_quote(
    article: Article, *, report: Literal["likely", "all"] = "likely"
) -> Iterator[Hit]:
    """A quotation has no speaker.

    Readers cannot tell whose words they are, and words without an owner are nobody's responsibility. By default only
    quotations are reported that fill their paragraphs, and before which nobody speaks or is named last. `report = "all"`
    reports every quotation of four words and more that no credit carries.
    """
    text = article.text
    is_likely = report == "likely"
    for span in _filling_paragraphs(article) if is_likely else article.quotes.speech:
        block = article.block_at(span.start)
        if block is None or block.kind not in ("paragraph", "list-item"):
            continue
        words = text[span.start : span.end].split()
        if len(words) < LEAST_WORDS[report] or _is_a_name(words):
            continue
        if is_likely and not _stands_alone(article, span.start, span.end):
            continue
        if article.credits.speaker(span) is not None:
            continue
        near = article.credits.nearest(span.start)
        message = "who says so? no speaker for this quotation"
        yield article.finding(
            span,
            message + _but(article, near, LONGEST_MESSAGE - len(message)),
            related=[near.cue] if near is not None else (),
        )


def _filling_paragraphs(article: Article) -> Iterator[Span]:
    """The quotations before and behind which nothing stands in the paragraphs that they begin and end in.

    Only those before which no speaker is named; told by single marks before any is read in its context.
    """
    text, passages = article.text, article.passages
    quoted = [number for number, (start, _) in enumerate(passages) if text[start] in MARKS]
    for number in quoted:
        start, end = passages[number]
        opening = text[start]
        rest = text[start + 1 : end]
        if rest[-1:] not in MARKS and ("”" in rest or '"' in rest or "“" in rest or "»" in rest):
            continue
        if opening in _PARTNERS and _PARTNERS[opening] in rest[:-1]:
            continue
        if number and _may_speak(article, passages[number - 1]):
            continue
        is_closed = rest[-1:] in MARKS
        if is_closed and number + 1 < len(passages) and text[passages[number + 1][0]] in MARKS:
            continue  # another one takes it up
        span = article.quotes.around(start, start + 1)
        if span is not None and span.start == start:
            last = article.passage_at(span.end - 1)
            if last is not None and not text[span.end : last[1]].strip():
                yield span


def _is_a_name(words: list[str]) -> bool:
    """Whether words are set like the title of a work: nearly all with a capital."""
    capitals = sum(word.strip("“\"'‘«„(")[:1].isupper() for word in words)
    return capitals > 0.6 * len(words)


def _stands_alone(article: Article, start: int, end: int) -> bool:
    """Whether nothing near a quotation can be its credit: nobody stands before it, and what follows does not take it up.

    What opens the copy is set apart as a page does it, what follows a question answers it, and what a mark does not end
    is signed on the next line.
    """
    text = article.text
    index = next(
        (i for i, block in enumerate(article.blocks) if block.start <= start < block.end), -1
    )
    before = article.blocks[index - 1] if index else None
    last = next(i for i in range(index, len(article.blocks)) if article.blocks[i].end >= end)
    behind = article.blocks[last + 1] if last + 1 < len(article.blocks) else None
    if before is None or before.kind not in ("paragraph", "list-item"):
        return False
    if text[end - 1] not in MARKS or text[start : end - 1].rstrip()[-1] not in _ENDS:
        return False
    if (
        _may_speak(article, (before.start, before.end))
        or _tagged_inside().search(text, start, end) is not None
    ):
        return False
    return behind is None or not _takes_up(article, behind)


def _may_speak(article: Article, passage: tuple[int, int]) -> bool:
    """Whether whoever speaks next can be told from a paragraph: somebody speaks in it, or is named at its end."""
    start, end = passage
    said = article.text[start:end]
    if (
        len(said) < LEAST_BEFORE
        or said.endswith((":", "?", "…", "..."))
        or said[:1] in MARKS
        or not _SPEAKS.isdisjoint(article.words_in(start, end))
        or any(sign in said for sign in _SPEAKING_SIGNS)
        or _somebody().search(said, said.rfind(". ") + 1) is not None
    ):
        return True
    from newslint.checks._figures import is_whole

    if not is_whole(article.text, start, end):
        return True
    low, high = article.sentences_between(passage)[-1] if article.language == "en" else passage
    return _somebody().search(article.text[low:high]) is not None or (
        article.credits.speaks_in(start, end)
    )


def _takes_up(article: Article, block: Block) -> bool:
    """Whether a paragraph goes on with the quotation before it, or is a signature under it."""
    from newslint.checks._figures import is_whole

    said = article.text[block.start : block.end]
    if (
        not said[0].isupper()
        or not is_whole(article.text, block.start, block.end)
        or _back_to_it().match(said) is not None
    ):
        return True
    return article.language != "en" and (
        _somebody().search(said) is not None or article.credits.speaks_in(block.start, block.end)
    )


@cache
def _back_to_it() -> re.Pattern[str]:
    """How a sentence begins that is about the words before it: “That was how …”."""
    from newslint.expressions import compiled

    return compiled(
        r"(?:That|So|Such|Those|These|It|This|The (?:quot\w+|lines?|words?|remarks?|comments?|statements?|messages?|tweets?)|Das|So|Dieser?|Dieses|Mit diesen"
        r"|C['’]est|Ce|Cette|Ces|Voilà|Ainsi|Eso|Esto|Así|Es[at]e?|Est[ae])\b"
    )


@cache
def _tagged_inside() -> re.Pattern[str]:
    """A speaker whose tag the marks have swallowed: “It rains, said Ada Brook.”"""
    from newslint.expressions import compiled

    return compiled(
        r" ?, (?:(?:said|says|explique|dit|déclare|confie|raconte|estime|affirme|précise|ajoute|assure|souligne|résume|dijo|dice|explica|explicó|asegura"
        r"|afirma|señala|cuenta|sagte|sagt|erklärt|erklärte|meint) [A-Z]|(?:s?he said|a (?:dit|déclaré|expliqué)|(?:dit|déclare|explique|confie|ajoute)-t?-?)\b)"
    )


@cache
def _somebody() -> re.Pattern[str]:
    """Somebody who can be the speaker: a name of two words, a title with a name, or a word for one who is known."""
    from newslint.expressions import compiled

    return compiled(
        r"(?<![.!?”\"] )(?<!^)\b[A-Z][\w’'-]{1,60}+ [A-Z]|^(?!(?:The|An?|Der|Die|Das|Ein|Eine|Les?|La|Une?|El|Los|Las)\b)[A-Z][\w’'-]{1,60}+ [A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Herr|Frau|Sir)\b"
        r"|\b(?:he|she|him|her|his|hers|I|me|my|you|your|we|us|our|they|them|their|er|sie|ihn|ihm|ihr|ihre|ich|wir|uns|unser|il|elle|lui|ils|elles|je|nous|vous|votre|vos|usted|ustedes|su|él|ella|ellos|yo|nosotros"
        r"|He|She|His|Her|My|You|Your|We|Our|They|Their|Er|Sie|Ihr|Ihre|Ich|Wir|Il|Elle|Ils|Elles|Je|Nous|Vous|Votre|Usted|Él|Ella|Ellos|Yo)\b"
    )


# Words of a paragraph in which somebody speaks, and signs of one in which somebody does or is about to.
_SPEAKS = frozenset(
    b"said say says saying told tells add adds added adding wrote writes writing tweet tweets tweeted asks asked replies replied "
    b"continues continued according explains explained recalls recalled read reads states stated argues argued warns warned "
    b"announces announced insists insisted claims claimed notes noted responds responded reacts reacted agree agrees agreed jokes "
    b"joked acknowledges acknowledged concedes conceded suggests suggested complains complained describes described declares "
    b"declared spoke speaks speaking statement interview letter speech quote quotes quoted".split()
)
_SPEAKING_SIGNS = (":", "“", '"')


# ------------------------------------------------------------------ vague sources


@rule(
    "ATT103",
    "vague-attribution",
    severity="warning",
    languages=("en",),
    bad=[
        "Harbour at risk\n\n⟦Experts say⟧ the walls will not stand another winter. The council meets again in March.\n",
        "Harbour at risk\n\nThe walls are weak. ⟦Studies show⟧ that salt eats into old mortar, and the town does nothing.\n",
        "Harbour at risk\n\n⟦It is widely believed⟧ that the council has no money left. It meets again in March.\n",
        "Harbour at risk\n\n⟦Observers say⟧ that the Harbour Council has no money left. It meets again in March.\n",
        "Harbour at risk\n\nThe walls are weak, and ⟦most economists warn⟧ of the price. The mayor, Ada Brook, is on leave.\n",
        "Harbour at risk\n\n⟦Recent polls show⟧ that the town wants new walls. The council meets again in March.\n",
    ],
    good=[
        "Harbour at risk\n\nExperts say the walls will not stand another winter. “They are hollow,” said Ada Brook, an engineer.\n",
        "Harbour at risk\n\nExperts at the University of Tarn say the walls will not stand another winter.\n",
        "Harbour at risk\n\nStudies show that salt eats into old mortar, according to the county’s report of 2019.\n",
        "Harbour at risk\n\n“Experts say the walls are fine,” said Ada Brook.\n",
        "Harbour at risk\n\nThe experts said on Friday that their report was ready.\n",
        "Harbour at risk\n\nCritics say the walls are weak, among them the engineer Ada Brook.\n",
        "Harbour at risk\n\nPolls show that the town wants new walls. A Tarn Gazette poll found that 62 percent did.\n",
        "Harbour at risk\n\nThe town sent for experts. Experts say the walls will not stand another winter.\n",
        "Harbour at risk\n\nExperts predict, the sea laughs. The council meets again in March.\n",
        "Harbour at risk\n\nExperts say the walls will not stand.\n\nThey are old. It rains. They are hollow, too. “The sea is at work,” said Ada Brook.\n",
        "Harbour at risk\n\nExperts have said for years that the walls are weak. The council’s data show as much.\n",
        Case(
            "# Harbour at risk\n\nStudies show that [salt eats into old mortar](https://example.org/salt). The town does nothing.\n",
            path="article.md",
        ),
    ],
)
def vague_attribution(article: Article) -> Iterator[Hit]:
    """A claim is credited to people or studies that are never named.

    “Experts say” sounds like a source and is none: readers cannot weigh it, and nobody can check it.
    """
    text = article.text
    for start, end in article.vague_sources:
        sentence = article.sentence_at(start)
        if sentence is None or article.quotes.covers(start, end):
            continue
        if start == sentence.start and text.startswith(",", end):
            continue  # “Pundits predict, fate laughs”
        who = text[start:end].split()[-2].lower()
        if who.endswith("s") and who in text[max(0, start - READABLE // 2) : start].lower():
            continue  # they have been spoken of just before
        block = article.block_at(start)
        if block is None or block.kind not in ("paragraph", "list-item"):
            continue
        if not _is_backed(article, Span(start, end), sentence):
            yield article.finding(
                (start, end), f"“{text[start:end]}”: which, and where can readers look?"
            )


def _is_backed(article: Article, vague: Span, sentence: Span) -> bool:
    """Whether a name, a document or a link stands in the sentence of a vague source, or in the two behind it.

    A lead may leave the name to the sentences that tell the story.
    """
    text = article.text
    if _such_as().search(text, vague.end, min(sentence.end, vague.end + READABLE)) is not None:
        return True
    stop = sentence.end
    for cue, kind, _ in article.credits.in_sentence(sentence):
        if not (cue.start < vague.end and vague.start < cue.end) and _has_name(
            article, cue, kind, sentence
        ):
            return True
    paragraphs = article.paragraphs
    is_lead = len(paragraphs) > 1 and vague.end <= paragraphs[1].end
    for credit in article.credits.behind(vague.end, LEAD if is_lead else FORWARD, across=True):
        stop = credit.scope.end
        if _has_name(article, credit.cue, credit.kind, credit.scope):
            return True
    stop = max(stop, article.credits.reach(vague.end, FORWARD))
    return any(sentence.start <= link.start < stop for link in article.links)


def _has_name(article: Article, cue: Span, kind: CreditKind, sentence: Span) -> bool:
    """Whether a credit says who: a document does, and a verb with a name or a pronoun beside it."""
    if kind == "document":
        return True
    text = article.text
    if kind in ("poll", "mention"):
        return _pollster().search(text, max(0, cue.start - BESIDE), cue.end) is not None
    low, high = max(sentence.start, cue.start - BESIDE), min(sentence.end, cue.end + BESIDE)
    before = low if low > sentence.start else low + 1  # a capital at the beginning is no name
    return (
        _name().search(text, before, cue.start) is not None
        or _name().search(text, cue.end, high) is not None
    )


@cache
def _such_as() -> re.Pattern[str]:
    """Some of those who are meant, by name."""
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:including|such as|among them|like|led by)\s+(?:\w+\s+){0,3}?[A-Z][\w’'-]+"
    )


@cache
def _pollster() -> re.Pattern[str]:
    """A poll with a name: “a Tarn University poll”, “a poll by the Gazette”."""
    from newslint.expressions import compiled

    return compiled(
        r"[a-z,] (?:[A-Z][\w’'&/.-]+ )+(?:\w+ )?[\w ]*$|\b(?:by|for) (?:the )?[A-Z]|^The [A-Z]"
    )


@cache
def _name() -> re.Pattern[str]:
    """Whoever speaks: a name, or somebody named before."""
    from newslint.expressions import compiled

    return compiled(r"\b(?:[A-Z][\w’'.-]+|[Hh]e|[Ss]he)\b")


# ------------------------------------------------------------------ anonymous sources


@rule(
    "ATT104",
    "anonymous-source",
    severity="info",
    default=False,
    languages=("en",),
    anchors=("anonym", "unnamed", "familiar with", "not to be named", "ources"),
    bad=[
        "Harbour at risk\n\nThe council has no money left, said ⟦a person familiar with the books⟧. It meets again in March.\n",
        "Harbour at risk\n\n⟦Two people familiar with the matter⟧ said the walls would be sold. The council meets again in March.\n",
        "Harbour at risk\n\n“It is over,” said an engineer ⟦on condition of anonymity⟧. The council meets again in March.\n",
        "Harbour at risk\n\n⟦Sources close to the council⟧ say it has no money left. It meets again in March.\n",
    ],
    good=[
        "Harbour at risk\n\n“It is over,” said an engineer on condition of anonymity because she was not allowed to speak to reporters.\n",
        "Harbour at risk\n\nA person familiar with the books, who asked not to be named for fear of losing the job, said it was over.\n",
        "Harbour at risk\n\nThe mayor is familiar with the harbour, and its sources of income are well known.\n",
        "Harbour at risk\n\n“A person familiar with the books told me,” said Ada Brook.\n",
    ],
)
def anonymous_source(article: Article) -> Iterator[Hit]:
    """Somebody speaks without a name, and the story does not say why.

    Readers cannot weigh what an anonymous source says unless they know what it risks by speaking; most news
    agencies ask for the reason in print.
    """
    text = article.text
    end = -1
    for match in _anonymous().finditer(text):
        start = match.start()
        block = article.block_at(start)
        if block is None or start < end or block.kind not in ("paragraph", "list-item"):
            continue
        sentence = article.sentence_at(start)
        if sentence is None or article.quotes.covers(*match.span()):
            continue
        end = block.end
        reason = _reason().search(text, sentence.start, min(block.end, sentence.end + 200))
        if reason is None:
            yield article.finding(match.span(), "why is this source not named? no reason given")
        else:
            end = reason.end()


@cache
def _anonymous() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:(?:[Aa]|[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal|[Ss]ome|[Mm]ultiple|[Aa]nother)\s(?:other\s)?(?:person|people|officials?|executives?|sources?|individuals?)\s"
        r"(?:who (?:is|are|was|were) )?(?:familiar with|close to|briefed on|with knowledge of)\s(?:the\s)?\w+"
        r"|[Ss]ources? (?:familiar with|close to|with knowledge of|in)\s(?:the\s)?\w+(?=,? (?:said|say|says|told|have))"
        r"|(?:on|under)(?: the)? condition of anonymity|(?:asked|requested|declined|spoke) (?:not to be (?:named|identified)|to be (?:named|identified)|anonymously)"
        r"|(?:an )?(?:anonymous|unnamed) (?:sources?|officials?|aides?|donors?|executives?|lawmakers?))\b"
    )


@cache
def _reason() -> re.Pattern[str]:
    """Why a source is not named."""
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:because|for fear|fear(?:ing|ed|s)?|not authori[sz]ed|weren['’]t authori[sz]ed|(?:wasn|isn|aren)['’]t authori[sz]ed|not (?:allowed|permitted)"
        r"|to (?:discuss|describe|speak|talk|share|disclose)|in order to|out of concern|to avoid|to protect|citing|since (?:he|she|they)|so as not|due to|lest)\b"
    )
