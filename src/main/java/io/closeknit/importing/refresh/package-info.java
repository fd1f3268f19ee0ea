/** Fetches the figures of known accounts anew from the platforms' own interfaces, with the operator's keys. */
@NullMarked
package io.closeknit.importing.refresh;

import org.jspecify.annotations.NullMarked;
