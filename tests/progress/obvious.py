"""The rules once more, written down naively from the methodology page: dictionaries, logarithms, no shared code.

Slow and blunt on purpose. It exists to disagree with ``targets.progress`` when one of the two has misread the page.
Everything is a string, a number or a dictionary; amounts are assumed to be ordinary ones (no overflow).
"""

from math import exp, log


def near(number):
    return round(number, 9) + 0.0


def pick(figures, target, by):
    """``(fiscal, {year: (amount, approximate)})`` of one reporter: the figure of every year, then the calendar."""
    wanted = {
        "goods_turnover": ["goods_turnover", "unspecified_turnover"],
        "unspecified_turnover": ["goods_turnover", "unspecified_turnover"],
        "goods_services_turnover": ["goods_services_turnover"],
        "non_oil_turnover": ["non_oil_turnover"],
        "exports_first_to_second": ["exports_first_to_second", "goods_turnover", "unspecified_turnover"],
        "exports_second_to_first": ["exports_second_to_first", "goods_turnover", "unspecified_turnover"],
    }[target["measure"]]
    calendars = {}
    for figure in figures:
        if figure["year"] is None or (figure["from"], figure["through"]) != (1, 12) or figure["measure"] not in wanted:
            continue
        computed = False
        amount = None
        if target["measure"].startswith("exports"):
            seller = target["first"] if target["measure"] == "exports_first_to_second" else target["second"]
            amount = figure["exports"] if by == seller else figure["imports"]
            computed = amount is not None
            if amount is None and figure["measure"] == target["measure"]:
                amount = figure["turnover"]
        elif figure["exports"] is not None and figure["imports"] is not None:
            amount, computed = figure["exports"] + figure["imports"], True
        else:
            amount = figure["turnover"]
        if amount is None:
            continue
        label = figure["year"] + 1 if figure["fiscal"] else figure["year"]
        better = [
            figure["rank"],
            -figure["vintage"],
            wanted.index(figure["measure"]),
            0 if computed else 1,
            1 if figure["approximate"] else 0,
            figure["key"],
        ]
        years = calendars.setdefault(figure["fiscal"], {})
        if label not in years or better < years[label][0]:
            years[label] = (better, amount, figure["approximate"])
    if not calendars:
        return "", {}
    knowing = [name for name in calendars if target["deadline"] in calendars[name]] or list(calendars)
    newest = max(max(calendars[name]) for name in knowing)
    knowing = [name for name in knowing if max(calendars[name]) == newest]
    fiscal = "" if "" in knowing else max(knowing, key=lambda name: (len(calendars[name]), name))
    return fiscal, {year: (amount, about) for year, (_, amount, about) in calendars[fiscal].items()}


def base_and_amount(target, years):
    """``(base year, base amount, target amount)``, None where unknown."""
    deadline, stated, named = target["deadline"], target["stated"], target["baseline_year"]
    before_deadline = {year: amount for year, (amount, _) in years.items() if deadline is None or year < deadline}

    def with_base(year, amount):
        if target["amount"] is not None:
            return year, amount, target["amount"]
        return year, amount, None if target["factor"] is None else target["factor"] * amount

    if named is not None and named in before_deadline:
        return with_base(named, before_deadline[named])
    multiple_of_a_year = target["amount"] is None and named is not None
    if stated is not None and not multiple_of_a_year:
        for year in (stated - 1, stated - 2, stated - 3):
            if year in before_deadline:
                return with_base(year, before_deadline[year])
        later = sorted(year for year in before_deadline if year >= stated)
        if later and (target["amount"] is not None or later[0] <= stated + 3):
            return with_base(later[0], before_deadline[later[0]])
    if target["baseline_amount"] is not None:
        year, amount, aim = with_base(named, target["baseline_amount"])
        if named is None or (deadline is not None and named >= deadline):
            return None, None, aim
        return year, amount, aim
    return None, None, target["amount"]


def growth(start, end, years):
    return exp(log(end / start) / years) - 1


def ratio_of(target, base_year, base, latest_year, latest, aim):
    """The growth ratio, or None behind a guard."""
    if base_year is None or target["deadline"] is None or target["deadline"] <= base_year or latest_year <= base_year:
        return None
    if near(base) >= near(aim) or base <= 0 or latest <= 0:
        return None
    needed = growth(base, aim, target["deadline"] - base_year)
    if abs(needed) < 1e-6:
        return None
    return growth(base, latest, latest_year - base_year) / needed


def judge(target, years, fiscal, this_year):
    """``{"status", "reason", "flags", "reached_in", "ratio", "latest", "latest_year", "aim"}`` of one reading."""
    years = {year: known for year, known in years.items() if year <= (this_year if fiscal else this_year - 1)}
    out = {"status": "not_assessable", "reason": None, "reached_in": None, "ratio": None}
    out |= {"latest": None, "latest_year": None, "aim": None, "flags": {"replaced"} if target["replaced"] else set()}
    if not years:
        return out | {"reason": "no_figures"}
    base_year, base, aim = base_and_amount(target, years)
    latest_year = max(years)
    latest = years[latest_year][0]
    out |= {"latest": latest, "latest_year": latest_year, "aim": aim}
    if aim is None:
        return out | {"reason": "amount_unknown"}
    if target["cumulative"]:
        return out | {"reason": "cumulative"}
    there = {year: near(amount) >= near(aim) for year, (amount, _) in years.items()}
    stated, deadline = target["stated"], target["deadline"]
    flags = set(out["flags"])
    if base_year is not None and near(base) >= near(aim):
        if base_year == target["baseline_year"] or (stated is not None and base_year < stated):
            flags.add("already_there")

    def narrow(year):
        amount, about = years[year]
        return {"narrow"} if about and near(abs(amount - aim)) <= near(abs(aim) * 0.05) else set()

    if deadline is not None and deadline < this_year:
        first = min(stated if stated is not None else deadline - 5, deadline)
        window = sorted(year for year in years if first <= year <= deadline)
        reached = [year for year in window if there[year]]
        if reached:
            kept = there[window[-1]]
            return out | {
                "status": "met" if kept else "met_then_lost",
                "reached_in": reached[0],
                "flags": flags | narrow(window[-1]),
            }
        after = sorted(year for year in years if year > deadline and there[year])
        out["reached_in"] = after[0] if after else None
        if deadline in years:
            return out | {"status": "missed", "flags": flags | narrow(deadline)}
        if this_year - deadline < 3:
            return out | {"status": "awaiting_figures", "flags": flags}
        return out | {"reason": "no_deadline_figure", "flags": flags}

    if stated is not None and latest_year < stated - 3:
        return out | {"reason": "figures_too_old", "flags": flags}
    since = sorted(year for year in years if stated is not None and year >= stated and there[year])
    ratio = ratio_of(target, base_year, base, latest_year, latest, aim)
    enough = base_year is not None and latest_year - base_year >= 2
    if there[latest_year] or since:
        return out | {
            "status": "met" if there[latest_year] else "met_then_lost",
            "reached_in": since[0] if since else None,
            "ratio": ratio if enough else None,
            "flags": flags | narrow(latest_year),
        }
    if deadline is None:
        return out | {"status": "no_deadline", "flags": flags | narrow(latest_year)}
    if this_year - latest_year > 3:
        return out | {"reason": "figures_too_old", "flags": flags}
    if base_year is None:
        return out | {"status": "too_early", "reason": "no_base", "flags": flags | narrow(latest_year)}
    if not enough:
        return out | {"status": "too_early", "reason": "too_few_years", "flags": flags | narrow(latest_year)}
    if ratio is None:
        return out | {"reason": "no_pace", "flags": flags}
    status = "moving_away"
    for name, least in (("far_too_slow", 0), ("too_slow", 0.60), ("on_track", 0.95)):
        if near(ratio) >= least:
            status = name
    return out | {"status": status, "ratio": ratio, "flags": flags | narrow(latest_year)}


def conclude(target, readings, this_year):
    """``(status, voters)`` over ``{name: (is a reporter, reading)}``."""
    paces = ["on_track", "too_slow", "far_too_slow", "moving_away"]
    reporters = {name: reading for name, (own, reading) in readings.items() if own}
    everyone = {name: reading for name, (_, reading) in readings.items()}
    room = reporters if any(reading["status"] != "not_assessable" for reading in reporters.values()) else everyone
    votes = {name: r for name, r in room.items() if r["status"] not in ("not_assessable", "awaiting_figures")}
    if not votes:
        waiting = {name for name, reading in room.items() if reading["status"] == "awaiting_figures"}
        return ("awaiting_figures", waiting) if waiting else ("not_assessable", set())
    if target["deadline"] is None or target["deadline"] >= this_year:
        newest = max(reading["latest_year"] for reading in votes.values())
        votes = {name: reading for name, reading in votes.items() if newest - reading["latest_year"] <= 3}
    if any(reading["status"] in paces for reading in votes.values()):
        votes = {name: reading for name, reading in votes.items() if reading["status"] != "too_early"}
    said = {reading["status"] for reading in votes.values()}
    kinds = {status if status in ("met", "met_then_lost", "missed") else "open" for status in said}
    steps = [paces.index(status) for status in said if status in paces]
    if len(kinds) > 1 or (steps and max(steps) - min(steps) >= 2):
        return "disputed", set(votes)
    if steps:
        return paces[max(steps)], set(votes)
    (status,) = said
    return status, set(votes)


def weather(years, deadline, aim):
    """The sign of the six-point rule, or None."""
    last_six = sorted(years)[-6:]
    if len(last_six) < 4 or deadline is None or deadline <= last_six[-1]:
        return None
    first, last = years[last_six[0]][0], years[last_six[-1]][0]
    slope = (last - first) / (last_six[-1] - last_six[0])
    if near(last) >= near(aim):
        return "sun_and_cloud" if near(slope) < 0 else "sun"
    ratio = near(slope * (deadline - last_six[-1]) / (aim - last))
    if ratio <= 0:
        return "storm"
    return "cloud" if ratio < 0.8 else "sun_and_cloud" if ratio <= 0.95 else "sun"
