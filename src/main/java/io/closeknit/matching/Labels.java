package io.closeknit.matching;

import io.closeknit.index.CreatorIndex;
import io.closeknit.index.Ranking;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.web.Formats;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What codes and slugs are called. An unknown one is called what it is. */
@Component
class Labels {
    private final Sentences sentences;
    private final Formats formats;
    private final NicheDirectory niches;
    private final CreatorIndex index;

    Labels(Sentences sentences, Formats formats, NicheDirectory niches, CreatorIndex index) {
        this.sentences = sentences;
        this.formats = formats;
        this.niches = niches;
        this.index = index;
    }

    String platform(String key) {
        return sentences.or("matching.platform." + key, key);
    }

    String niche(String slug) {
        return niches.tree().bySlug(slug).map(Niche::name).orElse(slug);
    }

    String country(String code) {
        return Locale.of("", code).getDisplayCountry(LocaleContextHolder.getLocale());
    }

    String language(String tag) {
        return Locale.forLanguageTag(tag).getDisplayName(LocaleContextHolder.getLocale());
    }

    String ages(String band) {
        return band.replace('-', '–');
    }

    String gender(String key) {
        return sentences.or("matching.gender." + key, key);
    }

    /** The value of a parameter that divides an audience. */
    String audience(String parameter, String value) {
        return switch (parameter) {
            case "audienceCountry" -> sentences.of("matching.chip.in", country(value));
            case "audienceAge" -> ages(value);
            case "audienceGender" -> gender(value);
            case "audienceLanguage" -> sentences.of("matching.chip.speaking", language(value));
            default -> sentences.of("matching.chip.into", niche(value));
        };
    }

    /** 'Nano'. */
    String tier(String name) {
        return sentences.or("matching.tier." + name, name);
    }

    /** '1K–10K', 'from 1M', 'under 1K'; empty for a tier that is not there. */
    String tierBand(String name) {
        var tiers = index.tiers();
        return tiers.byName(name)
                .map(tier -> {
                    var last = tier == tiers.names().size() - 1;
                    return last
                            ? sentences.of("matching.band.from", formats.count(tiers.from(tier)))
                            : tier == 0
                                    ? sentences.of("matching.band.under", formats.count(tiers.from(1)))
                                    : sentences.of(
                                            "matching.band.between",
                                            formats.count(tiers.from(tier)),
                                            formats.count(tiers.from(tier + 1)));
                })
                .orElse("");
    }

    /** '64 % women, 58 % 25–34, 71 % HR'; empty where nothing is known. */
    String audienceLine(Ranking.AudienceLine line) {
        return Stream.of(
                        Optional.ofNullable(line.gender()).map(share -> part(share, gender(share.key()))),
                        Optional.ofNullable(line.age()).map(share -> part(share, ages(share.key()))),
                        Optional.ofNullable(line.country()).map(share -> part(share, share.key())))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private String part(Ranking.Share share, String what) {
        return formats.percent(Objects.requireNonNull(share).share()) + " " + what;
    }
}
