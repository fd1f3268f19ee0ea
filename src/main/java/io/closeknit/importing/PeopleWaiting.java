package io.closeknit.importing;

import io.closeknit.database.GiveWay;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts who waits for an answer, from before the session is looked up until the answer is complete. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class PeopleWaiting extends OncePerRequestFilter {
    private final GiveWay giveWay;

    PeopleWaiting(GiveWay giveWay) {
        this.giveWay = giveWay;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        giveWay.asked();
        try {
            chain.doFilter(request, response);
        } finally {
            giveWay.answered();
        }
    }
}
