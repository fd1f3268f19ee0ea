package io.closeknit.catalogue;

import io.closeknit.access.Audit;
import io.closeknit.access.AuditAction;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Forgets people who do not want to be in the catalogue. */
@Service
class Erasure {
    private final CreatorRepository creators;
    private final CreatorTables tables;
    private final ChangeLog changes;
    private final JdbcTemplate jdbc;
    private final Audit audit;
    private final Clock clock;

    Erasure(
            CreatorRepository creators,
            CreatorTables tables,
            ChangeLog changes,
            JdbcTemplate jdbc,
            Audit audit,
            Clock clock) {
        this.creators = creators;
        this.tables = tables;
        this.changes = changes;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Erases a creator with all that is known of her. What stays are keyed hashes of her handles, which keep her accounts from
     * being imported again; an invented creator leaves nothing.
     *
     * @param version that whoever asks has seen
     * @return her name
     * @throws CreatorNotFoundException if there is none of the slug
     * @throws StaleCreatorException if she was changed since
     */
    @Transactional
    public String erase(String slug, long version) {
        changes.begin();
        var creator = creators.findBySlug(slug).orElseThrow(() -> new CreatorNotFoundException(slug));
        if (creator.version() != version) {
            throw new StaleCreatorException(
                    tables.load(List.of(creator.id())).getFirst().toCreator());
        }
        if (!creator.demo()) {
            var now = clock.instant().atOffset(ZoneOffset.UTC);
            jdbc.batchUpdate("""
                    insert into erased_account (platform, handle_hash, erased_at)
                    select ?, sha256(key || ?), ? from erasure_key on conflict do nothing""", creator.accounts(), creator.accounts().size(), (statement, account) -> {
                statement.setString(1, account.platform().key());
                statement.setBytes(2, account.hash());
                statement.setObject(3, now);
            });
        }
        creators.delete(creator);
        changes.append(List.of(creator.id()), clock.instant());
        audit.note(AuditAction.CREATOR_ERASED, slug, null);
        return creator.name();
    }
}
