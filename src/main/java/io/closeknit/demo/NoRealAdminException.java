package io.closeknit.demo;

/** The invented admin is the only one: without the demo nobody could administer the installation. */
class NoRealAdminException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoRealAdminException() {
        super("There is no admin but the invented one. Make a real one on the page People, or start once with"
                + " CLOSEKNIT_ADMIN_EMAIL and CLOSEKNIT_ADMIN_PASSWORD, then remove the demo.");
    }

    String sentence() {
        return java.util.Objects.requireNonNull(getMessage());
    }
}
