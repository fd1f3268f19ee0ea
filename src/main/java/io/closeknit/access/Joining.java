package io.closeknit.access;

import io.closeknit.access.LinkController.LinkForm;
import io.closeknit.access.OneTimeLinks.Link;
import io.closeknit.access.OneTimeLinks.Purpose;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How people get in who have no password yet, or none any more. */
@Service
class Joining {
    private static final String WORKSPACE = "Main";

    private final OneTimeLinks links;
    private final PersonRepository people;
    private final WorkspaceRepository workspaces;
    private final PasswordHashing passwords;
    private final PersonalTokens tokens;
    private final Mailer mailer;
    private final Audit audit;

    Joining(
            OneTimeLinks links,
            PersonRepository people,
            WorkspaceRepository workspaces,
            PasswordHashing passwords,
            PersonalTokens tokens,
            Mailer mailer,
            Audit audit) {
        this.links = links;
        this.people = people;
        this.workspaces = workspaces;
        this.passwords = passwords;
        this.tokens = tokens;
        this.mailer = mailer;
        this.audit = audit;
    }

    /**
     * Makes the link with which somebody joins, and mails it where mail is configured.
     *
     * @return the secret, to be passed on
     */
    @Transactional
    String invite(UUID id) {
        return link(id, Purpose.INVITATION, AuditAction.PERSON_INVITED, "access.mail.invitation");
    }

    /** As {@link #invite}, for somebody who has lost the password, which goes on working until a new one is chosen. */
    @Transactional
    String reset(UUID id) {
        return link(id, Purpose.RESET, AuditAction.RESET_LINK_MADE, "access.mail.reset");
    }

    /** Mails a link to whoever has the e-mail; to nobody where nobody has it or the person is disabled. */
    @Transactional
    void forgotten(String email) {
        people.findByEmailIgnoreCase(email.strip())
                .filter(person -> !person.disabled() && !person.demo())
                .ifPresent(person -> reset(person.id()));
    }

    /** The name and e-mail of whom a link is for. */
    @Transactional(readOnly = true)
    Optional<Who> who(Link link) {
        return link.person() == null
                ? Optional.empty()
                : people.findById(link.person()).map(person -> new Who(person.name(), person.email()));
    }

    /**
     * Uses a link up and sets the password. Sessions and tokens that were there end: whoever lost the password may have
     * lost it to somebody.
     *
     * @throws NotThereException if the link was used or has expired meanwhile
     * @throws EmailTakenException if the first admin's e-mail is somebody's
     */
    @Transactional
    void join(String secret, LinkForm form) {
        var hash = passwords.hash(Objects.requireNonNull(form.password())); // before the link's row is locked
        var link = links.use(secret).orElseThrow(NotThereException::new);
        if (link.person() == null) {
            first(hash, form);
            return;
        }
        var person = people.findById(link.person())
                .filter(found -> !found.disabled())
                .orElseThrow(NotThereException::new);
        person.changePassword(hash);
        tokens.revokeAll(person.id());
        links.revoke(person.id());
        audit.note(
                link.purpose() == Purpose.INVITATION ? AuditAction.INVITATION_ACCEPTED : AuditAction.PASSWORD_RESET,
                person.name(),
                "with a one-time link");
    }

    private void first(String hash, LinkForm form) {
        if (people.existsByAdminTrueAndDemoFalseAndDisabledFalse()) {
            throw new NotThereException();
        }
        var email = Objects.requireNonNull(form.email());
        if (people.existsByEmailIgnoreCase(email.strip())) {
            throw new EmailTakenException();
        }
        var workspace =
                workspaces.findByNameIgnoreCase(WORKSPACE).orElseGet(() -> workspaces.save(new Workspace(WORKSPACE)));
        var name = Objects.requireNonNull(form.name());
        people.save(new Person(email, name, hash, true, false, Map.of(workspace.id(), Role.AGENCY)));
        audit.note(AuditAction.PERSON_ADDED, name.strip(), "first admin, with the link from the log");
    }

    private String link(UUID id, Purpose purpose, AuditAction action, String mail) {
        var person = people.findById(id).orElseThrow(NotThereException::new);
        var secret = links.make(purpose, id);
        audit.note(action, person.name(), null);
        if (mailer.ready()) {
            mailer.send(person.email(), mail, person.name(), secret);
        }
        return secret;
    }

    record Who(String name, String email) {}
}
