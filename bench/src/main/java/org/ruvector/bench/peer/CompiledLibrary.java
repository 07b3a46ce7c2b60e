package org.ruvector.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.ruvector.bench.Machine;
import org.ruvector.bench.UnavailableException;

/**
 * A peer's C++ code behind a C face, compiled on this machine and called in this process. The shared library is kept in a cache folder
 * under a name that changes with the source, the flags, the compiler and the CPU. Every call is an ordinary foreign call of some ten
 * nanoseconds.
 *
 * @param name     of the peer, as messages give it
 * @param compiler and its version
 * @param symbols  the functions
 */
record CompiledLibrary(String name, String compiler, SymbolLookup symbols) {

    private static final AddressLayout TEXT =
            ValueLayout.ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(Long.MAX_VALUE, ValueLayout.JAVA_BYTE));

    /**
     * What is compiled.
     *
     * @param peer      its name, and that of the folder of its headers
     * @param shim      the resource with the C face
     * @param header    whose content decides about the name in the cache, too, if it is where Debian's package puts it
     * @param debian    the package that has it
     * @param arguments of the compiler before and after the source
     */
    record Source(String peer, String shim, String header, String debian, Arguments arguments) {

        /** Flags, and libraries to link. */
        record Arguments(List<String> flags, List<String> libraries) {}
    }

    /**
     * Compiles the library if it is not in the cache, and loads it for good.
     *
     * @param cache folder for compiled libraries; created if it does not exist
     * @throws UnavailableException if there is no compiler, or not the peer's library
     */
    static CompiledLibrary load(Source what, Path cache) {
        try {
            byte[] source;
            try (InputStream in = CompiledLibrary.class.getResourceAsStream(what.shim)) {
                source = in.readAllBytes();
            }
            String compiler =
                    "g++ " + run(List.of("g++", "-dumpfullversion"), what).strip();
            // The header matters too: another version of the peer must not meet an old library.
            Path header = Path.of("/usr/include", what.header);
            String key = hash(
                    source,
                    Files.exists(header) ? Files.readAllBytes(header) : new byte[0],
                    (what.arguments + compiler + Machine.cpu()).getBytes(StandardCharsets.UTF_8));
            Files.createDirectories(cache);
            Path library = cache.resolve(what.peer + "-" + key + ".so");
            if (!Files.exists(library)) {
                compile(what, source, library);
            }
            return new CompiledLibrary(what.peer, compiler, SymbolLookup.libraryLookup(library, Arena.global()));
        } catch (IOException e) {
            throw new UncheckedIOException(what.peer + " could not be compiled into " + cache, e);
        }
    }

    private static void compile(Source what, byte[] source, Path library) throws IOException {
        Path folder = Files.createTempDirectory(library.getParent(), "compile");
        Path file = folder.resolve(what.shim);
        Path result = folder.resolve("library.so");
        try {
            Files.write(file, source);
            List<String> command = new ArrayList<>(List.of("g++"));
            command.addAll(what.arguments.flags);
            command.addAll(List.of("-o", result.toString(), file.toString()));
            command.addAll(what.arguments.libraries);
            run(command, what);
            Files.move(result, library, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(result);
            Files.deleteIfExists(folder);
        }
    }

    private static String run(List<String> command, Source what) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() == 0) {
                return output;
            }
            // How the compiler names a header, and the linker a library, that is not there.
            if (output.matches("(?s).*: " + what.peer + "/\\w+\\.h: .*") || output.contains("cannot find -l")) {
                throw new UnavailableException(
                        "C++ " + what.peer + ", or a library that it needs, is missing: install it"
                                + " (Debian: apt-get install " + what.debian + ")");
            }
            throw new UnavailableException("'" + String.join(" ", command) + "' failed: " + output.strip());
        } catch (IOException e) {
            throw new UnavailableException("There is no C++ compiler: install one (Debian: apt-get install g++)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("The compilation was interrupted", e);
        }
    }

    private static String hash(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A function's result, unless it is negative, which means failure. */
    int check(int result) {
        if (result < 0) {
            throw new IllegalStateException(name + ": " + error());
        }
        return result;
    }

    /** A function's result, unless it is null, which means failure. */
    MemorySegment check(MemorySegment result) {
        if (result.equals(MemorySegment.NULL)) {
            throw new IllegalStateException(name + ": " + error());
        }
        return result;
    }

    /** What went wrong last on this thread. */
    private String error() {
        return text("shim_error");
    }

    /** What a method handle may throw, as what it is: foreign functions throw nothing checked. */
    static RuntimeException rethrow(Throwable e) {
        return switch (e) {
            case RuntimeException runtime -> throw runtime;
            case Error error -> throw error;
            default -> new IllegalStateException("A foreign call failed", e);
        };
    }

    /** A function of the library. */
    MethodHandle handle(String function, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(function), type);
    }

    /** What a function without arguments says. */
    String text(String function) {
        try {
            MemorySegment text = (MemorySegment)
                    handle(function, FunctionDescriptor.of(TEXT)).invokeExact();
            return text.getString(0);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }
}
