package io.closeknit.demo;

import io.closeknit.database.EmbeddedPostgres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Fills an empty installation before the web server opens its port, so that the first page has something to show, and
 * says at the end how to get in. That the port is open to this machine alone meanwhile, {@code access} sees to.
 */
@Component
@EnableConfigurationProperties(DemoProperties.class)
class DemoStart implements InitializingBean {
    private static final Logger log = LoggerFactory.getLogger(DemoStart.class);

    private final Demo demo;
    private final DemoProperties properties;
    private final ObjectProvider<EmbeddedPostgres> embedded;
    private final Environment environment;

    DemoStart(
            Demo demo, DemoProperties properties, ObjectProvider<EmbeddedPostgres> embedded, Environment environment) {
        this.demo = demo;
        this.properties = properties;
        this.embedded = embedded;
        this.environment = environment;
    }

    @Override
    public void afterPropertiesSet() {
        var asked = Boolean.TRUE.equals(properties.demo());
        var wanted = asked || (properties.demo() == null && embedded.getIfAvailable() != null);
        demo.start(wanted, asked, InventedCreators.COUNT);
    }

    @EventListener(ApplicationReadyEvent.class)
    void sayHowToGetIn() {
        var port = environment.getProperty("local.server.port");
        if (port == null) {
            return; // no web server, as in most tests
        }
        var address = "http://localhost:" + port + environment.getProperty("server.servlet.context-path", "");
        log.info("Closeknit is ready at {}", address);
        if (demo.present()) {
            log.info("It holds demo data, invented. Sign in with the password '{}' as", Demo.PASSWORD);
            Demo.PEOPLE.forEach(person -> log.info("    {}", person.email()));
            log.info(
                    "To remove the demo, make a real admin on the page People, sign in as that one and go to {}{}",
                    address,
                    DemoController.PATH);
        }
    }
}
