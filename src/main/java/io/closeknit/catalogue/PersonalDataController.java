package io.closeknit.catalogue;

import io.closeknit.access.ForAdmins;
import io.closeknit.web.CsvDownload;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What admins do when a creator asks what is held about her, or not to be written to. */
@Controller
@ForAdmins
class PersonalDataController {
    private final PersonalData data;
    private final DoNotContact doNotContact;
    private final CatalogueReader reader;
    private final JsonMapper json;

    PersonalDataController(PersonalData data, DoNotContact doNotContact, CatalogueReader reader, JsonMapper json) {
        this.data = data;
        this.doNotContact = doNotContact;
        this.reader = reader;
        this.json = json.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();
    }

    @GetMapping("/creators/{slug}/personal-data")
    String show(@PathVariable String slug, Model model) {
        model.addAttribute(
                "creator",
                reader.find(slug)
                        .orElseThrow(() -> new CreatorNotFoundException(slug))
                        .document());
        model.addAttribute("slug", slug);
        model.addAttribute("mark", doNotContact.of(slug).orElse(null));
        return "catalogue/personal-data";
    }

    @GetMapping("/creators/{slug}/personal-data/export.json")
    ResponseEntity<byte[]> export(@PathVariable String slug) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(CsvDownload.fileName(slug, "json"))
                                .build()
                                .toString())
                .body(json.writeValueAsBytes(data.export(slug)));
    }

    @PostMapping("/creators/{slug}/personal-data/do-not-contact")
    String mark(
            @PathVariable String slug,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "true") boolean marked,
            RedirectAttributes flash) {
        if (!marked) {
            doNotContact.clear(slug);
            flash.addFlashAttribute("notice", "catalogue.contact.cleared");
        } else if (reason.length() > DoNotContact.REASON_LENGTH) {
            flash.addFlashAttribute("notice", "catalogue.contact.long");
            flash.addFlashAttribute("noticeArgs", DoNotContact.REASON_LENGTH);
            flash.addFlashAttribute("noticeKind", "error");
        } else {
            doNotContact.mark(slug, reason);
            flash.addFlashAttribute("notice", "catalogue.contact.marked");
        }
        return "redirect:/creators/" + slug + "/personal-data";
    }

    /** Everybody who is not to be written to. */
    @GetMapping("/admin/do-not-contact")
    String list(Model model) {
        model.addAttribute("marks", doNotContact.all());
        return "catalogue/do-not-contact";
    }
}
