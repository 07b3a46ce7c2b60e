package org.ruvector.hypergraph.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.hypergraph.MutableHypergraph;
import org.ruvector.hypergraph.retrieval.Retrieval.Match;

/** A few facts on films, directors and cities. */
class KnowledgeTest {

    private static final String QUESTION = "In which city was the director of Alien Dawn born?";
    private static final BagOfWords WORDS = new BagOfWords();
    private static final MutableHypergraph FACTS = new MutableHypergraph();

    private static final int DIRECTED =
            fact("The director of Alien Dawn was Mira Voss", "wiki", "Alien Dawn", "Mira Voss", "film");
    private static final int BORN = fact("Mira Voss was born in Riga", "wiki", "Mira Voss", "Riga");
    private static final int OSLO = fact("Karl Lund was born in the city of Oslo", "wiki", "Karl Lund", "Oslo");
    private static final int PORTO = fact("Ana Reis was born in the city of Porto", "blog", "Ana Reis", "Porto");
    private static final int TURIN = fact("Ugo Conti was born in the city of Turin", "wiki", "Ugo Conti", "Turin");
    private static final int MURAL = fact("A mural shows Riga harbour", "blog", "Riga", "mural");

    private static HypergraphRetriever retriever;

    private static int fact(String text, String source, String... about) {
        int edge = FACTS.addEdge(
                IntStream.range(0, about.length).map(i -> FACTS.node(about[i])).toArray());
        FACTS.setEdgeName(edge, text);
        FACTS.setEdgeAttribute(edge, "source", source);
        return edge;
    }

    @BeforeAll
    static void build() {
        for (int i = 0; i < 6; i++) {
            fact("Reel " + i + " runs long", "wiki", "Reel" + i, "film");
        }
        HypergraphRetriever.embedNames(FACTS, WORDS);
        retriever = HypergraphRetriever.build(FACTS.freeze(), "flat", BuildContext.of(Plugins.load()));
    }

    @AfterAll
    static void close() {
        retriever.close();
        assertThrows(IllegalStateException.class, () -> retriever.retrieve(RetrievalRequest.of("late", WORDS)));
    }

    private static RetrievalRequest question() {
        return RetrievalRequest.of(QUESTION, WORDS).hits(3);
    }

    private static List<Integer> ordinals(List<Match> matches) {
        return matches.stream().map(Match::ordinal).toList();
    }

    private static ReasoningPath to(int edge, Retrieval retrieval) {
        return retrieval.paths().stream()
                .filter(path -> path.end() == edge)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPathFindsTheAnswerThatLikenessAloneMisses() {
        Retrieval found = retriever.retrieve(question());
        assertFalse(ordinals(found.hyperedges()).contains(BORN), "found by likeness alone: " + found);
        assertTrue(ordinals(found.hyperedges()).contains(DIRECTED));
        ReasoningPath answer = to(BORN, found);
        assertEquals(
                List.of(DIRECTED, BORN),
                answer.steps().stream().map(ReasoningPath.Step::edge).toList());
        for (int other : new int[] {OSLO, PORTO, TURIN}) {
            assertTrue(
                    found.paths().stream().noneMatch(path -> path.end() == other && path.score() >= answer.score()),
                    () -> "an answer on somebody else ranks above: " + found);
        }
        assertTrue(found.expansion().complete());
        assertTrue(found.facts().containsAll(List.of(DIRECTED, BORN)));
    }

    @Test
    void aPathTellsItsEvidence() {
        ReasoningPath answer = to(BORN, retriever.retrieve(question()));
        assertEquals(
                "The director of Alien Dawn was Mira Voss (Alien Dawn, Mira Voss, film) -[Mira Voss]-> "
                        + "Mira Voss was born in Riga (Mira Voss, Riga)",
                answer.text(retriever.graph()));
        var last = answer.steps().getLast();
        int mira = retriever.graph().nodeAnnotations().find("Mira Voss").orElseThrow();
        assertEquals(List.of(mira), last.joins());
        assertEquals(0.5, last.link(), 1e-12);
        // Of 6 and 10 words they share "was", "born" and "in".
        assertEquals(3 / Math.sqrt(60), last.relevance(), 1e-6);
        assertEquals(last.relevance(), last.term(), 1e-12);
        // Of 8 and 10 words they share all but "mira" and "voss".
        var first = answer.steps().getFirst();
        assertEquals(6 / Math.sqrt(80), first.relevance(), 1e-6);
        assertEquals(0.8 * 0.5 * first.relevance(), first.term(), 1e-12);
        assertEquals(first.term() + last.term(), answer.score(), 1e-12);
        assertEquals(1, answer.hops());
    }

    @Test
    void aFoundNodeLeadsToItsHyperedges() {
        RetrievalRequest request = RetrievalRequest.of("zzz", WORDS).entities(Query.of(WORDS.embed("Riga")));
        Retrieval found = retriever.retrieve(request.hits(1).hops(0));
        int riga = retriever.graph().nodeAnnotations().find("Riga").orElseThrow();
        assertEquals(List.of(riga), ordinals(found.nodes()));
        var step = to(MURAL, found).steps().getFirst();
        assertEquals(OptionalInt.of(riga), step.entity());
        assertEquals(0.5, step.relevance(), 1e-6, "similarity 1, halved because Riga is in two hyperedges");
        assertEquals(0.5, to(BORN, found).score(), 1e-6);
    }

    @Test
    void aFilterHoldsForHitsAndEveryHyperedgeOfAPath() {
        BitSet then = new BitSet();
        then.set(0, FACTS.freeze().edgeBound());
        then.clear(BORN);
        Retrieval found =
                retriever.retrieve(question().filter(then::get).hits(20).paths(100));
        assertFalse(ordinals(found.hyperedges()).contains(BORN));
        assertFalse(found.facts().contains(BORN));
        // Mira Voss is still in a fact, Riga too; but no path leads from one to the other.
        assertTrue(found.paths().stream().noneMatch(path -> path.end() == MURAL && path.hops() > 0));
        then.clear(DIRECTED);
        int mira = retriever.graph().nodeAnnotations().find("Mira Voss").orElseThrow();
        assertFalse(ordinals(retriever
                        .retrieve(question().filter(then::get).hits(20))
                        .nodes())
                .contains(mira));
    }

    @Test
    void anAttributeFilters() {
        IntPredicate wiki = retriever.attribute("source", "wiki");
        Retrieval found = retriever.retrieve(question().hits(20).filter(wiki));
        assertEquals(FACTS.freeze().edges() - 2, found.hyperedges().size(), "all but the two from blogs");
        assertTrue(found.facts().stream().allMatch(wiki::test));
        assertFalse(retriever.attribute("source", 7).test(BORN));
        assertFalse(retriever.attribute("no such", "wiki").test(BORN));
    }

    @Test
    void numbersFilterWhateverTheirWidth() {
        MutableHypergraph years = new MutableHypergraph(1);
        years.setEdgeAttribute(years.addEdge(0), "year", 2020);
        years.setEdgeAttribute(0, "weight", 0.5f);
        try (var numbers = HypergraphRetriever.build(years.freeze(), "flat", BuildContext.of(Plugins.load()))) {
            assertTrue(numbers.attribute("year", 2020).test(0));
            assertTrue(numbers.attribute("year", 2020L).test(0));
            assertTrue(numbers.attribute("weight", 0.5).test(0));
            assertFalse(numbers.attribute("year", 2020.0).test(0));
        }
    }
}
