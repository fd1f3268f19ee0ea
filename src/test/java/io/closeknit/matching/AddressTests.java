package io.closeknit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.testing.TestPeople;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPeople.class, SampleCatalogue.class})
class AddressTests {
    private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("q", List.of("ana & co", "50% off + more", "čokolada #1"));
        VALUES.put("platform", List.of("instagram", "tiktok", "!blog"));
        VALUES.put("followersMin", List.of("1000", "0"));
        VALUES.put("followersMax", List.of("100000", "5000000"));
        VALUES.put("tier", List.of("nano", "micro", "!mega"));
        VALUES.put("niche", List.of("travel", "fashion", "!beauty"));
        VALUES.put("country", List.of("HR", "SI", "!US"));
        VALUES.put("language", List.of("hr", "pt-BR", "!en"));
        VALUES.put("erMin", List.of("0.03"));
        VALUES.put("growthMin", List.of("0", "-0.1"));
        VALUES.put("authenticityMin", List.of("0.8"));
        VALUES.put("sponsoredShareMax", List.of("0.2"));
        VALUES.put("workedWith", List.of("Salomon", "!Ben & Jerry's"));
        VALUES.put("priceMax", List.of("250", "99.5"));
        VALUES.put("lastPostWithinDays", List.of("90"));
        VALUES.put("audienceCountry", List.of("HR:0.3", "SI:0.25"));
        VALUES.put("audienceAge", List.of("65+:0.2", "25-34:0.4"));
        VALUES.put("audienceGender", List.of("female:0.5"));
        VALUES.put("hasContact", List.of("true", "false"));
        VALUES.put("leaveOutDoNotContact", List.of("true"));
        VALUES.put("keepUnknown", List.of("true"));
        VALUES.put("sort", List.of("low", "name", "lastPost"));
        VALUES.put("w.relevance", List.of("40", "0", "12.5"));
        VALUES.put("w.bond", List.of("60"));
    }

    /** Parameters that take several values. */
    private static final List<String> SEVERAL =
            List.of("platform", "tier", "niche", "country", "language", "workedWith", "audienceCountry", "audienceAge");

    @Autowired
    private AddressReader addresses;

    @Autowired
    private SelectionReader selections;

    private Address read(MultiValueMap<String, String> sent) {
        return addresses.read(sent, _ -> Optional.empty());
    }

    private static MultiValueMap<String, String> parsed(String url) {
        var decoded = new LinkedMultiValueMap<String, String>();
        UriComponentsBuilder.fromUriString(url)
                .build()
                .getQueryParams()
                .forEach((name, values) -> values.forEach(
                        value -> decoded.add(name, java.net.URLDecoder.decode(value, StandardCharsets.UTF_8))));
        return decoded;
    }

    @Test
    void whateverIsFilteredByTheAddressBringsItBack() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var run = 0; run < 300; run++) {
            var sent = new LinkedMultiValueMap<String, String>();
            VALUES.forEach((name, values) -> {
                if (random.nextInt(3) == 0) {
                    sent.add(name, values.get(random.nextInt(values.size())));
                    var another = values.get(random.nextInt(values.size()));
                    if (SEVERAL.contains(name) && !sent.get(name).contains(another)) {
                        sent.add(name, another);
                    }
                }
            });
            var problems = new ArrayList<Problem>();
            var selection = selections.read(sent, "", problems);
            assertThat(problems).as("seed %d, %s", seed, sent).isEmpty();

            var address = read(sent);
            var again = parsed(address.url());

            assertThat(selections.read(again, "", problems))
                    .as("seed %d, %s", seed, sent)
                    .isEqualTo(
                            address.isEmpty()
                                    ? new Selection(selection.filters(), null, io.closeknit.index.RankQuery.Sort.FIT)
                                    : selection);
            assertThat(read(again)).as("seed %d, %s", seed, sent).isEqualTo(address);
            assertThat(problems).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            q=&country=&niche=&sort=fit                                | /discover?sort=fit
            followersMin=10K&followersMax=1.5m                         | /discover?followersMin=10000&followersMax=1500000
            followersMin=10,000                                        | /discover?followersMin=10000
            niche=Travel&niche=travel                                  | /discover?niche=travel
            country=hr&country=                                        | /discover?country=HR
            add.audienceCountry=HR&add.audienceCountryShare=40         | /discover?audienceCountry=HR:0.4
            audienceAge=25-34:0.2&add.audienceAge=25-34                | /discover?audienceAge=25-34:0.3
            add.neverWorkedWith=Salomon                                | /discover?workedWith=!Salomon
            priceCurrency=EUR&q=ana                                    | /discover?q=ana
            w.relevance=25&w.audience=25&w.bond=15&w.credibility=10&w.belief=10&w.focus=5&w.authenticity=5&w.value=5&q=a | /discover?q=a
            w.bond=15&q=a                                              | /discover?q=a&w.bond=15
            """)
    void thereIsOneWayToWriteAnAddress(String sent, String written) {
        assertThat(read(parsed("/discover?" + sent)).url()).isEqualTo(written);
    }
}
