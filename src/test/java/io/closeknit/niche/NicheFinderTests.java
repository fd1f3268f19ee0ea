package io.closeknit.niche;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
class NicheFinderTests {
    @Autowired
    private NicheFinder finder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            A light shoe for the trail running in the mountains | shoes, trail-running, mountaineering
            We sell vegan skincare for women | vegan-diets, skin-care
            Running, hiking and yoga. | running, hiking, yoga
            trail-running shoes | trail-running, shoes
            Food and drink for families | food-drink, family-and-relationships
            Our new style is fun for every home | ''
            AI for everyone, it is easy | artificial-intelligence
            '#trailrunningcroatia' | trail-running
            '#TrailRunningCroatia' | trail-running
            '#veganfoodlover' | vegan-diets
            '#instadogs' | dogs
            '#yogaeverydamnday and more' | yoga
            '#skincaremakeup' | skin-care, makeup-and-accessories
            '#heartbeat' | ''
            '#carpet' | ''
            Kosmetik für die Hautpflege | beauty, skin-care
            Planinarenje i trčanje | hiking, running
            Interior design & home decor | interior-decorating
            nothing of interest here | ''
            """)
    void findsTheNichesOfAText(String text, String slugs) {
        var expected = slugs.isEmpty() ? new String[0] : slugs.split(", ");
        assertThat(finder.find(text)).extracting(found -> found.niche().slug()).containsExactly(expected);
    }

    @Test
    void saysWhichWordsEachCameFrom() {
        var found =
                finder.find("Trail running! Loved by #trailrunners, in trail  running camps and on the road: running.");
        assertThat(found.stream().collect(Collectors.toMap(each -> each.niche().slug(), NicheFinder.Found::words)))
                .containsEntry("trail-running", Arrays.asList("Trail running", "#trailrunners", "trail  running"))
                .containsEntry("running", Arrays.asList("running"));
    }

    @Test
    void aHashtagMayComeWithoutItsSign() {
        assertThat(finder.findInHashtag("hikingwithdogs"))
                .extracting(found -> found.niche().slug())
                .containsExactly("hiking");
        assertThat(finder.findInHashtag("#")).isEmpty();
        assertThat(finder.findInHashtag("")).isEmpty();
    }
}
