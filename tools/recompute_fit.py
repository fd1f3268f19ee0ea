#!/usr/bin/env python3
"""Calculates the fit apart from the product's code and compares.

usage: recompute_fit.py --url http://127.0.0.1:8080 --user admin@demo.closeknit.example --password closeknit-demo
       [--creators 20] [--top 3] [--variations 5] [--seed 1] [--briefs FILE.json] [--slugs a,b] [--audit]
       [--reading NAME=CHOICE]... [--verbose]

Reads niches, statistics, creators and rankings over the API, calculates all eight criteria of the design's FIT page
from what `GET /creators/{slug}` and `GET /statistics` return (and the published Modash tables), and compares: values
to 0.002, points and scores to 0.05. It shares no code with the product and is written from the page alone. --briefs
takes a list of {"name", "brief", "weights"?}; --top adds creators from the head of each ranking; --audit recalculates
the published statistics too (it fetches every creator). Exit code 1 if anything differs. Standard library only.

Where the page leaves room, this is how it is read. A name in brackets is a switch: --reading NAME=CHOICE takes another
choice (the first one is the default), and for a difference every choice that would explain it is named.
 1. [figures: unrounded, basisPoints] Figures are taken as the API returns them; rates, shares and niche weights are not
    rounded to basis points first.
 2. [cap: bin, interpolated] The peers' 99th percentile that caps the rate in value is that of the account's own bin. No
    curve there: only the cap at 1.
 3. [commentsUnknown: interval, point] Comments per like that are not known (likes 0 too) or have no curve stand at 0.5,
    from 0.1 to 0.9 like the reply rate.
 4. [focusUnknown: own, standIn] Unknown focus is 0.5 (0.1-1), as its paragraph says, though stand-ins are published.
 5. [weeks: 365/7, 52] Posts of the window: postsPerWeek * 365 / 7, summed over the accounts that have it.
 6. [undatedSpread: in, out] An undated paid mention counts in the spread as in the load.
 7. [instagram500K: 2.46, 1.46] The fourth bound of Modash, Instagram 500K-1M, is 2.46 (1.46 is a misprint).
 8. [likesOnly: alone, brandNiche] With likeCreators and brand.niche but no niches, the past partners alone are q.
 9. [noAudience: value, S] Audience unknown and no stand-in on any level: its value is 0.5 (0.1-0.9); S: S is 0.5.
10. [halfPlace: dimension, halves] Country and language together are known on an account where both are; where none has
    both, the whole dimension is missing. halves: each side is its mean or its stand-in, then the smaller one.
11. [people: account, separate] Age and gender together: one figure for each account where both are known, then the
    mean; only where no account has both, each for itself with a stand-in of its own. separate: the product of the two
    means where nothing is joint.
12. [standInAccount: brief, all] Stored stand-ins are looked up by the main account of those on the brief's platforms.
13. [valueInterval: carried, point] The high end of S of a partial audience map is carried into E, and so into value.
14. [window: open, closed] 'Inside n days' of today: 0 <= today - day < n ('up to and with' as for credibility);
    closed: <= n. So for the credibility window too.
15. [year: months, days] The last 12 months: after the same day of last year; days: like a window of 365 days.
16. [longWindow: year, window] A competitor window of more than 12 months ends at 12 months.
17. [future: outside, inside] A mention dated after today (for credibility: after the youngest observedAt) is outside.
18. [words: plain, folded] Words are runs of letters and digits without regard to case, accents count; folded: they
    don't. The creator's hashtags are `hashtags`, not those in the bio. No word of four letters: t = 0.
19. [otherGender: completed, literal] The missing one of female and male is filled in before 'other' is looked up.
20. [mixedPost: paid, all] In a post with paid and other mentions only the brands paid for count as its brands.
21. [category: mentions, brands] A post for k brands gives 1/k to the category of each that has one.
22. [ageGender: two, one] Age and gender alone are two dimensions (the root is taken), also as one joint figure.
23. [derivedRate: everywhere, bond] (likes + comments)/followers stands in for a missing rate in value too.
24. [noPlatform: catalogue, all] Without an account on the brief's platforms (only in --audit): catalogue level.
25. A niche without a weight counts 1; the same niche twice adds up; weights that are all 0: no niche.
26. Audience not asked: S = 1 in value. Rows 'audience' of stand-ins are of S, 'audience.x' of s_x, others of values.
27. Accounts with 0 followers are like those without; main account among equals: the first one listed.
28. `objective` changes nothing here: its presets are not on the page. An empty `weights` of a brief: the defaults.
29. Two rates for one deliverable on one platform: the cheaper. A rate in a currency without a rate is no rate.
"""
import argparse
import base64
import bisect
import collections
import concurrent.futures
import datetime
import hashlib
import json
import math
import random
import sys
import unicodedata
import urllib.error
import urllib.parse
import urllib.request

READINGS = {
    "figures": ("unrounded", "basisPoints"),
    "cap": ("bin", "interpolated"),
    "commentsUnknown": ("interval", "point"),
    "focusUnknown": ("own", "standIn"),
    "weeks": ("365/7", "52"),
    "undatedSpread": ("in", "out"),
    "instagram500K": ("2.46", "1.46"),
    "likesOnly": ("alone", "brandNiche"),
    "noAudience": ("value", "S"),
    "halfPlace": ("dimension", "halves"),
    "people": ("account", "separate"),
    "standInAccount": ("brief", "all"),
    "valueInterval": ("carried", "point"),
    "window": ("open", "closed"),
    "year": ("months", "days"),
    "longWindow": ("year", "window"),
    "future": ("outside", "inside"),
    "words": ("plain", "folded"),
    "otherGender": ("completed", "literal"),
    "mixedPost": ("paid", "all"),
    "category": ("mentions", "brands"),
    "ageGender": ("two", "one"),
    "derivedRate": ("everywhere", "bond"),
    "noPlatform": ("catalogue", "all"),
}
DEFAULT_READINGS = {name: choices[0] for name, choices in READINGS.items()}

VALUE_TOLERANCE = 0.002
SCORE_TOLERANCE = 0.05

DEFAULT_WEIGHTS = {
    "relevance": 25, "audience": 25, "bond": 15, "credibility": 10,
    "belief": 10, "focus": 5, "authenticity": 5, "value": 5,
}
CRITERIA = tuple(DEFAULT_WEIGHTS)

BELOW = "below"
TIERS = ((0, BELOW), (1_000, "nano"), (10_000, "micro"), (100_000, "mid"), (500_000, "macro"), (1_000_000, "mega"))

BINS = (0, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000)
BIN_EDGES = (100, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000, 10_000_000)
BIN_CENTRES = tuple(math.sqrt(a * b) for a, b in zip(BIN_EDGES, BIN_EDGES[1:]))

# BENCHMARKS.md, Modash: the four bounds in per cent for 1-5k, 5-10k, 10-50k, 50-100k, 100-500k, 500k-1M, 1M+.
MODASH = {
    "instagram": (
        (1.72, 3.38, 4.42, 7.97), (0.62, 1.25, 1.62, 3.54), (0.39, 0.84, 1.11, 2.61), (0.32, 0.75, 1.01, 2.47),
        (0.41, 0.87, 1.14, 2.63), (0.46, 0.88, 1.13, 2.46), (0.57, 1.02, 1.27, 2.60)),
    "tiktok": (
        (0.81, 1.82, 2.19, 4.19), (0.42, 1.05, 1.33, 3.45), (0.24, 0.76, 1.04, 3.44), (0.14, 0.60, 0.88, 3.30),
        (0.14, 0.69, 1.00, 3.24), (0.25, 0.99, 1.32, 3.16), (0.35, 1.06, 1.34, 2.78)),
    "youtube": (
        (0.41, 1.47, 2.02, 6.42), (0.16, 0.59, 0.82, 2.62), (0.09, 0.36, 0.51, 1.66), (0.05, 0.23, 0.33, 1.08),
        (0.04, 0.19, 0.27, 0.86), (0.03, 0.16, 0.24, 0.71), (0.02, 0.13, 0.18, 0.59)),
}

AUDIENCE_BEST = {"countries": 0.80, "languages": 0.90, "interests": 0.60}
AGE_BEST = {1: 0.45, 2: 0.70, 3: 0.85}
COMPLETE = 0.95 - 1e-9  # sums of shares in binary: 0.60 + 0.35 must count as 0.95
NAMES_OF_PLACE = ("audience.place", "audience.countriesAndLanguages", "audience.countries+languages",
                  "audience.countryAndLanguage", "audience.country+language")


# ------------------------------------------------------------------------------------------------ plain arithmetic


def quantile(ordered, p):
    """Type 7: linear between the order statistics, of a sorted list."""
    at = p * (len(ordered) - 1)
    below = math.floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


def place_in_quantiles(x, q):
    """P by stored quantiles: linear between them, the middle of a flat run, 0 below the first, 1 above the last."""
    if x < q[0]:
        return 0.0
    if x > q[-1]:
        return 1.0
    steps = len(q) - 1
    first, after = bisect.bisect_left(q, x), bisect.bisect_right(q, x)
    if after > first:
        return (first + after - 1) / 2 / steps
    below = first - 1
    return (below + (x - q[below]) / (q[first] - q[below])) / steps


def place_in_table(x, bounds):
    """P by a published table: its four bounds are percentiles 20, 40, 60, 80."""
    if x > bounds[3]:
        return 1 - 0.2 * bounds[3] / x
    lower, p = 0.0, 0.0
    for bound in bounds:
        if x <= bound:
            return p + 0.2 * (x - lower) / (bound - lower)
        lower, p = bound, p + 0.2
    raise AssertionError


class Quantiles:
    """A curve of one bin from the catalogue's own peers."""

    def __init__(self, q):
        self.q = q
        self.median = q[(len(q) - 1) // 2]
        self.cap = q[-2] if len(q) == 101 else quantile(q, 0.99)
        self.name = "peers"

    def place(self, x):
        return place_in_quantiles(x, self.q)


class Table:
    """A curve of one bin from the published table."""

    def __init__(self, percents):
        self.bounds = tuple(p / 100 for p in percents)
        self.median = (self.bounds[1] + self.bounds[2]) / 2
        self.cap = 20 * self.bounds[3]
        self.name = "Modash table"

    def place(self, x):
        return place_in_table(x, self.bounds)


def bin_of(followers):
    return bisect.bisect_right(BINS, followers) - 1


def bins_around(followers):
    """[(bin, its part)], one or two of them; linear in log followers between the geometric centres."""
    if followers <= BIN_CENTRES[0]:
        return [(0, 1.0)]
    if followers >= BIN_CENTRES[-1]:
        return [(len(BINS) - 1, 1.0)]
    upper = bisect.bisect_right(BIN_CENTRES, followers)
    low, high = math.log(BIN_CENTRES[upper - 1]), math.log(BIN_CENTRES[upper])
    part = (math.log(followers) - low) / (high - low)
    return [(upper - 1, 1 - part), (upper, part)]


def mix(followers, of_bin):
    """The mean of of_bin(bin) over the bins around; a bin that answers None leaves its part to the other."""
    answers = [(part, of_bin(b)) for b, part in bins_around(followers)]
    answers = [(part, x) for part, x in answers if x is not None]
    if not answers:
        return None
    if len(answers) == 1:
        return answers[0][1]
    return sum(part * x for part, x in answers)


def shrink(rate, posts, median):
    n = 10 if posts is None else posts
    return (n * rate + 10 * median) / (n + 10)


def tier_of(followers):
    return None if followers is None else TIERS[bisect.bisect_right([t[0] for t in TIERS], followers) - 1][1]


def entropy(weights):
    total = sum(weights)
    return -sum(w / total * math.log(w / total) for w in weights if w > 0) if total > 0 else 0.0


def value_of_cost(cost):
    """1 up to 0.10 EUR for an engaged target person, 0 from 100 EUR on, linear in the logarithm between."""
    if cost <= 0.10:
        return 1.0
    if cost >= 100:
        return 0.0
    return 1 - math.log(cost / 0.10) / math.log(100 / 0.10)


def authenticity_value(a):
    return min(1.0, max(0.0, (a - 0.5) / 0.45))


def brand_key(name):
    """What brand names are compared by: without case, accents, spaces, punctuation, @ and #."""
    plain = unicodedata.normalize("NFKD", name or "").casefold()
    return "".join(ch for ch in unicodedata.normalize("NFKD", plain) if unicodedata.category(ch)[0] in "LN")


def words_of(text, fold=False):
    """Runs of letters and digits in lower case."""
    text = unicodedata.normalize("NFKD" if fold else "NFC", text or "").lower()
    found, run = [], []
    for ch in text:
        kind = unicodedata.category(ch)[0]
        if kind == "M" and fold:
            continue
        if kind in "LNM":
            run.append(ch)
        elif run:
            found.append("".join(run))
            run = []
    if run:
        found.append("".join(run))
    return found


def day(text):
    """The day (UTC) of a date or a point in time."""
    if text is None:
        return None
    if len(text) == 10:
        return datetime.date.fromisoformat(text)
    moment = datetime.datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        moment = moment.astimezone(datetime.timezone.utc)
    return moment.date()


def a_year_before(date):
    try:
        return date.replace(year=date.year - 1)
    except ValueError:  # 29 February
        return date.replace(year=date.year - 1, day=28)


# ------------------------------------------------------------------------------------------------ what is published


class Niches:
    """The taxonomy as GET /niches returns it."""

    def __init__(self, items):
        self.all = {n["slug"]: n for n in items}
        self.parents = {slug: n.get("parent") for slug, n in self.all.items()}
        self.relations = {}
        for slug, n in self.all.items():
            for relation in n.get("related") or []:
                for pair in ((slug, relation["niche"]), (relation["niche"], slug)):
                    self.relations[pair] = max(relation["strength"], self.relations.get(pair, 0.0))
        self.words = {}
        for kind in (lambda n: [n["slug"]], lambda n: [n.get("name") or ""],
                     lambda n: n.get("aliases") or [], lambda n: n.get("hashtags") or []):
            for slug in sorted(self.all):
                for word in kind(self.all[slug]):
                    self.words.setdefault(brand_key(word), slug)

    def resolve(self, word):
        return word if word in self.all else self.words.get(brand_key(word))

    def parent(self, slug):
        return self.parents.get(slug)

    def within(self, slug, ancestor):
        while slug is not None:
            if slug == ancestor:
                return True
            slug = self.parent(slug)
        return False

    def top(self, slug):
        while self.parent(slug) is not None:
            slug = self.parent(slug)
        return slug

    def prox(self, n, m):
        """How much a creator's niche n serves the brief's niche m: the largest that applies."""
        found = [self.relations.get((n, m), 0.0)]
        if n == m:
            found.append(1.0)
        elif self.within(n, m):
            found.append(0.9)
        if self.parent(m) is not None:
            if self.parent(m) == n:
                found.append(0.5)
            if n != m and self.parent(n) == self.parent(m):
                found.append(0.3)
        return max(found)


class Statistics:
    """One statistics version as GET /statistics returns it."""

    def __init__(self, data, readings=None):
        self.readings = DEFAULT_READINGS | (readings or {})
        self.data = data
        self.today = day(data["asOf"])
        self.min_peers = data.get("minPeers", 200)
        self.creators = data["creators"]
        self.df = data.get("df") or {}
        common = data.get("commonTopics") or {}
        self.common_weight = common.get("weight", 0.0)
        self.common = common.get("parts") or {}
        self.stand_ins = data.get("standIns") or []
        self.euros = {**(data.get("rates") or {}), "EUR": 1.0}
        self.curves = {}
        for row in data.get("quantiles") or []:
            if row.get("q") and row["peers"] >= self.min_peers:
                key = (row["figure"], row["platform"], row["basis"], row["from"])
                self.curves[key] = Quantiles(row["q"])
        self.same_brand = {}
        for group in data.get("aliases") or []:
            keys = {brand_key(name) for name in group} - {""}
            keys |= {k for k, v in self.same_brand.items() if v in {self.same_brand.get(key) for key in keys} - {None}}
            for key in keys:
                self.same_brand[key] = min(keys)

    def idf(self, niche):
        return math.log((self.creators + 1) / (self.df.get(niche, 0) + 1)) + 1

    def brand(self, name):
        key = brand_key(name)
        return self.same_brand.get(key, key)

    def curve(self, figure, platform, basis, b):
        own = self.curves.get((figure, platform, basis, BINS[b]))
        if own is not None:
            return own
        if figure == "engagementRate" and basis == "followers" and platform in MODASH:
            bounds = MODASH[platform][max(b - 1, 0)]
            if platform == "instagram" and b == 6 and self.readings["instagram500K"] == "1.46":
                bounds = (*bounds[:3], 1.46)
            return Table(bounds)
        return None

    def euro(self, money):
        if not money or money.get("amount") is None or money.get("currency") not in self.euros:
            return None
        return money["amount"] * self.euros[money["currency"]]


def same_tier(published, tier):
    if tier == BELOW:  # the page gives the lowest tier no name
        return published is not None and published not in {name for _, name in TIERS[1:]}
    return published == tier


def stand_in(rows, of, platform, tier, min_peers, country=None):
    """(median, p10, p90, level), the first level with enough known creators; (0.5, 0.1, 0.9, None) where none has."""
    rows = [r for r in rows if r["of"] == of]
    levels = []
    if country is not None:
        levels.append((20, "country", lambda r: r.get("country") == country))
    if platform is not None:
        if tier is not None:
            levels.append((min_peers, "platform and tier", lambda r: r.get("country") is None
                           and r.get("platform") == platform and same_tier(r.get("tier"), tier)))
        levels.append((min_peers, "platform", lambda r: r.get("country") is None
                       and r.get("platform") == platform and r.get("tier") is None))
    levels.append((20, "catalogue", lambda r: r.get("country") is None
                   and r.get("platform") is None and r.get("tier") is None))
    for least, level, matches in levels:
        for row in rows:
            if matches(row) and row["known"] >= least and row.get("median") is not None:
                return row["median"], row["p10"], row["p90"], level
    return 0.5, 0.1, 0.9, None


# ------------------------------------------------------------------------------------------------ the fit


class Criterion:
    def __init__(self, key, value, low=None, high=None, known=True, asked=True, **parts):
        self.key, self.value, self.known, self.asked, self.parts = key, value, known, asked, parts
        self.low = value if low is None else low
        self.high = value if high is None else high
        self.weight = self.points = 0.0


class Fit:
    """The eight criteria of one creator for one brief, and what adds up from them."""

    def __init__(self, criteria, weights, audience_share):
        self.criteria, self.audience_share = criteria, audience_share
        asked = [c for c in criteria.values() if c.asked]
        total = sum(weights.get(c.key, 0.0) for c in asked)
        self.has_weight = total > 0
        for c in asked:
            c.weight = weights.get(c.key, 0.0)
            c.points = 100 * c.weight * c.value / total if total > 0 else 0.0
        self.score = sum(c.points for c in asked)
        self.low = sum(100 * c.weight * c.low / total for c in asked) if total > 0 else 0.0
        self.high = sum(100 * c.weight * c.high / total for c in asked) if total > 0 else 0.0


def weights_in_force(request, brief):
    if request is not None:
        return dict(request) if request else dict(DEFAULT_WEIGHTS)
    return dict(brief.get("weights") or DEFAULT_WEIGHTS)


class Oracle:
    """Calculates fits from published figures."""

    def __init__(self, niches, statistics, readings=None):
        self.niches = niches
        self.readings = DEFAULT_READINGS | (readings or {})
        self.data = statistics
        self.stats = Statistics(statistics, self.readings)

    def reading(self, name):
        return self.readings[name]

    def fit(self, creator, brief, weights=None, stand_ins=(), partners=(), outcomes=()):
        """
        creator: as GET /creators/{slug}; brief: as sent; weights: of the request, None where not sent; stand_ins: the
        brief's own, from the explained ranking; partners: the likeCreators as GET /creators returns them; outcomes: of
        this workspace
        """
        creator = self.rounded(creator) if self.reading("figures") == "basisPoints" else creator
        accounts = self.accounts(creator, brief)
        audience, share = self.audience(creator, accounts, brief, stand_ins)
        criteria = [
            self.relevance(creator, accounts, brief, stand_ins, partners),
            audience,
            self.bond(creator, accounts),
            self.credibility(creator, accounts),
            self.belief(creator, brief, outcomes),
            self.focus(creator, accounts),
            self.authenticity(creator, accounts),
            self.value(creator, accounts, brief, stand_ins),
        ]
        return Fit({c.key: c for c in criteria}, weights_in_force(weights, brief), share)

    @staticmethod
    def rounded(creator):
        def bp(x):
            return None if x is None else round(x * 10_000) / 10_000

        def each(tree):
            return {k: each(v) if isinstance(v, dict) else bp(v) for k, v in tree.items()}

        creator = dict(creator)
        creator["accounts"] = [
            a | {k: bp(a.get(k)) for k in ("engagementRate", "replyRate", "authenticity")}
            | {"audience": {k: v if v is None else each(v) for k, v in (a.get("audience") or {}).items()}}
            for a in creator.get("accounts") or []]
        return creator

    # accounts and stand-ins

    @staticmethod
    def accounts(creator, brief):
        wanted = brief.get("platforms") or []
        return [a for a in creator.get("accounts") or [] if not wanted or a["platform"] in wanted]

    @staticmethod
    def main_account(accounts):
        return max(accounts, key=lambda a: -1 if a.get("followers") is None else a["followers"], default=None)

    def stood_in(self, creator, accounts, rows, of, country=False):
        if rows is self.stats.stand_ins and self.reading("standInAccount") == "all":
            accounts = creator.get("accounts") or []
        if not accounts and self.reading("noPlatform") == "all":
            accounts = creator.get("accounts") or []
        main = self.main_account(accounts)
        return stand_in(rows, of, main and main["platform"], main and tier_of(main.get("followers")),
                        self.stats.min_peers, creator.get("country") if country else None)

    def unknown(self, key, creator, accounts, rows, **parts):
        median, low, high, level = self.stood_in(creator, accounts, rows, key)
        return Criterion(key, median, low, high, known=False, standIn=level, **parts)

    @staticmethod
    def mean(figures):
        """The mean of [(account, (x, …))] weighted by followers; accounts without count only where none has them."""
        weights = [a.get("followers") or 0 for a, _ in figures]
        if sum(weights) == 0:
            weights = [1] * len(figures)
        return tuple(sum(w * x[i] for w, (_, x) in zip(weights, figures)) / sum(weights)
                     for i in range(len(figures[0][1])))

    # relevance and focus

    def shares(self, creator):
        """c: the niche weights normalised to sum 1; empty where there is no niche."""
        c = collections.defaultdict(float)
        for n in creator.get("niches") or []:
            c[n["niche"]] += 1.0 if n.get("weight") is None else n["weight"]
        total = sum(c.values())
        c = {n: w / total for n, w in c.items() if w > 0} if total > 0 else {}
        if self.reading("figures") == "basisPoints":
            c = {n: max(1, round(w * 10_000)) / 10_000 for n, w in c.items()}
        return c

    def vector(self, shares, power):
        v = {n: w**power * self.stats.idf(n) for n, w in shares.items()}
        length = math.sqrt(sum(x * x for x in v.values()))
        return {n: x / length for n, x in v.items()}

    def wanted_niches(self, brief, partners):
        u = collections.defaultdict(float)
        for n in brief.get("niches") or []:
            u[self.niches.resolve(n["niche"])] += 1.0 if n.get("importance") is None else n["importance"]
        total = sum(u.values())
        u = {n: w / total for n, w in u.items() if w > 0} if total > 0 else {}
        category = self.category(brief)
        liked = [c for c in (self.shares(p) for p in partners) if c]
        if not u and category and (not liked or self.reading("likesOnly") == "brandNiche"):
            u = {category: 1.0}
        if liked:
            mean = collections.defaultdict(float)
            for c in liked:
                for n, w in c.items():
                    mean[n] += w / len(liked)
            u = {n: (u.get(n, 0.0) + mean.get(n, 0.0)) / 2 for n in u.keys() | mean.keys()} if u else dict(mean)
        return u

    def category(self, brief):
        named = (brief.get("brand") or {}).get("niche")
        return self.niches.resolve(named) if named else None

    def relevance(self, creator, accounts, brief, stand_ins, partners):
        wanted = self.wanted_niches(brief, partners)
        if not wanted:
            return Criterion("relevance", None, asked=False)
        c = self.shares(creator)
        if not c:
            return self.unknown("relevance", creator, accounts, stand_ins)
        q, same, own = self.vector(wanted, 1 / 2), self.vector(wanted, 3 / 4), self.vector(c, 3 / 4)
        served = collections.defaultdict(list)
        for n, x in own.items():
            best = max(q[m] * self.niches.prox(n, m)**3 for m in q)
            if best > 0:
                m = min(m for m in q if q[m] * self.niches.prox(n, m)**3 >= best - 1e-12)
                served[m].append((n, x * self.niches.prox(n, m)**3))
        reached = {m: math.sqrt(sum(x * x for _, x in parts)) for m, parts in served.items()}
        best = sum(q[m]**(5 / 4) * same[m]**(3 / 4) for m in q)
        overlap = min(1.0, sum(q[m]**(5 / 4) * a**(3 / 4) for m, a in reached.items()) / best)
        alike = [sum(x * self.stats.common.get(n, 0.0) for n, x in vector.items()) for vector in (q, own)]
        expected = self.stats.common_weight * alike[0] * alike[1]
        value = max(0.0, (overlap - expected) / (1 - expected))
        return Criterion("relevance", value, overlap=overlap, expected=expected, q=q, c=own, served={m: dict(p) for m, p in served.items()})

    def focus(self, creator, accounts):
        c = self.shares(creator)
        niches = creator.get("niches") or []
        alone = len(niches) == 1 and niches[0].get("weight") is None and not self.several(niches[0].get("source"))
        if not c or alone:
            if self.reading("focusUnknown") == "standIn":
                found = self.unknown("focus", creator, accounts, self.stats.stand_ins)
                if found.parts["standIn"] is not None:
                    return found
            return Criterion("focus", 0.5, 0.1, 1.0, known=False)
        tops = collections.defaultdict(float)
        for n, w in c.items():
            tops[self.niches.top(n)] += w
        return Criterion("focus", 1 / math.exp(entropy(tops.values())), tops=dict(tops))

    @staticmethod
    def several(source):
        return isinstance(source, list) and len(set(source)) > 1

    # audience

    def dimensions(self, brief):
        """Which figures of an audience the brief names: [(kind, number of dimensions, S*)]."""
        wanted = {k: list(dict.fromkeys(v)) for k, v in (brief.get("audience") or {}).items() if v}
        found = []
        if "countries" in wanted and "languages" in wanted:
            found.append(("place", 1, 0.80))
        else:
            found += [(k, 1, AUDIENCE_BEST[k]) for k in ("countries", "languages") if k in wanted]
        ages = AGE_BEST.get(len(wanted.get("ages", ())), 1.0)
        genders = 0.85 if len(wanted.get("genders", ())) == 1 else 1.0
        if "ages" in wanted and "genders" in wanted:
            found.append(("people", 1 if self.reading("ageGender") == "one" else 2, ages * genders))
        elif "ages" in wanted:
            found.append(("ages", 1, ages))
        elif "genders" in wanted:
            found.append(("genders", 1, genders))
        if "interests" in wanted:
            found.append(("interests", 1, AUDIENCE_BEST["interests"]))
        return wanted, found

    @staticmethod
    def wanted_share(shares, wanted, covers):
        """(share, low, high) of the wanted values in a map."""
        total = sum(shares.values())
        share = sum(x for key, x in shares.items() if any(covers(w, key) for w in wanted))
        missing = any(not any(covers(w, key) for key in shares) for w in wanted)
        rest = max(0.0, 1 - total) if missing and total < COMPLETE else 0.0
        return min(1.0, share), min(1.0, share), min(1.0, share + rest)

    def covers(self, kind):
        if kind == "languages":
            return lambda w, key: key.lower() == w.lower() or key.lower().startswith(w.lower() + "-")
        if kind == "interests":
            return lambda w, key: self.niches.within(self.niches.resolve(key) or key, self.niches.resolve(w) or w)
        return lambda w, key: key == w

    def margin(self, audience, kind, wanted):
        """(share, low, high) of one margin of an account's audience; None where not known."""
        shares = audience.get(kind)
        joint = audience.get("agesByGender")
        if not shares and joint and kind in ("ages", "genders"):
            shares = collections.defaultdict(float)
            for gender, ages in joint.items():
                for age, x in ages.items():
                    shares[age if kind == "ages" else gender] += x
        if not shares:
            return None
        shares = dict(shares)
        if kind == "genders":
            total = sum(shares.values())
            for one, other in (("female", "male"), ("male", "female")):
                if one in shares and other not in shares and (
                        self.reading("otherGender") == "completed" or other in wanted):
                    shares[other] = max(0.0, 1 - total)
        return self.wanted_share(shares, wanted, self.covers(kind))

    def account_figure(self, account, kind, wanted):
        """(share, low, high) of one dimension of one account; None where not known."""
        audience = account.get("audience") or {}
        if kind == "place":
            halves = [self.margin(audience, k, wanted[k]) for k in ("countries", "languages")]
            return None if None in halves else tuple(min(x) for x in zip(*halves))
        if kind == "people":
            joint = self.joint(audience, wanted)
            if joint is not None:
                return joint
            margins = [self.margin(audience, k, wanted[k]) for k in ("ages", "genders")]
            return None if None in margins else tuple(a * b for a, b in zip(*margins))
        return self.margin(audience, kind, wanted[kind])

    @staticmethod
    def joint(audience, wanted):
        cells = {(g, a): x for g, ages in (audience.get("agesByGender") or {}).items() for a, x in ages.items()}
        if not cells:
            return None
        asked = [(g, a) for g in wanted["genders"] for a in wanted["ages"]]
        if not all(cell in cells for cell in asked) and sum(cells.values()) < COMPLETE:
            return None
        share = min(1.0, sum(cells.get(cell, 0.0) for cell in asked))
        return share, share, share

    def mean_figure(self, accounts, kind, wanted):
        known = [(a, self.account_figure(a, kind, wanted)) for a in accounts]
        known = [(a, x) for a, x in known if x is not None]
        return self.mean(known) if known else None

    def audience(self, creator, accounts, brief, stand_ins):
        wanted, dimensions = self.dimensions(brief)
        if not dimensions:
            return Criterion("audience", None, asked=False), None
        best = math.prod(b for _, _, b in dimensions)
        number = sum(n for _, n, _ in dimensions)
        figures = {}
        for kind, _, _ in dimensions:
            parts = [kind]
            if kind == "people":
                together = self.mean_figure(accounts, "people", wanted)
                joint = any(self.joint(a.get("audience") or {}, wanted) for a in accounts)
                if together is None or (self.reading("people") == "separate" and not joint):
                    parts = ["ages", "genders"]
            for part in parts:
                figures[part] = self.mean_figure(accounts, part, wanted)
        known = all(x is not None for x in figures.values())
        used = {}
        if self.reading("halfPlace") == "halves" and figures.get("place", 0) is None:
            halves = {k: self.mean_figure(accounts, k, wanted) for k in ("countries", "languages")}
            if any(halves.values()):
                figures["place"] = tuple(min(x) for x in zip(*(
                    x or self.stood_in(creator, accounts, stand_ins, "audience." + k, True)[:3]
                    for k, x in halves.items())))
                known = False
        if all(x is None for x in figures.values()):
            s = self.stood_in(creator, accounts, stand_ins, "audience", True)
            used["audience"] = s[3]
            if s[3] is None and self.reading("noAudience") == "value":
                return Criterion("audience", 0.5, 0.1, 0.9, known=False, standIn=None, best=best), None
            product = s[:3]
        else:
            for kind, x in figures.items():
                if x is None:
                    s = self.stood_in(creator, accounts, stand_ins, self.name_of(kind, stand_ins), True)
                    figures[kind], used[kind] = s[:3], s[3]
            product = tuple(math.prod(x[i] for x in figures.values()) for i in range(3))

        def shape(s):
            return min(1.0, s / best if number == 1 else math.sqrt(s / best))

        value, low, high = map(shape, product)
        criterion = Criterion("audience", value, low, high, known=known, S=product, best=best, figures=figures,
                              standIns=used)
        return criterion, product[0] if known else None

    @staticmethod
    def name_of(kind, stand_ins):
        if kind != "place":
            return "audience." + kind
        published = {r["of"] for r in stand_ins}
        return next((name for name in NAMES_OF_PLACE if name in published), "audience.countries")

    # bond

    @staticmethod
    def rate_of(account):
        """(engagement rate, basis) of an account; (None, None) where it was not sent and can't be calculated."""
        if account.get("engagementRate") is not None:
            return account["engagementRate"], account.get("engagementBasis") or "followers"
        if account.get("likes") is not None and account.get("comments") is not None and account.get("followers"):
            return (account["likes"] + account["comments"]) / account["followers"], "followers"
        return None, None

    @staticmethod
    def comments_per_like(account):
        if account.get("likes") and account.get("comments") is not None:
            return account["comments"] / account["likes"]
        return None

    def account_bond(self, account):
        """((value, low, high), parts) of an account; None where its engagement rate can't be placed."""
        rate, basis = self.rate_of(account)
        followers = account.get("followers")
        if rate is None or followers is None:
            return None

        def placed(figure, of_curve):
            def of_bin(b):
                curve = self.stats.curve(figure, account["platform"], basis, b)
                return None if curve is None else of_curve(curve)
            return mix(followers, of_bin)

        p = placed("engagementRate", lambda curve: curve.place(shrink(rate, account.get("postsSampled"), curve.median)))
        if p is None:
            return None
        per_like = self.comments_per_like(account)
        comments = None if per_like is None else placed("commentsPerLike", lambda curve: curve.place(per_like))
        unknown = (0.5, 0.1, 0.9) if self.reading("commentsUnknown") == "interval" else (0.5, 0.5, 0.5)
        comments = unknown if comments is None else (comments,) * 3
        reply = account.get("replyRate")
        replies = (0.5, 0.1, 0.9) if reply is None else (reply,) * 3
        blended = tuple(0.6 * p + 0.25 * c + 0.15 * r for c, r in zip(comments, replies))
        return blended, {"rate": rate, "P": p, "comments": comments[0], "reply": replies[0]}

    def bond(self, creator, accounts):
        known = [(a, self.account_bond(a)) for a in accounts]
        known = [(a, x) for a, x in known if x is not None]
        if not known:
            return self.unknown("bond", creator, accounts, self.stats.stand_ins)
        value, low, high = self.mean([(a, x[0]) for a, x in known])
        return Criterion("bond", value, low, high, accounts=[{"platform": a["platform"], **x[1]} for a, x in known])

    # credibility and belief

    def within_days(self, date, until, days):
        """Whether a day is one of the so many days up to and with another."""
        ago = (until - date).days
        if ago < 0:
            return self.reading("future") == "inside"
        return ago < days or (ago == days and self.reading("window") == "closed")

    def credibility(self, creator, accounts):
        observed = [day(a.get("observedAt")) for a in creator.get("accounts") or [] if a.get("observedAt")]
        rates = [a["postsPerWeek"] for a in creator.get("accounts") or [] if a.get("postsPerWeek") is not None]
        mentions = creator.get("mentions")
        until = max(observed, default=self.stats.today)
        if mentions is None or not rates or (self.stats.today - until).days > 365:
            return self.unknown("credibility", creator, accounts, self.stats.stand_ins,
                                mentions=mentions is not None, rates=rates, observed=str(until))
        posts = collections.OrderedDict()
        for i, m in enumerate(mentions):
            posts.setdefault(m.get("url") or ("without", i), []).append(m)
        sponsored = []
        for group in posts.values():
            paid = [m for m in group if m.get("paid") is True]
            days = [day(m.get("on")) for m in group if m.get("on")]
            if paid and (not days or any(self.within_days(d, until, 365) for d in days)):
                sponsored.append((bool(days), paid if self.reading("mixedPost") == "paid" else group))
        by_brand, by_category = collections.defaultdict(float), collections.defaultdict(float)
        for dated, group in sponsored:
            if not dated and self.reading("undatedSpread") == "out":
                continue
            brands = collections.defaultdict(set)
            for m in group:
                top = self.niches.top(m["niche"]) if m.get("niche") in self.niches.all else None
                brands[self.stats.brand(m.get("brand"))].add(top)
            filed = {b: tops - {None} for b, tops in brands.items()}
            k = len(brands) if self.reading("category") == "mentions" else sum(1 for tops in filed.values() if tops)
            for b, tops in filed.items():
                by_brand[b] += 1 / len(brands)
                for top in tops:
                    by_category[top] += 1 / k / len(tops)
        count = len(sponsored)
        weeks = 365 / 7 if self.reading("weeks") == "365/7" else 52
        made = max(sum(rates) * weeks, count)
        s = (count + 1) / (made + 20)
        load = min(1.0, s / 0.15)
        h = entropy(by_brand.values())
        if by_category:
            h = (h + entropy(by_category.values())) / 2
        spread = 1 - 1 / math.exp(h)
        return Criterion("credibility", 1 - load * (0.4 + 0.6 * spread), sponsored=count, posts=made, load=load,
                         spread=spread, window=str(until))

    def in_last_year(self, date):
        if self.reading("year") == "days":
            return self.within_days(date, self.stats.today, 365)
        if date > self.stats.today:
            return self.reading("future") == "inside"
        return date > a_year_before(self.stats.today)

    def is_category(self, niche, category):
        if niche not in self.niches.all or category is None:
            return False
        return self.niches.within(niche, category) or (
            niche == self.niches.parent(category) and self.niches.parent(niche) is None)

    def belief(self, creator, brief, outcomes):
        brand = brief.get("brand") or {}
        texts = [t for t in (brief.get("product"), brief.get("message"), brand.get("values")) if t and t.strip()]
        own = self.stats.brand(brand.get("name"))
        rivals = {self.stats.brand(c) for c in brand.get("competitors") or []} - {""}
        category = self.category(brief)
        if not (own or rivals or category or texts):
            return Criterion("belief", None, asked=False)
        window = brief.get("competitorWindowDays")
        window = 90 if window is None else window
        found = {}
        paid_in_category = set()
        for i, m in enumerate(creator.get("mentions") or []):
            named, on, paid = self.stats.brand(m.get("brand")), day(m.get("on")), m.get("paid")
            recent = on is not None and self.in_last_year(on)
            if named in rivals:
                inside = on is None or (self.within_days(on, self.stats.today, window)
                                        and (recent or self.reading("longWindow") == "window"))
                if paid is True and inside:
                    found["paid for a competitor"] = 0.0
            if not recent:
                continue
            if own and named == own:
                if paid is False:
                    found["unpaid mention of the brand"] = 1.0
                elif paid is True:
                    found["paid work for the brand"] = 0.9
            if named not in rivals and self.is_category(m.get("niche"), category):
                if paid is False:
                    found["unpaid mention of the category"] = 0.8
                elif paid is True:
                    paid_in_category.add(m.get("url") or ("without", i))
        if len(paid_in_category) >= 2:
            found["paid posts in the category"] = 0.65
        self.outcome_evidence(found, own, outcomes)
        for name in ("paid for a competitor", "declined: does not believe in it", "unpaid mention of the brand",
                     "agreed", "paid work for the brand", "unpaid mention of the category",
                     "paid posts in the category"):
            if name in found:
                return Criterion("belief", found[name], evidence=name, all=sorted(found))
        t = self.text_overlap(creator, texts)
        return Criterion("belief", 0.5 + 0.1 * t, 0.2, 0.8, known=False, t=t)

    def outcome_evidence(self, found, own, outcomes):
        told = []
        for o in outcomes:
            kind = str(o.get("outcome") or o.get("state") or o.get("result") or "").lower()
            on = day(o.get("on") or o.get("at") or o.get("when"))
            if own and self.stats.brand(o.get("brand")) == own and on is not None and self.in_last_year(on):
                told.append((on, kind, str(o.get("reason") or "").lower()))
        if told:
            _, kind, reason = max(told)
            if kind == "declined" and "believ" in reason:
                found["declined: does not believe in it"] = 0.05
            elif kind == "agreed":
                found["agreed"] = 0.9

    def text_overlap(self, creator, texts):
        fold = self.reading("words") == "folded"
        asked = {w for text in texts for w in words_of(text, fold) if len(w) >= 4}
        if not asked:
            return 0.0
        bio = set(words_of(creator.get("bio"), fold))
        tags = ["".join(words_of(h["tag"], fold)) for h in creator.get("hashtags") or []]
        return sum(1 for w in asked if w in bio or any(w in tag for tag in tags)) / len(asked)

    # authenticity and value

    def authenticity(self, creator, accounts):
        known = [(a, (a["authenticity"],)) for a in accounts if a.get("authenticity") is not None]
        if not known:
            return self.unknown("authenticity", creator, accounts, self.stats.stand_ins)
        a, = self.mean(known)
        return Criterion("authenticity", authenticity_value(a), a=a)

    def capped_rate(self, account):
        rate, basis = self.rate_of(account)
        if rate is None or (account.get("engagementRate") is None and self.reading("derivedRate") == "bond"):
            return None
        followers = account.get("followers")
        cap = None
        if followers is not None:
            def of_bin(b):
                curve = self.stats.curve("engagementRate", account["platform"], basis, b)
                return None if curve is None else curve.cap
            cap = of_bin(bin_of(followers)) if self.reading("cap") == "bin" else mix(followers, of_bin)
        return min(rate, 1.0 if cap is None else cap, 1.0), basis

    def price(self, creator, account, brief):
        """The mean price of one piece in EUR; None where not known."""
        prices = {}
        for r in creator.get("rates") or []:
            euro = self.stats.euro(r.get("price"))
            if r["platform"] == account["platform"] and euro is not None:
                prices[r["deliverable"]] = min(euro, prices.get(r["deliverable"], math.inf))
        counts = collections.Counter()
        for d in brief.get("deliverables") or []:
            counts[d["deliverable"]] += 1 if d.get("count") is None else d["count"]
        counts = {d: n for d, n in counts.items() if n > 0}
        if not counts:
            return min(prices.values(), default=None)
        if any(d not in prices for d in counts):
            return None
        return sum(n * prices[d] for d, n in counts.items()) / sum(counts.values())

    def value(self, creator, accounts, brief, stand_ins):
        if not brief.get("deliverables") and not brief.get("budget"):
            return Criterion("value", None, asked=False)
        wanted, dimensions = self.dimensions(brief)
        costs, parts = [], []
        for a in accounts:
            capped, price = self.capped_rate(a), self.price(creator, a, brief)
            figures = [self.account_figure(a, kind, wanted) for kind, _, _ in dimensions]
            if capped is None or price is None or None in figures or a.get("authenticity") is None:
                continue
            base = a.get(capped[1])
            if base is None:
                continue
            engaged = [base * capped[0] * a["authenticity"] * math.prod(f[i] for f in figures) for i in range(3)]
            if self.reading("valueInterval") == "point":
                engaged = [engaged[0]] * 3
            costs.append([price / e if e > 0 else math.inf for e in engaged])
            parts.append({"platform": a["platform"], "base": base, "rate": capped[0], "price": price, "E": engaged[0]})
        if not costs:
            return self.unknown("value", creator, accounts, stand_ins)
        value, low, high = (value_of_cost(min(c[i] for c in costs)) for i in range(3))
        return Criterion("value", value, low, high, accounts=parts)

    # filters

    def passes(self, creator, brief):
        """Whether the brief's own filters let the creator in."""
        accounts = self.accounts(creator, brief)
        if brief.get("platforms") and not accounts:
            return False
        band = brief.get("followers") or {}
        if band.get("min") is not None or band.get("max") is not None:
            main = self.main_account(accounts)
            followers = main.get("followers") if main else None
            if followers is None or followers < (band.get("min") or 0):
                return False
            if band.get("max") is not None and followers > band["max"]:
                return False
        if creator["slug"] in (brief.get("excludeCreators") or []):
            return False
        barred = [self.niches.resolve(n) for n in brief.get("excludeNiches") or []]
        return not any(self.niches.within(n["niche"], b) for n in creator.get("niches") or [] for b in barred)


# ------------------------------------------------------------------------------------------------ the product's API


class Problem(Exception):
    def __init__(self, status, call, body):
        super().__init__(f"{call}: {status} {body[:600]}")
        self.status = status


class Client:
    def __init__(self, url, user, password, timeout=120):
        self.base = url.rstrip("/") + "/api/v1"
        self.timeout = timeout
        self.basic = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        self.authorization = self.basic
        self.outcomes_missing = False

    def call(self, method, path, body=None):
        request = urllib.request.Request(self.base + path, method=method)
        request.add_header("Authorization", self.authorization)
        request.add_header("Accept", "application/json")
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, data, timeout=self.timeout) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as e:
            raise Problem(e.code, f"{method} {path}", e.read().decode(errors="replace")) from None

    def sign_in(self):
        problem = None
        for body in ({"name": "recompute_fit"}, {}, None):
            try:
                answer = self.call("POST", "/tokens", body)
                self.authorization = "Bearer " + answer["token"]
                return
            except (Problem, KeyError) as e:
                problem = e
                if isinstance(e, Problem) and e.status in (401, 403):
                    break
        print(f"no token ({problem}); going on with HTTP Basic", file=sys.stderr)

    def pages(self, path):
        cursor = None
        while True:
            query = {"limit": 200} | ({"cursor": cursor} if cursor else {})
            page = self.call("GET", f"{path}?{urllib.parse.urlencode(query)}")
            yield from page["items"]
            cursor = page.get("next")
            if not cursor:
                return

    def creator(self, slug):
        return self.call("GET", "/creators/" + urllib.parse.quote(slug, safe=""))

    def outcomes(self, slug):
        if self.outcomes_missing:
            return []
        try:
            answer = self.call("GET", f"/creators/{urllib.parse.quote(slug, safe='')}/outcomes")
            return answer if isinstance(answer, list) else answer.get("items") or []
        except Problem as e:
            if e.status not in (404, 405):
                raise
            self.outcomes_missing = True
            return []

    def ranking(self, brief, weights):
        """The pages of a ranking."""
        cursor = None
        while True:
            body = {"brief": brief, "explain": True, "limit": 200}
            if weights is not None:
                body["weights"] = weights
            if cursor:
                body["cursor"] = cursor
            page = self.call("POST", "/rankings", body)
            yield page
            cursor = page.get("next")
            if not cursor:
                return


# ------------------------------------------------------------------------------------------------ briefs


class Facts:
    """What the creators at hand have, so that briefs ask for things that are there."""

    def __init__(self, niches, statistics, creators):
        self.niches = niches
        df = statistics.get("df") or {}
        self.common = sorted((n for n in niches.all if df.get(n)), key=lambda n: (-df[n], n)) or sorted(niches.all)
        self.used = sorted({n["niche"] for c in creators for n in c.get("niches") or [] if n["niche"] in niches.all})
        mentions = [m for c in creators for m in c.get("mentions") or []]
        self.brands = [b for b, _ in collections.Counter(m["brand"] for m in mentions if m.get("brand")).most_common()]
        self.categories = sorted({m["niche"] for m in mentions if m.get("niche") in niches.all})
        self.seen = {}
        for kind in ("countries", "languages", "interests"):
            counter = collections.Counter()
            for c in creators:
                for a in c.get("accounts") or []:
                    for key, x in ((a.get("audience") or {}).get(kind) or {}).items():
                        counter[key] += x
            self.seen[kind] = [k for k, _ in counter.most_common() if kind != "interests" or niches.resolve(k)]
        self.platforms = [p for p, _ in collections.Counter(
            a["platform"] for c in creators for a in c.get("accounts") or []).most_common()] or ["instagram"]
        self.deliverables = sorted({r["deliverable"] for c in creators for r in c.get("rates") or []}) or ["post"]
        self.words = sorted({w for c in creators for w in words_of(c.get("bio")) if len(w) >= 4 and w.isalpha()})
        self.with_niches = [c["slug"] for c in creators if c.get("niches")]
        self.slugs = [c["slug"] for c in creators]

    def niche(self, *names):
        found = (self.niches.resolve(name) for name in names)
        return next((n for n in found if n), None) or self.common[0]

    def some(self, kind, count, *otherwise):
        return (self.seen[kind] + [x for x in otherwise if x not in self.seen[kind]])[:count]


def built_in_briefs(facts):
    """[(name, brief, weights of the request)]: each stands for one way to ask."""
    beauty = facts.niche("skin-care", "skincare", "beauty")
    related = next((pair for pair in sorted(facts.niches.relations) if pair[0] in facts.used or pair[1] in facts.used),
                   (facts.common[0], facts.common[-1]))
    lowest = next((n for n in facts.used if facts.niches.parent(n)), facts.common[0])
    brands = facts.brands + ["Glowworks", "Dermalis", "Purelane"]
    category = facts.categories[0] if facts.categories else beauty
    places = facts.some("countries", 2, "DE", "FR")
    text = " ".join(facts.words[::max(1, len(facts.words) // 6)][:6])
    everything = {
        "name": "Everything at once",
        "brand": {"name": brands[0], "niche": category, "competitors": brands[3:5], "values": "honest, gentle, local"},
        "product": "A serum for every morning", "message": text or "Calm skin without promises",
        "objective": "consideration",
        "niches": [{"niche": beauty, "importance": 2}, {"niche": lowest, "importance": 1},
                   {"niche": related[0], "importance": 0.5}],
        "audience": {"countries": places, "ages": ["18-24", "25-34", "35-44"], "genders": ["female", "other"],
                     "languages": facts.some("languages", 1, "en"), "interests": facts.some("interests", 2, beauty)},
        "platforms": facts.platforms[:3], "followers": {"min": 500, "max": 2_000_000},
        "deliverables": [{"deliverable": d, "count": i + 1} for i, d in enumerate(facts.deliverables[:2])],
        "budget": {"amount": 8000, "currency": "USD"}, "competitorWindowDays": 180,
        "likeCreators": facts.with_niches[:2], "excludeCreators": facts.slugs[-1:],
        "weights": {"relevance": 10, "audience": 30, "bond": 20, "credibility": 5.5, "belief": 12, "value": 7},
    }
    return [
        ("skincare", {
            "name": "Skincare, women 18-34",
            "brand": {"name": brands[0], "niche": beauty, "competitors": brands[1:3], "values": "gentle, honest skin"},
            "product": "Moisturising cream for sensitive skin", "message": "Skin care without promises",
            "niches": [{"niche": beauty, "importance": 1}],
            "audience": {"countries": places, "ages": ["18-24", "25-34"], "genders": ["female"]},
            "platforms": ["instagram", "tiktok"], "followers": {"min": 1_000, "max": 100_000},
            "deliverables": [{"deliverable": "post", "count": 2}, {"deliverable": "story", "count": 3}],
            "budget": {"amount": 5000, "currency": "EUR"}}, None),
        ("niches only", {"niches": [{"niche": facts.niche("fitness", "sports"), "importance": 3},
                                    {"niche": facts.niche("travel"), "importance": 1}]}, None),
        ("audience only", {"audience": {"countries": places[:1], "languages": facts.some("languages", 2, "en"),
                                        "interests": facts.some("interests", 2, beauty)}}, None),
        ("partners and relatives", {"niches": [{"niche": related[0]}, {"niche": lowest, "importance": 0.4}],
                                    "likeCreators": facts.with_niches[:3]}, None),
        ("everything, own weights", everything, None),
        ("everything, weights of the request", everything, {"relevance": 1, "value": 1, "credibility": 2}),
        ("everything, empty weights", everything, {}),
        ("a brand and no more", {"brand": {"name": brands[0]}}, None),
        ("one platform", {"niches": [{"niche": beauty}], "audience": {"ages": ["25-34"], "genders": ["male"]},
                          "platforms": facts.platforms[:1],
                          "deliverables": [{"deliverable": facts.deliverables[0], "count": 1}]}, None),
        ("one dimension, a budget", {"audience": {"countries": places}, "budget": {"amount": 100, "currency": "EUR"}},
         None),
        ("past partners and a category", {"brand": {"niche": category}, "likeCreators": facts.with_niches[1:3]}, None),
        ("nothing", {}, None),
    ]


def varied_brief(rng, facts):
    """A random brief of what the creators at hand have."""
    def some(values, least, most):
        values = list(values)
        return rng.sample(values, min(len(values), rng.randint(least, most)))

    def maybe(chance):
        return rng.random() < chance

    brief, audience, brand = {}, {}, {}
    if maybe(0.75):
        pool = (facts.used or facts.common) + facts.common[:30]
        chosen = some(sorted(set(pool)), 1, 4)
        chosen += [p for p in (facts.niches.parent(n) for n in chosen) if p and p not in chosen and maybe(0.3)]
        brief["niches"] = [{"niche": n, "importance": rng.choice([0.3, 1, 1, 2.5])} for n in chosen]
    for kind, chance in (("countries", 0.6), ("languages", 0.3), ("interests", 0.25)):
        if maybe(chance) and facts.seen[kind]:
            audience[kind] = some(facts.seen[kind][:12], 1, 3)
    if maybe(0.6):
        audience["ages"] = some(["13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+"], 1, 4)
    if maybe(0.6):
        audience["genders"] = some(["female", "male", "other"], 1, 2)
    if audience:
        brief["audience"] = audience
    if maybe(0.5):
        brief["platforms"] = some(facts.platforms, 1, 3)
    if maybe(0.3):
        brief["followers"] = {"min": rng.choice([0, 500, 5_000]), "max": rng.choice([100_000, 500_000, 5_000_000])}
    if maybe(0.6) and facts.brands:
        brand["name"] = rng.choice(facts.brands)
        brand["competitors"] = some([b for b in facts.brands if b != brand["name"]], 0, 4)
    if maybe(0.5) and facts.categories:
        brand["niche"] = rng.choice(facts.categories)
        if maybe(0.3) and facts.niches.parent(brand["niche"]):
            brand["niche"] = facts.niches.parent(brand["niche"])
    if maybe(0.4) and facts.words:
        brief["message"] = " ".join(some(facts.words, 3, 8))
    if brand:
        brief["brand"] = brand
        if maybe(0.3):
            brief["competitorWindowDays"] = rng.choice([30, 60, 180, 365])
    if maybe(0.6):
        brief["deliverables"] = [{"deliverable": d, "count": rng.randint(1, 4)} for d in some(facts.deliverables, 1, 2)]
    elif maybe(0.5):
        brief["budget"] = {"amount": 2500, "currency": rng.choice(["EUR", "USD", "GBP"])}
    if maybe(0.25) and facts.with_niches:
        brief["likeCreators"] = some(facts.with_niches, 1, 3)
    weights = None
    if maybe(0.3):
        weights = {k: round(rng.random() * 40, 1) for k in some(CRITERIA, 3, 8)} | {"bond": 5}
    return brief, weights


# ------------------------------------------------------------------------------------------------ comparing


def differences(fit, item):
    """[(criterion or '', figure, ours, theirs)] of everything that differs too much."""
    found = []

    def near(criterion, figure, ours, theirs, tolerance):
        if ours is None and theirs is None:
            return
        if ours is None or theirs is None or not abs(ours - theirs) <= tolerance:
            found.append((criterion, figure, ours, theirs))

    near("", "score", fit.score, item.get("score"), SCORE_TOLERANCE)
    near("", "low", fit.low, item.get("low"), SCORE_TOLERANCE)
    near("", "high", fit.high, item.get("high"), SCORE_TOLERANCE)
    near("", "audienceShare", fit.audience_share, item.get("audienceShare"), VALUE_TOLERANCE)
    theirs = {c["key"]: c for c in item.get("criteria") or []}
    if [c["key"] for c in item.get("criteria") or []] != list(CRITERIA):
        found.append(("", "criteria", list(CRITERIA), list(theirs)))
    for key, ours in fit.criteria.items():
        got = theirs.get(key)
        if got is None:
            continue
        if ours.asked != (got.get("asked") is not False):
            found.append((key, "asked", ours.asked, got.get("asked")))
            continue
        near(key, "points", ours.points, got.get("points"), SCORE_TOLERANCE)
        if not ours.asked:
            near(key, "value", None, got.get("value"), 0)
            near(key, "weight", 0.0, got.get("weight") or 0.0, 1e-9)
            continue
        for figure in ("value", "low", "high"):
            near(key, figure, getattr(ours, figure), got.get(figure), VALUE_TOLERANCE)
        if ours.known != got.get("known"):
            found.append((key, "known", ours.known, got.get("known")))
        near(key, "weight", ours.weight, got.get("weight"), 1e-9)
    points = [c.get("points") or 0.0 for c in theirs.values()]
    near("", "sum of points", sum(points), item.get("score"), 1e-6)
    return found


def wrong_account(creator, accounts, item):
    """What the ranking says of the creator's main account that isn't so."""
    main, told = Oracle.main_account(accounts), item["creator"]
    if main is None:
        return []
    ours = {k: main.get(k) for k in ("platform", "handle", "followers")}
    lines = [f"main account: {k} ours {x} theirs {told.get(k)}" for k, x in ours.items() if told.get(k) != x]
    tier = tier_of(main.get("followers"))
    if tier is not None and not same_tier(told.get("tier"), tier):
        lines.append(f"main account: tier ours {tier} theirs {told.get('tier')}")
    return lines


def explaining_readings(differs, creator, brief, weights, stand_ins, partners, outcomes, item, niches, data, readings):
    """Other readings of the page under which the differing criteria would agree."""
    wanted = {c for c, _, _, _ in differs if c}
    found = []
    for name, choices in READINGS.items():
        for choice in choices:
            if choice == readings[name]:
                continue
            oracle = Oracle(niches, data, readings | {name: choice})
            fit = oracle.fit(creator, brief, weights, stand_ins, partners, outcomes)
            better = wanted - {c for c, _, _, _ in differences(fit, item)}
            if better:
                found.append(f"{name}={choice} explains {', '.join(sorted(better))}")
    return found


def out_of_order(items):
    """Pairs of neighbours that stand the wrong way round, and ranks that don't count on."""
    def key(item):
        followers = item["creator"].get("followers")
        return -round(item["score"], 9), math.inf if followers is None else followers, item["creator"]["slug"]

    wrong = [f"{a['creator']['slug']} before {b['creator']['slug']}"
             for a, b in zip(items, items[1:]) if key(a) > key(b)]
    wrong += [f"rank {item['rank']} at place {i}" for i, item in enumerate(items, 1) if item.get("rank", i) != i]
    return wrong


def shown(x):
    return f"{x:.6f}" if isinstance(x, float) else str(x)


class Report:
    def __init__(self, verbose=False):
        self.passed = self.failed = 0
        self.verbose = verbose
        self.figures, self.explained = collections.Counter(), collections.Counter()

    def check(self, name, lines):
        if lines:
            self.failed += 1
            print(f"DIFFERS  {name}")
            for line in lines:
                print(f"    {line}")
        else:
            self.passed += 1
            if self.verbose:
                print(f"ok       {name}")

    def end(self):
        for title, counts in (("differing figures", self.figures), ("explained by another reading", self.explained)):
            for what, count in counts.most_common():
                print(f"{title}: {count:>5} {what}")
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0


class Run:
    def __init__(self, client, options, readings):
        self.client, self.options, self.readings = client, options, readings
        self.report = Report(options.verbose)
        self.creators = {}
        self.told = {}

    def creator(self, slug):
        if slug not in self.creators:
            self.creators[slug] = self.client.creator(slug)
        return self.creators[slug]

    def listed(self, slugs):
        """The creators that a list or ranking names; one that isn't there is a difference."""
        found = []
        for slug in dict.fromkeys(slugs):
            try:
                found.append(self.creator(slug))
            except Problem as e:
                self.report.check(f"{slug} is listed", [str(e)])
        return found

    def outcomes(self, slug):
        if slug not in self.told:
            self.told[slug] = self.client.outcomes(slug)
        return self.told[slug]

    def load(self):
        self.niches = Niches(list(self.client.pages("/niches")))
        self.use(self.client.call("GET", "/statistics"))

    def use(self, statistics):
        self.data = statistics
        self.oracle = Oracle(self.niches, statistics, self.readings)

    def all_slugs(self):
        try:
            return [c.get("slug") or c["creator"]["slug"] for c in self.client.pages("/creators")]
        except (Problem, KeyError) as e:
            print(f"no list of creators ({e}); taking a ranking without a brief", file=sys.stderr)
            return [i["creator"]["slug"] for page in self.client.ranking({}, None) for i in page["items"]]

    def main(self):
        self.client.sign_in()
        self.load()
        rng = random.Random(self.options.seed)
        slugs = sorted(self.all_slugs())
        chosen = self.options.slugs.split(",") if self.options.slugs else rng.sample(
            slugs, min(self.options.creators, len(slugs)))
        print(f"statistics version {self.data.get('version')} as of {self.data['asOf']}, {len(self.niches.all)} "
              f"niches, {len(slugs)} creators; compared: {', '.join(chosen)}")
        if self.options.briefs:
            with open(self.options.briefs, encoding="utf-8") as f:
                briefs = [(b.get("name") or f"brief {i}", b["brief"], b.get("weights"))
                          for i, b in enumerate(json.load(f), 1)]
        else:
            heads = rng.sample(slugs, min(200, len(slugs)))
            heads += [i["creator"]["slug"] for i in next(self.client.ranking({}, None))["items"]]
            facts = Facts(self.niches, self.data, self.listed(chosen + heads))
            briefs = built_in_briefs(facts)
            for i in range(self.options.variations):
                brief, weights = varied_brief(rng, facts)
                briefs.append((f"variation {i + 1}", brief, weights))
        for name, brief, weights in briefs:
            self.compare(name, brief, weights, chosen)
        if self.options.audit:
            Audit(self, slugs).main([(name, brief) for name, brief, _ in briefs])
        return self.report.end()

    def compare(self, name, brief, weights, chosen):
        partners = [self.creator(s) for s in brief.get("likeCreators") or []]
        looked_for = {s for s in chosen if self.oracle.passes(self.creator(s), brief)}
        items, by_slug, stand_ins, version = [], {}, [], None
        try:
            for page in self.client.ranking(brief, weights):
                stand_ins = stand_ins or page.get("standIns") or []
                version = page.get("statisticsVersion", version)
                items += page["items"]
                by_slug.update((i["creator"]["slug"], i) for i in page["items"])
                if looked_for <= by_slug.keys():
                    break
        except Problem as e:
            self.report.check(f"{name}: ranking", [str(e), json.dumps(brief)])
            return
        if version is not None and version != self.data.get("version"):
            self.use(self.client.call("GET", f"/statistics?version={version}"))
        print(f"--- {name}: {json.dumps(brief, ensure_ascii=False)}"
              + (f" weights {json.dumps(weights)}" if weights is not None else ""))
        self.report.check(f"{name}: order of the first {len(items)}", out_of_order(items))
        self.report.check(f"{name}: who is in it",
                          [f"{s} is missing" for s in sorted(looked_for - by_slug.keys())]
                          + [f"{s} should not be here" for s in chosen if s in by_slug and s not in looked_for])
        heads = [i["creator"]["slug"] for i in items[:self.options.top]]
        for creator in self.listed([s for s in chosen if s in by_slug] + heads):
            slug = creator["slug"]
            item, outcomes = by_slug[slug], self.outcomes(slug)
            fit = self.oracle.fit(creator, brief, weights, stand_ins, partners, outcomes)
            differs = differences(fit, item)
            lines = wrong_account(creator, self.oracle.accounts(creator, brief), item)
            lines += [f"{c or '-':<13} {figure:<13} ours {shown(ours):>12}  theirs {shown(theirs):>12}"
                      for c, figure, ours, theirs in differs]
            self.report.figures.update(f"{c or '-'} {figure}" for c, figure, _, _ in differs)
            for key in dict.fromkeys(c for c, _, _, _ in differs if c):
                lines.append(f"{key}: {json.dumps(fit.criteria[key].parts, default=str, ensure_ascii=False)}")
            if differs:
                explained = explaining_readings(differs, creator, brief, weights, stand_ins, partners, outcomes, item,
                                                self.niches, self.data, self.readings)
                lines += explained
                self.report.explained.update(explained)
            self.report.check(f"{name}: {slug}", lines)


class Audit:
    """Recalculates what is published as statistics from the creators themselves."""

    def __init__(self, run, slugs):
        self.run, self.slugs, self.report = run, slugs, run.report
        self.oracle, self.data = run.oracle, run.data

    def main(self, briefs):
        if self.data["creators"] != len(self.slugs):
            print(f"--- audit left out: statistics count {self.data['creators']} creators, the list has "
                  f"{len(self.slugs)} (demo creators can't be told apart over the API)")
            return
        print("--- audit of the statistics")
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            creators = list(pool.map(self.run.creator, self.slugs))
        self.report.check("df", self.df(creators))
        self.report.check("quantiles", self.quantiles(creators))
        sample = sorted(self.slugs, key=lambda s: hashlib.sha256(s.encode()).digest())[:2000]
        published = set(self.data.get("sample") or [])
        self.report.check("sample", [] if set(sample) == published else [f"{len(published - set(sample))} others"])
        stored = {}
        for c in creators:
            fit = self.oracle.fit(c, {})
            for key in ("bond", "credibility", "focus", "authenticity"):
                if fit.criteria[key].known:
                    stored.setdefault(key, []).append((c, fit.criteria[key].value))
        self.report.check("stored stand-ins", self.stand_ins(stored, self.data.get("standIns") or [], {}))
        for name, brief in briefs:
            page = next(self.run.client.ranking(brief, None))
            partners = [self.run.creator(s) for s in brief.get("likeCreators") or []]
            known = {}
            for slug in sample:
                c = self.run.creator(slug)
                fit = self.oracle.fit(c, brief, None, (), partners)
                for key in ("relevance", "value"):
                    if fit.criteria[key].asked and fit.criteria[key].known:
                        known.setdefault(key, []).append((c, fit.criteria[key].value))
                if fit.audience_share is not None:
                    known.setdefault("audience", []).append((c, fit.audience_share))
                wanted, dimensions = self.oracle.dimensions(brief)
                kinds = {k for kind, _, _ in dimensions
                         for k in ({"people": ("ages", "genders")}.get(kind) or (kind,))}
                for kind in kinds:
                    x = self.oracle.mean_figure(self.oracle.accounts(c, brief), kind, wanted)
                    if x is not None:
                        of = self.oracle.name_of(kind, page.get("standIns") or [])
                        known.setdefault(of, []).append((c, x[0]))
            self.report.check(f"{name}: stand-ins", self.stand_ins(known, page.get("standIns") or [], brief))

    def df(self, creators):
        counts = collections.Counter()
        for c in creators:
            above = set()
            for n in c.get("niches") or []:
                slug = n["niche"]
                while slug is not None and slug not in above:
                    above.add(slug)
                    slug = self.oracle.niches.parent(slug)
            counts.update(above)
        published = self.data.get("df") or {}
        return [f"{n}: ours {counts[n]} theirs {published.get(n, 0)}" for n in sorted(counts.keys() | published.keys())
                if counts[n] != published.get(n, 0)][:40]

    def quantiles(self, creators):
        figures = collections.defaultdict(list)
        for c in creators:
            for a in c.get("accounts") or []:
                rate, basis = self.oracle.rate_of(a)
                basis = basis or a.get("engagementBasis") or "followers"
                if a.get("followers") is None:
                    continue
                start = BINS[bin_of(a["followers"])]
                if rate is not None:
                    figures["engagementRate", a["platform"], basis, start].append(rate)
                per_like = self.oracle.comments_per_like(a)
                if per_like is not None:
                    figures["commentsPerLike", a["platform"], basis, start].append(per_like)
        published = {(r["figure"], r["platform"], r["basis"], r["from"]): r for r in self.data.get("quantiles") or []}
        wrong = []
        for key in sorted(figures.keys() | published.keys()):
            ours, row = sorted(figures.get(key, [])), published.get(key)
            if row is None:
                if len(ours) >= self.oracle.stats.min_peers:
                    wrong.append(f"{key}: {len(ours)} peers, not published")
            elif row["peers"] != len(ours):
                wrong.append(f"{key}: peers ours {len(ours)} theirs {row['peers']}")
            elif row.get("q"):
                far = max((abs(quantile(ours, i / 100) - x), i) for i, x in enumerate(row["q"]))
                if len(row["q"]) != 101 or far[0] > 1e-9:
                    wrong.append(f"{key}: {len(row['q'])} quantiles, farthest at {far[1]} by {far[0]:.3g}")
        return wrong

    def stand_ins(self, known, rows, brief):
        """Each published row against ours, and the levels that should be published."""
        groups = collections.defaultdict(list)
        for of, values in known.items():
            for c, x in values:
                main = self.oracle.main_account(self.oracle.accounts(c, brief))
                groups[of, None, None, None].append(x)
                if main:
                    groups[of, main["platform"], None, None].append(x)
                    tier = tier_of(main.get("followers"))
                    if tier:
                        groups[of, main["platform"], tier, None].append(x)
                if of.startswith("audience") and c.get("country"):
                    groups[of, None, None, c["country"]].append(x)
        wrong, seen = [], set()
        for r in rows:
            tier = r.get("tier")
            if tier is not None and same_tier(tier, BELOW):
                tier = BELOW
            key = r["of"], r.get("platform"), tier, r.get("country")
            seen.add(key)
            ours = sorted(groups.get(key, []))
            if len(ours) != r["known"]:
                wrong.append(f"{key}: known ours {len(ours)} theirs {r['known']}")
            elif ours:
                for name, p in (("p10", 0.1), ("median", 0.5), ("p90", 0.9)):
                    if r.get(name) is not None and abs(quantile(ours, p) - r[name]) > VALUE_TOLERANCE:
                        wrong.append(f"{key}: {name} ours {quantile(ours, p):.6f} theirs {r[name]:.6f}")
        for key, values in groups.items():
            least = 20 if key[3] or key[1] is None else self.oracle.stats.min_peers
            if len(values) >= least and key not in seen:
                wrong.append(f"{key}: {len(values)} known, not published")
        return wrong


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Calculates the fit apart from the product's code and compares.")
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--user", default="admin@demo.closeknit.example")
    parser.add_argument("--password", default="closeknit-demo")
    parser.add_argument("--creators", type=int, default=20, help="how many random creators")
    parser.add_argument("--top", type=int, default=3, help="how many more from the head of each ranking")
    parser.add_argument("--variations", type=int, default=5, help="how many random briefs beside the built-in ones")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--briefs", help="JSON file with a list of {name, brief, weights} instead of the built-in ones")
    parser.add_argument("--slugs", help="these creators instead of random ones, with commas")
    parser.add_argument("--audit", action="store_true", help="recalculate the published statistics too")
    parser.add_argument("--reading", action="append", default=[], metavar="NAME=CHOICE")
    parser.add_argument("--verbose", action="store_true", help="also what agrees")
    options = parser.parse_args(arguments)
    readings = dict(DEFAULT_READINGS)
    for reading in options.reading:
        name, _, choice = reading.partition("=")
        if choice not in READINGS.get(name, ()):
            parser.error(f"unknown reading {reading!r}; there are " + "; ".join(
                f"{n}: {', '.join(c)}" for n, c in READINGS.items()))
        readings[name] = choice
    return Run(Client(options.url, options.user, options.password), options, readings).main()


if __name__ == "__main__":
    sys.exit(main())
