package io.closeknit.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.closeknit.access.CurrentPerson;
import io.closeknit.access.ForAdmins;
import io.closeknit.web.ApiException;
import io.closeknit.web.FieldProblem;
import io.closeknit.web.Listing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Entries that are likely to be one person, over the API: listed, made one, kept apart, taken apart again. */
@RestController
@ForAdmins
@RequestMapping("/api/v1/doubles")
@Tag(name = "Doubles")
class DoublesApi {
    /** More are not looked for: whoever has that many decides about the surest first. */
    private static final int MOST_PAIRS = 1_000;

    private static final int MOST_MERGES = 10_000;
    private static final int MOST = 200;
    private static final String BY_HAND = "API";

    private final Doubles doubles;
    private final Merges merges;
    private final CreatorRepository creators;
    private final Sentences sentences;
    private final CurrentPerson current;

    DoublesApi(Doubles doubles, Merges merges, CreatorRepository creators, Sentences sentences, CurrentPerson current) {
        this.doubles = doubles;
        this.merges = merges;
        this.creators = creators;
        this.sentences = sentences;
        this.current = current;
    }

    /** @param value that both have */
    record PairView(EntryView one, EntryView other, Doubles.Reason reason, String value) {}

    /** @param accounts such as {@code instagram/ana.trails} */
    record EntryView(String slug, String name, List<String> accounts) {
        static EntryView of(Doubles.Entry entry) {
            return new EntryView(entry.slug(), entry.name(), entry.accounts());
        }
    }

    /** Two creators by their slugs. */
    record TwoCreators(@Nullable String one, @Nullable String other) {}

    /**
     * @param kept the entry that stays: the older one
     * @param gone the entry that it took in; its address leads to the other
     * @param reason a reason of the list of pairs, {@code API}, or which account linked them
     * @param undone whether they were taken apart again
     */
    record MergeView(UUID id, Named kept, Named gone, String reason, String by, Instant at, boolean undone) {
        static MergeView of(Merges.Merge merge) {
            return new MergeView(
                    merge.id(),
                    new Named(merge.keptSlug(), merge.keptName()),
                    new Named(merge.goneSlug(), merge.goneName()),
                    merge.reason(),
                    merge.by(),
                    merge.at(),
                    merge.undone());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Named(String slug, @Nullable String name) {}

    @GetMapping
    @Operation(
            summary = "Pairs of creators that are likely to be one person",
            description =
                    "The same e-mail or website, or the same name and city; the surest first, 1,000 at most, without those that somebody keeps apart.")
    Listing<PairView> list(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var found = doubles.likely(MOST_PAIRS).stream()
                .map(pair ->
                        new PairView(EntryView.of(pair.one()), EntryView.of(pair.other()), pair.reason(), pair.value()))
                .toList();
        return page(found, limit, cursor);
    }

    @PostMapping("/apart")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Says that two creators are not the same, so that they are not listed any more")
    void keepApart(@RequestBody TwoCreators two) {
        var slugs = checked(two);
        merges.keepApart(slugs.getFirst(), slugs.getLast(), current.get().name());
    }

    @GetMapping("/merges")
    @Operation(summary = "Creators that were made one, the youngest merge first")
    Listing<MergeView> merges(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return page(merges.latest(MOST_MERGES).stream().map(MergeView::of).toList(), limit, cursor);
    }

    @PostMapping("/merges")
    @Operation(
            summary = "Makes one creator of two",
            description =
                    "The older entry takes the other in: its word counts where both have one, gaps are filled, and it gets all accounts and the history. GET of the other's address answers 308 with the Location of the one that stays.")
    ResponseEntity<MergeView> merge(@RequestBody TwoCreators two) {
        var slugs = checked(two);
        var person = current.get().name();
        if (merges.merge(slugs.getFirst(), slugs.getLast(), BY_HAND, person).isEmpty()) {
            throw ApiException.notFound(sentences.problem("doubles.gone"));
        }
        var made = merges.latest(MOST_MERGES).stream()
                .filter(merge -> !merge.undone() && slugs.contains(merge.goneSlug()))
                .findFirst()
                .map(MergeView::of)
                .orElseThrow();
        return ResponseEntity.created(URI.create("/api/v1/doubles/merges/" + made.id()))
                .body(made);
    }

    @GetMapping("/merges/{id}")
    @Operation(summary = "One merge")
    MergeView show(@PathVariable String id) {
        return found(id);
    }

    @PostMapping("/merges/{id}/undo")
    @Operation(
            summary = "Takes two creators apart again",
            description =
                    "The entry that went comes back with its accounts as they are now; the other loses what it gained, unless somebody changed it since.")
    MergeView undo(@PathVariable String id) {
        var merge = found(id);
        if (merges.undo(merge.id()).isEmpty()) {
            throw ApiException.taken(
                    sentences.problem("doubles.undone"),
                    MergeView.of(merges.latest(MOST_MERGES).stream()
                            .filter(one -> one.id().equals(merge.id()))
                            .findFirst()
                            .orElseThrow()));
        }
        return found(id);
    }

    private MergeView found(String id) {
        return merges.latest(MOST_MERGES).stream()
                .filter(merge -> merge.id().toString().equals(id))
                .findFirst()
                .map(MergeView::of)
                .orElseThrow(() -> ApiException.notFound(sentences.problem("doubles.merge", CreatorReading.shown(id))));
    }

    private List<String> checked(TwoCreators two) {
        var problems = new ArrayList<FieldProblem>();
        Stream.of(new Sent("one", two.one()), new Sent("other", two.other())).forEach(sent -> {
            if (sent.slug == null || sent.slug.isBlank()) {
                problems.add(new FieldProblem(sent.field, sentences.problem("missing", sent.field)));
            } else if (!creators.existsBySlug(sent.slug)) {
                problems.add(new FieldProblem(
                        sent.field, sentences.problem("doubles.nobody", sent.field, CreatorReading.shown(sent.slug))));
            }
        });
        if (problems.isEmpty() && String.valueOf(two.one()).equals(two.other())) {
            problems.add(new FieldProblem("other", sentences.problem("doubles.same")));
        }
        if (!problems.isEmpty()) {
            throw ApiException.unacceptable(sentences.problem("doubles.two"), problems);
        }
        return List.of(String.valueOf(two.one()), String.valueOf(two.other()));
    }

    private record Sent(String field, @Nullable String slug) {}

    private <T> Listing<T> page(List<T> all, @Nullable String limit, @Nullable String cursor) {
        var size = number(limit, "limit", 50, 1, MOST);
        var from = number(cursor, "cursor", 0, 0, Integer.MAX_VALUE - MOST);
        var items = all.stream().skip(from).limit(size).toList();
        return new Listing<>(items, all.size(), from + size < all.size() ? Integer.toString(from + size) : null);
    }

    private int number(@Nullable String text, String name, int otherwise, int least, int most) {
        if (text == null) {
            return otherwise;
        }
        try {
            var number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw ApiException.unacceptable(
                sentences.problem("parameter"), List.of(new FieldProblem(name, sentences.problem(name, most))));
    }
}
