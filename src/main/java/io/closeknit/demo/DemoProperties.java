package io.closeknit.demo;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param demo whether an empty installation starts with invented people, creators and briefs. Not set: only on the
 *     embedded database, at its first start
 */
@ConfigurationProperties("closeknit")
record DemoProperties(@Nullable Boolean demo) {}
