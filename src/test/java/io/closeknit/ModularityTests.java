package io.closeknit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {
    private static final Path DIAGRAM = Path.of("docs", "modules.md");

    private final ApplicationModules modules = ApplicationModules.of(CloseknitApplication.class);

    @Test
    void modulesKeepToTheirBoundaries() {
        modules.verify();
    }

    /** The diagram in the docs is drawn from the code. Where it no longer is, this writes the new one and fails once. */
    @Test
    void diagramShowsTheModulesAsTheyAre() throws IOException {
        var drawn = diagram();
        var shown = Files.exists(DIAGRAM) ? Files.readString(DIAGRAM) : "";
        if (!shown.equals(drawn)) {
            Files.writeString(DIAGRAM, drawn);
        }
        assertThat(shown)
                .as("%s has been drawn anew: look at it and commit it", DIAGRAM)
                .isEqualTo(drawn);
    }

    private String diagram() {
        var arrows = modules.stream()
                .flatMap(module -> module.getDirectDependencies(modules).stream()
                        .map(dependency -> "    " + module.getIdentifier() + " --> "
                                + dependency.getTargetModule().getIdentifier())
                        .distinct())
                .sorted()
                .collect(Collectors.joining("\n"));
        return """
                # The modules, drawn from the code

                Each is a package right below `io.closeknit`; an arrow means 'uses'. `ModularityTests` draws this and fails where it is
                out of date. What each module holds is said in its `package-info.java` and in [architecture.md](architecture.md).

                ```mermaid
                graph BT
                """ + arrows + "\n```\n";
    }
}
