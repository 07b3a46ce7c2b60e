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
 * C++ hnswlib (Yu. Malkov's own implementation) compiled on this machine for this machine, and called in this process. The
 * shared library is kept in a cache folder under a name that changes with the source, the flags, the compiler and the CPU.
 *
 * <p>Every call is an ordinary foreign call of some ten nanoseconds; {@link #callNanos()} measures it. Thread-safe as far as
 * hnswlib is: an index may be searched by many threads, but not while it is built, filtered, or its {@code ef} is set.
 */
public final class HnswlibLibrary {

    private static final String SOURCE = "hnswlib_shim.cpp";
    private static final List<String> FLAGS =
            List.of("-O3", "-march=native", "-std=c++17", "-shared", "-fPIC", "-pthread");
    private static final AddressLayout TEXT =
            ValueLayout.ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(Long.MAX_VALUE, ValueLayout.JAVA_BYTE));

    private final SymbolLookup symbols;
    private final String kernel;

    private HnswlibLibrary(SymbolLookup symbols, String compiler) {
        this.symbols = symbols;
        this.kernel = simd() + " (" + compiler + " " + String.join(" ", FLAGS.subList(0, 2)) + ", "
                + Math.round(callNanos()) + " ns a call)";
    }

    /**
     * Compiles the library if it is not in the cache, and loads it for good.
     *
     * @param cache folder for compiled libraries; created if it does not exist
     * @return the library
     * @throws UnavailableException if there is no compiler or no hnswlib, or hnswlib runs without AVX here
     */
    public static HnswlibLibrary load(Path cache) {
        try {
            byte[] source;
            try (InputStream in = HnswlibLibrary.class.getResourceAsStream(SOURCE)) {
                source = in.readAllBytes();
            }
            String compiler = "g++ " + run(List.of("g++", "-dumpfullversion")).strip();
            // The preprocessed size and content of the header matter too: another hnswlib must not meet an old library.
            Path header = Path.of("/usr/include/hnswlib/hnswalg.h");
            String key = hash(
                    source,
                    Files.exists(header) ? Files.readAllBytes(header) : new byte[0],
                    (FLAGS + compiler + Machine.cpu()).getBytes(StandardCharsets.UTF_8));
            Files.createDirectories(cache);
            Path library = cache.resolve("hnswlib-" + key + ".so");
            if (!Files.exists(library)) {
                compile(source, library);
            }
            HnswlibLibrary loaded = new HnswlibLibrary(SymbolLookup.libraryLookup(library, Arena.global()), compiler);
            if (loaded.simd().equals("none")) {
                throw new UnavailableException("hnswlib runs without AVX on this machine, so comparing with it would be"
                        + " unfair: leave it out of --peers, or use a CPU with AVX");
            }
            return loaded;
        } catch (IOException e) {
            throw new UncheckedIOException("hnswlib could not be compiled into " + cache, e);
        }
    }

    private static void compile(byte[] source, Path library) throws IOException {
        Path folder = Files.createTempDirectory(library.getParent(), "compile");
        Path file = folder.resolve(SOURCE);
        Path result = folder.resolve("library.so");
        try {
            Files.write(file, source);
            List<String> command = new ArrayList<>(List.of("g++"));
            command.addAll(FLAGS);
            command.addAll(List.of("-o", result.toString(), file.toString()));
            run(command);
            Files.move(result, library, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(result);
            Files.deleteIfExists(folder);
        }
    }

    private static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() == 0) {
                return output;
            }
            if (output.contains("hnswlib/hnswlib.h")) {
                throw new UnavailableException(
                        "The headers of C++ hnswlib are missing: install them (Debian: apt-get install libhnswlib-dev)");
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

    /** {@return the instruction set that hnswlib's distances run with: {@code AVX512} or {@code AVX}} */
    public String simd() {
        return text("shim_simd");
    }

    /** {@return instruction set, compiler, flags and the price of a foreign call when it was loaded, for reports} */
    public String kernel() {
        return kernel;
    }

    /** {@return nanoseconds of one foreign call that does nothing, the cheapest of some batches} */
    public double callNanos() {
        MethodHandle nothing = handle(
                "shim_nothing", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        double best = Double.POSITIVE_INFINITY;
        try {
            for (int batch = 0; batch < 20; batch++) {
                long start = System.nanoTime();
                int sum = 0;
                for (int i = 0; i < 100_000; i++) {
                    sum += (int) nothing.invokeExact(MemorySegment.NULL, MemorySegment.NULL);
                }
                best = Math.min(best, (System.nanoTime() - start) / 100_000.0 + sum);
            }
        } catch (Throwable e) {
            throw rethrow(e);
        }
        return best;
    }

    /**
     * hnswlib's distance function.
     *
     * @param innerProduct whether it is one minus the inner product, or squared Euclidean
     * @param dimension    coordinates per row
     * @return the function, to be used in loops
     */
    public HnswlibDistance distance(boolean innerProduct, int dimension) {
        return new HnswlibDistance(this, innerProduct, dimension);
    }

    /** A function's result, unless it is negative, which means failure. */
    int check(int result) {
        if (result < 0) {
            throw new IllegalStateException("hnswlib: " + error());
        }
        return result;
    }

    /** What went wrong last on this thread. */
    String error() {
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
    MethodHandle handle(String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), type);
    }

    private String text(String function) {
        try {
            MemorySegment text = (MemorySegment)
                    handle(function, FunctionDescriptor.of(TEXT)).invokeExact();
            return text.getString(0);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }
}
