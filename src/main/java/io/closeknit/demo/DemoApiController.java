package io.closeknit.demo;

import io.closeknit.access.ForAdmins;
import io.closeknit.web.ApiException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Removes the demo for programs. */
@RestController
@ForAdmins
@RequestMapping("/api/v1/demo")
class DemoApiController {
    private final Demo demo;

    DemoApiController(Demo demo) {
        this.demo = demo;
    }

    /** 204; 404 where there is no demo, 422 while its admin is the only one. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove() {
        try {
            if (!demo.remove()) {
                throw ApiException.notFound("There is no demo in this installation.");
            }
        } catch (NoRealAdminException e) {
            throw ApiException.unacceptable(e.sentence(), List.of());
        }
    }
}
