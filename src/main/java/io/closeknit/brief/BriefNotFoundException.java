package io.closeknit.brief;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** There is no such brief in this workspace; another workspace's brief is no different. */
@ResponseStatus(HttpStatus.NOT_FOUND)
class BriefNotFoundException extends RuntimeException {
    BriefNotFoundException(BriefId id) {
        this(id.value().toString());
    }

    BriefNotFoundException(String id) {
        super("No brief " + id);
    }
}
