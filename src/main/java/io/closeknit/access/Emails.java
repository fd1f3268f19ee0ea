package io.closeknit.access;

import java.util.regex.Pattern;

/** What can be an e-mail address; whether it is one only a mail can tell. */
final class Emails {
    private static final Pattern SHAPE = Pattern.compile("[^\\s@<>\"]+@[^\\s@<>\"]+\\.[^\\s@<>\".]+");

    private Emails() {}

    static boolean valid(String email) {
        var stripped = email.strip();
        return stripped.length() <= Person.EMAIL_LENGTH
                && SHAPE.matcher(stripped).matches();
    }
}
