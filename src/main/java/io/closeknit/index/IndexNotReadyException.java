package io.closeknit.index;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** No complete index answers yet: it is being built for the first time. Ask again in a moment. */
@ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
public class IndexNotReadyException extends RuntimeException {
    IndexNotReadyException() {
        super("The ranking index is being built. Try again in a moment.");
    }
}
