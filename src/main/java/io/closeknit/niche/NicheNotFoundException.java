package io.closeknit.niche;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** There is no niche of this slug. */
@ResponseStatus(HttpStatus.NOT_FOUND)
class NicheNotFoundException extends RuntimeException {
    NicheNotFoundException(String slug) {
        super("No niche is called '" + slug + "'");
    }
}
