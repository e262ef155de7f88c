"""Stories that tests put beside each other."""

from __future__ import annotations

QUAY = (
    "The harbour board closed the north quay on Friday after divers found cracks in two of its pillars. Boats for the "
    "islands leave from the coal pier until the repair is done, which the board expects to be in autumn."
)
MILL = (
    "A fire in the old paper mill burned through the night and left the roof of the sorting hall open to the sky. Nobody "
    "was hurt, said fire chief Edda Moe, who had crews from three towns on the site."
)
