package io.closeknit.database;

import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Starts the embedded PostgreSQL where no other is given with {@code spring.datasource.url}. */
@Configuration(proxyBeanMethods = false)
@Conditional(EmbeddedPostgresConfiguration.NoOtherDatabase.class)
@EnableConfigurationProperties(DatabaseProperties.class)
class EmbeddedPostgresConfiguration {
    @Bean(destroyMethod = "close")
    EmbeddedPostgres embeddedPostgres(DataDirectory directory, DatabaseProperties properties)
            throws IOException, InterruptedException {
        return EmbeddedPostgres.start(directory.resolve("postgres"), properties.settings());
    }

    @Bean
    JdbcConnectionDetails embeddedPostgresForTheApplication(EmbeddedPostgres postgres) {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return EmbeddedPostgres.APP;
            }

            @Override
            public String getPassword() {
                return postgres.password(EmbeddedPostgres.APP);
            }

            @Override
            public String getJdbcUrl() {
                return postgres.url();
            }
        };
    }

    @Bean
    FlywayConnectionDetails embeddedPostgresForMigrations(EmbeddedPostgres postgres) {
        return new FlywayConnectionDetails() {
            @Override
            public String getUsername() {
                return EmbeddedPostgres.OWNER;
            }

            @Override
            public String getPassword() {
                return postgres.password(EmbeddedPostgres.OWNER);
            }

            @Override
            public String getJdbcUrl() {
                return postgres.url();
            }
        };
    }

    static class NoOtherDatabase implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !StringUtils.hasText(context.getEnvironment().getProperty("spring.datasource.url"));
        }
    }
}
