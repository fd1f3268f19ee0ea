package io.closeknit.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The start: Discover. */
@Controller
class HomeController {
    @GetMapping("/")
    String home() {
        return "redirect:/discover";
    }
}
