package io.closeknit.demo;

import io.closeknit.access.CurrentPerson;
import io.closeknit.access.Role;
import io.closeknit.web.PageBanner;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says on every page that what it shows is invented; shows admins the way to remove it. */
@Component
class DemoBanner implements PageBanner {
    private final Demo demo;
    private final CurrentPerson current;

    DemoBanner(Demo demo, CurrentPerson current) {
        this.demo = demo;
        this.current = current;
    }

    @Override
    public Optional<Banner> banner() {
        if (!demo.present()) {
            return Optional.empty();
        }
        var admin = current.find().filter(person -> person.role() == Role.ADMIN).isPresent();
        return Optional.of(
                admin
                        ? new Banner("demo.banner", List.of(), DemoController.PATH, "demo.banner.remove")
                        : new Banner("demo.banner"));
    }
}
