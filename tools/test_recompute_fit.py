#!/usr/bin/env python3
"""Tests of recompute_fit.py: every expected number was worked out by hand from the design's page, beside the test.

usage: python3 -m unittest discover -s tools
"""
import base64
import contextlib
import io
import json
import math
import os
import random
import sys
import threading
import unittest
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import recompute_fit as fit
from recompute_fit import Niches, Oracle, Statistics

TREE = [
    {"slug": "beauty", "name": "Beauty", "parent": None, "aliases": ["make-up"], "hashtags": [], "related": [
        {"niche": "wellness", "strength": 0.4}]},
    {"slug": "skin-care", "name": "Skin Care", "parent": "beauty", "aliases": ["skincare"], "related": []},
    {"slug": "hair", "name": "Hair", "parent": "beauty", "aliases": [], "hashtags": [], "related": []},
    {"slug": "acne", "name": "Acne", "parent": "skin-care", "aliases": [], "hashtags": [], "related": []},
    {"slug": "wellness", "name": "Wellness", "parent": None, "aliases": [], "hashtags": [], "related": []},
    {"slug": "sports", "name": "Sports", "parent": None, "aliases": [], "hashtags": [], "related": []},
    {"slug": "running", "name": "Running", "parent": "sports", "aliases": [], "hashtags": [], "related": []},
    *({"slug": f"top-{i}", "name": f"Top {i}", "parent": None} for i in range(9)),
]
STATISTICS = {
    "version": 7, "asOf": "2026-11-22", "minPeers": 200, "creators": 99,
    "df": {"beauty": 9, "skin-care": 9, "hair": 9, "acne": 9, "sports": 99, "running": 99, "wellness": 9},
    "quantiles": [], "standIns": [], "sample": [], "rates": {"USD": 0.92}, "aliases": [["Speedgoat", "SG Running"]],
}


def oracle(readings=None, **changes):
    return Oracle(Niches(TREE), STATISTICS | changes, readings)


def creator(account=None, **more):
    accounts = [{"platform": "instagram", "handle": "a", "followers": 20_000, "observedAt": "2026-11-20T00:00:00Z"}
                | (account or {})]
    return {"slug": "a", "name": "A", "accounts": accounts} | more


def paid(brand, niche=None, on="2026-10-01", url=None):
    return {"brand": brand, "niche": niche, "paid": True, "on": on} | ({"url": url} if url else {})


def unpaid(brand, niche=None, on="2026-10-01"):
    return {"brand": brand, "niche": niche, "paid": False, "on": on}


class Arithmetic(unittest.TestCase):
    def test_quantiles_are_of_type_7(self):
        self.assertAlmostEqual(fit.quantile([1, 2, 3, 4], 0.5), 2.5)
        self.assertAlmostEqual(fit.quantile([1, 2, 3, 4], 0.1), 1.3)  # 0.1 · 3 steps above the first
        self.assertEqual(fit.quantile([1, 2, 3, 4], 1), 4)

    def test_p_is_linear_between_the_quantiles_and_clamped_outside(self):
        q = list(range(101))
        for x, p in ((-1, 0), (0, 0), (37.25, 0.3725), (100, 1), (101, 1)):
            self.assertAlmostEqual(fit.place_in_quantiles(x, q), p)

    def test_p_takes_the_middle_of_a_flat_run(self):
        q = [0] * 41 + list(range(1, 61))  # flat from 0 % to 40 %
        self.assertAlmostEqual(fit.place_in_quantiles(0, q), 0.20)
        self.assertAlmostEqual(fit.place_in_quantiles(0.5, q), 0.405)  # half way from 40 % to 41 %
        self.assertAlmostEqual(fit.place_in_quantiles(3, [3] * 101), 0.5)
        inside = list(range(30)) + [30] * 11 + list(range(41, 101))  # flat from 30 % to 40 %
        self.assertAlmostEqual(fit.place_in_quantiles(30, inside), 0.35)

    def test_the_table_stands_in_for_quantiles(self):
        table = fit.Table(fit.MODASH["instagram"][2])  # 10-50K: 0.39, 0.84, 1.11, 2.61 %
        for percent, p in ((0, 0), (0.195, 0.1), (0.39, 0.2), (0.615, 0.3), (0.84, 0.4), (0.975, 0.5), (1.11, 0.6),
                           (2.61, 0.8), (5.22, 0.9), (52.2, 0.99)):
            self.assertAlmostEqual(table.place(percent / 100), p, msg=percent)
        self.assertAlmostEqual(table.median, 0.00975)
        self.assertAlmostEqual(table.cap, 0.522)

    def test_one_to_five_thousand_serves_below_too(self):
        statistics = Statistics(STATISTICS)
        self.assertEqual(statistics.curve("engagementRate", "tiktok", "followers", 0).bounds,
                         statistics.curve("engagementRate", "tiktok", "followers", 1).bounds)
        self.assertIsNone(statistics.curve("engagementRate", "tiktok", "views", 1))
        self.assertIsNone(statistics.curve("engagementRate", "twitch", "followers", 1))
        self.assertIsNone(statistics.curve("commentsPerLike", "tiktok", "followers", 1))

    def test_too_few_peers_have_no_curve(self):
        row = {"figure": "engagementRate", "platform": "instagram", "basis": "followers", "from": 10_000,
               "peers": 199, "q": list(range(101))}
        self.assertEqual(Statistics(STATISTICS | {"quantiles": [row]})
                         .curve("engagementRate", "instagram", "followers", 3).name, "Modash table")
        self.assertEqual(Statistics(STATISTICS | {"quantiles": [row | {"peers": 200}]})
                         .curve("engagementRate", "instagram", "followers", 3).name, "peers")

    def test_bins(self):
        self.assertEqual([fit.bin_of(f) for f in (0, 999, 1_000, 4_999, 5_000, 999_999, 1_000_000)],
                         [0, 0, 1, 1, 2, 6, 7])
        self.assertEqual(fit.bins_around(0), [(0, 1.0)])
        self.assertEqual(fit.bins_around(316), [(0, 1.0)])  # the centre of 100-1K is 316.2
        self.assertEqual(fit.bins_around(3_162_278), [(7, 1.0)])  # that of 1M-10M is 3,162,277.7
        (low, a), (high, b) = fit.bins_around(math.sqrt(10) * 1_000)
        self.assertEqual((low, high), (1, 2))  # the centres are √5·1000 = 2236 and √50·1000 = 7071
        self.assertAlmostEqual(b, math.log10(2))  # ln √2 / ln √10
        self.assertAlmostEqual(a + b, 1)

    def test_a_bin_without_a_curve_leaves_its_part_to_the_other(self):
        self.assertEqual(fit.mix(3_000, lambda b: 0.7 if b == 2 else None), 0.7)
        self.assertIsNone(fit.mix(3_000, lambda b: None))
        self.assertAlmostEqual(fit.mix(math.sqrt(10) * 1_000, lambda b: float(b)), 1 + math.log10(2))

    def test_shrinking(self):
        self.assertAlmostEqual(fit.shrink(0.04, 30, 0.02), 0.035)  # 3/4 own, 1/4 the peers'
        self.assertAlmostEqual(fit.shrink(0.04, None, 0.02), 0.03)
        self.assertAlmostEqual(fit.shrink(0.04, 0, 0.02), 0.02)

    def test_tiers(self):
        self.assertEqual([fit.tier_of(f) for f in (None, 999, 1_000, 10_000, 100_000, 500_000, 1_000_000)],
                         [None, fit.BELOW, "nano", "micro", "mid", "macro", "mega"])

    def test_cost_and_authenticity(self):
        for cost, value in ((0, 1), (0.1, 1), (1, 2 / 3), (10, 1 / 3), (100, 0), (math.inf, 0)):
            self.assertAlmostEqual(fit.value_of_cost(cost), value)
        for a, value in ((0.4, 0), (0.5, 0), (0.725, 0.5), (0.95, 1), (1, 1)):
            self.assertAlmostEqual(fit.authenticity_value(a), value)

    def test_brand_names(self):
        self.assertEqual(fit.brand_key("@L'Oréal  Paris!"), fit.brand_key("loreal #paris"))
        statistics = Statistics(STATISTICS | {"aliases": [["A", "B"], ["C", "D"], ["b", "c"]]})
        self.assertEqual(len({statistics.brand(x) for x in ("a", "B", "C", "d")}), 1)
        self.assertNotEqual(statistics.brand("a"), statistics.brand("e"))

    def test_days(self):
        self.assertEqual(str(fit.day("2026-11-20T23:30:00-02:00")), "2026-11-21")
        self.assertEqual(str(fit.day("2026-11-20")), "2026-11-20")


class Relevance(unittest.TestCase):
    def value(self, niches, brief, **more):
        c = creator(niches=[{"niche": n, "weight": w} for n, w in niches.items()])
        return oracle().fit(c, brief, **more).criteria["relevance"]

    def test_prox(self):
        niches = Niches(TREE)
        for n, m, x in (("acne", "acne", 1), ("acne", "skin-care", 0.9), ("acne", "beauty", 0.9),
                        ("beauty", "skin-care", 0.5), ("beauty", "acne", 0), ("hair", "skin-care", 0.3),
                        ("beauty", "sports", 0), ("wellness", "beauty", 0.4), ("beauty", "wellness", 0.4)):
            self.assertEqual(niches.prox(n, m), x, (n, m))

    def test_where_niches_match(self):
        # idf: beauty ln(100/10)+1 = 3.302585, sports ln(100/100)+1 = 1; 0.64 and 0.36 to the power of 3/4: (0.715542·3.302585, 0.464758) has length
        # 2.408399; 0.981204 to the power of 3/4
        value = self.value({"beauty": 0.64, "sports": 0.36}, {"niches": [{"niche": "beauty"}]})
        self.assertAlmostEqual(value.value, 0.985870, 5)
        self.assertAlmostEqual(self.value({"beauty": 16, "sports": 9}, {"niches": [{"niche": "make-up"}]}).value,
                               0.985870, 5)  # weights are normalised, aliases resolved

    def test_nearby_niches_serve(self):
        brief = {"niches": [{"niche": "skin-care"}]}
        self.assertAlmostEqual(self.value({"hair": 0.64, "sports": 0.36}, brief).value, 0.3**(9 / 4) * 0.985870, 5)
        # acne and hair: idf equal, so ĉ = (√0.5, √0.5): √(0.9⁶/2 + 0.3⁶/2) = √0.266085
        self.assertAlmostEqual(self.value({"acne": 1, "hair": 1}, brief).value, 0.266085**(3 / 8))
        self.assertEqual(self.value({"sports": 1}, brief).value, 0)

    def test_each_niche_serves_one(self):
        # q̂ = (√0.8, √0.2) for skin-care and hair; acne (0.9) serves skin-care; hair itself: 0.447 > 0.3·0.894
        brief = {"niches": [{"niche": "skin-care", "importance": 4}, {"niche": "hair", "importance": 1}]}
        value = self.value({"acne": 1, "hair": 1}, brief)
        self.assertEqual(set(value.parts["served"]), {"skin-care", "hair"})
        # To the power of 5/4 they are 0.869824 and 0.365716; shares of 0.8 and 0.2 themselves reach 0.992677
        self.assertAlmostEqual(value.value, (0.869824 * (0.9**3 * math.sqrt(0.5))**(3 / 4)
                                             + 0.365716 * math.sqrt(0.5)**(3 / 4)) / 0.992677, 5)

    def test_ties_go_to_the_smaller_slug(self):
        brief = {"niches": [{"niche": "skin-care"}, {"niche": "hair"}]}
        self.assertEqual(set(self.value({"beauty": 1}, brief).parts["served"]), {"hair"})

    def test_past_partners_count_half(self):
        partners = [creator(niches=[{"niche": "hair", "weight": 1}]), creator(niches=[])]
        brief = {"niches": [{"niche": "skin-care"}], "likeCreators": ["p"]}
        self.assertAlmostEqual(self.value({"skin-care": 1}, brief, partners=partners).value, 0.5**(5 / 8))
        alone = {"likeCreators": ["p"], "brand": {"niche": "sports"}}
        self.assertAlmostEqual(self.value({"hair": 1}, alone, partners=partners).value, 1)

    def test_the_category_stands_in_and_nothing_is_not_asked(self):
        self.assertAlmostEqual(self.value({"hair": 1}, {"brand": {"niche": "hair"}}).value, 1)
        self.assertFalse(self.value({"hair": 1}, {}).asked)
        unknown = self.value({}, {"niches": [{"niche": "hair"}]})
        self.assertEqual((unknown.known, unknown.value, unknown.low, unknown.high), (False, 0.5, 0.1, 0.9))


class Audience(unittest.TestCase):
    def fit(self, audience, wanted, **more):
        return oracle().fit(creator({"audience": audience}), {"audience": wanted}, **more)

    def of(self, audience, wanted, **more):
        c = self.fit(audience, wanted, **more).criteria["audience"]
        return c.value, c.low, c.high

    def near(self, got, *expected):
        for a, b in zip(got, expected if len(expected) == 3 else expected * 3):
            self.assertAlmostEqual(a, b)

    def test_case_16_women_of_an_age_in_two_countries(self):
        wanted = {"countries": ["HR", "SI"], "ages": ["25-34"], "genders": ["female"]}
        best = 0.80 * 0.45 * 0.85
        joint = {"countries": {"HR": 0.5, "SI": 0.2, "AT": 0.1}, "agesByGender": {"female": {"25-34": 0.37}},
                 "ages": {"25-34": 0.58}, "genders": {"female": 0.64}}
        got = self.fit(joint, wanted)
        self.near((got.audience_share,) * 3, 0.7 * 0.37)
        self.near((got.criteria["audience"].value,) * 3, math.sqrt(0.7 * 0.37 / best))
        margins = {k: v for k, v in joint.items() if k != "agesByGender"}
        self.near((self.fit(margins, wanted).audience_share,) * 3, 0.7 * 0.58 * 0.64)

    def test_a_joint_map_is_used_where_it_says_enough(self):
        wanted = {"ages": ["18-24", "25-34"], "genders": ["female"]}
        half = {"agesByGender": {"female": {"25-34": 0.3}, "male": {"25-34": 0.2}}}
        # Not every cell, sum 0.5: the product of the margins, both from the joint map: ages 0.5, female 0.3
        got = self.fit(half, wanted).criteria["audience"]
        self.assertAlmostEqual(got.parts["S"][0], 0.15)
        self.assertAlmostEqual(got.parts["S"][2], 1.0 * 0.3)  # 18-24 may be the rest of the ages; female is given
        full = {"agesByGender": {"female": {"25-34": 0.3}, "male": {"25-34": 0.65}}}
        self.assertAlmostEqual(self.fit(full, wanted).audience_share, 0.3)  # 0.95 and more is complete

    def test_a_single_dimension_has_no_root(self):
        self.near(self.of({"countries": {"HR": 0.4, "SI": 0.6}}, {"countries": ["HR"]}), 0.5)
        self.near(self.of({"countries": {"HR": 0.9, "SI": 0.1}}, {"countries": ["HR"]}), 1)

    def test_country_and_language_are_one_dimension(self):
        audience = {"countries": {"HR": 0.6, "SI": 0.4}, "languages": {"hr": 0.3, "hr-HR": 0.4, "hrx": 0.3}}
        self.near(self.of(audience, {"countries": ["HR"], "languages": ["hr"]}), 0.6 / 0.8)
        self.near(self.of(audience, {"countries": ["HR", "SI"], "languages": ["hr"]}), 0.7 / 0.8)

    def test_what_a_map_leaves_out(self):
        self.near(self.of({"countries": {"HR": 0.5}}, {"countries": ["SI"]}), 0, 0, 0.5 / 0.8)
        self.near(self.of({"countries": {"HR": 0.95}}, {"countries": ["SI"]}), 0)
        self.near(self.of({"countries": {"HR": 0.4}}, {"countries": ["HR"]}), 0.5)  # it is in the map
        self.near(self.of({"genders": {"female": 0.66}}, {"genders": ["male"]}), 0.34 / 0.85)
        self.near(self.of({"genders": {"female": 0.66, "other": 0.04}}, {"genders": ["male"]}), 0.30 / 0.85)

    def test_interests_cover_what_lies_below(self):
        self.near(self.of({"interests": {"acne": 0.2, "hair": 0.1, "sports": 0.3}}, {"interests": ["beauty"]}), 0.5)

    def test_more_bands_reach_more(self):
        ages = {"18-24": 0.3, "25-34": 0.3, "35-44": 0.2, "45-54": 0.2}
        self.near(self.of({"ages": ages}, {"ages": ["18-24", "25-34"]}), 0.6 / 0.7)
        self.near(self.of({"ages": ages}, {"ages": ["18-24", "25-34", "35-44", "45-54"]}), 1)

    def test_accounts_are_weighted_by_followers(self):
        both = creator()
        both["accounts"] = [
            {"platform": "instagram", "followers": 30_000, "audience": {"countries": {"HR": 0.6, "AT": 0.4}}},
            {"platform": "tiktok", "followers": 10_000, "audience": {"countries": {"HR": 0.2, "AT": 0.8}}},
            {"platform": "youtube", "followers": 90_000},
            {"platform": "blog", "audience": {"countries": {"HR": 1.0}}}]
        value = oracle().fit(both, {"audience": {"countries": ["HR"]}}).criteria["audience"]
        self.assertAlmostEqual(value.value, (0.75 * 0.6 + 0.25 * 0.2) / 0.8)
        both["accounts"] = [a | {"followers": None} for a in both["accounts"]]
        value = oracle().fit(both, {"audience": {"countries": ["HR"]}}).criteria["audience"]
        self.assertAlmostEqual(value.value, 0.6 / 0.8)  # (0.6 + 0.2 + 1) / 3
        value = oracle().fit(both, {"audience": {"countries": ["HR"]}, "platforms": ["tiktok"]}).criteria["audience"]
        self.assertAlmostEqual(value.value, 0.2 / 0.8)

    def test_missing_dimensions_take_their_own_stand_in(self):
        wanted = {"countries": ["HR"], "genders": ["female"]}
        rows = [{"of": "audience", "platform": None, "tier": None, "country": None, "known": 20,
                 "median": 0.17, "p10": 0.068, "p90": 0.34},
                {"of": "audience.countries", "platform": None, "tier": None, "country": "HR", "known": 20,
                 "median": 0.7, "p10": 0.5, "p90": 0.8},
                {"of": "audience.countries", "platform": "instagram", "tier": None, "country": None, "known": 900,
                 "median": 0.1, "p10": 0.0, "p90": 0.2}]
        best = 0.80 * 0.85
        got = self.fit({"genders": {"female": 0.5}}, wanted, stand_ins=rows)
        self.near((got.criteria["audience"].value, got.criteria["audience"].low, got.criteria["audience"].high),
                  math.sqrt(0.05 / best), 0, math.sqrt(0.1 / best))
        self.assertIsNone(got.audience_share)
        self.assertFalse(got.criteria["audience"].known)
        at_home = creator({"audience": {"genders": {"female": 0.5}}}, country="HR")
        got = oracle().fit(at_home, {"audience": wanted}, stand_ins=rows)
        self.assertAlmostEqual(got.criteria["audience"].value, math.sqrt(0.35 / best))
        self.near(self.of({}, wanted, stand_ins=rows), 0.5, math.sqrt(0.1), math.sqrt(0.5))


class Bond(unittest.TestCase):
    # √10,000·50,000 = 22,360.7, so that 22,361 stands in its bin alone but for a hundred-thousandth

    def test_the_blend(self):
        # rate 1.25 %, n unknown: half way to the median 0.975 %: 1.1125 %, P = 0.6 + 0.2 · 0.0025/1.5 = 0.600333
        c = creator({"followers": 22_361, "engagementRate": 0.0125, "replyRate": 0.6})
        bond = oracle().fit(c, {}).criteria["bond"]
        self.assertTrue(bond.known)
        self.assertAlmostEqual(bond.value, 0.6 * 0.600333 + 0.125 + 0.09, 4)
        self.assertAlmostEqual(bond.low, 0.6 * 0.600333 + 0.025 + 0.09, 4)
        self.assertAlmostEqual(bond.high, 0.6 * 0.600333 + 0.225 + 0.09, 4)

    def test_comments_per_like_among_peers(self):
        row = {"figure": "commentsPerLike", "platform": "instagram", "basis": "followers", "from": 10_000, "peers": 500,
               "q": [i / 1000 for i in range(101)]}
        c = creator({"followers": 30_000, "engagementRate": 0.00975, "postsSampled": 0, "likes": 1000, "comments": 30})
        bond = oracle(quantiles=[row]).fit(c, {}).criteria["bond"]
        self.assertAlmostEqual(bond.parts["accounts"][0]["comments"], 0.3)
        # n = 0: each bin's own median, P = 0.5 in both bins
        self.assertAlmostEqual(bond.value, 0.3 + 0.075 + 0.075)

    def test_the_rate_from_likes_and_comments(self):
        self.assertEqual(Oracle.rate_of({"likes": 900, "comments": 100, "followers": 10_000}), (0.1, "followers"))
        self.assertEqual(Oracle.rate_of({"likes": 900, "comments": 100, "followers": 0}), (None, None))
        self.assertEqual(Oracle.rate_of({"engagementRate": 0.2, "engagementBasis": "views"}), (0.2, "views"))

    def test_not_placed(self):
        for account in ({"followers": None, "engagementRate": 0.02}, {},
                        {"engagementRate": 0.02, "engagementBasis": "views"},
                        {"platform": "twitch", "engagementRate": 0.02}):
            bond = oracle().fit(creator(account), {}).criteria["bond"]
            self.assertEqual((bond.known, bond.value, bond.low, bond.high), (False, 0.5, 0.1, 0.9))


class Credibility(unittest.TestCase):
    # 3 posts a week are 156.428571 in 365 days; s = 13 / 176.428571 = 0.0736842; load = 0.4912281

    def of(self, mentions, account=None, **readings):
        c = creator({"postsPerWeek": 3} | (account or {}), mentions=mentions)
        return oracle(readings).fit(c, {}).criteria["credibility"]

    def test_case_11_many_brands_cost_more_than_one_partner(self):
        one = self.of([paid("Salomon", "running") for _ in range(12)])
        self.assertAlmostEqual(one.value, 1 - 0.4912281 * 0.4, 6)
        # 12 posts in 9 categories, three of them twice: H = ½ ln 6 + ½ ln 12 = 2.138333; brands ln 12 = 2.484907;
        # the mean 2.311620, spread 1 − 0.0991005 = 0.9008995, 1 − 0.4912281 · (0.4 + 0.6 · 0.9008995) = 0.537980
        many = self.of([paid(f"Brand {i}", f"top-{i % 9}") for i in range(12)])
        self.assertAlmostEqual(many.value, 0.537980, 5)
        self.assertLess(many.value, one.value)

    def test_the_window_ends_with_the_youngest_figure(self):
        days = ("2026-11-20", "2025-11-21", "2025-11-20", "2026-11-21")  # in, in, out, after it
        self.assertEqual(self.of([paid("A", on=d) for d in days]).parts["sponsored"], 2)
        self.assertEqual(self.of([paid("A", on=None)]).parts["sponsored"], 1)

    def test_none_found_and_nobody_looked(self):
        # s = 1 / 176.428571, load 0.0377868: 1 − 0.4 · 0.0377868
        self.assertAlmostEqual(self.of([]).value, 0.984885, 6)
        self.assertFalse(self.of(None).known)
        self.assertFalse(self.of([], {"postsPerWeek": None}).known)
        self.assertFalse(self.of([], {"observedAt": "2025-11-21T00:00:00Z"}).known)  # 366 days
        self.assertTrue(self.of([], {"observedAt": "2025-11-22T00:00:00Z"}).known)

    def test_one_address_is_one_post(self):
        c = self.of([paid("A", "running", url="u"), paid("B", "beauty", url="u"), paid("B", url="v")])
        self.assertEqual(c.parts["sponsored"], 2)
        # brands: A ½, B 1½ of 2: H = 0.562335; categories: sports ½, beauty ½: ln 2; spread 1 − e^−0.627741
        self.assertAlmostEqual(c.parts["spread"], 1 - math.exp(-(0.562335 + 0.693147) / 2), 5)

    def test_at_least_the_sponsored_posts_were_made(self):
        c = self.of([paid(f"B{i}") for i in range(30)], {"postsPerWeek": 0.1})
        self.assertEqual(c.parts["posts"], 30)
        self.assertEqual(c.parts["load"], 1)

    def test_aliases_are_one_brand(self):
        self.assertEqual(self.of([paid("Speedgoat"), paid("#sg_running")]).parts["spread"], 0)


class Belief(unittest.TestCase):
    BRIEF = {"brand": {"name": "Speedgoat", "niche": "running", "competitors": ["Salomon"]}}

    def of(self, *mentions, brief=None, outcomes=(), **more):
        c = creator(mentions=list(mentions), **more)
        b = oracle().fit(c, brief or self.BRIEF, outcomes=outcomes).criteria["belief"]
        return b.value if b.known else (b.value, b.low, b.high)

    def test_the_strongest_evidence_in_order(self):
        rival, brand = paid("SALOMON", "running"), unpaid("sg running")
        self.assertEqual(self.of(rival, brand), 0)
        declined = {"brand": "Speedgoat", "outcome": "declined", "reason": "does not believe in it", "on": "2026-09-01"}
        agreed = {"brand": "Speedgoat", "outcome": "agreed", "on": "2026-05-01"}
        self.assertEqual(self.of(brand, outcomes=[agreed, declined]), 0.05)
        self.assertEqual(self.of(outcomes=[agreed | {"on": "2026-10-01"}, declined]), 0.9)
        self.assertEqual(self.of(brand, paid("Speedgoat")), 1.0)
        self.assertEqual(self.of(paid("Speedgoat"), unpaid("X", "running")), 0.9)
        self.assertEqual(self.of(unpaid("X", "running"), paid("Y", "running"), paid("Z", "running")), 0.8)
        self.assertEqual(self.of(paid("Y", "running"), paid("Z", "sports")), 0.65)
        self.assertEqual(self.of(paid("Y", "running")), (0.5, 0.2, 0.8))
        self.assertEqual(self.of(paid("Y", "running", url="u"), paid("Z", "running", url="u")), (0.5, 0.2, 0.8))

    def test_windows(self):
        self.assertEqual(self.of(paid("Salomon", on="2026-08-25")), 0)  # 89 days ago
        self.assertEqual(self.of(paid("Salomon", on="2026-08-23")), (0.5, 0.2, 0.8))
        self.assertEqual(self.of(paid("Salomon", on=None)), 0)
        self.assertEqual(self.of(unpaid("Speedgoat", on=None)), (0.5, 0.2, 0.8))
        self.assertEqual(self.of(unpaid("Speedgoat", on="2025-11-23")), 1)
        self.assertEqual(self.of(unpaid("Speedgoat", on="2025-11-22")), (0.5, 0.2, 0.8))

    def test_what_proves_nothing(self):
        self.assertEqual(self.of({"brand": "Speedgoat", "on": "2026-10-01"}), (0.5, 0.2, 0.8))
        self.assertEqual(self.of(unpaid("Salomon", "running")), (0.5, 0.2, 0.8))
        self.assertEqual(self.of(unpaid("X", "beauty")), (0.5, 0.2, 0.8))

    def test_categories(self):
        deep = {"brand": {"niche": "acne"}}
        self.assertEqual(self.of(unpaid("X", "sports")), 0.8)  # the parent, and it is at the top
        self.assertEqual(self.of(unpaid("X", "skin-care"), brief=deep), (0.5, 0.2, 0.8))  # a parent below the top
        self.assertEqual(self.of(unpaid("X", "acne"), brief={"brand": {"niche": "beauty"}}), 0.8)

    def test_words_in_common(self):
        brief = {"product": "Trail shoe for long runs", "message": "the trail calls", "brand": {"values": "Honest"}}
        # trail, shoe, long, runs, calls, honest: trail in the bio, runs in longruns, long too: 3 of 6
        got = self.of(brief=brief, bio="On the TRAIL again, shoemaker", hashtags=[{"tag": "LongRuns"}])
        self.assertAlmostEqual(got[0], 0.5 + 0.1 * 3 / 6)

    def test_not_asked(self):
        self.assertFalse(oracle().fit(creator(), {"niches": [{"niche": "hair"}]}).criteria["belief"].asked)
        self.assertTrue(oracle().fit(creator(), {"brand": {"competitors": ["X"]}}).criteria["belief"].asked)


class FocusAndAuthenticity(unittest.TestCase):
    def focus(self, *niches):
        f = oracle().fit(creator(niches=list(niches)), {}).criteria["focus"]
        return f.value if f.known else (f.value, f.low, f.high)

    def test_focus(self):
        self.assertAlmostEqual(self.focus({"niche": "acne", "weight": 1}, {"niche": "running", "weight": 1}), 0.5)
        self.assertAlmostEqual(self.focus({"niche": "acne", "weight": 3}, {"niche": "hair", "weight": 1}), 1)
        # 0.75 and 0.25: H = 0.562335
        self.assertAlmostEqual(self.focus({"niche": "acne", "weight": 3}, {"niche": "sports", "weight": 1}),
                               math.exp(-0.562335), 5)
        self.assertEqual(self.focus(), (0.5, 0.1, 1.0))
        self.assertEqual(self.focus({"niche": "acne"}), (0.5, 0.1, 1.0))
        self.assertEqual(self.focus({"niche": "acne", "weight": 0.2}), 1)

    def test_authenticity(self):
        c = creator({"authenticity": 0.95, "followers": 1_000})
        c["accounts"].append({"platform": "tiktok", "handle": "b", "followers": 3_000, "authenticity": 0.65})
        self.assertAlmostEqual(oracle().fit(c, {}).criteria["authenticity"].value, (0.725 - 0.5) / 0.45)  # mean first


class Value(unittest.TestCase):
    RATES = [{"platform": "instagram", "deliverable": "post", "price": {"amount": 100, "currency": "EUR"}},
             {"platform": "instagram", "deliverable": "story", "price": {"amount": 50, "currency": "USD"}}]
    ACCOUNT = {"followers": 10_000, "engagementRate": 0.03, "authenticity": 0.9,
               "audience": {"genders": {"female": 0.37}}}

    def of(self, brief, account=None, rates=None):
        c = creator(self.ACCOUNT | (account or {}), rates=self.RATES if rates is None else rates)
        return oracle().fit(c, brief).criteria["value"]

    def test_cost_per_engaged_target_person(self):
        brief = {"audience": {"genders": ["female"]}, "deliverables": [{"deliverable": "post", "count": 2}]}
        v = self.of(brief)  # E = 10,000 · 0.03 · 0.9 · 0.37 = 99.9; c = 1.001001
        self.assertAlmostEqual(v.parts["accounts"][0]["E"], 99.9)
        self.assertAlmostEqual(v.value, 1 - math.log(10.01001) / math.log(1000))

    def test_prices(self):
        two = {"deliverables": [{"deliverable": "post", "count": 1}, {"deliverable": "story", "count": 3}]}
        self.assertAlmostEqual(self.of(two).parts["accounts"][0]["price"], (100 + 3 * 46) / 4)  # 50 USD are 46 EUR
        self.assertAlmostEqual(self.of({"budget": {"amount": 1, "currency": "EUR"}}).parts["accounts"][0]["price"], 46)
        self.assertFalse(self.of({"deliverables": [{"deliverable": "reel", "count": 1}]}).known)
        self.assertFalse(self.of(two, rates=[]).known)
        self.assertFalse(self.of({}).asked)

    def test_what_must_be_known(self):
        brief = {"deliverables": [{"deliverable": "post", "count": 1}]}
        self.assertFalse(self.of(brief, {"authenticity": None}).known)
        self.assertFalse(self.of(brief | {"audience": {"countries": ["HR"]}}).known)
        self.assertFalse(self.of(brief, {"engagementBasis": "views"}).known)  # no views
        self.assertAlmostEqual(self.of(brief, {"engagementBasis": "views", "views": 5_000}).parts["accounts"][0]["E"],
                               5_000 * 0.03 * 0.9)

    def test_the_rate_is_capped(self):
        brief = {"deliverables": [{"deliverable": "post", "count": 1}]}
        self.assertAlmostEqual(self.of(brief, {"engagementRate": 1.91}).parts["accounts"][0]["rate"], 0.522)
        self.assertEqual(self.of(brief, {"engagementRate": 1.91, "engagementBasis": "reach", "reach": 10})
                         .parts["accounts"][0]["rate"], 1)

    def test_nobody_reached_and_the_cheapest_account(self):
        brief = {"deliverables": [{"deliverable": "post", "count": 1}]}
        none = self.of(brief, {"engagementRate": 0})
        self.assertEqual((none.known, none.value), (True, 0))
        c = creator(self.ACCOUNT | {"engagementRate": 0}, rates=self.RATES)
        c["accounts"].append(self.ACCOUNT | {"platform": "instagram", "handle": "b", "engagementRate": 0.01})
        self.assertAlmostEqual(oracle().fit(c, brief).criteria["value"].value,  # E = 90
                               1 - math.log(100 / 90 / 0.1) / math.log(1000))


class Together(unittest.TestCase):
    def test_case_7_what_is_not_known_does_not_win(self):
        def of(values):
            return fit.Fit({k: fit.Criterion(k, *v) for k, v in values.items()}, fit.DEFAULT_WEIGHTS, None)

        known = of({k: (0.85, 0.85, 0.85) for k in fit.CRITERIA})
        self.assertAlmostEqual(known.score, 85)
        for a in fit.CRITERIA:
            for b in set(fit.CRITERIA) - {a}:
                half = of({k: (0.95, 0.95, 0.95) if k in (a, b) else (0.5, 0.1, 0.9) for k in fit.CRITERIA})
                self.assertLess(half.score, known.score)
                self.assertLess(half.low, known.low)

    def test_points_add_up_and_what_is_not_asked_weighs_nothing(self):
        got = oracle().fit(creator({"authenticity": 0.95}), {})
        self.assertFalse(got.criteria["relevance"].asked or got.criteria["value"].asked)
        # bond 15, credibility 10, focus 5, authenticity 5 are left; three of them at 0.5
        self.assertAlmostEqual(got.score, 100 * (30 * 0.5 + 5) / 35)
        self.assertAlmostEqual(got.low, 100 * (30 * 0.1 + 5) / 35)
        self.assertAlmostEqual(got.high, 100 * (25 * 0.9 + 5 * 1.0 + 5) / 35)

    def test_weights(self):
        brief = {"weights": {"bond": 1, "focus": 3}}
        self.assertEqual(fit.weights_in_force(None, brief), {"bond": 1, "focus": 3})
        self.assertEqual(fit.weights_in_force({}, brief), fit.DEFAULT_WEIGHTS)
        self.assertEqual(fit.weights_in_force({"focus": 2}, brief), {"focus": 2})
        self.assertEqual(fit.weights_in_force(None, {}), fit.DEFAULT_WEIGHTS)
        self.assertAlmostEqual(oracle().fit(creator({"authenticity": 0.725}), {}, {"authenticity": 9}).score, 50)

    def test_stand_in_levels(self):
        def row(known, median, platform=None, tier=None):
            return {"of": "bond", "platform": platform, "tier": tier, "country": None, "known": known,
                    "median": median, "p10": 0.2, "p90": 0.8}

        rows = [row(199, 0.1, "instagram", "micro"), row(200, 0.2, "instagram"), row(500, 0.3)]
        self.assertEqual(fit.stand_in(rows, "bond", "instagram", "micro", 200)[0], 0.2)
        self.assertEqual(fit.stand_in(rows, "bond", "tiktok", "micro", 200)[0], 0.3)
        self.assertEqual(fit.stand_in([row(19, 0.3)], "bond", "tiktok", "micro", 200), (0.5, 0.1, 0.9, None))
        tiny = [row(200, 0.4, "instagram", "tiny")]
        self.assertEqual(fit.stand_in(tiny, "bond", "instagram", fit.BELOW, 200)[0], 0.4)
        got = oracle(standIns=rows).fit(creator(), {}).criteria["bond"]
        self.assertEqual((got.known, got.value, got.low, got.high), (False, 0.2, 0.2, 0.8))

    def test_filters(self):
        o, c = oracle(), creator(niches=[{"niche": "acne", "weight": 1}])
        self.assertTrue(o.passes(c, {"platforms": ["instagram"], "followers": {"min": 20_000, "max": 20_000}}))
        for brief in ({"platforms": ["tiktok"]}, {"followers": {"min": 20_001}}, {"followers": {"max": 19_999}},
                      {"excludeCreators": ["a"]}, {"excludeNiches": ["beauty"]}):
            self.assertFalse(o.passes(c, brief), brief)
        self.assertFalse(o.passes(creator({"followers": None}), {"followers": {"min": 0}}))

    def test_order(self):
        def item(score, followers, slug):
            return {"score": score, "creator": {"slug": slug, "followers": followers}}

        right = [item(2, 9, "z"), item(1, 5, "b"), item(1 + 1e-12, 5, "c"), item(1, None, "a")]
        self.assertEqual(fit.out_of_order(right), [])
        self.assertEqual(len(fit.out_of_order([item(1, 5, "b"), item(1, 4, "a")])), 1)


# ------------------------------------------------------------------------------------------------ against a server


def invented(number):
    """Creators with some figures missing, as in life."""
    rng = random.Random(4)

    def shares(keys, sum_to=1.0):
        chosen = rng.sample(keys, rng.randint(1, len(keys)))
        parts = [rng.random() for _ in chosen]
        return {k: p / sum(parts) * sum_to for k, p in zip(chosen, parts)}

    ages = ["18-24", "25-34", "35-44"]
    found = []
    for i in range(number):
        accounts, rates = [], []
        for platform in rng.sample(["instagram", "tiktok", "youtube", "twitch"], rng.randint(1, 3)):
            a = {"platform": platform, "handle": f"h{i}", "followers": int(10 ** rng.uniform(2, 6.5)),
                 "postsPerWeek": rng.uniform(0, 7), "engagementRate": rng.uniform(0, 0.1), "postsSampled": 30,
                 "likes": rng.uniform(1, 1000), "comments": rng.uniform(0, 50), "replyRate": rng.random(),
                 "authenticity": rng.uniform(0.5, 1), "observedAt": "2026-11-20T00:00:00Z", "audience": {
                     "countries": shares(["DE", "FR", "AT"], rng.choice([0.6, 1])), "ages": shares(ages),
                     "genders": shares(["female", "male"], rng.choice([0.9, 1])),
                     "languages": shares(["de", "fr", "en-GB"]),
                     "interests": shares(["acne", "hair", "running"]),
                     "agesByGender": {"female": shares(ages, 0.5), "male": shares(ages, 0.5)}}}
            a["audience"] = {k: v for k, v in a["audience"].items() if rng.random() < 0.7}
            accounts.append({k: v for k, v in a.items()
                             if k in ("platform", "handle", "observedAt") or rng.random() < 0.85})
            rates += [{"platform": platform, "deliverable": d,
                       "price": {"amount": rng.randint(20, 900), "currency": "USD"}}
                      for d in ("post", "story") if rng.random() < 0.8]
        niches = rng.sample(["beauty", "skin-care", "hair", "acne", "running", "wellness"], rng.randint(0, 3))
        c = {"slug": f"c-{i}", "name": f"C {i}", "country": rng.choice(["DE", "FR"]), "accounts": accounts,
             "rates": rates, "bio": rng.choice(["gentle skin every morning", "running outside", ""]),
             "niches": [{"niche": n, "weight": rng.choice([None, 0.5, 1])} for n in niches],
             "mentions": [{"brand": f"Brand {rng.randint(0, 6)}", "niche": rng.choice(["acne", "sports", None]),
                           "paid": rng.choice([True, False]), "on": f"2026-{rng.randint(1, 11):02}-10"}
                          for _ in range(rng.randint(0, 6))]}
        found.append({k: v for k, v in c.items() if k in ("slug", "name", "accounts") or rng.random() < 0.85})
    return found


class FakeProduct:
    """Answers like the API of API.md, by the oracle itself: this tries the way to and fro, not the arithmetic."""

    def __init__(self, creators, readings=None, spoil=None):
        self.creators = {c["slug"]: c for c in creators}
        self.statistics = STATISTICS | {"creators": len(creators)}
        self.oracle = Oracle(Niches(TREE), self.statistics, readings)
        self.spoil = spoil
        self.ranked = {}

    def page(self, items, cursor, limit):
        start = int(cursor or 0)
        part = items[start:start + limit]
        more = {"next": str(start + limit)} if start + limit < len(items) else {}
        return {"items": part, "total": len(items)} | more

    def ranking(self, body):
        asked = json.dumps([body.get("brief"), body.get("weights")])
        if asked not in self.ranked:
            self.ranked[asked] = self.rank(body)
        return self.page(self.ranked[asked], body.get("cursor"), 3) | {"statisticsVersion": 7, "standIns": []}

    def rank(self, body):
        brief = body.get("brief") or {}
        partners = [self.creators[s] for s in brief.get("likeCreators") or []]
        items = []
        for c in self.creators.values():
            if not self.oracle.passes(c, brief):
                continue
            got = self.oracle.fit(c, brief, body.get("weights"), (), partners)
            main = Oracle.main_account(Oracle.accounts(c, brief))
            items.append({
                "creator": {"slug": c["slug"], "tier": fit.tier_of(main.get("followers"))}
                | {k: main.get(k) for k in ("platform", "handle", "followers")},
                "score": got.score, "low": got.low, "high": got.high, "audienceShare": got.audience_share,
                "criteria": [{"key": k, "value": x.value, "weight": x.weight, "points": x.points, "known": x.known,
                              "low": x.low, "high": x.high} | ({} if x.asked else {"asked": False})
                             for k, x in got.criteria.items()]})
        items.sort(key=lambda i: (-round(i["score"], 9), i["creator"]["followers"] or math.inf, i["creator"]["slug"]))
        for rank, item in enumerate(items, 1):
            item["rank"] = rank
            if self.spoil:
                self.spoil(item)
        return items

    def answer(self, method, path, query, body, authorization):
        if path == "/api/v1/tokens":
            return {"token": "t"} if authorization == "Basic " + base64.b64encode(b"me:secret").decode() else None
        if authorization != "Bearer t":
            return None
        if path == "/api/v1/niches":
            return self.page(TREE, query.get("cursor"), 5)
        if path == "/api/v1/statistics":
            return self.statistics
        if path == "/api/v1/rankings":
            return self.ranking(body)
        if path == "/api/v1/creators":
            return self.page([{"slug": s} for s in self.creators], query.get("cursor"), 10)
        return self.creators.get(path.removeprefix("/api/v1/creators/"))


@contextlib.contextmanager
def serving(product):
    class Handler(BaseHTTPRequestHandler):
        def handle_it(self):
            url = urllib.parse.urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            answer = product.answer(self.command, url.path, dict(urllib.parse.parse_qsl(url.query)), body,
                                    self.headers["Authorization"])
            data = json.dumps(answer or {"detail": "no"}).encode()
            self.send_response(200 if answer is not None else 404)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = handle_it

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class AgainstAServer(unittest.TestCase):
    def run_against(self, product, *arguments):
        out = io.StringIO()
        with serving(product) as url, contextlib.redirect_stdout(out):
            code = fit.main(["--url", url, "--user", "me", "--password", "secret", "--creators", "8", *arguments])
        return code, out.getvalue()

    def test_agreement(self):
        code, out = self.run_against(FakeProduct(invented(40)))
        self.assertEqual(code, 0, out)
        self.assertRegex(out.splitlines()[-1], r"^\d\d\d? passed, 0 failed$")

    def test_a_wrong_value_is_found(self):
        def spoil(item):
            item["criteria"][2]["value"] += 0.003

        code, out = self.run_against(FakeProduct(invented(40), spoil=spoil))
        self.assertEqual(code, 1)
        self.assertIn("bond          value", out)
        self.assertNotRegex(out.splitlines()[-1], r" 0 failed$")

    def test_another_reading_is_named(self):
        code, out = self.run_against(FakeProduct(invented(40), readings={"commentsUnknown": "point"}))
        self.assertEqual(code, 1)
        self.assertIn("commentsUnknown=point explains bond", out)
        code, out = self.run_against(FakeProduct(invented(40), readings={"commentsUnknown": "point"}),
                                     "--reading", "commentsUnknown=point")
        self.assertEqual(code, 0, out)

    def test_a_missing_creator_and_a_wrong_order_are_found(self):
        def spoil(item):
            item["creator"]["slug"] = "z" if item["creator"]["slug"] == "c-5" else item["creator"]["slug"]
            item["rank"] += item["rank"] == 2

        code, out = self.run_against(FakeProduct(invented(40), spoil=spoil), "--slugs", "c-5,c-6", "--top", "0",
                                     "--variations", "0")
        self.assertEqual(code, 1)
        self.assertIn("c-5 is missing", out)
        self.assertIn("rank 3 at place 2", out)

    def test_the_audit_finds_wrong_statistics(self):
        creators = invented(40)
        code, out = self.run_against(FakeProduct(creators), "--audit", "--variations", "0")
        self.assertEqual(code, 1)
        self.assertIn("DIFFERS  df", out)
        self.assertIn("ok       quantiles", self.run_against(FakeProduct(creators), "--audit", "--verbose")[1])


if __name__ == "__main__":
    unittest.main()
