package io.closeknit.catalogue;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** There is no creator of that slug (any more). */
@ResponseStatus(HttpStatus.NOT_FOUND)
class CreatorNotFoundException extends RuntimeException {
    CreatorNotFoundException(String slug) {
        super("There is no creator \"%s\".".formatted(CreatorReading.shown(slug)));
    }
}
