package io.closeknit.access;

/**
 * What a viewer may open. Everything else needs at least a marketer, so an address that nobody thought of stays closed
 * to viewers; a handler below these that only others should have says so itself, such as with {@link ForAgency}.
 */
final class ViewerAddresses {
    /** Pages that are read. */
    static final String[] READ = {
        "/", "/search", "/briefs", "/briefs/*", "/creators/*", "/rankings/**", "/swagger-ui.html", "/swagger-ui/**"
    };

    /** One's own account, read and changed. */
    static final String[] OWN = {"/account", "/account/**", "/workspace"};

    /** Of the API: read alone. */
    static final String[] API_READ = {
        "/api/v1/briefs",
        "/api/v1/briefs/**",
        "/api/v1/creators/*",
        "/api/v1/rankings/**",
        "/api/v1/niches",
        "/api/v1/niches/**",
        "/api/v1/statistics"
    };

    /** Of the API: one's own tokens, read and changed. */
    static final String[] API_OWN = {"/api/v1/tokens", "/api/v1/tokens/**"};

    private ViewerAddresses() {}
}
