package io.closeknit.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a handler or its class: query parameters that it reads though no {@code @RequestParam} and no bound record names
 * them. Others are refused by name. A name that ends in {@code *} stands for all that begin like it: {@code w.*}.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface KnownParameters {
    String[] value();
}
