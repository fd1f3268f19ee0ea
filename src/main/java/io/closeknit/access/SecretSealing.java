package io.closeknit.access;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Seals, at the start, the secrets of authenticator apps that are not sealed yet, or are with a key that has been
 * replaced; and says in the log where there are some that none of the keys opens.
 */
@Component
@DependsOnDatabaseInitialization
class SecretSealing implements InitializingBean {
    private static final Logger log = LoggerFactory.getLogger(SecretSealing.class);

    private final JdbcClient jdbc;
    private final InstallationKeys keys;

    SecretSealing(JdbcClient jdbc, InstallationKeys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    @Override
    public void afterPropertiesSet() {
        var sealed = 0;
        var lost = 0;
        for (var row : jdbc.sql("select person_id, secret from second_factor")
                .query((row, _) -> new Stored(row.getObject("person_id", UUID.class), row.getBytes("secret")))
                .list()) {
            if (keys.sealedWithTheFirst(row.secret())) {
                continue;
            }
            var plain = SecondFactor.plain(keys, row.person(), row.secret());
            if (plain.isEmpty()) {
                lost++;
                continue;
            }
            // Another node may do the same at this moment: whoever comes second changes nothing.
            sealed += jdbc.sql("update second_factor set secret = ? where person_id = ? and secret = ?")
                    .param(SecondFactor.sealed(keys, row.person(), plain.get()))
                    .param(row.person())
                    .param(row.secret())
                    .update();
        }
        if (sealed > 0) {
            log.info("Sealed {} secret(s) of second factors with the installation's key.", sealed);
        }
        if (lost > 0) {
            log.warn(
                    "{} second factor(s) were sealed with a key that is not here. Put the key back (closeknit.access.keys, or"
                            + " {} in the data folder); without it their owners sign in with a recovery code, or an admin turns"
                            + " their second factor off.",
                    lost,
                    InstallationKeys.FILE);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record Stored(UUID person, byte[] secret) {}
}
