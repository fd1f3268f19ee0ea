package io.closeknit.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * On a handler or controller: everybody but viewers, who see the 403 page, or the problem over the API. It is needed
 * only below the addresses that {@link ViewerAddresses} opens to viewers; all others are closed to them anyway.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@PreAuthorize("hasRole('MARKETER')")
public @interface ForMarketers {}
