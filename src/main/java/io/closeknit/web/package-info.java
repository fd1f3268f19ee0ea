/** The shell: layout, navigation, error pages, problem details, the search box, settings of the web layer. */
@ApplicationModule(allowedDependencies = {"access"})
@NullMarked
package io.closeknit.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
