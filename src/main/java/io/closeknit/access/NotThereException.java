package io.closeknit.access;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** No such person or workspace. */
@ResponseStatus(HttpStatus.NOT_FOUND)
class NotThereException extends RuntimeException {}
