/** The catalogue of creators: who they are, where they publish, whom they reach, and the log of what changed. */
@ApplicationModule(allowedDependencies = {"niche", "access", "database", "web"})
@NullMarked
package io.closeknit.catalogue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
