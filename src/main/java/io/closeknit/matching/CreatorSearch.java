package io.closeknit.matching;

import io.closeknit.index.CreatorIndex;
import io.closeknit.index.IndexNotReadyException;
import io.closeknit.web.Formats;
import io.closeknit.web.SearchSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Creators in the search box, by name and handle. */
@Component
@Order(10)
class CreatorSearch implements SearchSource {
    private final CreatorIndex index;
    private final Labels labels;
    private final Formats formats;
    private final Sentences sentences;

    CreatorSearch(CreatorIndex index, Labels labels, Formats formats, Sentences sentences) {
        this.index = index;
        this.labels = labels;
        this.formats = formats;
        this.sentences = sentences;
    }

    @Override
    public List<Hit> search(String words, int limit) {
        try {
            return index.named(words, limit).stream().map(this::hit).toList();
        } catch (IndexNotReadyException _) {
            return List.of(); // the box goes on to find briefs and niches
        }
    }

    private Hit hit(CreatorIndex.Named creator) {
        var followers = creator.followers() == null
                ? ""
                : sentences.of("matching.chip.followers", formats.count(creator.followers()));
        return new Hit(
                "matching.search.kind",
                creator.name(),
                Stream.of(
                                "@" + creator.handle(),
                                labels.platform(creator.platform().key()),
                                followers)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" · ")),
                "/creators/" + creator.slug());
    }
}
