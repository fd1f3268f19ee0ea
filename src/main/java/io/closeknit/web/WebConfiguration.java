package io.closeknit.web;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Settings of the web layer that are no properties. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {
    /** The time, for every rule that asks for it; tests put their own before it with {@code @Primary}. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
