package io.closeknit.index;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IndexProperties.class)
class IndexConfiguration {
    @Bean
    Tiers tiers(IndexProperties properties) {
        return properties.namedTiers();
    }
}
