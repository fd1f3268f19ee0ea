package io.closeknit.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a sentence, instead of a stack trace, that the data folder is taken. */
class DatabaseInUseFailureAnalyzer extends AbstractFailureAnalyzer<DatabaseInUseException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DatabaseInUseException cause) {
        return new FailureAnalysis(
                cause.getMessage(), "Stop the other one, or set closeknit.data-dir to another folder.", cause);
    }
}
