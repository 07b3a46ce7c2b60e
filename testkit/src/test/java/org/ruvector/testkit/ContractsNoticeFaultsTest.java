package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.ruvector.api.spi.IndexProvider;

/** Every {@link Fault} is noticed by the law that is there for it: a test of the tests. */
final class ContractsNoticeFaultsTest {

    /** An index with one fault, under all contracts. */
    private record Faulty(Fault fault)
            implements IndexContract,
                    MutableIndexContract,
                    PersistableContract,
                    BatchSearchContract,
                    DiagnosableContract {
        @Override
        public IndexProvider provider() {
            return new BruteForceProvider(fault);
        }

        @Override
        public double recallFloor() {
            return 1;
        }
    }

    /** A law, applied to an index. */
    private interface Law {
        void check(Faulty faulty) throws Throwable;
    }

    private static Map<Fault, Law> laws() {
        Map<Fault, Law> laws = new EnumMap<>(Fault.class);
        Law results = corpora(SearchContract::resultsAreSortedDistinctStoredAndFull);
        Law filters = corpora((index, corpus) -> index.aFilteredSearchGivesKHitsOrAllThatMatch(corpus, 30));
        Law cutOffs = corpora(RangeAndFilterContract::aCutOffIsInclusiveAndNeverOverstepped);
        laws.put(Fault.ANSWERS_AN_ID_TWICE, results);
        laws.put(Fault.ANSWERS_UNSORTED, results);
        laws.put(Fault.BREAKS_TIES_BY_LARGER_ID, results);
        laws.put(Fault.LOSES_THE_LAST_HIT, results);
        laws.put(Fault.GIVES_MORE_THAN_K, results);
        laws.put(Fault.GIVES_WRONG_DISTANCES, results);
        laws.put(Fault.MISSES_THE_NEAREST, results);
        laws.put(Fault.COUNTS_NOTHING, results);
        laws.put(Fault.IGNORES_THE_CUT_OFF, cutOffs);
        laws.put(Fault.EXCLUDES_THE_CUT_OFF, cutOffs);
        laws.put(Fault.IGNORES_THE_FILTER, filters);
        laws.put(Fault.FILTERS_AFTER_CUTTING_TO_K, filters);
        laws.put(Fault.TRUSTS_THE_CARDINALITY, filters);
        laws.put(Fault.ALLOCATES_K, corpora(SearchContract::kOverTheSizeGivesEverything));
        laws.put(Fault.REMEMBERS_THE_LAST_REQUEST, corpora(SearchContract::aKeptSearcherAnswersLikeAFreshOne));
        laws.put(Fault.IGNORES_THE_STOP_POLICY, SearchContract::aStopPolicyEndsTheSearch);
        laws.put(Fault.STOPS_WITHOUT_SAYING_SO, SearchContract::aStopPolicyEndsTheSearch);
        laws.put(Fault.ASKS_THE_POLICY_AGAIN, SearchContract::aStopPolicyEndsTheSearch);
        laws.put(Fault.ACCEPTS_NAN, BuildContract::nanAndInfinityAreRefusedByPosition);
        laws.put(Fault.ACCEPTS_ANOTHER_SHAPE, BuildContract::rowsOfAnotherShapeAreRefused);
        laws.put(Fault.ACCEPTS_ANY_PARAMETER, SearchContract::anUnknownSearchParameterIsRefused);
        laws.put(Fault.ACCEPTS_AN_ID_TWICE, BuildContract::anIdThatComesTwiceIsRefused);
        laws.put(Fault.KEEPS_THE_ROWS, BuildContract::rowsAndIdsAreCopied);
        laws.put(Fault.NEVER_REPORTS_PROGRESS, BuildContract::aBuildCanBeCancelled);
        laws.put(Fault.ANSWERS_AFTER_CLOSE, SearchContract::aClosedIndexRefusesToSearch);
        laws.put(Fault.CLOSES_ONLY_ONCE, SearchContract::closingTwiceIsHarmless);
        laws.put(Fault.ACCEPTS_SPARE_BITS, BuildContract::spareBitsThatAreSetAreRefusedByRow);
        laws.put(Fault.HAS_A_RANDOM_MEMORY, BuildContract::aBuildOnOneThreadIsRepeatable);
        laws.put(Fault.FORGETS_TO_REMOVE, changes());
        laws.put(Fault.ADD_REPLACES, changes());
        laws.put(Fault.REPLACE_ANSWERS_FALSE, changes());
        laws.put(Fault.REPLACE_REMOVES_FIRST, ConcurrentUpdateContract::aSearchMeanwhileFindsTheOldOrTheNewVector);
        laws.put(Fault.KEEPS_THE_QUERY, MutableIndexContract::addedVectorsAreCopied);
        laws.put(Fault.GROWS_WITH_EVERY_ADD, MutableIndexContract::spaceIsReusedWhenVectorsComeAndGo);
        laws.put(Fault.IS_NOT_THREAD_SAFE, ConcurrentUpdateContract::concurrentChangesAndSearchesLoseNothing);
        laws.put(Fault.SAVES_ALL_BUT_ONE, corpora(PersistableContract::anOpenedIndexAnswersIdentically));
        laws.put(Fault.OPENS_ANYTHING, PersistableContract::missingAndShortenedSectionsAreRefused);
        laws.put(Fault.KEEPS_THE_FILE_OPEN, PersistableContract::closingTheIndexClosesTheFile);
        laws.put(Fault.ANSWERS_THE_BATCH_IN_REVERSE, BatchSearchContract::aBatchAnswersLikeSingleSearches);
        laws.put(Fault.IS_ILL, DiagnosableContract::aFreshIndexIsHealthy);
        return laws;
    }

    @TestFactory
    Stream<DynamicTest> everyFaultIsNoticed() {
        return laws().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey().name(),
                        () -> assertThrows(
                                Throwable.class, () -> entry.getValue().check(new Faulty(entry.getKey())))));
    }

    @Test
    void noFaultIsLeftOut() {
        assertEquals(EnumSet.allOf(Fault.class), laws().keySet());
    }

    /** A property, as jqwik would run it, but through a plain call. */
    private interface CorpusLaw {
        void check(Faulty faulty, Corpus corpus) throws Throwable;
    }

    private static Law corpora(CorpusLaw law) {
        return faulty -> {
            for (Corpus corpus : samples(faulty.corpora(), 60)) {
                law.check(faulty, corpus);
            }
        };
    }

    private static Law changes() {
        return faulty -> {
            List<Corpus> corpora = samples(faulty.smallCorpora(), 60);
            List<List<MutableIndexContract.Change>> changes = samples(faulty.changes(), 60);
            for (int i = 0; i < corpora.size(); i++) {
                faulty.anySequenceOfChangesMatchesAModel(corpora.get(i), changes.get(i));
            }
        };
    }

    private static <T> List<T> samples(Arbitrary<T> arbitrary, int count) {
        List<T> samples = new ArrayList<>();
        JqwikSession.run(() -> arbitrary.generator(1000).stream(new Random(42))
                .limit(count)
                .forEach(shrinkable -> samples.add(shrinkable.value())));
        return samples;
    }
}
