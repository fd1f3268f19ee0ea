package io.closeknit.matching;

import io.closeknit.brief.BriefDocument;
import io.closeknit.index.Criterion;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheDirectory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/**
 * Reads what Discover's form sends, and what people type into an address, into the one way to write it: names of niches
 * become slugs, 10K becomes 10000, what the form asks in two fields becomes one value, weights that are the brief's own
 * anyway and the order that holds anyway are left out.
 */
@Component
class AddressReader {
    /** Before the names of fields of the form that are no parameters of the vocabulary. */
    static final String HELPER = "add.";
    /** The brief whose weights the form showed: they are the person's own only where they differ from its. */
    static final String WEIGHTS_OF = HELPER + "weightsOf";
    /** The weights before they were moved: the list says who rose and who fell since. */
    static final String BEFORE = HELPER + "before";
    /** A brand that nobody is to have worked with. */
    static final String NEVER_WORKED_WITH = HELPER + "neverWorkedWith";
    /** Behind the name of the helper that holds a share of the audience, in percent. */
    static final String SHARE = "Share";

    static final List<String> AUDIENCE =
            List.of("audienceCountry", "audienceAge", "audienceGender", "audienceLanguage", "audienceInterest");

    /** Where a value of the audience is chosen without saying how much of it. */
    static final int DEFAULT_SHARE = 30;

    private static final Pattern COUNT = Pattern.compile("(\\d{1,12}(?:\\.\\d+)?)\\s*([kKmM]?)");

    private final NicheDirectory niches;
    private final BriefCompiler compiler;

    AddressReader(NicheDirectory niches, BriefCompiler compiler) {
        this.niches = niches;
        this.compiler = compiler;
    }

    /**
     * @param sent by the form, a link or a person
     * @param brief finds the document of a brief by what an address calls it; empty for one that is not there
     */
    Address read(MultiValueMap<String, String> sent, Function<String, Optional<BriefDocument>> brief) {
        var address = Address.of(sent);
        address = each(address, "niche", this::niche);
        for (var name : List.of("country", "platform", "tier")) {
            address = each(address, name, value -> cased(name, value));
        }
        for (var name : List.of("followersMin", "followersMax")) {
            address = each(address, name, AddressReader::count);
        }
        for (var name : AUDIENCE) {
            address = audience(address, name, sent);
        }
        for (var brand : sent.getOrDefault(NEVER_WORKED_WITH, List.of())) {
            if (!brand.isBlank()) {
                address = address.plus("workedWith", "!" + brand.strip());
            }
        }
        if (!address.has("priceMax")) {
            address = address.without("priceCurrency");
        }
        for (var name : List.of("keepUnknown", "leaveOutDoNotContact")) {
            if ("false".equals(address.first(name))) {
                address = address.without(name);
            }
        }
        address = weights(address, sent, brief);
        return "fit".equals(address.first("sort")) ? address.without("sort") : address;
    }

    private static Address each(Address address, String name, UnaryOperator<String> change) {
        return address.has(name)
                ? address.with(name, address.all(name).stream().map(change).toList())
                : address;
    }

    private String niche(String value) {
        var not = value.startsWith("!");
        return niches.tree()
                .resolve(not ? value.substring(1) : value)
                .map(Niche::slug)
                .map(slug -> not ? "!" + slug : slug)
                .orElse(value); // said to be unknown where it is read
    }

    private static String cased(String name, String value) {
        return name.equals("country") ? value.toUpperCase(Locale.ROOT) : value.toLowerCase(Locale.ROOT);
    }

    /** A number of followers as people write it: 10K, 1.5M, 10,000; else as it was. */
    private static String count(String typed) {
        var match = COUNT.matcher(typed.replaceAll("(?<=\\d)[, ](?=\\d{3}(\\D|$))", ""));
        if (!match.matches()) {
            return typed;
        }
        var exponent = switch (match.group(2)) {
            case "k", "K" -> 3;
            case "m", "M" -> 6;
            default -> 0;
        };
        var exact = new BigDecimal(match.group(1)).movePointRight(exponent).stripTrailingZeros();
        return exact.scale() > 0 ? typed : exact.toPlainString();
    }

    private Address audience(Address address, String name, MultiValueMap<String, String> sent) {
        var value = Objects.requireNonNullElse(sent.getFirst(HELPER + name), "").strip();
        if (value.isEmpty()) {
            return address;
        }
        var percent = Objects.requireNonNullElse(sent.getFirst(HELPER + name + SHARE), "")
                .strip();
        String share;
        try {
            share = (percent.isEmpty() ? BigDecimal.valueOf(DEFAULT_SHARE) : new BigDecimal(percent))
                    .movePointLeft(2)
                    .stripTrailingZeros()
                    .toPlainString();
        } catch (NumberFormatException e) {
            share = percent; // said to be no share where it is read
        }
        // One value has one share: a new one takes the place of the old.
        var others = new ArrayList<>(address.all(name));
        others.removeIf(other -> other.startsWith(value + ":"));
        others.add(value + ":" + share);
        return address.with(name, others);
    }

    private Address weights(
            Address address, MultiValueMap<String, String> sent, Function<String, Optional<BriefDocument>> brief) {
        if (!address.hasWeights()) {
            return address;
        }
        var of = sent.containsKey(WEIGHTS_OF) ? sent.getFirst(WEIGHTS_OF) : address.first("brief");
        var base = base(of == null || of.isBlank() ? null : brief.apply(of).orElse(null));
        var asked = new LinkedHashMap<String, Double>();
        for (var name : address.names()) {
            if (name.startsWith(Weights.parameter(""))) {
                try {
                    asked.put(name, Double.valueOf(Objects.requireNonNull(address.first(name))));
                } catch (NumberFormatException e) {
                    return address; // said where it is read
                }
            }
        }
        var own = Criterion.ALL.stream()
                .mapToDouble(criterion -> asked.getOrDefault(Weights.parameter(criterion.key()), 0.0))
                .toArray();
        var known = asked.keySet().stream()
                .allMatch(name -> Criterion.byKey(
                                name.substring(Weights.parameter("").length()))
                        .isPresent());
        return known && Arrays.equals(own, base) ? address.withoutWeights() : address;
    }

    /** The weights that hold where an address names none. */
    double[] base(@Nullable BriefDocument brief) {
        return compiler.weights(null, brief == null ? null : brief.weights(), "", new ArrayList<>());
    }
}
