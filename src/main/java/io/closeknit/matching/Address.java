package io.closeknit.matching;

import io.closeknit.index.Criterion;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * What Discover's address bar holds, in the one vocabulary of the API: brief, filters, order, weights and place. Values
 * that are empty or sent twice are left out, and the parameters come in a fixed order, so that the same state has the
 * same address. Immutable.
 */
final class Address {
    static final String PATH = "/discover";
    /** Says 'nothing is asked', where an address without any parameter would mean 'begin'. */
    private static final String NOTHING = "sort=fit";

    private static final String WEIGHT = "w.";
    private static final List<String> ORDER = Stream.of(
                    Stream.of("brief"),
                    SelectionReader.NAMES.stream(),
                    Criterion.ALL.stream().map(criterion -> Weights.parameter(criterion.key())),
                    Stream.of("limit", "cursor"))
            .flatMap(names -> names)
            .toList();

    private final Map<String, List<String>> values;

    private Address(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Of parameters as they were sent; such as are not of the vocabulary are left out. */
    static Address of(Map<String, ? extends List<String>> sent) {
        var ordered = new LinkedHashMap<String, List<String>>();
        Stream.concat(
                        ORDER.stream(),
                        sent.keySet().stream().filter(name -> name.startsWith(WEIGHT) && !ORDER.contains(name)))
                .forEach(name -> {
                    var given = sent.get(name);
                    if (given != null) {
                        var kept = given.stream()
                                .map(String::strip)
                                .filter(value -> !value.isEmpty())
                                .distinct()
                                .toList();
                        if (!kept.isEmpty()) {
                            ordered.put(name, kept);
                        }
                    }
                });
        return new Address(ordered);
    }

    /** The parameters of a query string, decoded. */
    static MultiValueMap<String, String> parse(String query) {
        var parsed = new LinkedMultiValueMap<String, String>();
        for (var part : query.split("&")) {
            var equals = part.indexOf('=');
            if (equals > 0) {
                parsed.add(
                        URLDecoder.decode(part.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parsed;
    }

    static Address empty() {
        return new Address(Map.of());
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    @Nullable
    String first(String name) {
        var all = all(name);
        return all.isEmpty() ? null : all.getFirst();
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The names of what is here, in order. */
    List<String> names() {
        return List.copyOf(values.keySet());
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Instead of what the parameter had; without values: without the parameter. */
    Address with(String name, Collection<String> replacement) {
        var changed = new LinkedHashMap<>(values);
        changed.put(name, List.copyOf(replacement));
        return of(changed);
    }

    Address with(String name, String value) {
        return with(name, List.of(value));
    }

    /** One value more. */
    Address plus(String name, String value) {
        var more = new ArrayList<>(all(name));
        more.add(value);
        return with(name, more);
    }

    /** One value less. */
    Address minus(String name, String value) {
        var fewer = new LinkedHashSet<>(all(name));
        fewer.remove(value);
        return with(name, fewer);
    }

    Address without(String... names) {
        var changed = new LinkedHashMap<>(values);
        List.of(names).forEach(changed::remove);
        return new Address(changed);
    }

    /** What begins with this prefix, taken out. */
    Address withoutWeights() {
        return without(weightNames().toArray(String[]::new));
    }

    boolean hasWeights() {
        return !weightNames().isEmpty();
    }

    private List<String> weightNames() {
        return values.keySet().stream().filter(name -> name.startsWith(WEIGHT)).toList();
    }

    /** The brief and the weights alone: what a creator's page wants to know. */
    Address lens() {
        var kept = new LinkedHashMap<>(values);
        kept.keySet().removeIf(name -> !name.equals("brief") && !name.startsWith(WEIGHT));
        return new Address(kept);
    }

    MultiValueMap<String, String> parameters() {
        var parameters = new LinkedMultiValueMap<String, String>();
        values.forEach((name, all) -> all.forEach(value -> parameters.add(name, value)));
        return parameters;
    }

    /** Encoded, without a question mark; empty where nothing is here. */
    String query() {
        return values.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(value -> entry.getKey() + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
    }

    /** Of the Discover page, below the context path. */
    String url() {
        return PATH + "?" + (isEmpty() ? NOTHING : query());
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("%3A", ":")
                .replace("%21", "!")
                .replace("%2C", ",");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Address that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return url();
    }
}
