package io.closeknit.access;

import io.closeknit.database.WorkspaceSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Who is at work on this thread, and in which workspace: the signed-in person of a page or an API call, or whoever
 * background work is done for. Row-level security follows it, transaction by transaction.
 */
@Component
public class CurrentPerson implements WorkspaceSource {
    private static final ScopedValue<UUID> WORKSPACE = ScopedValue.newInstance();

    CurrentPerson() {}

    /** @return empty where nobody has signed in, and in background work that is nobody's */
    public Optional<SignedIn> find() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof SignedIn person
                ? Optional.of(person)
                : Optional.empty();
    }

    /** @throws AuthenticationCredentialsNotFoundException where nobody has signed in */
    public SignedIn get() {
        return find().orElseThrow(() -> new AuthenticationCredentialsNotFoundException("Nobody is signed in"));
    }

    /**
     * The workspace to write into.
     *
     * @throws AuthenticationCredentialsNotFoundException where there is none
     */
    public UUID workspaceId() {
        return currentWorkspace()
                .orElseThrow(() -> new AuthenticationCredentialsNotFoundException("There is no workspace to work in"));
    }

    @Override
    public Optional<UUID> currentWorkspace() {
        return WORKSPACE.isBound() ? Optional.of(WORKSPACE.get()) : find().map(SignedIn::workspaceId);
    }

    /** Does background work with the rights and in the workspace of a person; begin transactions inside. */
    public void runAs(SignedIn person, Runnable work) {
        var before = SecurityContextHolder.getContext();
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new SignedInAuthentication(person, SignedInAuthentication.NO_SESSION));
        SecurityContextHolder.setContext(context);
        try {
            work.run();
        } finally {
            SecurityContextHolder.setContext(before);
        }
    }

    /** Does background work in a workspace, such as what a restart takes up again; begin transactions inside. */
    public void runIn(UUID workspaceId, Runnable work) {
        ScopedValue.where(WORKSPACE, workspaceId).run(work);
    }

    /** As {@link #runIn(UUID, Runnable)}, with a result. */
    public <T> T callIn(UUID workspaceId, Supplier<T> work) {
        return ScopedValue.where(WORKSPACE, workspaceId).call(work::get);
    }
}
