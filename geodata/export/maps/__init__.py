"""Static maps for print and slides, drawn with Matplotlib in the palette of the pages.

`draw_map` draws one plate: the ground (`ground`), names that do not collide (`names`), marks (`marks`), and the strip
below that says what is seen (`strip`). Everything is projected once (`frame`) and placed in points on the paper.
"""

from geodata.export.maps.look import DARK, Look
from geodata.export.maps.plate import draw_map, fit

__all__ = ["DARK", "Look", "draw_map", "fit"]
