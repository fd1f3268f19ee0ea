package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPathTests {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/discover", "/discover?niche=yoga&q=a%20b", "/creators/ana-trails#rates", "/a/../b"})
    void ourOwnPathsAreFollowed(String path) {
        assertThat(OwnPath.or(path, "/else")).isEqualTo(path);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "discover",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "/\t/evil.example",
                "/\n/evil.example",
                "/discover\r\nSet-Cookie: a=b",
                "/sign-in",
                "/sign-in?next=/sign-in",
                "/sign-out",
            })
    void nothingElseIs(String path) {
        assertThat(OwnPath.or(path, "/else")).isEqualTo("/else");
    }
}
