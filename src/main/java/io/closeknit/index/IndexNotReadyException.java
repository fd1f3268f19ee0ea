package io.closeknit.index;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** No complete index answers yet: it is being opened, or built for the first time. Ask again in a moment. */
public class IndexNotReadyException extends ErrorResponseException {
    /** Seconds after which asking again makes sense. */
    private static final int AGAIN = 3;

    IndexNotReadyException() {
        super(
                HttpStatus.SERVICE_UNAVAILABLE,
                ProblemDetail.forStatusAndDetail(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The ranking index is being prepared. Try again in a few seconds."),
                null);
        getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(AGAIN));
    }
}
