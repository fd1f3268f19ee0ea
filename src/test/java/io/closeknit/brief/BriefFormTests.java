package io.closeknit.brief;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.brief.BriefDocument.NicheImportance;
import io.closeknit.brief.BriefFormMerge.Outcome;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.LinkedMultiValueMap;
import tools.jackson.databind.json.JsonMapper;

class BriefFormTests {
    private final BriefFormReader reader = BriefSamples.reader();

    /** What a browser would send of this form. */
    private static LinkedMultiValueMap<String, String> sent(BriefForm form) {
        var sent = new LinkedMultiValueMap<String, String>();
        var json = JsonMapper.builder().build().valueToTree(form);
        for (var entry : json.properties()) {
            var value = entry.getValue();
            if (entry.getKey().equals("niches")) {
                for (var i = 0; i < value.size(); i++) {
                    sent.add(
                            "niches[" + i + "].niche", value.get(i).get("niche").asString());
                    sent.add(
                            "niches[" + i + "].importance",
                            value.get(i).get("importance").asString());
                }
            } else if (value.isArray()) {
                value.forEach(each -> sent.add(entry.getKey(), each.asString()));
            } else if (value.isObject()) {
                value.properties()
                        .forEach(each -> sent.add(
                                entry.getKey() + "[" + each.getKey() + "]",
                                each.getValue().asString()));
            } else {
                sent.add(entry.getKey(), value.asString().replace("\n", "\r\n"));
            }
        }
        return sent;
    }

    @Test
    void anyBriefComesBackFromTheFormAsItWas() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++) {
            var document = BriefSamples.random(random);
            var read = reader.read(BriefForm.of(sent(BriefForm.of(document, BriefSamples.TREE))));
            assertThat(read.problems())
                    .as("seed %d, run %d, %s", seed, i, document)
                    .isEmpty();
            assertThat(read.document()).as("seed %d, run %d", seed, i).isEqualTo(document);
        }
    }

    @Test
    void whatCannotBeReadStaysAsTyped() {
        var sent = new LinkedMultiValueMap<String, String>();
        sent.add("name", "Serum");
        sent.add("budgetAmount", "12 k€");
        sent.add("budgetCurrency", "EUR");
        sent.add("followersMin", "few");
        sent.add("niches[0].niche", "");
        sent.add("niches[0].importance", "");
        sent.add("niches[1].niche", "beuaty");
        sent.add("niches[1].importance", "a lot");
        sent.add("countriesMore", "Croatia, Narnia");
        var read = reader.read(BriefForm.of(sent));

        assertThat(read.problems())
                .extracting(Problem::field)
                .containsExactly(
                        "niches[1].importance", "niches[1].niche", "countries", "followersMin", "budgetAmount");
        assertThat(read.form().budgetAmount()).isEqualTo("12 k€");
        assertThat(read.form().followersMin()).isEqualTo("few");
        assertThat(read.form().niches().get(1).niche()).isEqualTo("beuaty");
        assertThat(read.form().countries()).containsExactly("HR");
        assertThat(read.form().countriesMore()).isEqualTo("Narnia");
        assertThat(read.document().name()).isEqualTo("Serum");
        assertThat(read.document().audience().countries()).containsExactly("HR");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Croatia; si, Germany | HR,SI,DE",
                "uk, USA | GB,US",
                "côte d'ivoire | CI",
                "hr, Croatia | HR",
            })
    void countriesAreTakenByNameAndCode(String typed, String codes) {
        var sent = new LinkedMultiValueMap<>(Map.of("countriesMore", List.of(typed)));
        assertThat(reader.settle(BriefForm.of(sent)).countries()).containsExactly(codes.split(","));
    }

    @ParameterizedTest
    @CsvSource({"English, en", "en_gb, en-GB", "HR, hr", "Chinese, zh", "fil, fil"})
    void languagesAreTakenByNameAndTag(String typed, String tag) {
        var sent = new LinkedMultiValueMap<>(Map.of("languagesMore", List.of(typed)));
        assertThat(reader.settle(BriefForm.of(sent)).languages()).containsExactly(tag);
    }

    @Test
    void creatorIsTakenByTheAddressOfHerPage() {
        var sent = new LinkedMultiValueMap<>(Map.of(
                "likeCreatorsMore", List.of("https://closeknit.example/creators/ana-trails?brief=1, @cleo, nobody")));
        var form = reader.settle(BriefForm.of(sent));
        assertThat(form.likeCreators()).containsExactly("ana-trails", "cleo");
        assertThat(form.likeCreatorsMore()).isEqualTo("nobody");
    }

    @Test
    void usualWeightsAreNoWeights() {
        var form = BriefForm.of(BriefSamples.named("Usual"), BriefSamples.TREE);
        assertThat(form.weights()).containsEntry("relevance", "25").containsEntry("value", "5");
        assertThat(reader.read(form).document().weights()).isNull();
    }

    @Test
    void nicheIsShownByItsSlugWhereItsNameMeansAnother() {
        assertThat(BriefForm.shown("skin-care", BriefSamples.TREE)).isEqualTo("Skin care");
        assertThat(BriefForm.shown("sports-travel", BriefSamples.TREE)).isEqualTo("sports-travel");
    }

    @Test
    void mergeTakesOverWhatOnlyTheOtherOneChanged() {
        var base = BriefForm.of(
                document("Serum", "A serum", List.of(new NicheImportance("beauty", null))), BriefSamples.TREE);
        var theirs = BriefForm.of(
                document("Serum 2", "A serum", List.of(new NicheImportance("skin-care", 2.0))), BriefSamples.TREE);
        var yours = BriefForm.of(
                document("My serum", "A better serum", List.of(new NicheImportance("beauty", null))),
                BriefSamples.TREE);
        var merged = BriefFormMerge.merge(base, theirs, yours);

        assertThat(merged.outcomes())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("name", Outcome.BOTH, "product", Outcome.YOURS, "niches", Outcome.THEIRS));
        var document = reader.read(merged.form()).document();
        assertThat(document.name()).isEqualTo("My serum");
        assertThat(document.product()).isEqualTo("A better serum");
        assertThat(document.niches()).containsExactly(new NicheImportance("skin-care", 2.0));
    }

    private static BriefDocument document(String name, String product, List<NicheImportance> niches) {
        return new BriefDocument(
                name, null, product, null, null, niches, null, null, null, null, null, null, null, null, null, null);
    }
}
