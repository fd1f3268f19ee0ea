package io.closeknit.database;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the embedded PostgreSQL.
 *
 * @param settings PostgreSQL settings by name, passed to the embedded server only
 */
@ConfigurationProperties("closeknit.database")
record DatabaseProperties(@DefaultValue Map<String, String> settings) {}
