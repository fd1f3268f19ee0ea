#!/usr/bin/env python3
"""Asks a running Closeknit for ranked pages, as 1, 8 and 64 people at once, and says how long they waited.

    python3 tools/load.py --url http://localhost:8080

Needs nothing but Python. Signs in once for each of the people, keeps the sessions, asks the Discover page of a brief with
its facets (other weights each time, so that nothing can be answered from memory) and the same ranking over the API. Beside
it: the time that the index itself took, from GET /api/v1/admin/index. See docs/benchmark.md.
"""
import argparse
import http.client
import json
import re
import statistics
import sys
import threading
import time
import urllib.parse
from base64 import b64encode


class Person:
    """A browser: one connection, one session."""

    def __init__(self, url):
        self.address = urllib.parse.urlsplit(url)
        self.cookies = {}
        self.connection = None

    def ask(self, method, path, body=None, headers=None):
        headers = dict(headers or {})
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        for attempt in (1, 2):
            try:
                if self.connection is None:
                    kind = http.client.HTTPSConnection if self.address.scheme == "https" else http.client.HTTPConnection
                    self.connection = kind(self.address.netloc, timeout=120)
                self.connection.request(method, path, body, headers)
                answer = self.connection.getresponse()
                content = answer.read()
                break
            except (http.client.HTTPException, ConnectionError):
                self.connection = None
                if attempt == 2:
                    raise
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, dict(answer.getheaders()), content

    def sign_in(self, user, password):
        _, _, page = self.ask("GET", "/sign-in")
        token = re.search(rb'name="_csrf"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="_csrf"', page)
        form = {"email": user, "password": password}
        if token:
            form["_csrf"] = (token.group(1) or token.group(2)).decode()
        status, headers, _ = self.ask(
            "POST", "/sign-in", urllib.parse.urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})
        if status not in (302, 303) or "/sign-in" in headers.get("Location", ""):
            sys.exit(f"{user} could not sign in: {status} {headers.get('Location', '')}")


class Load:
    def __init__(self, people, request):
        self.people = people
        self.request = request
        self.took = []
        self.refused = {}
        self.lock = threading.Lock()

    def run(self, seconds):
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=self.work, args=(number, person, end)) for number, person in enumerate(self.people)]
        begun = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.monotonic() - begun

    def work(self, number, person, end):
        asked = 0
        while time.monotonic() < end:
            asked += 1
            begun = time.monotonic()
            status = self.request(person, number, asked)
            took = time.monotonic() - begun
            with self.lock:
                if status == 200:
                    self.took.append(took)
                else:
                    self.refused[status] = self.refused.get(status, 0) + 1


def quantile(values, part):
    ordered = sorted(values)
    return ordered[max(0, -(-int(part * 1000) * len(ordered) // 1000) - 1)] if ordered else float("nan")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--url", default="http://localhost:8080")
    options.add_argument("--user", action="append",
                         help="who asks, may be given several times; default: the demo's people")
    options.add_argument("--password", default="closeknit-demo")
    options.add_argument("--admin", default="admin@demo.closeknit.example", help="who may read the index's own times")
    options.add_argument("--people", default="1,8,64")
    options.add_argument("--seconds", type=int, default=15)
    options.add_argument("--warm-up", type=int, default=10)
    options.add_argument("--path", help="the page; default: Discover for the first brief that there is, 1K-100K followers")
    given = options.parse_args()
    users = given.user or [f"{who}@demo.closeknit.example" for who in ("marketer", "agency", "admin")]
    levels = [int(level) for level in given.people.split(",")]

    admin = Person(given.url)
    basic = {"Authorization": "Basic " + b64encode(f"{given.admin}:{given.password}".encode()).decode()}

    def json_of(method, path, body=None, headers=basic):
        status, _, content = admin.ask(method, path, None if body is None else json.dumps(body),
                                       {**headers, "Content-Type": "application/json"})
        if status >= 300:
            sys.exit(f"{method} {path}: {status} {content[:300]!r}")
        return json.loads(content)

    token = json_of("POST", "/api/v1/tokens", {"name": f"load {int(time.time())}"})["token"]
    bearer = {"Authorization": "Bearer " + token}
    index = json_of("GET", "/api/v1/admin/index", headers=bearer)
    print(f"{index['creators']:,} creators, {index['segments']} segments, {index['bytesOnDisk'] / 1e6:,.0f} MB on disk, "
          f"{index['bytesInMemory'] / 1e6:,.0f} MB of columns")
    brief = {"niches": [{"niche": "travel", "importance": 1}, {"niche": "food-and-drink", "importance": 0.5}],
             "audience": {"countries": ["DE", "AT"], "ages": ["25-34"], "genders": ["female"]}}
    known = {niche["slug"] for niche in json_of("GET", "/api/v1/niches?limit=200", headers=bearer)["items"]}
    brief["niches"] = [niche for niche in brief["niches"] if niche["niche"] in known] or [{"niche": sorted(known)[0]}]

    if given.path:
        page = given.path
    else:
        people = Person(given.url)
        people.sign_in(users[0], given.password)
        _, _, content = people.ask("GET", "/discover?followersMin=1000&followersMax=100000")
        found = re.search(rb'<option[^>]*value="([0-9a-f-]{36})"', content)
        page = "/discover?followersMin=1000&followersMax=100000" + (f"&brief={found.group(1).decode()}" if found else "")
    print(f"Page: {page}")

    def ask_page(person, number, asked):
        weights = f"&w.relevance={10 + (number * 7 + asked) % 60}&w.audience={10 + asked % 40}&w.bond=15&w.credibility=10"
        return person.ask("GET", page + weights)[0]

    def ask_api(person, number, asked):
        body = {"brief": brief, "filters": {"followersMin": 1000, "followersMax": 100000}, "facets": True, "limit": 50,
                "weights": {"relevance": 10 + (number * 7 + asked) % 60, "audience": 10 + asked % 40, "bond": 15}}
        return person.ask("POST", "/api/v1/rankings", json.dumps(body), {**bearer, "Content-Type": "application/json"})[0]

    crowd = []
    for number in range(max(levels)):
        person = Person(given.url)
        person.sign_in(users[number % len(users)], given.password)
        crowd.append(person)
    print(f"{len(crowd)} people signed in")
    Load(crowd[:min(8, len(crowd))], ask_page).run(given.warm_up)
    Load(crowd[:min(8, len(crowd))], ask_api).run(given.warm_up / 2)

    def index_times():
        """How many rankings the index has made so far, and the seconds that they took."""
        measured = json_of("GET", "/actuator/metrics/closeknit.index.ranking", headers=bearer)["measurements"]
        values = {each["statistic"]: each["value"] for each in measured}
        return values["COUNT"], values["TOTAL_TIME"]

    print("| asked | people | median | p99 | a second | mean | in the index | outside | index median | index p99 | not answered |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
    for what, request in (("Discover page", ask_page), ("API ranking", ask_api)):
        for level in levels:
            load = Load(crowd[:level], request)
            count_before, seconds_before = index_times()
            took = load.run(given.seconds)
            count, seconds = index_times()
            answers = len(load.took) + sum(load.refused.values())
            mean = statistics.fmean(load.took) if load.took else float("nan")
            inside = (seconds - seconds_before) / answers if answers else float("nan")
            times = json_of("GET", "/api/v1/admin/index", headers=bearer)["rankings"] or {}
            refused = ", ".join(f"{count} x {status}" for status, count in sorted(load.refused.items())) or "-"
            print(f"| {what} | {level} | {1000 * statistics.median(load.took or [float('nan')]):.1f} ms "
                  f"| {1000 * quantile(load.took, 0.99):.1f} ms | {len(load.took) / took:.1f} "
                  f"| {1000 * mean:.1f} ms | {1000 * inside:.1f} ms | {1000 * (mean - inside):.1f} ms "
                  f"| {times.get('medianMillis', float('nan')):.1f} ms | {times.get('p99Millis', float('nan')):.1f} ms "
                  f"| {refused} |", flush=True)
    print("'In the index' is the mean over what was asked, waiting for a core included; the median and p99 are of the index's last "
          "thousand rankings.")


if __name__ == "__main__":
    main()
