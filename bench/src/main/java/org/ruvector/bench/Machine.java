package org.ruvector.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What this machine is, as reports name it. */
public final class Machine {

    private Machine() {}

    /** {@return the CPU's model name, its family and model numbers, or the architecture where that is all that is known} */
    public static String cpu() {
        String name = cpuInfo("model name");
        if (name.isEmpty()) {
            return System.getProperty("os.arch");
        }
        // Virtual machines often hide the model's name; the numbers still tell the generation.
        return name + " (family " + cpuInfo("cpu family") + ", model " + cpuInfo("model") + ")";
    }

    /** {@return name, version and build of the Java virtual machine} */
    public static String jdk() {
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version");
    }

    /** {@return name and version of the operating system} */
    public static String os() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version");
    }

    private static String cpuInfo(String key) {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return "";
        }
        try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.map(line -> line.split(":", 2))
                    .filter(parts -> parts.length == 2
                            && parts[0].strip().toLowerCase(Locale.ROOT).equals(key))
                    .map(parts -> parts[1].strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
