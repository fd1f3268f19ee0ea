package io.closeknit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.tomcat.util.http.fileupload.impl.FileSizeLimitExceededException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What the container throws where a filter reads the parameters of a request that could not be taken in. */
@SpringBootTest
class UnservedRequestsTests {
    @Autowired
    private UnservedRequests unserved;

    private MockHttpServletResponse answer(String path, Throwable cause) throws Exception {
        var request = new MockHttpServletRequest("POST", path);
        request.setServletPath(path);
        var response = new MockHttpServletResponse();
        unserved.doFilter(request, response, (_, _) -> {
            throw new IllegalStateException("the parameters cannot be read", cause);
        });
        return response;
    }

    @Test
    void aFullDiskIsSaidWithASentenceOnPagesAndOverTheApi() throws Exception {
        var full = new IOException("No space left on device");
        var page = answer("/admin/imports", full);
        assertThat(page.getStatus()).isEqualTo(507);
        assertThat(page.getContentAsString()).contains("The disk of the server is full");
        var problem = answer("/api/v1/imports", full);
        assertThat(problem.getStatus()).isEqualTo(507);
        assertThat(problem.getContentType()).isEqualTo("application/problem+json");
        assertThat(problem.getContentAsString()).contains("too little room");
    }

    @Test
    void whatIsTooLargeIsSaidLikewise() throws Exception {
        var large = new FileSizeLimitExceededException("too large", 2, 1);
        assertThat(answer("/admin/imports", large).getContentAsString()).contains("This is too large");
        assertThat(answer("/api/v1/imports", large).getStatus()).isEqualTo(413);
    }

    @Test
    void anyOtherFaultGoesItsUsualWay() {
        assertThatThrownBy(() -> answer("/discover", new IOException("broken pipe")))
                .isInstanceOf(IllegalStateException.class);
    }
}
