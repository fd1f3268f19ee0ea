package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How files were read before, by the names of their columns: the next file of the same source is offered the same
 * mapping. Common to the installation, like the catalogue.
 */
@Component
class SavedMappings {
    private static final int MOST = 500;

    private final JdbcClient jdbc;
    private final Clock clock;

    SavedMappings(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param name of the file that it was chosen for last
     * @param mapping as {@link MappingJson} writes it
     * @param platform that was chosen for the whole file; null where columns or the file's name said it
     */
    record Saved(
            UUID id,
            String name,
            List<String> header,
            String mapping,
            @Nullable String platform,
            Instant usedAt,
            long used,
            String personName) {}

    /** Keeps how a file is read, in place of what was kept for such files before. */
    void remember(ImportRun run, FileMapping mapping, @Nullable Platform platform) {
        if (!run.format().isTable()) {
            return;
        }
        jdbc.sql("""
                        insert into import_mapping as m (id, signature, name, header, mapping, platform, used_at, person_name)
                        values (:id, :signature, :name, :header, :mapping::jsonb, :platform, :now, :person)
                        on conflict (signature) do update set name = excluded.name, mapping = excluded.mapping, platform = excluded.platform,
                            used_at = excluded.used_at, used = m.used + 1, person_name = excluded.person_name""")
                .param("id", UUID.randomUUID())
                .param("signature", signature(run.header()))
                .param("name", run.fileName())
                .param("header", run.header().toArray(String[]::new))
                .param("mapping", MappingJson.write(mapping))
                .param("platform", platform == null ? null : platform.key())
                .param("now", Timestamp.from(clock.instant()))
                .param("person", run.personName())
                .update();
        jdbc.sql("""
                        delete from import_mapping where id in (
                            select id from import_mapping order by used_at desc offset :most)""").param("most", MOST).update();
    }

    /** How a file with these columns was read last. */
    Optional<Saved> find(List<String> header) {
        return jdbc.sql("select * from import_mapping where signature = :signature")
                .param("signature", signature(header))
                .query(SavedMappings::saved)
                .optional();
    }

    /** The one used last first. */
    List<Saved> list() {
        return jdbc.sql("select * from import_mapping order by used_at desc, id")
                .query(SavedMappings::saved)
                .list();
    }

    boolean remove(UUID id) {
        return jdbc.sql("delete from import_mapping where id = :id")
                        .param("id", id)
                        .update()
                == 1;
    }

    private static Saved saved(ResultSet row, int number) throws SQLException {
        return new Saved(
                row.getObject("id", UUID.class),
                row.getString("name"),
                List.of((String[]) row.getArray("header").getArray()),
                row.getString("mapping"),
                row.getString("platform"),
                row.getTimestamp("used_at").toInstant(),
                row.getLong("used"),
                row.getString("person_name"));
    }

    /** The names without case and blanks, in their order: an export of next month has the same. */
    private static String signature(List<String> header) {
        var names = header.stream()
                .map(name -> name.strip().toLowerCase(java.util.Locale.ROOT).replaceAll("\\s+", " "))
                .collect(Collectors.joining("\u001F"));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(names.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
