package io.closeknit.access;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes as authenticator apps show them: RFC 6238 with what every app takes: HMAC-SHA-1, 30 seconds, six digits. */
final class TimedCodes {
    static final int SECRET_BYTES = 20; // as RFC 4226 recommends
    private static final int STEP_SECONDS = 30;
    private static final int DIGITS = 1_000_000;
    private static final int TOLERANCE = 1; // clocks differ, and typing takes a while
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private TimedCodes() {}

    /** @return the step that the code is of; empty where it is of none near the moment */
    static OptionalLong step(byte[] secret, String code, Instant at) {
        var now = at.getEpochSecond() / STEP_SECONDS;
        for (var step = now - TOLERANCE; step <= now + TOLERANCE; step++) {
            if (MessageDigest.isEqual(code(secret, step).getBytes(), code.getBytes())) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    static String code(byte[] secret, long step) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            var hash = ByteBuffer.wrap(
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array()));
            var offset = hash.get(hash.capacity() - 1) & 0xf;
            return "%06d".formatted((hash.getInt(offset) & Integer.MAX_VALUE) % DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA1", e);
        }
    }

    /** The secret as apps take it when it is typed. */
    static String base32(byte[] secret) {
        var text = new StringBuilder();
        var bits = 0;
        var buffer = 0;
        for (var each : secret) {
            buffer = buffer << 8 | each & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(BASE32.charAt(buffer >> bits & 31));
            }
        }
        return text.toString(); // 20 bytes are exactly 32 letters
    }
}
