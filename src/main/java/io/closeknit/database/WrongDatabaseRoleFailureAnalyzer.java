package io.closeknit.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a sentence, instead of a stack trace, as whom to connect. */
class WrongDatabaseRoleFailureAnalyzer extends AbstractFailureAnalyzer<WrongDatabaseRoleException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WrongDatabaseRoleException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set spring.datasource.username to " + EmbeddedPostgres.APP + " and spring.flyway.user to "
                        + EmbeddedPostgres.OWNER + "; the README has the SQL that creates them.",
                cause);
    }
}
