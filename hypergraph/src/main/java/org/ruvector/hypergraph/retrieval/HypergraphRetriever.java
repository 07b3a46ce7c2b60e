package org.ruvector.hypergraph.retrieval;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Filter;
import org.ruvector.api.spi.TextEmbedder;
import org.ruvector.hypergraph.Annotations;
import org.ruvector.hypergraph.FrozenHypergraph;
import org.ruvector.hypergraph.MutableHypergraph;

/**
 * Finds facts, which are hyperedges, for a question: those whose embedding is like that of the question, those of the nodes whose
 * embedding is, and those that they lead to in several hops.
 *
 * <p>The first two steps are the retrieval of H. Luo et al., "HyperGraphRAG: Retrieval-Augmented Generation via
 * Hypergraph-Structured Knowledge Representation", NeurIPS 2025: nodes ("entities") and hyperedges are searched apart, then the nodes
 * are extended to their hyperedges and the hyperedges to their nodes. What follows is not in the paper, which ends after that one
 * hop. With a hyperedge's <b>relevance</b>, a node's <b>rarity</b> and the <b>link</b> between two hyperedges
 *
 * <pre>
 *   ρ(v)    = 1 / (1 + log₂ degree(v))
 *   r(e)    = max(0, cos(query, e), max over the found nodes v in e of ρ(v)·cos(entity query, v))
 *   c(e, f) = 1 − Π over v in both (1 − ρ(v))
 * </pre>
 *
 * a path {@code e₀, …, e_L} scores
 *
 * <pre>
 *   s(e₀) = r(e₀)        s(e_h) = r(e_h) + decay · c(e_h−1, e_h) · s(e_h−1)
 * </pre>
 *
 * so its last hyperedge counts by itself, and each one before it adds its own relevance times {@code decay · c} for every hop in
 * between: these are the terms of the path's steps. A rare node joins well, a hub badly (ρ damps by the logarithm of the degree, as L.
 * Adamic and E. Adar do, "Friends and neighbors on the Web", Social Networks 2003), and several shared nodes better than one. The
 * degree is that in the whole hypergraph, whatever the filter. Directions and weights of hyperedges play no part.
 *
 * <p>A path begins at a found hyperedge, or at a hyperedge of a found node, with positive relevance, and has no hyperedge twice. For each
 * hyperedge at an end the best path is kept; of equal ones the shorter, then the one with the smaller ordinals. Paths are followed
 * in order of the support that they pass on until the budget is used up; the retrieval tells what was left. If nothing was, the
 * paths are exactly the best ones from where they begin. What the index missed by being approximate is not begun at.
 *
 * <p>A node or hyperedge without embedding is never found by itself, but is walked over like any other. A retriever is immutable
 * and thread-safe; build another when the hypergraph has changed. It needs, besides the index, 4 bytes for each coordinate of all
 * embeddings. The same request to an index of the same seed gives the same answer.
 */
public final class HypergraphRetriever implements AutoCloseable {

    private final FrozenHypergraph graph;
    private final Embeddings nodes;
    private final Embeddings hyperedges;

    private HypergraphRetriever(FrozenHypergraph graph, Embeddings nodes, Embeddings hyperedges) {
        this.graph = graph;
        this.nodes = nodes;
        this.hyperedges = hyperedges;
    }

    /**
     * Builds two indexes by cosine, of the nodes' and of the hyperedges' embeddings.
     *
     * @param index   which plugin, with which parameters, such as {@code flat} or {@code hnsw:m=8}
     * @param context where the plugin is found, and what the build may use
     * @throws org.ruvector.api.PluginException if there is no such plugin
     * @throws IllegalArgumentException         if it refuses a parameter, or does not search float vectors by cosine
     */
    public static HypergraphRetriever build(FrozenHypergraph graph, String index, BuildContext context) {
        Embeddings nodes = Embeddings.of("nodes", graph.nodeAnnotations(), index, context);
        try {
            Embeddings hyperedges = Embeddings.of("hyperedges", graph.edgeAnnotations(), index, context);
            return new HypergraphRetriever(graph, nodes, hyperedges);
        } catch (Throwable e) {
            nodes.close();
            throw e;
        }
    }

    /**
     * Gives each node and each hyperedge that has a name but no embedding that of its name. The model runs while the hypergraph can
     * be read and changed; a hyperedge must not be removed meanwhile.
     */
    public static void embedNames(MutableHypergraph graph, TextEmbedder embedder) {
        graph.read(view -> unembedded(view.nodeAnnotations(), view.nodes()))
                .forEach((node, name) -> graph.setNodeEmbedding(node, embedder.embed(name)));
        graph.read(view -> unembedded(view.edgeAnnotations(), view.edgeBound()))
                .forEach((edge, name) -> graph.setEdgeEmbedding(edge, embedder.embed(name)));
    }

    private static Map<Integer, String> unembedded(Annotations annotations, int bound) {
        int[] embedded = annotations.embedded();
        Map<Integer, String> names = new TreeMap<>();
        IntStream.range(0, bound)
                .filter(ordinal -> Arrays.binarySearch(embedded, ordinal) < 0)
                .forEach(ordinal -> annotations.name(ordinal).ifPresent(name -> names.put(ordinal, name)));
        return names;
    }

    /** The hypergraph that is searched. */
    public FrozenHypergraph graph() {
        return graph;
    }

    /**
     * Which hyperedges have this value of an attribute, for {@link RetrievalRequest#filter}; combine several with {@code and}.
     *
     * @param value as it was set; whole numbers of any width are equal, and floats of any width, but 1 and 1.0 are not
     */
    public IntPredicate attribute(String name, Object value) {
        Objects.requireNonNull(name, "name");
        Object stored = switch (value) {
            case Integer number -> (long) number;
            case Float number -> (double) number;
            default -> value;
        };
        return edge -> stored.equals(graph.edgeAnnotations().attributes(edge).get(name));
    }

    /**
     * Finds what is like the request, and paths from there. With a filter only its hyperedges count, and a node is found only if
     * it is in one of them. Takes two searches of an index, and time proportional to the hyperedges looked at times their size.
     *
     * @throws IllegalArgumentException if a query is no float vector of the dimension of the embeddings that it is compared with
     * @throws IllegalStateException    if this is closed
     */
    public Retrieval retrieve(RetrievalRequest request) {
        boolean restricted = !request.filter().equals(RetrievalRequest.EVERYTHING);
        IntPredicate filter = request.filter();
        var foundEdges = hyperedges.nearest(
                request.query(),
                request.hits(),
                restricted ? Filter.where(edge -> filter.test((int) edge)) : Filter.all());
        var foundNodes = nodes.nearest(
                request.entityQuery(),
                request.hits(),
                restricted ? Filter.where(node -> isInOne((int) node, filter)) : Filter.all());
        PathSearch search = new PathSearch(graph, request, hyperedges.similarityTo(request.query()), foundNodes);
        var paths = search.from(foundEdges);
        return new Retrieval(foundNodes, foundEdges, paths, search.expansion());
    }

    private boolean isInOne(int node, IntPredicate filter) {
        for (int i = 0, n = graph.degree(node); i < n; i++) {
            if (filter.test(graph.edge(node, i))) {
                return true;
            }
        }
        return false;
    }

    /** Frees the indexes; retrieving is not possible afterwards. Closing again does nothing. */
    @Override
    public void close() {
        nodes.close();
        hyperedges.close();
    }
}
