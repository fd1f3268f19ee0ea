package io.closeknit.access;

import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Keeps the server on this machine while passwords exist that everybody knows, or are about to: the demo is filled in
 * once the server is up. {@code server.address} has the last word.
 */
@Component
@DependsOnDatabaseInitialization
class DemoAddress implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory>, Ordered {
    private static final Logger log = LoggerFactory.getLogger(DemoAddress.class);

    private final Environment environment;
    private final DemoPeople demo;

    /** @param firstAdmin asked for so that the first admin is there before it is looked for */
    DemoAddress(Environment environment, DemoPeople demo, FirstAdmin firstAdmin) {
        this.environment = environment;
        this.demo = demo;
    }

    /** After Spring Boot's own, which applies {@code server.address}. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(ConfigurableServletWebServerFactory server) {
        if (StringUtils.hasText(environment.getProperty("server.address"))) {
            return;
        }
        if (demo.demoPeopleExist() || demoIsToCome()) {
            server.setAddress(InetAddress.ofLiteral("127.0.0.1"));
            log.info("Listening on 127.0.0.1 only, because the passwords of the demo people are known to everybody. "
                    + "Remove the demo data and start again to be reached from elsewhere, or set server.address.");
        }
    }

    /** Whether the demo is filled in at this start. */
    boolean demoIsToCome() {
        var embedded = !StringUtils.hasText(environment.getProperty("spring.datasource.url"));
        var wanted = environment.getProperty("closeknit.demo", Boolean.class, embedded);
        return wanted && !demo.realAdminExists();
    }
}
