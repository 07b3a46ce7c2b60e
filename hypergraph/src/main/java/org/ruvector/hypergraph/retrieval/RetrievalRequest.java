package org.ruvector.hypergraph.retrieval;

import java.util.Objects;
import java.util.function.IntPredicate;
import org.ruvector.api.Query;
import org.ruvector.api.spi.TextEmbedder;

/**
 * What to look for in a hypergraph. Immutable; start with {@link #of} and refine:
 *
 * <pre>{@code
 * RetrievalRequest.of("Where is the director of Dawn from?", embedder).hits(5).hops(2).filter(edge -> lastYear.get(edge))
 * }</pre>
 *
 * @param query       hyperedges are compared with it
 * @param entityQuery nodes are compared with it; the same unless given
 * @param hits        most nodes, and most hyperedges, to find by embedding, at least 1; 10 unless given
 * @param walk        how paths are followed from there
 * @param filter      which hyperedges count, in hits and everywhere on a path; pure, and thread-safe if the request is shared
 */
public record RetrievalRequest(Query query, Query entityQuery, int hits, Walk walk, IntPredicate filter) {

    static final IntPredicate EVERYTHING = edge -> true;

    /**
     * How paths are followed.
     *
     * @param hops   most joins of a path, 0 or more; 2 unless given
     * @param paths  most paths wanted, at least 1; 10 unless given
     * @param decay  what a hop leaves of the support that a hyperedge passes on, above 0 and at most 1; 0.8 unless given
     * @param budget most hyperedges to look at, at least 1; 20,000 unless given. Memory is proportional to it
     */
    public record Walk(int hops, int paths, double decay, int budget) {

        /** All as described for "unless given". */
        public static final Walk DEFAULT = new Walk(2, 10, 0.8, 20_000);

        /** Refuses what is out of range. */
        public Walk {
            requireAtLeast(0, hops, "hops");
            requireAtLeast(1, paths, "paths");
            requireAtLeast(1, budget, "budget");
            if (!(decay > 0 && decay <= 1)) {
                throw new IllegalArgumentException("decay is " + decay + "; it must be above 0 and at most 1");
            }
        }
    }

    /** Refuses nulls and {@code hits} below 1. */
    public RetrievalRequest {
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(entityQuery, "entityQuery");
        Objects.requireNonNull(walk, "walk");
        Objects.requireNonNull(filter, "filter");
        requireAtLeast(1, hits, "hits");
    }

    /** For what is like this vector, with everything else by default. */
    public static RetrievalRequest of(Query query) {
        return new RetrievalRequest(query, query, 10, Walk.DEFAULT, EVERYTHING);
    }

    /** For what is like this text. */
    public static RetrievalRequest of(String text, TextEmbedder embedder) {
        return of(Query.of(embedder.embed(text)));
    }

    /** This request with nodes compared with something of their own, such as the names that occur in a question. */
    public RetrievalRequest entities(Query like) {
        return new RetrievalRequest(query, like, hits, walk, filter);
    }

    /** This request with at most so many nodes and so many hyperedges found by embedding. */
    public RetrievalRequest hits(int most) {
        return new RetrievalRequest(query, entityQuery, most, walk, filter);
    }

    /** This request with paths of at most so many joins. */
    public RetrievalRequest hops(int most) {
        return walk(new Walk(most, walk.paths, walk.decay, walk.budget));
    }

    /** This request with at most so many paths. */
    public RetrievalRequest paths(int most) {
        return walk(new Walk(walk.hops, most, walk.decay, walk.budget));
    }

    /** This request with another decay. */
    public RetrievalRequest decay(double factor) {
        return walk(new Walk(walk.hops, walk.paths, factor, walk.budget));
    }

    /** This request looking at no more than so many hyperedges. */
    public RetrievalRequest budget(int most) {
        return walk(new Walk(walk.hops, walk.paths, walk.decay, most));
    }

    /** This request restricted to hyperedges that match, in place of an earlier restriction. */
    public RetrievalRequest filter(IntPredicate only) {
        return new RetrievalRequest(query, entityQuery, hits, walk, only);
    }

    private RetrievalRequest walk(Walk other) {
        return new RetrievalRequest(query, entityQuery, hits, other, filter);
    }

    private static void requireAtLeast(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be at least " + least);
        }
    }
}
