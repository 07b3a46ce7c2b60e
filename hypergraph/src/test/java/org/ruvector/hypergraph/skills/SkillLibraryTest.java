package org.ruvector.hypergraph.skills;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.ruvector.api.spi.TextEmbedder;
import org.ruvector.hypergraph.skills.SkillLink.Kind;

final class SkillLibraryTest {

    private int episodes;

    /** Actions by their first letters, as in "a b c". */
    private Episode episode(boolean success, String actions) {
        return episode(success, actions, Map.of());
    }

    private Episode episode(boolean success, String actions, Map<String, String> argumentsOfTheFirst) {
        List<Action> steps =
                Arrays.stream(actions.split(" ", -1)).map(Action::new).collect(Collectors.toList());
        steps.set(0, new Action(steps.getFirst().name(), argumentsOfTheFirst));
        return new Episode(
                "e" + episodes++, Instant.EPOCH, steps, new Outcome(success, success ? 1 : -1, 5), "tea time");
    }

    /** Sees {@code a b} succeed and {@code c d} fail until there is a skill. */
    private SkillLibrary withSkill(SkillLibrary library) {
        for (int i = 0; i < 60; i++) {
            library.observe(episode(true, "a b"));
            library.observe(episode(false, "c d"));
        }
        assertEquals(List.of("a", "b"), only(library).actions());
        return library;
    }

    private static Skill only(SkillLibrary library) {
        List<Skill> skills = library.skills();
        assertEquals(
                1, skills.size(), () -> skills.stream().map(Skill::description).toList() + "");
        return skills.getFirst();
    }

    @Test
    void threeSuccessesMakeACandidateAndFailuresNone() {
        SkillLibrary library = new SkillLibrary();
        for (int i = 0; i < 5; i++) {
            library.observe(episode(false, "a b"));
        }
        library.observe(episode(true, "a b"));
        library.observe(episode(true, "a x b"));
        assertEquals(0, library.candidates());
        library.observe(episode(true, "y a b"));
        assertEquals(1, library.candidates(), "a b, of which a and b are only parts");
        assertEquals(List.of(), library.skills());
    }

    @Test
    void aPartBecomesACandidateWhenItOccursAlone() {
        SkillLibrary library = new SkillLibrary();
        for (int i = 0; i < 3; i++) {
            library.observe(episode(true, "a b c"));
        }
        assertEquals(1, library.candidates());
        library.observe(episode(true, "a b"));
        assertEquals(2, library.candidates(), "a b c, and a b");
    }

    @Test
    void whatProposedACandidateDoesNotJudgeIt() {
        Skill skill = only(withSkill(new SkillLibrary()));
        assertEquals(List.of("e0", "e2", "e4"), skill.provenance());
        assertEquals(new Rate(57, 57), skill.evidence().with());
        assertEquals(new Rate(0, 58), skill.evidence().without(), "those after e4");
        assertEquals(1, skill.evidence().meanReward());
        assertEquals(5, skill.evidence().meanLatencyMillis());
        assertEquals(1, skill.version());
        assertEquals(
                List.of("e114", "e116", "e118"),
                skill.examples().stream().map(Episode::id).toList());
        assertEquals("a > b", skill.name());
        assertEquals(
                "a > b: succeeded in 57 of 57 episodes (94 to 100 %), without it in 0 of 58 (0 to 6 %)",
                skill.description());
    }

    @Test
    void allEpisodesWithItAreListed() {
        SkillLibrary library = withSkill(new SkillLibrary());
        library.observe(episode(false, "a x b"));
        List<String> with = library.episodesWith(1);
        assertEquals(61, with.size());
        assertEquals("e120", with.getLast());
        assertEquals(List.of(), library.episodesWith(2));
        assertTrue(library.skill(1).isPresent());
        assertTrue(library.skill(2).isEmpty());
    }

    @Test
    void gapsAndSpansHoldForSkills() {
        SequenceConstraints adjacent = new SequenceConstraints(1, 1, Integer.MAX_VALUE);
        SkillLibrary library = new SkillLibrary(new SkillParameters(3, 6, adjacent, 0.05), Optional.empty());
        for (int i = 0; i < 100; i++) {
            library.observe(episode(true, "a b"));
            library.observe(episode(false, "a x b"));
        }
        assertEquals(List.of("a", "b"), only(library).actions());
        assertEquals(new Rate(97, 97), only(library).evidence().with());
    }

    @Test
    void argumentsThatVaryBecomeParametersAndConstantOnesStay() {
        SkillLibrary library = new SkillLibrary();
        for (int i = 0; i < 60; i++) {
            library.observe(episode(true, "a b", Map.of("user", "u" + i, "format", "json")));
            library.observe(episode(false, "c d"));
        }
        SkillStep first = only(library).steps().getFirst();
        assertEquals(Map.of("format", "json"), first.constants());
        assertEquals(Map.of("user", List.of("u0", "u1", "u2", "u3", "u4")), first.parameters());
        assertTrue(only(library).description().startsWith("a > b with user: "));

        int version = only(library).version();
        library.observe(episode(false, "a b", Map.of("user", "u", "format", "xml")));
        assertEquals(version, only(library).version(), "failures teach no arguments");
        library.observe(episode(true, "a b", Map.of("user", "u", "format", "xml")));
        Skill changed = only(library);
        assertEquals(version + 1, changed.version());
        assertEquals(
                Set.of("format", "user"),
                changed.steps().getFirst().parameters().keySet());
        assertEquals("e121", changed.state().history().getLast().episode());
    }

    @Test
    void aSkillThatFailsIsDemotedAndComesBack() {
        SkillLibrary library = withSkill(new SkillLibrary());
        int failures = 0;
        while (only(library).state().status() == SkillStatus.ACTIVE && failures < 100) {
            library.observe(episode(false, "a b"));
            failures++;
        }
        assertTrue(failures > 1 && failures < 10, "demoted after " + failures);
        String reason = only(library).state().reason();
        assertTrue(reason.startsWith("0 of the last " + failures + " uses succeeded, up to episode"), reason);
        assertEquals(List.of(), library.search("a", 5), "it is not offered");

        int successes = 0;
        while (only(library).state().status() == SkillStatus.DEMOTED && successes < 100) {
            library.observe(episode(true, "a b"));
            successes++;
        }
        assertTrue(successes > 1 && successes < 10, "back after " + successes);
        assertEquals(1, library.search("a", 5).size());
        assertEquals(1, only(library).version(), "its steps are the same");
    }

    @Test
    void anActionThatNearlyAlwaysComesAlongMakesNoSecondSkill() {
        SplittableRandom random = new SplittableRandom(3);
        SkillLibrary library = new SkillLibrary();
        for (int i = 0; i < 400; i++) {
            boolean planted = random.nextInt(2) == 0;
            String decoy = random.nextInt(10) == 0 ? "" : " d";
            String other = random.nextInt(2) == 0 ? "x" + decoy + " y" : "y a" + decoy;
            library.observe(episode(random.nextDouble() < (planted ? 0.9 : 0.2), planted ? "a" + decoy + " b" : other));
        }
        List<String> actions = only(library).actions();
        assertTrue(List.of("b", "a b", "a d b", "d b").contains(String.join(" ", actions)), actions::toString);
    }

    @Test
    void aSkillWhoseLastStepProvesNeedlessHasANewVersion() {
        SplittableRandom random = new SplittableRandom(4);
        SkillLibrary library = new SkillLibrary();
        for (int i = 0; i < 100; i++) {
            library.observe(episode(random.nextInt(10) > 0, "a b c"));
            library.observe(episode(random.nextInt(10) == 0, i % 2 == 0 ? "b a x" : "c y b"));
        }
        assertEquals(List.of("a", "b", "c"), only(library).actions());
        for (int i = 0; i < 200; i++) {
            library.observe(episode(random.nextInt(10) > 0, "a b"));
            library.observe(episode(random.nextInt(10) == 0, i % 2 == 0 ? "b a x" : "c y b"));
        }
        Skill skill = only(library);
        assertEquals(List.of("a", "b"), skill.actions());
        assertEquals(1, skill.id());
        assertEquals(2, skill.version());
        assertEquals(
                List.of(List.of("a", "b", "c"), List.of("a", "b")),
                skill.state().history().stream().map(SkillVersion::actions).toList());
        assertTrue(skill.state().history().getLast().reason().contains("was 'a > b > c'"));
    }

    @Test
    void twoThingsThatWorkAreTwoSkills() {
        SplittableRandom random = new SplittableRandom(5);
        SkillLibrary library = new SkillLibrary();
        String[] tasks = {"a b", "c d", "b a", "d c", "x y", "a x d"};
        for (int i = 0; i < 900; i++) {
            int task = random.nextInt(tasks.length);
            library.observe(episode(random.nextDouble() < (task < 2 ? 0.9 : 0.1), tasks[task]));
        }
        assertEquals(
                Set.of(List.of("a", "b"), List.of("c", "d")),
                library.skills().stream().map(Skill::actions).collect(Collectors.toSet()));
    }

    @Test
    void linksAreDerivedFromStepsAndFromWhatCameFirst() {
        Consolidation consolidation = new Consolidation(SkillParameters.DEFAULT);
        for (int i = 0; i < 5; i++) {
            consolidation.observe(episode(false, "a b c d e"));
        }
        consolidation.observe(episode(false, "e d"));
        add(consolidation, 1, 0, 1);
        add(consolidation, 2, 2, 3);
        add(consolidation, 3, 0, 1, 2, 3);
        add(consolidation, 4, 4);
        add(consolidation, 5, 4, 3);
        assertEquals(
                Set.of(
                        new SkillLink(3, 1, Kind.REFINEMENT),
                        new SkillLink(3, 2, Kind.REFINEMENT),
                        new SkillLink(3, 1, Kind.COMPOSITION),
                        new SkillLink(3, 2, Kind.COMPOSITION),
                        new SkillLink(5, 4, Kind.REFINEMENT),
                        new SkillLink(2, 1, Kind.PREREQUISITE),
                        new SkillLink(4, 1, Kind.PREREQUISITE),
                        new SkillLink(4, 2, Kind.PREREQUISITE),
                        new SkillLink(4, 3, Kind.PREREQUISITE),
                        new SkillLink(2, 5, Kind.ALTERNATIVE),
                        new SkillLink(3, 5, Kind.ALTERNATIVE)),
                Set.copyOf(SkillLinks.of(consolidation)));
    }

    private static void add(Consolidation consolidation, int id, int... actions) {
        int[][] pattern =
                Arrays.stream(actions).mapToObj(action -> new int[] {action}).toArray(int[][]::new);
        Candidate candidate = new Candidate(id, pattern, new Rate(0, 0), List.of());
        for (int i = 0; i < consolidation.episodes.size(); i++) {
            candidate.occurrences.set(i, consolidation.positions(candidate, i).length > 0);
        }
        LiveSkill skill = new LiveSkill(id);
        skill.become(candidate, consolidation.names(candidate), new Rate(9, 9), new Rate(0, 9));
        consolidation.skills.add(skill);
    }

    @Test
    void withoutAnEmbedderWordsAreCompared() {
        SkillLibrary library = withSkill(new SkillLibrary());
        assertEquals(1, library.search("When is TEA time?", 3).size());
        assertEquals(0.5, library.search("When is TEA time?", 3).getFirst().similarity());
        assertEquals(List.of(), library.search("coffee", 3));
        assertEquals(List.of(), library.search("", 3));
        assertThrows(IllegalArgumentException.class, () -> library.search("tea", 0));
        assertThrows(IllegalStateException.class, () -> library.search(new float[2], 1));
    }

    @Test
    void withAnEmbedderVectorsAreCompared() {
        SkillLibrary library = withSkill(new SkillLibrary(SkillParameters.DEFAULT, Optional.of(new Letters())));
        Skill skill = only(library);
        SkillHit hit = library.search("a > b. tea time", 3).getFirst();
        assertEquals(skill, hit.skill());
        assertEquals(1, hit.similarity(), 1e-6);
        float[] axis = new float[26];
        axis[0] = 2;
        assertEquals(2 / Math.sqrt(15), library.search(axis, 1).getFirst().similarity(), 1e-6);
        assertEquals(0, library.search(new float[26], 1).getFirst().similarity());
        assertThrows(IllegalArgumentException.class, () -> library.search(new float[25], 1));
        axis[3] = Float.NaN;
        assertThrows(IllegalArgumentException.class, () -> library.search(axis, 1));
    }

    /** Counts letters. */
    private static final class Letters implements TextEmbedder {

        @Override
        public int dimension() {
            return 26;
        }

        @Override
        public int maxTokens() {
            return Integer.MAX_VALUE;
        }

        @Override
        public float[] embed(String text) {
            float[] counts = new float[26];
            text.chars().filter(c -> c >= 'a' && c <= 'z').forEach(c -> counts[c - 'a']++);
            return counts;
        }

        @Override
        public void embedAll(List<String> texts, float[] out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    @Test
    void illegalEpisodesAreRefusedAndChangeNothing() {
        SkillLibrary library = withSkill(new SkillLibrary());
        List<Skill> before = library.skills();
        List<Action> steps = List.of(new Action("a"));
        Outcome fine = new Outcome(true, 1, 1);
        assertThrows(IllegalArgumentException.class, () -> new Outcome(true, Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new Outcome(true, Double.POSITIVE_INFINITY, 1));
        assertThrows(IllegalArgumentException.class, () -> new Outcome(true, 1, -1));
        assertThrows(IllegalArgumentException.class, () -> new Outcome(true, 1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Episode("x", Instant.EPOCH, List.of(), fine));
        assertThrows(IllegalArgumentException.class, () -> new Episode(" ", Instant.EPOCH, steps, fine));
        assertThrows(IllegalArgumentException.class, () -> new Action(" "));
        assertThrows(IllegalArgumentException.class, () -> new Action("a", Map.of("", "value")));
        assertThrows(IllegalArgumentException.class, () -> new Rate(2, 1));
        IllegalArgumentException twice = assertThrows(
                IllegalArgumentException.class, () -> library.observe(new Episode("e0", Instant.EPOCH, steps, fine)));
        assertTrue(twice.getMessage().contains("'e0'"), twice.getMessage());
        assertThrows(NullPointerException.class, () -> library.observe(null));
        assertEquals(before, library.skills());
        assertEquals(120, library.episodes());
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        SequenceConstraints none = SequenceConstraints.NONE;
        assertThrows(IllegalArgumentException.class, () -> new SkillParameters(1, 6, none, 0.05));
        assertThrows(IllegalArgumentException.class, () -> new SkillParameters(3, 0, none, 0.05));
        assertThrows(IllegalArgumentException.class, () -> new SkillParameters(3, 21, none, 0.05));
        assertThrows(IllegalArgumentException.class, () -> new SkillParameters(3, 6, null, 0.05));
        assertThrows(IllegalArgumentException.class, () -> new SkillParameters(3, 6, none, 0));
        assertThrows(IllegalArgumentException.class, () -> new SkillParameters(3, 6, none, Double.NaN));
    }

    @Test
    void wilsonsIntervalIsAsPublished() {
        // R. G. Newcombe, Statistics in Medicine 1998, table I, method 3.
        assertEquals(0.2553, new Rate(81, 263).lower(), 5e-5);
        assertEquals(0.3662, new Rate(81, 263).upper(), 5e-5);
        assertEquals(0.0, new Rate(0, 20).lower(), 1e-12);
        assertEquals(0.1611, new Rate(0, 20).upper(), 5e-5);
        assertEquals(0, new Rate(0, 0).lower());
        assertEquals(1, new Rate(0, 0).upper());
        assertFalse(new Rate(0, 0).share() >= 0);
    }
}
