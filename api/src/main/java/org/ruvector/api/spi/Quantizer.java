package org.ruvector.api.spi;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;

/** A trained map from float vectors to short codes. Immutable and thread-safe. */
public interface Quantizer {

    /** What was trained, with the defaults filled in. */
    QuantizerSpec spec();

    /** Bytes per code. */
    int codeBytes();

    /**
     * Whether scores estimate the metric's distances. If not, they only rank codes, as Hamming distances of hash codes do: an index
     * must then re-rank by exact distances before it compares with a cut-off or reports distances.
     */
    default boolean estimatesDistances() {
        return true;
    }

    /**
     * Encodes all rows; callers that want parallelism encode slices.
     *
     * @param rows  float rows of the spec's dimension
     * @param codes native, receives {@code rows.count() · codeBytes()} bytes
     */
    void encode(VectorRows rows, MemorySegment codes);

    /**
     * Decodes one code.
     *
     * @param out receives the approximate vector, {@code dimension} floats
     */
    void decode(Codes codes, int ordinal, float[] out);

    /** Asymmetric scoring: distances between a float query and codes. */
    Scorer scorer(Query query, Codes codes);

    /** Symmetric scoring: distances between one of the codes and the others. */
    Scorer scorer(int ordinal, Codes codes);

    /** Codes relative to a neighbour, if this kind of quantizer can make such; by default none. */
    default Optional<NeighbourhoodCodec> neighbourhoods() {
        return Optional.empty();
    }

    /** Writes what was learnt into sections whose names begin with {@code prefix}. */
    void save(SectionWriter file, String prefix) throws IOException;
}
