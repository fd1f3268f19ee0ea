/** People, workspaces, roles, sign-in and the security filter chain, tokens, sessions. */
@ApplicationModule(allowedDependencies = {"database"})
@NullMarked
package io.closeknit.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
