package io.closeknit.access;

import io.closeknit.access.PeopleService.PersonCard;
import io.closeknit.access.PeopleService.PersonChange;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.BindingResult;

/**
 * Somebody as an admin types them in.
 *
 * @param admin null where the box is not ticked
 * @param roles VIEWER, MARKETER, AGENCY or blank by the workspace's id
 * @param password blank: one is generated. Asked for only where the person is new
 * @param version that was read; null where the person is new
 */
record PersonForm(
        @NotBlank @Size(max = Person.NAME_LENGTH) @Nullable String name,
        @NotBlank @Size(max = Person.EMAIL_LENGTH) @Nullable String email,
        @Nullable Boolean admin,
        @Nullable Map<String, String> roles,
        @Nullable String password,
        @Nullable Long version) {

    /** What somebody can be in a workspace; an admin is one everywhere. */
    static final List<Role> IN_A_WORKSPACE = List.of(Role.VIEWER, Role.MARKETER, Role.AGENCY);

    static PersonForm empty() {
        return new PersonForm(null, null, null, Map.of(), null, null);
    }

    static PersonForm of(PersonCard person) {
        return new PersonForm(person.name(), person.email(), person.admin(), person.roles(), null, person.version());
    }

    /** The same as typed, about the version that is the current one now. */
    PersonForm about(long current) {
        return new PersonForm(name, email, admin, roles, null, current);
    }

    /** What Bean Validation cannot say. */
    void check(BindingResult errors) {
        if (email != null && !email.isBlank() && !Emails.valid(email)) {
            errors.rejectValue("email", "Email");
        }
        if (chosen().isEmpty()) {
            errors.rejectValue("roles", "access.people.no-role");
        }
        if (password != null && !password.isEmpty() && !Passwords.goodEnough(password)) {
            errors.rejectValue(
                    "password", "access.password.weak", new Object[] {Passwords.SHORTEST, Passwords.LONGEST}, null);
        }
    }

    PersonChange toChange() {
        return new PersonChange(name == null ? "" : name, email == null ? "" : email, admin != null && admin, chosen());
    }

    private Map<UUID, Role> chosen() {
        var chosen = new HashMap<UUID, Role>();
        if (roles != null) {
            roles.forEach((workspace, role) -> {
                IN_A_WORKSPACE.stream()
                        .filter(each -> each.name().equals(role))
                        .forEach(each -> chosen.put(UUID.fromString(workspace), each));
            });
        }
        return chosen;
    }
}
