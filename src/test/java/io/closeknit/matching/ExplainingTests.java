package io.closeknit.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.closeknit.index.Criterion;
import io.closeknit.testing.TestPeople;
import io.closeknit.testing.TestPeople.TestPerson;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Why somebody stands where she does, on pages, over the API and in files: the same numbers everywhere. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPeople.class, SampleCatalogue.class})
class ExplainingTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private SampleCatalogue catalogue;

    private TestPerson marketer;
    private String brief;

    @BeforeEach
    void fill() throws InterruptedException {
        catalogue.fill();
        marketer = people.marketer();
        brief = catalogue.brief(marketer);
    }

    @AfterEach
    void empty() {
        catalogue.empty();
    }

    // ---- asking

    private MvcTestResult page(String url) {
        return mvc.get().uri(url).with(marketer.signedIn()).exchange();
    }

    private MvcTestResult api(TestPerson person, String url, String accept) {
        return mvc.get()
                .uri(url)
                .header(HttpHeaders.AUTHORIZATION, person.bearer())
                .header(HttpHeaders.ACCEPT, accept)
                .exchange();
    }

    private JsonNode json(String url) throws Exception {
        var answer = api(marketer, url, "application/json");
        assertThat(answer).hasStatusOk();
        return JSON.readTree(answer.getResponse().getContentAsString());
    }

    private MvcTestResult send(String json, String url) {
        return mvc.post()
                .uri(url)
                .header(HttpHeaders.AUTHORIZATION, marketer.bearer())
                .contentType(MediaType.APPLICATION_JSON)
                .content(json.replace('\'', '"'))
                .exchange();
    }

    private MvcTestResult post(String url, String... parameters) {
        var request = mvc.post().uri(url).with(marketer.signedIn()).with(csrf());
        for (var i = 0; i < parameters.length; i += 2) {
            request = request.param(parameters[i], parameters[i + 1]);
        }
        return request.exchange();
    }

    private static String text(MvcTestResult answer) throws Exception {
        return answer.getResponse()
                .getContentAsString()
                .replaceAll("<[^>]+>", "")
                .replace("&#39;", "'")
                .replaceAll("[\\s\u00a0]+", " ");
    }

    private static List<NamedCsvRecord> rows(MvcTestResult answer) throws Exception {
        var content = answer.getResponse().getContentAsString();
        return CsvReader.builder()
                .ofNamedCsvRecord(content.startsWith("\uFEFF") ? content.substring(1) : content)
                .stream()
                .toList();
    }

    private static double number(NamedCsvRecord row, String column) {
        return Double.parseDouble(row.getField(column));
    }

    // ---- the file

    @Test
    void fileHoldsEverybodyWithTheNumbersOfTheApiAndTheyAddUp() throws Exception {
        var query = "brief=" + brief + "&w.relevance=30&w.bond=20&w.focus=5&w.audience=7.5&sort=low";
        var file = api(marketer, "/api/v1/creators?" + query, "text/csv");
        assertThat(file).hasStatusOk().hasContentTypeCompatibleWith(MediaType.parseMediaType("text/csv"));
        var rows = rows(file);
        var items = json("/api/v1/creators?limit=200&" + query).get("items");
        assertThat(rows).hasSize(SampleCatalogue.size());
        for (var i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var item = items.get(i);
            assertThat(row.getField("rank")).isEqualTo(item.get("rank").asString());
            assertThat(row.getField("slug"))
                    .isEqualTo(item.get("creator").get("slug").asString());
            assertThat(number(row, "score")).isEqualTo(item.get("score").asDouble());
            assertThat(number(row, "low")).isEqualTo(item.get("low").asDouble());
            assertThat(row.getField("why")).isEqualTo(item.get("why").asString());
            var sum = 0.0;
            for (var criterion : item.get("criteria")) {
                var key = criterion.get("key").asString();
                assertThat(number(row, key + "_points"))
                        .isEqualTo(criterion.get("points").asDouble());
                assertThat(row.getField(key + "_known"))
                        .isEqualTo(
                                !criterion.get("asked").asBoolean()
                                        ? "not asked"
                                        : criterion.get("known").asBoolean() ? "known" : "unknown");
                sum += number(row, key + "_points");
            }
            assertThat(sum).as(row.getField("slug")).isCloseTo(number(row, "score"), within(1e-9));
        }
    }

    @Test
    void pageHandsOutTheSameFileAsTheApi() throws Exception {
        var query = "brief=" + brief + "&country=HR&w.relevance=3&w.bond=2";
        var ofPage = page("/discover/ranking.csv?" + query);
        assertThat(ofPage).hasStatusOk();
        assertThat(ofPage.getResponse().getHeader("Content-Disposition"))
                .contains("attachment")
                .contains("closeknit-autumn-trail-shoe.csv");
        var ofApi = rows(api(marketer, "/api/v1/creators?" + query, "text/csv"));
        assertThat(rows(ofPage))
                .extracting(NamedCsvRecord::getFields)
                .containsExactlyElementsOf(
                        ofApi.stream().map(NamedCsvRecord::getFields).toList());
        assertThat(ofApi).hasSize(16);
        assertThat(page("/discover").getResponse().getStatus()).isEqualTo(302);
        assertThat(page("/discover?" + query).getResponse().getContentAsString())
                .contains("/discover/ranking.csv?brief=" + brief);
    }

    @Test
    void noCellIsCalculatedByASpreadsheet() throws Exception {
        catalogue.put("""
                {'name': '=HYPERLINK("http://x.example")', 'slug': 'evil', 'accounts': [{'platform': 'instagram', 'handle': 'evil', 'followers': 5000}]}
                """.replace("\"http://x.example\"", "1"));
        var evil =
                rows(api(marketer, "/api/v1/creators?q=hyperlink", "text/csv")).getFirst();
        assertThat(evil.getField("name")).startsWith("'=HYPERLINK");
        assertThat(RankingCsv.harmless("+1")).isEqualTo("'+1");
        assertThat(RankingCsv.harmless("@a")).isEqualTo("'@a");
        assertThat(RankingCsv.harmless("\tx")).isEqualTo("'\tx");
        assertThat(RankingCsv.harmless("a=b")).isEqualTo("a=b");
        assertThat(RankingCsv.fileName("../../Spring: 20% \"off\"\r\n")).isEqualTo("closeknit-spring-20-off.csv");
        assertThat(RankingCsv.fileName("…")).isEqualTo("closeknit-ranking.csv");
    }

    @Test
    void fileOfNobodyIsAHeaderAndARefusalIsAProblem() throws Exception {
        var nobody = api(marketer, "/api/v1/creators?country=NZ", "text/csv");
        assertThat(rows(nobody)).isEmpty();
        assertThat(nobody.getResponse().getContentAsString()).startsWith("rank,name,slug,");
        assertThat(api(marketer, "/api/v1/creators?w.bond=0", "text/csv")).hasStatus(422);
        assertThat(send("{'weights': {'bond': 0}}", "/api/v1/rankings")).hasStatus(422);
        var ranked = send("{}", "/api/v1/rankings");
        assertThat(ranked).hasStatusOk().hasContentTypeCompatibleWith(MediaType.APPLICATION_JSON);
    }

    // ---- why

    private JsonNode onRelevance(String brief, String slug) throws Exception {
        for (var item :
                json("/api/v1/creators?limit=200&w.relevance=1&brief=" + brief).get("items")) {
            if (item.at("/creator/slug").asString().equals(slug)) {
                return item;
            }
        }
        throw new AssertionError(slug + " is not in the ranking");
    }

    @Test
    void topicsThatOnlyLieNearAreNamedWithWhatTheyLieNearTo() throws Exception {
        catalogue.put("""
                {'slug': 'hana-hike', 'name': 'Hana Hike',
                 'niches': [{'niche': 'hiking', 'weight': 0.4}, {'niche': 'running', 'weight': 0.6}],
                 'accounts': [{'platform': 'instagram', 'handle': 'hana.hike', 'followers': 9000}]}
                """);
        var gear = catalogue.brief(marketer, """
                {'name': 'Boots', 'niches': [{'niche': 'outdoor-gear', 'importance': 1}, {'niche': 'running', 'importance': 3}]}
                """);
        var related = onRelevance(gear, "hana-hike");
        assertThat(related.get("why").asString())
                .isEqualTo("Publishes about Running and Jogging, Hiking (related topics: Hiking ~ Outdoor gear).");
        assertThat(text(page("/discover?w.relevance=1&brief=" + gear)))
                .contains("Publishes about Running and Jogging, Hiking (related topics: Hiking ~ Outdoor gear).");
        assertThat(rows(api(marketer, "/api/v1/creators?w.relevance=1&brief=" + gear, "text/csv")))
                .filteredOn(row -> row.getField("slug").equals("hana-hike"))
                .singleElement()
                .satisfies(row -> assertThat(row.getField("why")).contains("(related topics: Hiking ~ Outdoor gear)"));
        assertThat(text(page("/creators/hana-hike?brief=" + gear))).contains("related topics: Hiking ~ Outdoor gear");

        var nature = catalogue.brief(marketer, "{'name': 'Seeds', 'niches': [{'niche': 'nature'}]}");
        assertThat(onRelevance(nature, "hana-hike").get("why").asString())
                .isEqualTo("Hardly publishes about this (related topics: Hiking ~ Nature).");

        // What lies below a niche of the brief is about it.
        var running = catalogue.brief(marketer, "{'name': 'Race', 'niches': [{'niche': 'running'}]}");
        assertThat(onRelevance(running, "lea-trailhart").get("why").asString())
                .isEqualTo("Publishes about Trail running.");
    }

    @Test
    void differenceToTheNextOneAddsUpOverTheApiAndIsSaidOnThePage() throws Exception {
        var fit = json("/api/v1/creators/lea-trailhart/fit?brief=" + brief);
        assertThat(fit.get("rank").asInt()).isEqualTo(1);
        assertThat(fit.get("total").asInt()).isEqualTo(SampleCatalogue.size());
        assertThat(fit.get("counterfactual").get("state").asString()).isEqualTo("first");
        var items = json("/api/v1/creators?brief=" + brief).get("items");
        var next = fit.get("next");
        assertThat(next.get("slug").asString())
                .isEqualTo(items.get(1).get("creator").get("slug").asString());
        assertThat(next.get("by").asDouble())
                .isCloseTo(
                        items.get(0).get("score").asDouble()
                                - items.get(1).get("score").asDouble(),
                        within(1e-9));
        var sum = 0.0;
        for (var property : next.get("criteria").properties()) {
            sum += property.getValue().asDouble();
        }
        assertThat(sum).isCloseTo(next.get("by").asDouble(), within(1e-9));

        var page = text(page("/discover/why?slug=lea-trailhart&brief=" + brief));
        assertThat(page)
                .contains("Rank 1 of 34.")
                .contains("Ahead of " + next.get("name").asString() + " by ");
    }

    @Test
    void counterfactualComesTrueWhenTheFigureReallyChanges() throws Exception {
        var croatia = catalogue.brief(
                marketer,
                "{'name': 'Croatia', 'niches': [{'niche': 'trail-running'}], 'audience': {'countries': ['HR']}}");
        var url = "/api/v1/creators/bruno-berglauf/fit?brief=" + croatia + "&w.audience=60&w.relevance=1";
        var before = json(url);
        assertThat(before.get("counterfactual").get("state").asString()).isEqualTo("found");
        var lift = before.get("counterfactual").get("lifts").get(0);
        assertThat(lift.get("figure").asString()).isEqualTo("audienceCountry");
        assertThat(lift.get("of").asString()).isEqualTo("HR");
        assertThat(lift.get("rank").asInt())
                .isLessThanOrEqualTo(before.get("counterfactual").get("target").asInt());

        // What was not wanted gives way: 90 % in Germany become what the wanted share leaves.
        var share = lift.get("to").asDouble();
        catalogue.put("""
                {'accounts': [{'platform': 'instagram', 'handle': 'bruno.berglauf', 'audience': {'countries': {'DE': %s, 'HR': %s}}}]}
                """.formatted(Math.min(0.9, Math.round((1 - share) * 10_000) / 10_000.0), share));
        assertThat(json(url).get("fit").get("score").asDouble())
                .isCloseTo(lift.get("score").asDouble(), within(1e-6));
    }

    @Test
    void saysSoWhereSheIsNotInTheRanking() throws Exception {
        var fit = json("/api/v1/creators/stella-glanz/fit?brief=" + brief + "&country=HR");
        assertThat(fit.has("rank")).isFalse();
        assertThat(fit.get("counterfactual").get("state").asString()).isEqualTo("not-in");
        assertThat(api(marketer, "/api/v1/creators/nobody/fit", "application/json"))
                .hasStatus(404);
        assertThat(text(page("/discover/why?slug=stella-glanz&country=HR"))).contains("Not in this ranking");
    }

    @Test
    void robustnessIsTheSameOnThePageAndOverTheApi() throws Exception {
        var answer = JSON.readTree(send("{'robustness': true, 'limit': 10}", "/api/v1/rankings")
                .getResponse()
                .getContentAsString());
        var robust = answer.get("robustness");
        assertThat(robust.get("exact").asBoolean()).isTrue();
        assertThat(robust.get("draws").asInt()).isEqualTo(1_000);
        assertThat(robust.get("first")).hasSize(10);
        for (var i = 0; i < 10; i++) {
            assertThat(robust.get("first").get(i).get("slug").asString())
                    .isEqualTo(answer.get("items")
                            .get(i)
                            .get("creator")
                            .get("slug")
                            .asString());
        }
        var page = text(page("/discover/robustness?sort=fit"));
        assertThat(page)
                .contains(robust.get("first").get(0).get("name").asString())
                .contains("1,000 draws");
        assertThat(text(page("/discover/robustness?sort=name"))).contains("can be said for the order by score");
    }

    // ---- moving weights

    @Test
    void listSaysWhoRoseAndWhoFellSinceTheWeightsWereMoved() throws Exception {
        var moved = mvc.get()
                .uri("/discover?brief=" + brief
                        + "&w.relevance=5&w.bond=50&add.before=25,25,15,10,10,5,5,5&add.weightsOf=" + brief)
                .with(marketer.signedIn())
                .header("HX-Request", "true")
                .header("HX-Target", "results")
                .exchange();
        assertThat(moved.getResponse().getHeader("HX-Push-Url")).doesNotContain("before");
        assertThat(text(moved)).contains("▲1up 1 rank").contains("▼1down 1 rank");
        assertThat(text(page("/discover?brief=" + brief + "&w.relevance=5&w.bond=50")))
                .as("nothing was moved")
                .doesNotContain("▲");
    }

    // ---- presets

    @Test
    void presetIsSavedFromThePageAndFoundOverTheApi() throws Exception {
        var saved =
                post("/presets", "name", "  Spring launch ", "address", "brief=" + brief + "&w.relevance=5&w.bond=50");
        assertThat(saved).hasStatus(302).redirectedUrl().contains("w.bond=50").contains("brief=" + brief);
        assertThat(text(page("/discover?brief=" + brief))).contains("Spring launch");
        var items = json("/api/v1/presets").get("items");
        assertThat(items).hasSize(5);
        assertThat(items.get(0).get("builtIn").asBoolean()).isTrue();
        assertThat(items.get(4).get("name").asString()).isEqualTo("Spring launch");
        assertThat(items.get(4).get("weights").get("bond").asDouble()).isEqualTo(50);
        assertThat(items.get(4).get("weights").get("audience").asDouble()).isZero();

        post("/presets", "name", "spring LAUNCH", "address", "w.bond=1");
        assertThat(json("/api/v1/presets").get("items"))
                .as("a taken name is refused")
                .hasSize(5);
        post("/presets", "name", "Trust first", "address", "w.bond=1");
        assertThat(json("/api/v1/presets").get("items")).as("also one of ours").hasSize(5);
    }

    @Test
    void presetsAreVersionedAndTheirNamesAreUnique() throws Exception {
        var made = send("{'name': 'Calm', 'weights': {'bond': 2, 'focus': 1}}", "/api/v1/presets");
        assertThat(made).hasStatus(201);
        var url = Objects.requireNonNull(made.getResponse().getHeader("Location"));
        var taken = send("{'name': 'calm', 'weights': {'bond': 2}}", "/api/v1/presets");
        assertThat(taken).hasStatus(409);
        assertThat(taken.getResponse().getContentAsString())
                .contains("There is a preset “calm” already.")
                .contains("\"existing\"");
        assertThat(send("{'name': '', 'weights': {'bnd': 2}}", "/api/v1/presets"))
                .hasStatus(422);
        assertThat(send("{'name': 'x', 'weights': {'bond': 0}}", "/api/v1/presets"))
                .hasStatus(422);
        assertThat(put(url, null, "{'name': 'Calmer', 'weights': {'bond': 3}}")).hasStatus(428);
        assertThat(put(url, "\"1\"", "{'name': 'Calmer', 'weights': {'bond': 3}}"))
                .hasStatusOk();
        assertThat(put(url, "\"1\"", "{'name': 'Lost', 'weights': {'bond': 3}}"))
                .hasStatus(409);
        assertThat(json(url).get("name").asString()).isEqualTo("Calmer");
        assertThat(delete(url, "\"2\"")).hasStatus(204);
        assertThat(api(marketer, url, "application/json")).hasStatus(404);
    }

    private MvcTestResult put(String url, @org.jspecify.annotations.Nullable String ifMatch, String json) {
        var request = mvc.put()
                .uri(url)
                .header(HttpHeaders.AUTHORIZATION, marketer.bearer())
                .contentType(MediaType.APPLICATION_JSON)
                .content(json.replace('\'', '"'));
        return (ifMatch == null ? request : request.header(HttpHeaders.IF_MATCH, ifMatch)).exchange();
    }

    private MvcTestResult delete(String url, String ifMatch) {
        return mvc.delete()
                .uri(url)
                .header(HttpHeaders.AUTHORIZATION, marketer.bearer())
                .header(HttpHeaders.IF_MATCH, ifMatch)
                .exchange();
    }

    // ---- kept

    private String keep() throws Exception {
        var made = send(
                "{'name': 'As of today', 'brief': '" + brief + "', 'filters': {'country': ['HR', 'SI', 'DE']}}",
                "/api/v1/rankings/kept");
        assertThat(made).hasStatus(201);
        return Objects.requireNonNull(made.getResponse().getHeader("Location"));
    }

    @Test
    void keptRankingHoldsWhatTheRankingSaid() throws Exception {
        var then = json("/api/v1/briefs/" + brief + "/ranking?country=HR&country=SI&country=DE&limit=200");
        var kept = json(keep());
        assertThat(kept.get("total").asInt()).isEqualTo(then.get("total").asInt());
        assertThat(kept.get("items")).isEqualTo(then.get("items"));
        assertThat(kept.get("statisticsVersion")).isEqualTo(then.get("statisticsVersion"));
        assertThat(kept.get("briefVersion").asInt()).isEqualTo(1);
        assertThat(kept.get("filters").get("country")).hasSize(3);
        assertThat(kept.get("weights").get("relevance").asDouble()).isEqualTo(25);
        assertThat(json("/api/v1/rankings").get("total").asInt()).isEqualTo(1);
    }

    @Test
    void whyDidSheDrop() throws Exception {
        var url = keep();
        assertThat(json(url + "/changes?change=fell").get("items")).isEmpty();
        // Nobody of her audience is where the brief wants them any more.
        catalogue.put("""
                {'accounts': [{'platform': 'instagram', 'handle': 'lea.trailhart', 'audience': {'countries': {'US': 1.0}}}]}
                """);
        var changes = json(url + "/changes?change=fell");
        assertThat(changes.get("briefChanged").asBoolean()).isFalse();
        var lea = changes.get("items").get(0);
        assertThat(lea.get("slug").asString()).isEqualTo("lea-trailhart");
        assertThat(lea.get("rankBefore").asInt()).isEqualTo(1);
        assertThat(lea.get("rank").asInt()).isGreaterThan(1);
        var parts = lea.get("criteria");
        assertThat(parts.get(0).get("key").asString()).isEqualTo("audience");
        assertThat(parts.get(0).get("points").asDouble()).isLessThan(-20);
        assertThat(lea.get("causes").valueStream().map(JsonNode::asString)).contains("figures");
        var sum = 0.0;
        for (var part : parts) {
            sum += part.get("points").asDouble();
            assertThat(part.get("ofWeights").asDouble()
                            + part.get("ofBrief").asDouble()
                            + part.get("ofFigures").asDouble())
                    .isCloseTo(part.get("points").asDouble(), within(1e-9));
        }
        assertThat(sum).isCloseTo(lea.get("points").asDouble(), within(1e-9));

        var page = text(page(url.replace("/api/v1", "") + "?change=fell"));
        assertThat(page)
                .contains(SampleCatalogue.RIGHT)
                .contains("audience −")
                .contains("the creator’s figures changed")
                .contains("72 % in the countries");
        // The file of the kept one still says what was then.
        var file = rows(page(url.replace("/api/v1", "") + "/ranking.csv"));
        assertThat(file.getFirst().getField("slug")).isEqualTo("lea-trailhart");
        assertThat(number(file.getFirst(), "score"))
                .isEqualTo(lea.get("scoreBefore").asDouble());
    }

    @Test
    void twoKeptRankingsAreComparedAndOneIsRenamedAndRemoved() throws Exception {
        var first = keep();
        catalogue.put("""
                {'accounts': [{'platform': 'instagram', 'handle': 'lea.trailhart', 'audience': {'countries': {'US': 1.0}}}]}
                """);
        var second = keep();
        var id = second.substring(second.lastIndexOf('/') + 1);
        var changes = json(first + "/changes?against=" + id + "&change=fell");
        assertThat(changes.get("against").asString()).isEqualTo(id);
        assertThat(changes.get("items").get(0).get("slug").asString()).isEqualTo("lea-trailhart");
        assertThat(text(page(first.replace("/api/v1", "") + "?against=" + id))).contains(SampleCatalogue.RIGHT);

        assertThat(put(first, "\"1\"", "{'name': 'Renamed'}")).hasStatusOk();
        assertThat(json(first).get("name").asString()).isEqualTo("Renamed");
        assertThat(put(first, "\"1\"", "{'name': 'Lost'}")).hasStatus(409);
        assertThat(text(page("/rankings"))).contains("Renamed").contains("Autumn trail shoe");
        assertThat(delete(first, "\"2\"")).hasStatus(204);
        assertThat(page(first.replace("/api/v1", ""))).hasStatus(404);
    }

    @Test
    void rankingIsKeptFromThePage() throws Exception {
        var kept = post(
                "/rankings",
                "name",
                "From the page",
                "address",
                "brief=" + brief + "&country=HR&w.relevance=1&w.bond=1");
        assertThat(kept).hasStatus(302);
        var url = Objects.requireNonNull(kept.getResponse().getRedirectedUrl());
        assertThat(text(page(url)))
                .contains("From the page")
                .contains("Ranked for Autumn trail shoe: the first 16 of 16 creators")
                .contains("Croatia");
        assertThat(json("/api/v1" + url).get("weights").get("audience").asDouble())
                .isZero();
        assertThat(post("/rankings", "name", " ", "address", "brief=" + brief))
                .hasStatus(302)
                .redirectedUrl()
                .contains("/discover");
    }

    @Test
    void nothingOfAnotherWorkspaceIsThere() throws Exception {
        var url = keep();
        var made = send("{'name': 'Mine', 'weights': {'bond': 2}}", "/api/v1/presets");
        var preset = Objects.requireNonNull(made.getResponse().getHeader("Location"));
        var stranger = people.agency();
        for (var other : List.of(url, url + "/changes", preset)) {
            assertThat(api(stranger, other, "application/json")).as(other).hasStatus(404);
        }
        assertThat(api(stranger, url, "text/csv")).hasStatus(404);
        var page = url.replace("/api/v1", "");
        for (var other : List.of(page, page + "/ranking.csv")) {
            assertThat(mvc.get().uri(other).with(stranger.signedIn()).exchange())
                    .as(other)
                    .hasStatus(404);
        }
        for (var other : List.of(page + "/rename", page + "/delete", preset.replace("/api/v1", "") + "/delete")) {
            assertThat(mvc.post()
                            .uri(other)
                            .param("name", "taken over")
                            .param("version", "1")
                            .with(stranger.signedIn())
                            .with(csrf())
                            .exchange())
                    .as(other)
                    .hasStatus(404);
        }
        var own = JSON.readTree(api(stranger, "/api/v1/rankings", "application/json")
                .getResponse()
                .getContentAsString());
        assertThat(own.get("total").asInt()).isZero();
        assertThat(api(stranger, "/api/v1/creators/lea-trailhart/fit?brief=" + brief, "application/json"))
                .hasStatus(422);
        assertThat(json(url).get("name").asString()).isEqualTo("As of today");
    }

    @Test
    void pointsOnThePageAreThoseOfTheApiRounded() throws Exception {
        var item = json("/api/v1/creators?brief=" + brief).get("items").get(0);
        var page = page("/discover?brief=" + brief).getResponse().getContentAsString();
        var shown = Math.round(item.get("score").asDouble());
        assertThat(page).contains("Fit " + shown + " of 100");
        for (var criterion : item.get("criteria")) {
            if (criterion.get("asked").asBoolean() && criterion.get("weight").asDouble() > 0) {
                var points = criterion.get("points").asDouble();
                var key = criterion.get("key").asString();
                assertThat(Criterion.byKey(key)).isPresent();
                assertThat(page)
                        .as("%s %s, up or down by less than one", key, points)
                        .containsPattern(
                                key + " (" + (long) Math.floor(points) + "|" + (long) Math.ceil(points) + ") of ");
            }
        }
    }
}
