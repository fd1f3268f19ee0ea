package io.closeknit.access;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.StringUtils;

/**
 * Creates the first admin of an installation from {@code CLOSEKNIT_ADMIN_EMAIL} and {@code CLOSEKNIT_ADMIN_PASSWORD}.
 * Once a real admin is there, both are ignored: leaving them set changes nothing.
 */
@Component
@DependsOnDatabaseInitialization
class FirstAdmin implements InitializingBean {
    private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);
    private static final String EMAIL = "CLOSEKNIT_ADMIN_EMAIL";
    private static final String PASSWORD = "CLOSEKNIT_ADMIN_PASSWORD";
    private static final String WORKSPACE = "Main";

    private final Environment environment;
    private final PersonRepository people;
    private final WorkspaceRepository workspaces;
    private final PasswordHashing passwords;
    private final TransactionOperations transactions;

    FirstAdmin(
            Environment environment,
            PersonRepository people,
            WorkspaceRepository workspaces,
            PasswordHashing passwords,
            TransactionOperations transactions) {
        this.environment = environment;
        this.people = people;
        this.workspaces = workspaces;
        this.passwords = passwords;
        this.transactions = transactions;
    }

    @Override
    public void afterPropertiesSet() {
        var email = environment.getProperty(EMAIL);
        var password = environment.getProperty(PASSWORD);
        if (!StringUtils.hasText(email) && !StringUtils.hasText(password)) {
            return;
        }
        transactions.executeWithoutResult(_ -> {
            if (!people.existsByAdminTrueAndDemoFalseAndDisabledFalse()) {
                create(email, password);
            }
        });
    }

    private void create(@Nullable String email, @Nullable String password) {
        if (email == null || !Emails.valid(email)) {
            throw new FirstAdminException(EMAIL
                    + " must be the e-mail address that the first admin signs in with, such as " + "ana@example.com.");
        }
        if (password == null || !Passwords.goodEnough(password)) {
            throw new FirstAdminException(PASSWORD + " must have between " + Passwords.SHORTEST + " and "
                    + Passwords.LONGEST + " characters; it has "
                    + (password == null ? 0 : password.codePointCount(0, password.length())) + ".");
        }
        if (people.existsByEmailIgnoreCase(email.strip())) {
            throw new FirstAdminException("Somebody who is no active admin signs in with the e-mail of " + EMAIL
                    + " already. Choose another one.");
        }
        var workspace =
                workspaces.findByNameIgnoreCase(WORKSPACE).orElseGet(() -> workspaces.save(new Workspace(WORKSPACE)));
        people.save(
                new Person(email, "Admin", passwords.hash(password), true, false, Map.of(workspace.id(), Role.AGENCY)));
        log.info("Created the first admin, as {} says, in the workspace '{}'", EMAIL, workspace.name());
    }
}
