package org.ruvector.composition;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README shows the program that {@link CustomBuildTest} runs, letter for letter. */
final class ReadmeTest {

    @Test
    void theReadmeQuotesTheFirstProgramAsItIs() throws IOException {
        String readme = Files.readString(Reactor.ROOT.resolve("README.md"));
        for (Path source : Reactor.sources(Reactor.ROOT.resolve("examples/first-program"))) {
            assertTrue(
                    readme.contains("```java\n" + Files.readString(source) + "```\n"),
                    () -> "README.md must quote all of " + Reactor.ROOT.relativize(source));
        }
    }
}
