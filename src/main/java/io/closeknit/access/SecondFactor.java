package io.closeknit.access;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The codes that somebody types besides the password, and the recovery codes for when the app is lost. */
@Service
class SecondFactor {
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_LENGTH = 17; // ABCDE-FGHIJ-KLMNO: 74 random bits, which nobody tries through

    /** Letters and digits of a recovery code, and of one from before they were made longer. */
    private static final Set<Integer> RECOVERY_LETTERS = Set.of(15, 10);

    private final JdbcClient jdbc;
    private final InstallationKeys keys;
    private final Audit audit;
    private final Clock clock;

    SecondFactor(JdbcClient jdbc, InstallationKeys keys, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether the person must type a code. Not in a transaction: it is asked before anybody has signed in. */
    boolean on(UUID person) {
        return jdbc.sql("select count(*) from second_factor where person_id = ? and confirmed_at is not null")
                        .param(person)
                        .query(Long.class)
                        .single()
                > 0;
    }

    int recoveryCodesLeft(UUID person) {
        return jdbc.sql("select count(*) from recovery_code where person_id = ?")
                .param(person)
                .query(Integer.class)
                .single();
    }

    /** Begins to set it up, anew where that was begun before; nothing is asked for until {@link #confirm}. */
    @Transactional
    Setup begin(UUID person, String account) {
        var secret = Secrets.bytes(TimedCodes.SECRET_BYTES);
        var begun =
                jdbc.sql("""
                        insert into second_factor (person_id, secret) values (?, ?)
                        on conflict (person_id) do update set secret = excluded.secret
                         where second_factor.confirmed_at is null
                        """).param(person).param(sealed(keys, person, secret)).update();
        if (begun == 0) {
            throw new NotThereException(); // it is on already
        }
        return setup(secret, account);
    }

    /** What {@link #begin} began, to be shown again after a wrong code. */
    @Transactional(readOnly = true)
    Optional<Setup> begun(UUID person, String account) {
        return jdbc.sql("select secret from second_factor where person_id = ? and confirmed_at is null")
                .param(person)
                .query((row, _) -> row.getBytes("secret"))
                .optional()
                .flatMap(stored -> plain(keys, person, stored))
                .map(secret -> setup(secret, account));
    }

    /** @return the recovery codes, shown this once; empty where the code is wrong or nothing was begun */
    @Transactional
    Optional<List<String>> confirm(UUID person, String code) {
        var secret = jdbc.sql(
                        "select secret from second_factor where person_id = ? and confirmed_at is null for update")
                .param(person)
                .query((row, _) -> row.getBytes("secret"))
                .optional()
                .flatMap(stored -> plain(keys, person, stored));
        var step = secret.map(known -> TimedCodes.step(known, plain(code), clock.instant()))
                .orElse(java.util.OptionalLong.empty());
        if (step.isEmpty()) {
            return Optional.empty();
        }
        jdbc.sql("update second_factor set confirmed_at = ?, last_step = ? where person_id = ?")
                .param(now())
                .param(step.getAsLong())
                .param(person)
                .update();
        audit.note(AuditAction.SECOND_FACTOR_ON, null, null);
        return Optional.of(newCodes(person));
    }

    /** The codes from before stop working. */
    @Transactional
    List<String> newRecoveryCodes(UUID person) {
        if (!on(person)) {
            throw new NotThereException();
        }
        audit.note(AuditAction.RECOVERY_CODES_MADE, null, null);
        return newCodes(person);
    }

    /** @param name of the person, for the audit */
    @Transactional
    void turnOff(UUID person, String name) {
        jdbc.sql("delete from recovery_code where person_id = ?").param(person).update();
        if (jdbc.sql("delete from second_factor where person_id = ?")
                        .param(person)
                        .update()
                > 0) {
            audit.note(AuditAction.SECOND_FACTOR_OFF, name, null);
        }
    }

    /** Whether a code from the app, or a recovery code, is the person's and was not used before; it is used now. */
    @Transactional
    boolean accepts(UUID person, String typed) {
        var code = plain(typed);
        if (RECOVERY_LETTERS.contains(code.length())) {
            return jdbc.sql("delete from recovery_code where person_id = ? and code_hash = ?")
                            .param(person)
                            .param(recoveryHash(person, code))
                            .update()
                    > 0;
        }
        return jdbc.sql("select secret from second_factor where person_id = ? and confirmed_at is not null for update")
                .param(person)
                .query((row, _) -> row.getBytes("secret"))
                .optional()
                .flatMap(stored -> plain(keys, person, stored))
                .filter(secret -> {
                    var step = TimedCodes.step(secret, code, clock.instant());
                    return step.isPresent()
                            && jdbc.sql("update second_factor set last_step = ? where person_id = ? and last_step < ?")
                                            .param(step.getAsLong())
                                            .param(person)
                                            .param(step.getAsLong())
                                            .update()
                                    > 0;
                })
                .isPresent();
    }

    static byte[] sealed(InstallationKeys keys, UUID person, byte[] secret) {
        return keys.seal(secret, about(person));
    }

    /** @return empty where it was sealed with a key that is not here: no code of the app is right then */
    static Optional<byte[]> plain(InstallationKeys keys, UUID person, byte[] stored) {
        return stored.length == TimedCodes.SECRET_BYTES ? Optional.of(stored) : keys.open(stored, about(person));
    }

    private static String about(UUID person) {
        return "second factor of " + person;
    }

    private List<String> newCodes(UUID person) {
        jdbc.sql("delete from recovery_code where person_id = ?").param(person).update();
        var codes = IntStream.range(0, RECOVERY_CODES)
                .mapToObj(_ -> Passwords.generate().substring(0, RECOVERY_LENGTH))
                .toList();
        codes.forEach(code -> jdbc.sql("insert into recovery_code (person_id, code_hash) values (?, ?)")
                .param(person)
                .param(recoveryHash(person, plain(code)))
                .update());
        return codes;
    }

    private static byte[] recoveryHash(UUID person, String code) {
        return Secrets.hash(person + ":" + code);
    }

    private static Setup setup(byte[] secret, String account) {
        var key = TimedCodes.base32(secret);
        var label = URLEncoder.encode("Closeknit:" + account, StandardCharsets.UTF_8)
                .replace("+", "%20");
        return new Setup(
                key.replaceAll("(.{4})(?!$)", "$1 "),
                QrPicture.of("otpauth://totp/" + label + "?secret=" + key + "&issuer=Closeknit"));
    }

    private static String plain(String typed) {
        return typed.length() > 40 ? "" : typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** @param key to be typed where no camera is at hand */
    record Setup(String key, QrPicture picture) {
        /** Without the key, which a log might otherwise show. */
        @Override
        public String toString() {
            return "Setup";
        }
    }
}
