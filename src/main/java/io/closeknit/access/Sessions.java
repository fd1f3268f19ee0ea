package io.closeknit.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/** Keeps in the session, and for the rest of the request, who is signed in where. */
@Component
class Sessions {
    private final SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

    /** Begins a session for somebody who has just signed in, under an id that nobody knew before. */
    void begin(SignedInAuthentication person, HttpServletRequest request, HttpServletResponse response) {
        if (request.getSession(false) != null) {
            request.changeSessionId();
        }
        keep(person, request, response);
        SessionList.begins(request.getSession(), request);
    }

    void keep(SignedInAuthentication person, HttpServletRequest request, HttpServletResponse response) {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(person);
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }
}
