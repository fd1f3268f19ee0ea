/** The taxonomy: niches, aliases, relations; finds niches in words and hashtags. */
@ApplicationModule(allowedDependencies = {"access", "database", "web"})
@NullMarked
package io.closeknit.niche;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
