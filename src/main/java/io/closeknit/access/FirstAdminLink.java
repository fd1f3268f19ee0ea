package io.closeknit.access;

import io.closeknit.access.OneTimeLinks.Purpose;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Lets the first admin of an installation in by a link in the log: whoever reads the log runs the server. It is made
 * where nobody administers yet, no admin comes from the environment, and no demo is there or about to be filled in.
 */
@Component
class FirstAdminLink {
    private static final Logger log = LoggerFactory.getLogger(FirstAdminLink.class);

    private final DemoPeople demo;
    private final DemoAddress address;
    private final OneTimeLinks links;
    private final AccessProperties settings;

    FirstAdminLink(DemoPeople demo, DemoAddress address, OneTimeLinks links, AccessProperties settings) {
        this.demo = demo;
        this.address = address;
        this.links = links;
        this.settings = settings;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (demo.realAdminExists() || demo.demoPeopleExist() || address.demoIsToCome()) {
            return;
        }
        var server =
                event.getApplicationContext() instanceof WebServerApplicationContext web ? web.getWebServer() : null;
        var base = settings.baseUrl() != null
                ? settings.baseUrl()
                : "http://localhost:" + (server == null ? 8080 : server.getPort());
        log.info(
                "Nobody administers this installation yet. Open this link within a day to become its first admin; "
                        + "it works once, and each start makes a new one: {}{}{}",
                base,
                OneTimeLinks.PATH,
                links.make(Purpose.FIRST_ADMIN, null));
    }
}
