package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.closeknit.database.DataDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationKeysTests {
    private static final String OLD = key("old");
    private static final String NEW = key("new");
    private static final byte[] SECRET = "a secret of 20 bytes".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void whatIsSealedIsOpenedAgainAndNeverLooksTheSameTwice() {
        var keys = new InstallationKeys(OLD);
        var sealed = keys.seal(SECRET, "Ana");
        assertThat(keys.open(sealed, "Ana")).contains(SECRET);
        assertThat(sealed).hasSize(SECRET.length + 37).isNotEqualTo(keys.seal(SECRET, "Ana"));
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    }

    @Test
    void nothingElseOpensIt() {
        var keys = new InstallationKeys(OLD);
        var sealed = keys.seal(SECRET, "Ana");
        assertThat(keys.open(sealed, "Ben")).as("for somebody else").isEmpty();
        assertThat(new InstallationKeys(NEW).open(sealed, "Ana"))
                .as("with another key")
                .isEmpty();
        assertThat(keys.open(SECRET, "Ana")).as("never sealed").isEmpty();
        for (var at = 0; at < sealed.length; at++) {
            var changed = sealed.clone();
            changed[at] ^= 1;
            assertThat(keys.open(changed, "Ana")).as("byte %d changed", at).isEmpty();
        }
    }

    @Test
    void aReplacedKeyOpensWhatItSealedAndTheNewOneSeals() {
        var before = new InstallationKeys(OLD);
        var sealed = before.seal(SECRET, "Ana");
        var signed = before.signed("session");
        var both = new InstallationKeys(NEW + "," + OLD);
        assertThat(both.sealedWithTheFirst(sealed)).isFalse();
        assertThat(both.open(sealed, "Ana")).contains(SECRET);
        assertThat(both.verified(signed)).contains("session");
        var again = both.seal(SECRET, "Ana");
        assertThat(both.sealedWithTheFirst(again)).isTrue();
        assertThat(new InstallationKeys(NEW).open(again, "Ana")).contains(SECRET);
        assertThat(new InstallationKeys(NEW).verified(signed))
                .as("once the old one is gone")
                .isEmpty();
    }

    @Test
    void aSignatureIsOfOneTextAndOneKey() {
        var keys = new InstallationKeys(OLD);
        var signed = keys.signed("one");
        assertThat(keys.verified(signed)).contains("one");
        assertThat(keys.verified(signed.replace("one", "two"))).isEmpty();
        assertThat(keys.verified("one")).isEmpty();
        assertThat(keys.verified("")).isEmpty();
        assertThat(keys.verified(new InstallationKeys(NEW).signed("one"))).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theFirstStartMakesAKeyThatOnlyItsOwnerReadsAndLaterOnesUseIt() throws IOException {
        var data = new DataDirectory(folder.resolve("data"));
        var sealed = new InstallationKeys("", data).seal(SECRET, "Ana");
        var file = folder.resolve("data").resolve("closeknit.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new InstallationKeys("", data).open(sealed, "Ana")).contains(SECRET);
        assertThat(new InstallationKeys(OLD, data).open(sealed, "Ana"))
                .as("what is configured goes before the file")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "bm90IGxvbmcgZW5vdWdo", "not base64 at all, and long enough to be a key!!", ","})
    void aKeyThatCannotBeUsedIsRefusedWithoutShowingIt(String written) {
        assertThatThrownBy(() -> new InstallationKeys(written))
                .hasMessageContaining("openssl rand -base64 32")
                .message()
                .doesNotContain(written.length() > 3 ? written : "???");
    }

    private static String key(String text) {
        return Base64.getEncoder().encodeToString(text.repeat(11).getBytes(StandardCharsets.UTF_8));
    }
}
