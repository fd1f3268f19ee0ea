/** Ranks creators for a brief and explains it: Discover, rankings, presets. */
@ApplicationModule(allowedDependencies = {"index", "brief", "catalogue", "niche", "access", "database", "web"})
@NullMarked
package io.closeknit.matching;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
