"""Lines and marks as SVG path data, numbers to a tenth of a unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Point = tuple[float, float]


def num(value: float) -> str:
    """The number to one decimal, as short as it can be written.

    >>> num(12.0), num(0.04), num(-3.25)
    ('12', '0', '-3.2')
    """
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def pair(x: float, y: float) -> str:
    return f"{num(x)} {num(y)}"


def runs(points: Iterable[Point | None]) -> list[list[Point]]:
    """The points in unbroken runs; None is a gap.

    >>> runs([(1, 1), (2, 2), None, (4, 4)])
    [[(1, 1), (2, 2)], [(4, 4)]]
    """
    found: list[list[Point]] = [[]]
    for point in points:
        if point is not None:
            found[-1].append(point)
        elif found[-1]:
            found.append([])
    return [run for run in found if run]


def polyline(points: Sequence[Point | None]) -> str:
    """Path data of a line that breaks at gaps; points without a neighbour are left to their marks."""
    return "".join("M" + " ".join(pair(*point) for point in run) for run in runs(points) if len(run) > 1)


def dots(points: Iterable[Point]) -> str:
    """Path data of full circles, to be stroked with round caps as wide as they are: the shortest way to write many."""
    return "".join(f"M{pair(*point)}h0" for point in points)


def symbol(name: str, x: float, y: float, size: float) -> str:
    """Path data of one mark of Plotly's by its name; raises ValueError for a mark that this renderer does not draw."""
    half = size / 2
    name = name.removesuffix("-open")
    if name == "circle":
        arc = f"a{pair(half, half)} 0 1 0 "
        return f"M{pair(x - half, y)}{arc}{num(size)} 0{arc}{num(-size)} 0z"
    if name == "diamond":
        half *= 1.2
        return f"M{pair(x, y - half)}l{pair(half, half)} {pair(-half, half)} {pair(-half, -half)}z"
    if name == "square":
        return f"M{pair(x - half, y - half)}h{num(size)}v{num(size)}h{num(-size)}z"
    if name == "line-ns":
        return f"M{pair(x, y - half)}v{num(size)}"
    if name == "x":
        thin = size * 0.19
        arm = half - thin
        # Round the cross from its upper notch: out along an arm, over its end, and back to the next notch.
        steps = [(arm, -arm), (thin, thin), (-arm, arm), (arm, arm), (-thin, thin), (-arm, -arm)]
        steps += [(-arm, arm), (-thin, -thin), (arm, -arm), (-arm, -arm), (thin, -thin)]
        return f"M{pair(x, y - thin)}l{' '.join(pair(*step) for step in steps)}z"
    if name == "triangle-right":
        # A flag: its upper corner at the point, flying from the pole.
        return f"M{pair(x, y)}l{pair(size * 1.15, size * 0.42)} {pair(-size * 1.15, size * 0.42)}z"
    if name in ("triangle-up", "triangle-down"):
        rise = size if name == "triangle-up" else -size
        return f"M{pair(x, y - rise / 2)}l{pair(half, rise)}h{num(-size)}z"
    known = "circle, diamond, line-ns, square, triangle-down, triangle-right, triangle-up, x"
    raise ValueError(f"no drawing for the mark {name!r}; known: {known}")
