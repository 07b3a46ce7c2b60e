package org.ruvector.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ruvector.api.VectorRows;

/**
 * Where figures come from: data and checksums, machine, Java, source, date and command. Everything that can be found out is
 * found out here, so that nobody types it.
 *
 * @param facts names and values, in the order of reports; text, numbers, or lists of them; unmodifiable
 */
public record Provenance(Map<String, Object> facts) {

    /** Copies the map, keeping its order. */
    public Provenance {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /**
     * Gathers the facts.
     *
     * @param dataset what people call the data
     * @param workload the data
     * @param seed     every random choice of ours follows from it
     * @param command  the command line that makes the figures again
     * @return the facts
     */
    public static Provenance of(String dataset, Workload workload, long seed, List<String> command) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("dataset", dataset);
        facts.put("baseSha256", sha256(workload.base()));
        facts.put("queriesSha256", sha256(workload.queries()));
        facts.put("n", workload.base().count());
        facts.put("queries", workload.queries().count());
        facts.put("dimension", workload.base().dimension());
        facts.put("elementType", workload.base().type().text());
        facts.put("metric", workload.metric().text());
        facts.put("seed", seed);
        facts.putAll(ofMachine(command).facts);
        return new Provenance(facts);
    }

    /**
     * Gathers the facts that do not depend on data.
     *
     * @param command the command line that makes the figures again
     * @return the facts
     */
    public static Provenance ofMachine(List<String> command) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("cpu", Machine.cpu());
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        facts.put("os", Machine.os());
        facts.put("jdk", Machine.jdk());
        facts.put("jvmArguments", jvmArguments());
        facts.put("commit", commit().orElse(null));
        facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("command", String.join(" ", command));
        return new Provenance(facts);
    }

    /** Heap, collector, compiler and modules; not paths and properties, which tell about this machine only. */
    private static String jvmArguments() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-X") || argument.startsWith("--add-modules"))
                .collect(Collectors.joining(" "));
    }

    /**
     * These facts and one more, or one changed.
     *
     * @param name  its name
     * @param value text, a number, or a list of them
     * @return the new facts
     */
    public Provenance with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(facts);
        more.put(name, value);
        return new Provenance(more);
    }

    /** {@return the facts as a Markdown list} */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        facts.forEach((name, value) -> text.append("- ")
                .append(name)
                .append(": ")
                .append(name.equals("command") ? "`" + shown(value) + "`" : shown(value))
                .append('\n'));
        return text.toString();
    }

    /** A fact as people read it. */
    static String shown(Object value) {
        return value == null ? "unknown" : String.valueOf(value);
    }

    /**
     * The checksum of rows.
     *
     * @param rows any rows
     * @return SHA-256 of their bytes, row after row, in hexadecimal
     */
    public static String sha256(VectorRows rows) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long step = 1L << 24;
            for (long at = 0; at < rows.byteSize(); at += step) {
                ByteBuffer slice = rows.segment()
                        .asSlice(at, Math.min(step, rows.byteSize() - at))
                        .asByteBuffer();
                digest.update(slice);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The commit that this class was built from, if it runs from a checkout: of its own repository, not the user's. */
    private static Optional<String> commit() {
        CodeSource source = Provenance.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return Optional.empty();
        }
        try {
            Path folder = Path.of(source.getLocation().toURI());
            while (folder != null && !Files.exists(folder.resolve(".git"))) {
                folder = folder.getParent();
            }
            if (folder == null) {
                return Optional.empty();
            }
            Optional<String> head = git(folder, "rev-parse", "--short=12", "HEAD");
            boolean clean = git(folder, "status", "--porcelain", "--untracked-files=no")
                    .filter(String::isEmpty)
                    .isPresent();
            return head.map(commit -> clean ? commit : commit + " with changes");
        } catch (URISyntaxException e) {
            // Loaded from somewhere that is no file, so from no checkout.
            return Optional.empty();
        }
    }

    private static Optional<String> git(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(output.strip()) : Optional.empty();
        } catch (IOException e) {
            // No git on this machine: the report then says nothing about the commit.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
