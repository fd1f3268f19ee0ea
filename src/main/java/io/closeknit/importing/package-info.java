/** Reads files of creators: readers, column mapping, import runs, rejects. */
@ApplicationModule(allowedDependencies = {"catalogue", "niche", "access", "database", "web"})
@NullMarked
package io.closeknit.importing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
