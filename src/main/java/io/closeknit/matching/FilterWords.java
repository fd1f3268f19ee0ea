package io.closeknit.matching;

import io.closeknit.web.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says the filters of an address in words, each with the address without it. */
@Component
class FilterWords {
    private final Labels labels;
    private final Sentences sentences;
    private final Formats formats;

    FilterWords(Labels labels, Sentences sentences, Formats formats) {
        this.labels = labels;
        this.sentences = sentences;
        this.formats = formats;
    }

    /** @param address without a cursor */
    List<FilterGroup> groups(Address address) {
        var groups = new ArrayList<FilterGroup>();
        single(groups, address, "q", words -> sentences.of("matching.chip.q", words));
        values(groups, address, "platform", labels::platform);
        followers(groups, address);
        values(groups, address, "tier", labels::tier);
        values(groups, address, "niche", labels::niche);
        values(groups, address, "country", labels::country);
        values(groups, address, "language", tag -> sentences.of("matching.chip.speaking", labels.language(tag)));
        for (var name : List.of("erMin", "growthMin", "authenticityMin", "sponsoredShareMax")) {
            single(groups, address, name, share -> sentences.of("matching.chip." + name, percent(share)));
        }
        values(groups, address, "workedWith", brand -> sentences.of("matching.chip.workedWith", brand));
        if (address.has("priceMax")) {
            var currency = Objects.requireNonNullElse(address.first("priceCurrency"), "EUR");
            groups.add(new FilterGroup(
                    List.of("priceMax", "priceCurrency"),
                    List.of(new FilterGroup.Chip(
                            sentences.of("matching.chip.priceMax", money(address.first("priceMax"), currency)),
                            address.without("priceMax", "priceCurrency").url()))));
        }
        single(groups, address, "lastPostWithinDays", days -> sentences.of("matching.chip.lastPost", days));
        AddressReader.AUDIENCE.forEach(name -> values(groups, address, name, value -> audience(name, value)));
        single(
                groups,
                address,
                "hasContact",
                yes -> sentences.of(yes.equals("true") ? "matching.chip.hasContact" : "matching.chip.hasNoContact"));
        single(groups, address, "leaveOutDoNotContact", _ -> sentences.of("matching.chip.leaveOutDoNotContact"));
        return groups;
    }

    private void single(List<FilterGroup> groups, Address address, String name, Function<String, String> words) {
        if (address.has(name)) {
            groups.add(new FilterGroup(
                    List.of(name),
                    address.all(name).stream()
                            .map(value -> new FilterGroup.Chip(
                                    words.apply(value),
                                    address.minus(name, value).url()))
                            .toList()));
        }
    }

    private void values(List<FilterGroup> groups, Address address, String name, Function<String, String> words) {
        single(
                groups,
                address,
                name,
                value -> value.startsWith("!")
                        ? sentences.of("matching.chip.not", words.apply(value.substring(1)))
                        : words.apply(value));
    }

    private void followers(List<FilterGroup> groups, Address address) {
        if (address.has("followersMin") || address.has("followersMax")) {
            groups.add(new FilterGroup(
                    List.of("followersMin", "followersMax"),
                    List.of(new FilterGroup.Chip(
                            sentences.of(
                                    "matching.chip.followers",
                                    band(address.first("followersMin"), address.first("followersMax"))),
                            address.without("followersMin", "followersMax").url()))));
        }
    }

    private String band(@Nullable String min, @Nullable String max) {
        if (min == null) {
            return sentences.of("matching.band.to", count(Objects.requireNonNull(max)));
        }
        return max == null
                ? sentences.of("matching.band.from", count(min))
                : sentences.of("matching.band.between", count(min), count(max));
    }

    private String audience(String name, String value) {
        var colon = value.lastIndexOf(':');
        return colon < 0
                ? value
                : sentences.of(
                        "matching.chip.audience",
                        percent(value.substring(colon + 1)),
                        labels.audience(name, value.substring(0, colon)));
    }

    // What is no number is shown as it was typed; what is wrong with it is said elsewhere.

    private String count(String typed) {
        return number(typed).map(formats::count).orElse(typed);
    }

    private String percent(String typed) {
        return number(typed).map(formats::percent).orElse(typed);
    }

    private String money(@Nullable String typed, String currency) {
        var amount = number(Objects.requireNonNullElse(typed, ""));
        try {
            return amount.map(value -> formats.money(value, currency)).orElse(typed + " " + currency);
        } catch (IllegalArgumentException e) {
            return typed + " " + currency;
        }
    }

    private static Optional<Double> number(String typed) {
        try {
            var number = Double.valueOf(typed);
            return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
