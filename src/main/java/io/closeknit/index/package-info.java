/** The ranking index: packed rows, the definition of the fit, statistics, text, catching up with the change log. */
@ApplicationModule(allowedDependencies = {"catalogue", "niche", "database"})
@NullMarked
package io.closeknit.index;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
