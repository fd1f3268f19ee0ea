package io.closeknit.brief;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.catalogue.CatalogueWriter.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class BriefCheckTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BriefCheck check = BriefSamples.check();

    /** What is wrong with a brief that says just this beside its name. */
    private List<Problem> problems(String fields) {
        var json = (ObjectNode) JSON.readTree("{\"name\": \"Serum\", " + fields + "}");
        var read = BriefReader.read(check, json);
        var problems = new ArrayList<>(read.problems());
        problems.addAll(check.check(read.document()).problems());
        return problems;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // what is said | the field | a word of the sentence
                "\"nmae\": 1 | nmae | no such field",
                "\"brand\": {\"nmae\": 1} | brand.nmae | competitors",
                "\"product\": 5 | product | text",
                "\"objective\": \"fame\" | objective | awareness",
                "\"objective\": 1 | objective | awareness",
                "\"niches\": \"beauty\" | niches | list",
                "\"niches\": [{}] | niches[0].niche | Say which niche",
                "\"niches\": [null] | niches[0].niche | Say which niche",
                "\"niches\": [{\"niche\": \"nothing-like-it\"}] | niches[0].niche | nothing-like-it",
                "\"niches\": [{\"niche\": \"beuaty\"}] | niches[0].niche | mean beauty",
                "\"niches\": [{\"niche\": \"beauty\", \"importance\": -1}] | niches[0].importance | from 0",
                "\"niches\": [{\"niche\": \"beauty\", \"importance\": 1e300}] | niches[0].importance | from 0",
                "\"niches\": [{\"niche\": \"beauty\", \"importance\": \"high\"}] | niches[0].importance | number",
                "\"niches\": [{\"niche\": \"beauty\", \"importance\": 0}] | niches | importance 0",
                "\"niches\": [{\"niche\": \"beauty\"}, {\"niche\": \"cosmetics\"}] | niches[1].niche | twice",
                "\"brand\": {\"niche\": \"nothing-like-it\"} | brand.niche | nothing-like-it",
                "\"brand\": {\"name\": \"Glow\", \"competitors\": [\"GLOW\"]} | brand.competitors[0] | itself",
                "\"brand\": {\"competitors\": [\"A\", \" \"]} | brand.competitors[1] | empty",
                "\"audience\": {\"countries\": [\"HR\", \"XX\"]} | audience.countries[1] | ISO 3166-1",
                "\"audience\": {\"countries\": [\"HR\", \"hr\"]} | audience.countries[1] | twice",
                "\"audience\": {\"ages\": [\"18-35\"]} | audience.ages[0] | 18-24",
                "\"audience\": {\"genders\": [\"women\"]} | audience.genders[0] | female",
                "\"audience\": {\"languages\": [\"english\"]} | audience.languages[0] | BCP 47",
                "\"audience\": {\"languages\": [\"zzz\"]} | audience.languages[0] | BCP 47",
                "\"audience\": {\"interests\": [\"nothing-like-it\"]} | audience.interests[0] | nothing-like-it",
                "\"platforms\": [\"myspace\"] | platforms[0] | instagram",
                "\"platforms\": [\"x\", \"x\"] | platforms[1] | twice",
                "\"followers\": {\"min\": -1} | followers.min | from 0",
                "\"followers\": {\"min\": 1.5} | followers.min | whole",
                "\"followers\": {\"min\": \"1000\"} | followers.min | whole",
                "\"followers\": {\"min\": 2, \"max\": 1} | followers.max | below",
                "\"deliverables\": [{\"deliverable\": \"reel\", \"count\": 0}] | deliverables[0].count | 1,000",
                "\"deliverables\": [{\"deliverable\": \"reel\", \"count\": 1001}] | deliverables[0].count | 1,000",
                "\"deliverables\": [{\"deliverable\": \"dance\", \"count\": 1}] | deliverables[0].deliverable | reel",
                "\"deliverables\": [{\"count\": 1}] | deliverables[0].deliverable | reel",
                "\"deliverables\": [{\"deliverable\": \"reel\", \"count\": 1}, {\"deliverable\": \"reel\", \"count\": 2}] | deliverables[1].deliverable | twice",
                "\"budget\": {\"amount\": 0, \"currency\": \"EUR\"} | budget.amount | above 0",
                "\"budget\": {\"amount\": 1e400, \"currency\": \"EUR\"} | budget.amount | number",
                "\"budget\": {\"amount\": 5, \"currency\": \"EURO\"} | budget.currency | ISO 4217",
                "\"budget\": {\"amount\": 5} | budget.currency | currency",
                "\"budget\": {\"currency\": \"EUR\"} | budget.amount | how much",
                "\"competitorWindowDays\": 0 | competitorWindowDays | 3,650",
                "\"competitorWindowDays\": 3651 | competitorWindowDays | 3,650",
                "\"likeCreators\": [\"nobody\"] | likeCreators[0] | nobody",
                "\"excludeCreators\": [\"cleo\", \"cleo\"] | excludeCreators[1] | twice",
                "\"excludeNiches\": [\"nothing-like-it\"] | excludeNiches[0] | nothing-like-it",
                "\"niches\": [{\"niche\": \"beauty\"}], \"excludeNiches\": [\"beauty\"] | excludeNiches[0] | too",
                "\"weights\": {\"beauty\": 1} | weights.beauty | relevance, audience",
                "\"weights\": {\"relevance\": -1} | weights.relevance | from 0",
                "\"weights\": {\"relevance\": null} | weights.relevance | from 0",
                "\"weights\": {\"relevance\": \"much\"} | weights.relevance | number",
                "\"weights\": {\"relevance\": 0, \"value\": 0} | weights | nothing is left to rank by",
                "\"product\": \"a\\u0000b\" | product | cannot be kept",
                "\"product\": \"a\\ud800b\" | product | cannot be kept",
            })
    void whatIsWrongIsNamedAtItsFieldWithASentence(String fields, String field, String word) {
        assertThat(problems(fields)).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(field);
            assertThat(problem.reason()).contains(word).matches("(?s)[\\p{Lu}“].*[.?]");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201})
    void nameHasTwoHundredCharactersAtMost(int length) {
        // Two UTF-16 units each, one character.
        var problems = check.check(BriefSamples.named("👟".repeat(length))).problems();
        assertThat(problems.isEmpty()).isEqualTo(length <= 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u2003"})
    void briefNeedsAName(String name) {
        assertThat(check.check(BriefSamples.named(name)).problems())
                .extracting(Problem::field)
                .containsExactly("name");
    }

    @Test
    void aNameAloneIsEnough() {
        assertThat(check.check(BriefSamples.named("Serum")).problems()).isEmpty();
    }

    @Test
    void codesAndAliasesComeIntoTheirOneForm() {
        var read = BriefReader.read(check, (ObjectNode) JSON.readTree("""
                {"name": "  Serum ", "niches": [{"niche": "Cosmetics"}], "brand": {"niche": "#SkinCare", "competitors": [" Glow "]},
                 "audience": {"countries": ["hr"], "languages": ["EN_gb"], "genders": ["Female"]}, "budget": {"amount": 5000.00, "currency": "eur"}}
                """));
        assertThat(read.problems()).isEmpty();
        var found = check.check(read.document());
        assertThat(found.problems()).isEmpty();
        assertThat(found.document()).isEqualTo(JSON.readValue("""
                {"name": "Serum", "niches": [{"niche": "beauty"}], "brand": {"niche": "skin-care", "competitors": ["Glow"]},
                 "audience": {"countries": ["HR"], "languages": ["en-GB"], "genders": ["female"]}, "budget": {"amount": 5000, "currency": "EUR"}}
                """, BriefDocument.class));
    }

    @Test
    void acceptedBriefIsItsOwnOneForm() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var i = 0; i < 1_000; i++) {
            var document = BriefSamples.random(random);
            var found = check.check(document);
            assertThat(found.problems()).as("seed %d, %s", seed, document).isEmpty();
            assertThat(found.document()).as("seed %d", seed).isEqualTo(document);
        }
    }
}
