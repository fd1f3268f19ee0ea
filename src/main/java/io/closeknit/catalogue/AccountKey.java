package io.closeknit.catalogue;

import io.closeknit.catalogue.CreatorDocument.Platform;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;

/**
 * What accounts are told apart by.
 *
 * @param handleKey the handle, case-folded and without a leading '@'
 */
@Embeddable
record AccountKey(
        @Convert(converter = PlatformConverter.class) Platform platform, String handleKey) {
    static AccountKey of(Platform platform, String handle) {
        return new AccountKey(platform, fold(handle));
    }

    private static String fold(String handle) {
        for (var i = 0; i < handle.length(); i++) {
            if (handle.charAt(i) > 127) {
                // Upper case first, then lower: 'ß' and 'SS' are one letter to people who type handles.
                return Normalizer.normalize(handle, Normalizer.Form.NFC)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT);
            }
        }
        return handle.toLowerCase(Locale.ROOT);
    }

    /** All that is kept of the account of somebody who was erased. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(handleKey.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
