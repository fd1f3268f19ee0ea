/** Where the data lives: the embedded PostgreSQL, the two database roles, and the wall between workspaces per transaction. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.closeknit.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
