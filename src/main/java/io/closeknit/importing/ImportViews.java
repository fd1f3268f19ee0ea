package io.closeknit.importing;

import io.closeknit.importing.ImportApi.ImportView;
import org.springframework.stereotype.Component;

/** Imports as the API shows them. */
@Component
class ImportViews {
    private final Sentences sentences;
    private final DryRuns dryRuns;

    ImportViews(Sentences sentences, DryRuns dryRuns) {
        this.sentences = sentences;
        this.dryRuns = dryRuns;
    }

    ImportView of(ImportRun run) {
        return ImportView.of(run, sentences.textOrNull(run.message()), dryRuns.unknownNiches(run));
    }
}
