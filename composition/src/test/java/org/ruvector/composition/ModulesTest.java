package org.ruvector.composition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What every module's packaged jar promises to others: changed on purpose or not at all. */
final class ModulesTest {

    private static final String SERVICES = "META-INF/services/";

    @Test
    void modulesRequireExportAndProvideWhatIsWrittenDown() throws IOException {
        Path actual = Reactor.TARGET.resolve("modules.txt");
        StringBuilder text = new StringBuilder();
        for (String folder : Reactor.folders()) {
            text.append(describe(descriptor(Reactor.jar(folder))));
        }
        Files.writeString(actual, text);

        assertEquals(
                resource("modules.txt"),
                text.toString(),
                "If the change is wanted, copy " + actual + " over composition's test resource modules.txt");
    }

    @Test
    void everyModuleIsNamedAfterItsFolder() throws IOException {
        for (String folder : Reactor.folders()) {
            assertEquals(
                    "org.ruvector." + folder.replace('-', '.'),
                    descriptor(Reactor.jar(folder)).name());
        }
    }

    @Test
    void theClassPathSeesTheProvidersThatTheModulePathSees() throws IOException {
        for (String folder : Reactor.folders()) {
            Path jar = Reactor.jar(folder);
            Map<String, List<String>> provided = new TreeMap<>();
            for (ModuleDescriptor.Provides provides : descriptor(jar).provides()) {
                provided.put(
                        provides.service(),
                        provides.providers().stream().sorted().toList());
            }
            assertEquals(provided, services(jar), folder + ": provides in module-info.java, then META-INF/services");
        }
    }

    @Test
    void noPackageLivesInTwoModules() throws IOException {
        Map<String, String> homes = new TreeMap<>();
        for (String folder : Reactor.folders()) {
            for (String name : descriptor(Reactor.jar(folder)).packages()) {
                String other = homes.put(name, folder);
                assertEquals(null, other, name + " lives in " + folder + " and in " + other);
            }
        }
    }

    private static ModuleDescriptor descriptor(Path jar) {
        return ModuleFinder.of(jar).findAll().iterator().next().descriptor();
    }

    private static String describe(ModuleDescriptor module) {
        List<String> lines = new ArrayList<>();
        for (ModuleDescriptor.Requires requires : module.requires()) {
            if (!requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.MANDATED)) {
                String modifiers = requires.modifiers().stream()
                        .map(modifier -> modifier.name().toLowerCase(Locale.ROOT) + " ")
                        .sorted()
                        .collect(Collectors.joining());
                lines.add("  requires " + modifiers + requires.name());
            }
        }
        for (ModuleDescriptor.Exports exports : module.exports()) {
            lines.add("  exports " + exports.source() + targets(exports.targets()));
        }
        for (ModuleDescriptor.Opens opens : module.opens()) {
            lines.add("  opens " + opens.source() + targets(opens.targets()));
        }
        for (String uses : module.uses()) {
            lines.add("  uses " + uses);
        }
        for (ModuleDescriptor.Provides provides : module.provides()) {
            lines.add("  provides " + provides.service() + " with " + String.join(", ", provides.providers()));
        }
        lines.sort(null);
        String kind = module.isAutomatic() ? "automatic module " : "module ";
        return kind + module.name() + "\n"
                + lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String targets(Set<String> modules) {
        return modules.isEmpty() ? "" : " to " + modules.stream().sorted().collect(Collectors.joining(", "));
    }

    private static Map<String, List<String>> services(Path path) throws IOException {
        Map<String, List<String>> services = new TreeMap<>();
        try (JarFile jar = new JarFile(path.toFile())) {
            for (ZipEntry entry : jar.stream().toList()) {
                if (!entry.isDirectory() && entry.getName().startsWith(SERVICES)) {
                    String text = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                    services.put(
                            entry.getName().substring(SERVICES.length()),
                            text.lines()
                                    .map(line -> line.replaceFirst("#.*", "").strip())
                                    .filter(line -> !line.isEmpty())
                                    .sorted()
                                    .toList());
                }
            }
        }
        return services;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ModulesTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
