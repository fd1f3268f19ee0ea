/** What a brand looks for: briefs and their versions. */
@ApplicationModule(allowedDependencies = {"catalogue", "niche", "access", "database", "web"})
@NullMarked
package io.closeknit.brief;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
