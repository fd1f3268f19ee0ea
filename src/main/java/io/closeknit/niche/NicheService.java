package io.closeknit.niche;

import io.closeknit.niche.NicheDraft.Word;
import io.closeknit.niche.NicheStore.RelationRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes the taxonomy. One change at a time in the whole installation: each locks the row of the tree first, so that
 * what it checks holds until its commit. It asks the database and not the tree in memory, so that many changes in a row
 * do not read the whole taxonomy again each time.
 */
@Service
class NicheService {
    private final NicheStore store;
    private final CachedNicheDirectory directory;
    private final ApplicationEventPublisher events;

    NicheService(NicheStore store, CachedNicheDirectory directory, ApplicationEventPublisher events) {
        this.store = store;
        this.directory = directory;
        this.events = events;
    }

    /**
     * @throws NicheRefusedException if the draft cannot be accepted
     * @throws NicheWordTakenException if its slug, an alias or a hashtag means another niche
     */
    @Transactional
    Niche add(NicheDraft draft) {
        refuse(draft.problems());
        var version = store.lockForChange();
        checkTaken(draft, null);
        var problems = new ArrayList<NicheProblem>();
        var parent = parent(draft, problems);
        var related = related(draft, null, problems);
        refuse(problems);
        var words = draft.words();
        var niche = new Niche(
                store.nextId(),
                draft.wantedSlug(),
                draft.name(),
                parent,
                draft.description(),
                null,
                written(words, "alias"),
                written(words, "hashtag"),
                sorted(related),
                1);
        store.insert(niche);
        store.insertWords(niche.id(), words);
        store.insertRelations(niche.id(), related.values());
        store.touch(related.keySet());
        changed(version);
        return niche;
    }

    /**
     * Replaces everything but the slug, which other programs and briefs know the niche by.
     *
     * @param version that the change is about
     * @throws NicheNotFoundException if there is none of the slug
     * @throws NicheChangedException if the niche has another version by now
     */
    @Transactional
    Niche update(String slug, long version, NicheDraft draft) {
        refuse(draft.problems());
        var treeVersion = store.lockForChange();
        var current = store.find(slug).orElseThrow(() -> new NicheNotFoundException(slug));
        if (current.version() != version) {
            throw new NicheChangedException(current);
        }
        var wanted = new NicheDraft(
                slug,
                draft.name(),
                draft.parent(),
                draft.description(),
                draft.aliases(),
                draft.hashtags(),
                draft.related());
        checkTaken(wanted, current);
        var problems = new ArrayList<NicheProblem>();
        if (draft.slug() != null && !draft.slug().equals(slug)) {
            problems.add(new NicheProblem("slug", "slug.stays", slug));
        }
        var parent = parent(wanted, problems);
        if (parent != null && store.isWithin(parent, current.id())) {
            problems.add(new NicheProblem("parent", "parent.below", current.name()));
        }
        var related = related(wanted, current, problems);
        refuse(problems);
        var words = wanted.words();
        var changed = new Niche(
                current.id(),
                slug,
                wanted.name(),
                parent,
                wanted.description(),
                current.iabId(),
                written(words, "alias"),
                written(words, "hashtag"),
                sorted(related),
                version);
        if (changed.equals(current)) {
            return current;
        }
        store.update(changed);
        store.deleteWords(current.id());
        store.insertWords(current.id(), words);
        var touched = store.relations(current.id());
        store.deleteRelations(current.id());
        store.insertRelations(current.id(), related.values());
        related.forEach((id, row) -> {
            if (!touched.remove(id, row.strength())) {
                touched.put(id, row.strength());
            }
        });
        store.touch(touched.keySet());
        changed(treeVersion);
        return store.find(slug).orElseThrow();
    }

    /** The slug of a niche that is there; null for null. */
    @Nullable
    String slugOf(@Nullable Integer id) {
        return id == null ? null : store.slug(id);
    }

    private void changed(long version) {
        directory.changedInThisTransaction(version);
        events.publishEvent(new NicheTreeChanged(version));
    }

    private static void refuse(List<NicheProblem> problems) {
        if (!problems.isEmpty()) {
            throw new NicheRefusedException(problems);
        }
    }

    /** @param current the niche that is changed, whose own words are free for it; null for a new one */
    private void checkTaken(NicheDraft draft, @Nullable Niche current) {
        var byKey = new LinkedHashMap<String, Word>();
        if (current == null) {
            var slug = draft.wantedSlug();
            byKey.put(
                    NicheTree.key(slug),
                    new Word(
                            draft.slug() == null ? "name" : "slug",
                            "slug",
                            NicheTree.key(slug),
                            draft.slug() == null ? draft.name() : slug));
        }
        draft.words().forEach(word -> byKey.putIfAbsent(word.key(), word));
        var taken = store.meanings(byKey.keySet());
        // Names are compared in the tree as it was last read; those of the niches since then have their slug's key.
        var tree = directory.lastRead();
        for (var entry : byKey.entrySet()) {
            var existing = Optional.ofNullable(taken.get(entry.getKey()))
                    .or(() -> tree.resolveKey(entry.getKey())
                            .map(Niche::slug)
                            .filter(slug -> isCalled(slug, entry.getKey())))
                    .filter(slug -> current == null || !slug.equals(current.slug()));
            if (existing.isPresent()) {
                throw new NicheWordTakenException(
                        entry.getValue().field(), entry.getValue().word(), existing.get());
            }
        }
    }

    private boolean isCalled(String slug, String key) {
        return store.name(slug)
                .filter(name -> NicheTree.nameKeys(name).contains(key))
                .isPresent();
    }

    private @Nullable Integer parent(NicheDraft draft, List<NicheProblem> problems) {
        if (draft.parent() == null) {
            return null;
        }
        var parent = resolve(draft.parent());
        if (parent.isEmpty()) {
            problems.add(new NicheProblem("parent", "unknown", draft.parent()));
        }
        return parent.orElse(null);
    }

    /** By the id of the other niche. */
    private Map<Integer, RelationRow> related(NicheDraft draft, @Nullable Niche current, List<NicheProblem> problems) {
        var related = new LinkedHashMap<Integer, RelationRow>();
        for (var i = 0; i < draft.related().size(); i++) {
            var wanted = draft.related().get(i);
            var field = "related[" + i + "].niche";
            var other = resolve(wanted.niche());
            if (other.isEmpty()) {
                problems.add(new NicheProblem(field, "unknown", wanted.niche()));
            } else if (current != null && other.get() == current.id()) {
                problems.add(new NicheProblem(field, "related.itself", wanted.niche()));
            } else if (related.put(
                            other.get(), new RelationRow(other.get(), store.slug(other.get()), wanted.strength()))
                    != null) {
                problems.add(new NicheProblem(field, "related.twice", wanted.niche()));
            }
        }
        return related;
    }

    private Optional<Integer> resolve(String word) {
        return store.idOf(word).or(() -> directory.lastRead().resolve(word).flatMap(niche -> store.idOf(niche.slug())));
    }

    private static List<String> written(List<Word> words, String kind) {
        return words.stream()
                .filter(word -> word.kind().equals(kind))
                .map(Word::word)
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
    }

    private static List<Niche.Related> sorted(Map<Integer, RelationRow> related) {
        return relations(related.values()).stream()
                .sorted(Niche.Related.STRONGEST_FIRST)
                .toList();
    }

    private static List<Niche.Related> relations(Collection<RelationRow> rows) {
        return rows.stream()
                .map(row -> new Niche.Related(row.slug(), row.strength()))
                .toList();
    }
}
