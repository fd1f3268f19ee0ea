package io.closeknit.niche;

import java.util.Optional;

/** The English plural s, which people add and leave out as they like. */
final class Plurals {
    private Plurals() {}

    /** What a key means with an s more or less; keys of three letters and fewer mean what they say. */
    static Optional<Niche> resolve(NicheTree tree, String key) {
        if (key.length() < 4) {
            return Optional.empty();
        }
        return key.endsWith("s") ? tree.resolveKey(key.substring(0, key.length() - 1)) : tree.resolveKey(key + "s");
    }
}
