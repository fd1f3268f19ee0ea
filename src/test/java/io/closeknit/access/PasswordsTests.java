package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class PasswordsTests {
    @Test
    void twelveCharactersAreEnoughWhateverTheyAre() {
        assertThat(Passwords.goodEnough("abcdefghijkl")).isTrue();
        assertThat(Passwords.goodEnough("abcdefghijk")).isFalse();
        assertThat(Passwords.goodEnough("žžžžžžžžžžžž")).isTrue();
        assertThat(Passwords.goodEnough("😀😀😀😀😀😀"))
                .as("six characters, though twelve chars")
                .isFalse();
        assertThat(Passwords.goodEnough(" ".repeat(20))).isFalse();
        assertThat(Passwords.goodEnough("a".repeat(201))).isFalse();
    }

    @Test
    void generatedOnesAreGoodEnoughAndNeverTheSame() {
        var seen = new HashSet<String>();
        for (var i = 0; i < 200; i++) {
            var password = Passwords.generate();
            assertThat(password).matches("[a-z2-9]{5}(-[a-z2-9]{5}){3}");
            assertThat(Passwords.goodEnough(password)).isTrue();
            assertThat(seen.add(password)).isTrue();
        }
    }
}
