/** The invented catalogue, people and briefs that an empty installation starts with. */
@ApplicationModule(
        allowedDependencies = {"access", "niche", "catalogue", "brief", "index", "importing", "database", "web"})
@NullMarked
package io.closeknit.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
