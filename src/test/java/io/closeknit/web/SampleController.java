package io.closeknit.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.RestController;

/** Handlers that go wrong in every way, for tests. */
class SampleController {
    enum Platform {
        INSTAGRAM,
        TIKTOK
    }

    record Account(Platform platform, Long followers) {}

    record Sample(
            @NotBlank String name,
            @Min(0) @Max(1) Double share,
            Integer count,
            LocalDate on,
            BigDecimal price,
            List<@Valid Account> accounts) {}

    record Filter(String niche, List<String> country, @Valid Range followers) {}

    record Range(@Min(0) Long min, Long max) {}

    @TestComponent
    @RestController
    @RequestMapping("/api/v1/samples")
    static class Api {
        @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
        Sample echo(@Valid @RequestBody Sample sample) {
            return sample;
        }

        @GetMapping
        String list(@RequestParam(defaultValue = "50") int limit, @RequestParam String cursor, @Valid Filter filter) {
            return limit + cursor + filter;
        }

        @GetMapping("/known")
        @KnownParameters("w.*")
        String known(@RequestParam(required = false) String q) {
            return "known";
        }

        @GetMapping("/any")
        @AnyParameters
        String any() {
            return "any";
        }

        @GetMapping("/{kind}/failure")
        String fail(@PathVariable String kind) {
            return switch (kind) {
                case "stale" -> throw new OptimisticLockingFailureException("row 7 of table secret");
                case "taken" -> throw new DuplicateKeyException("constraint secret_key");
                case "fine" -> "saved";
                default -> throw new IllegalStateException("secret");
            };
        }
    }

    @TestComponent
    @Controller
    @RequestMapping("/samples")
    static class Pages {
        @GetMapping
        @ResponseBody
        String list(@RequestParam(required = false) String niche) {
            return "list";
        }

        @GetMapping("/plain")
        @ResponseBody
        String plain() {
            return "plain";
        }

        @PostMapping
        @ResponseBody
        String save(@RequestParam String kind) {
            return switch (kind) {
                case "stale" -> throw new OptimisticLockingFailureException("row 7 of table secret");
                case "taken" -> throw new DuplicateKeyException("constraint secret_key");
                case "gone" -> throw ApiException.notFound("This sample was deleted by Ana.");
                case "fine" -> "saved";
                default -> throw new IllegalStateException("secret");
            };
        }
    }
}
