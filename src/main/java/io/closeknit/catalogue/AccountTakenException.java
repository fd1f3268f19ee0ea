package io.closeknit.catalogue;

/** The account is another creator's. */
class AccountTakenException extends RuntimeException {
    private final String slug;

    /** @param slug of the creator who has the account */
    AccountTakenException(AccountKey account, String slug) {
        super("@%s on %s is an account of the creator \"%s\"."
                .formatted(account.handleKey(), account.platform().key(), slug));
        this.slug = slug;
    }

    String slug() {
        return slug;
    }
}
