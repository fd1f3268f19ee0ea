package io.closeknit.matching;

import io.closeknit.index.RankQuery.SortKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The place where a page ended, as text: the last sort key and the catalogue version. It pins nothing. */
final class Cursor {
    private static final String SEPARATOR = "\n";

    private Cursor() {}

    static String write(SortKey key, long catalogueVersion) {
        var text = String.join(
                SEPARATOR,
                Long.toHexString(Double.doubleToLongBits(key.primary())),
                Long.toString(key.followers()),
                Integer.toString(key.rank()),
                Long.toString(catalogueVersion),
                key.slug(),
                key.name());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @return empty for what is no cursor of ours */
    static Optional<SortKey> read(String cursor) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(SEPARATOR, -1);
            if (parts.length != 6) {
                return Optional.empty();
            }
            var primary = Double.longBitsToDouble(Long.parseUnsignedLong(parts[0], 16));
            var rank = Integer.parseInt(parts[2]);
            return Double.isNaN(primary) || rank < 1
                    ? Optional.empty()
                    : Optional.of(new SortKey(primary, parts[5], Long.parseLong(parts[1]), parts[4], rank));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
