package io.closeknit.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvatarsTests {
    private final Avatars avatars = new Avatars();

    @Test
    void aHandleAlwaysHasTheSameFace() {
        assertThat(avatars.tile("@Ana.Trails", "Ana Horvat")).isEqualTo(avatars.tile("ana.trails", "Ana Horvat"));
    }

    @Test
    void handlesAreToldApart() {
        var faces = IntStream.range(0, 1000)
                .mapToObj(at -> avatars.tile("creator" + at, "A"))
                .collect(Collectors.toSet());
        assertThat(faces).hasSizeGreaterThan(990);
    }

    @ParameterizedTest
    @CsvSource({"Ana Horvat, AH", "Ana Maria de Horvat, AH", "luka.bakes, LB", "zoe, Z", "'', T", "žana đurić, ŽĐ"})
    void initialsAreOfTheFirstAndTheLastWord(String name, String initials) {
        assertThat(avatars.tile("the_handle", name).initials()).isEqualTo(name.isEmpty() ? "TH" : initials);
    }
}
