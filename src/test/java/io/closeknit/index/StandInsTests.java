package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.closeknit.index.StandIns.Collector;
import io.closeknit.index.StandIns.StandIn;
import org.junit.jupiter.api.Test;

class StandInsTests {
    private static final int INSTAGRAM = 0;
    private static final int TIKTOK = 1;
    private static final int NANO = 1;
    private static final int MICRO = 2;
    private static final int TIERS = 6;
    private static final int HR = Codes.country("HR");
    private static final int SI = Codes.country("SI");

    private static void add(Collector to, int platform, int tier, int country, int count, double value) {
        for (var i = 0; i < count; i++) {
            to.add(platform, tier, country, value);
        }
    }

    @Test
    void theMedianAndTheTenthAndNinetiethPercentileStandIn() {
        var values = new Collector(TIERS, false);
        for (var i = 0; i <= 40; i++) {
            values.add(INSTAGRAM, NANO, HR, i / 40.0);
        }

        // Of 0, 1/40, … 1: the order statistics 20, 4 and 36.
        var standIn = values.build(41).of(INSTAGRAM, NANO, HR);
        assertThat(standIn.median()).isCloseTo(0.5, within(1e-12));
        assertThat(standIn.low()).isCloseTo(0.1, within(1e-12));
        assertThat(standIn.high()).isCloseTo(0.9, within(1e-12));
        assertThat(standIn.known()).isEqualTo(41);
    }

    @Test
    void theNearestLevelThatIsLargeEnoughServes() {
        var values = new Collector(TIERS, false);
        add(values, INSTAGRAM, NANO, HR, 30, 0.3);
        add(values, INSTAGRAM, MICRO, HR, 10, 0.8); // too few
        add(values, TIKTOK, MICRO, HR, 5, 0.9); // too few, and so is TikTok
        var standIns = values.build(30);

        assertThat(standIns.of(INSTAGRAM, NANO, HR).known()).as("same tier").isEqualTo(30);
        assertThat(standIns.of(INSTAGRAM, MICRO, HR).known()).as("platform").isEqualTo(40);
        assertThat(standIns.of(INSTAGRAM, Tiers.UNKNOWN, HR).known())
                .as("platform")
                .isEqualTo(40);
        assertThat(standIns.of(TIKTOK, MICRO, HR).known()).as("catalogue").isEqualTo(45);
        assertThat(standIns.groups()).hasSize(3);
    }

    @Test
    void belowTwentyInTheCatalogueNothingComparableIsKnown() {
        var few = new Collector(TIERS, false);
        add(few, INSTAGRAM, NANO, HR, 19, 0.9);
        assertThat(few.build(200).of(INSTAGRAM, NANO, HR)).isEqualTo(StandIn.NONE);
        assertThat(StandIn.NONE).isEqualTo(new StandIn(0.5, 0.1, 0.9, 0));

        add(few, INSTAGRAM, NANO, HR, 1, 0.9);
        assertThat(few.build(200).of(TIKTOK, MICRO, SI)).isEqualTo(new StandIn(0.9, 0.9, 0.9, 20));
    }

    @Test
    void fromTwentyOnHerOwnCountryComesFirst() {
        var values = new Collector(TIERS, true);
        add(values, INSTAGRAM, NANO, HR, 19, 0.2);
        add(values, TIKTOK, NANO, SI, 20, 0.7);
        var standIns = values.build(10);

        assertThat(standIns.of(INSTAGRAM, NANO, SI).median()).as("her country").isEqualTo(0.7);
        assertThat(standIns.of(INSTAGRAM, NANO, HR).median())
                .as("19 of hers are too few")
                .isEqualTo(0.2);
        assertThat(standIns.of(INSTAGRAM, NANO, HR).known()).isEqualTo(19);
        assertThat(standIns.of(TIKTOK, NANO, Codes.UNKNOWN).known()).isEqualTo(20);
    }

    @Test
    void whatWasPublishedIsTheSameAgain() {
        var values = new Collector(TIERS, true);
        add(values, INSTAGRAM, NANO, HR, 25, 0.2);
        add(values, TIKTOK, Tiers.UNKNOWN, SI, 25, 0.6);
        var standIns = values.build(25);
        var again = StandIns.ofGroups(standIns.groups(), TIERS);

        for (var platform = 0; platform < 3; platform++) {
            for (var tier = Tiers.UNKNOWN; tier < TIERS; tier++) {
                for (var country : new int[] {HR, SI, Codes.UNKNOWN}) {
                    assertThat(again.of(platform, tier, country)).isEqualTo(standIns.of(platform, tier, country));
                }
            }
        }
    }
}
