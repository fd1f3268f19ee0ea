package io.closeknit.catalogue;

import io.closeknit.access.ForAdmins;
import io.closeknit.web.ApiException;
import io.closeknit.web.FieldProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a creator may ask for, over the API. */
@RestController
@ForAdmins
@RequestMapping("/api/v1/creators/{slug}")
@Tag(name = "Creators")
class PersonalDataApi {
    private final PersonalData data;
    private final DoNotContact doNotContact;

    PersonalDataApi(PersonalData data, DoNotContact doNotContact) {
        this.data = data;
        this.doNotContact = doNotContact;
    }

    @GetMapping("/export")
    @Operation(summary = "All that is held about one creator, for when she asks")
    PersonalData.Export export(@PathVariable String slug) {
        try {
            return data.export(slug);
        } catch (CreatorNotFoundException _) {
            throw gone(slug);
        }
    }

    @PutMapping("/do-not-contact")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Marks a creator as not to be written to")
    void mark(@PathVariable String slug, @RequestBody(required = false) @Nullable Wish wish) {
        var reason = wish == null ? null : wish.reason();
        if (reason != null && reason.length() > DoNotContact.REASON_LENGTH) {
            throw ApiException.unacceptable(
                    "The mark was not made.",
                    List.of(new FieldProblem("reason", "Use at most " + DoNotContact.REASON_LENGTH + " characters.")));
        }
        try {
            doNotContact.mark(slug, reason);
        } catch (CreatorNotFoundException _) {
            throw gone(slug);
        }
    }

    @DeleteMapping("/do-not-contact")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Takes the mark away")
    void clear(@PathVariable String slug) {
        try {
            doNotContact.clear(slug);
        } catch (CreatorNotFoundException _) {
            throw gone(slug);
        }
    }

    private static ApiException gone(String slug) {
        return ApiException.notFound("There is no creator \"%s\".".formatted(CreatorReading.shown(slug)));
    }

    /** @param reason what she said; may be left out */
    record Wish(@Nullable String reason) {}
}
