package io.closeknit.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Ends the start with a sentence instead of a stack trace. */
class FirstAdminFailureAnalyzer extends AbstractFailureAnalyzer<FirstAdminException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, FirstAdminException cause) {
        return new FailureAnalysis(
                cause.getMessage(), "Set it to something else, or leave both unset and start without.", cause);
    }
}
