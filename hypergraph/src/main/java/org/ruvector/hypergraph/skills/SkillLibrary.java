package org.ruvector.hypergraph.skills;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.spi.TextEmbedder;
import org.ruvector.storage.RecordFile;

/**
 * Skills that grow out of episodes: sequences of actions that make success more likely.
 *
 * <p><b>Candidates.</b> When an episode succeeds, every sequence of its actions that {@link PrefixSpan} finds in enough of the latest
 * 256 successes becomes a candidate, unless a longer one occurs in exactly the same successes. There are at most 10,000.
 *
 * <p><b>Evidence.</b> The episodes that proposed a candidate do not judge it: only later ones do. They must show that those that
 * contain it succeed more often than those that do not, their base rate. As the library looks again after every success, a fixed-sample
 * test such as Fisher's would sooner or later find something in pure noise. So a candidate has an e-value (universal inference, Wasserman,
 * Ramdas and Balakrishnan, PNAS 2020), whose expectation without an effect is at most 1 whenever one looks, also if the actions
 * are chosen by what happened before. Its p-value is the inverse, and candidates are adjusted together by Benjamini and Hochberg at
 * {@code level}, each with a weight fixed when it is proposed (Genovese, Roeder and Wasserman, Biometrika 2006): the {@code j}-th from 0
 * has {@code 100 / ((100 + j) · (101 + j))}, and all that there will ever be sum up to 1. That is e-BH (Wang and Ramdas, JRSS B 2022), and
 * holds under any dependence. So when nothing matters, the chance that a skill is <em>ever</em> made is at most {@code level},
 * because the weighted sum of e-values is a supermartingale that must reach {@code 1/level} first; when some matter, the expected
 * share of false ones among those significant at a time is at most {@code level}. What is assumed is that rates do not change
 * of themselves: if episodes become easier while agents come to like a sequence, that looks like its effect.
 *
 * <p><b>What explains it.</b> Parts of a sequence that works, and what contains it, succeed more often too. So a significant candidate
 * becomes a skill only if it has, for every other candidate, at {@code level} times its weight, evidence given that other: that
 * episodes with it succeed more often among those with the other and among those without. A part has none given the whole, the whole with
 * a needless step none given the sequence without. Near-duplicates, 80 % of whose episodes are the same, could not be told apart for
 * long: there it is enough that one divides the successes and failures of all episodes {@code 1/level} times more likely, above 95 % that it does so
 * at all, or as well and is longer. That choice is not covered by {@code level}; if it was wrong, later episodes put it right.
 * What is established as an explanation of former skills is a new version of the first of them; others of them end.
 *
 * <p><b>Watching.</b> A skill that begins to fail is {@linkplain SkillStatus#DEMOTED demoted} by a CUSUM between its rate of success
 * when it became a skill, the lower end of the interval, and the base rate of that time; false alarms come at most once in 1,000 uses
 * on average. It comes back in the same way. Its arguments are learnt from successful episodes; when another one begins to vary, that is a new version.
 *
 * <p>Safe for many readers and one writer at a time; more writers wait for each other. Observing takes time in candidates and steps, and
 * a success also in the patterns of its actions. All episodes are kept, and a file holds them and nothing else: what is read observes them
 * again, so that no file makes a library that episodes could not.
 */
public final class SkillLibrary {

    private static final int FORMAT = 1;
    private static final String PART = "skills";
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final Consolidation consolidation;
    private final Optional<TextEmbedder> embedder;
    private final Map<String, float[]> embeddings = new ConcurrentHashMap<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /** An empty library with default parameters and without an embedder. */
    public SkillLibrary() {
        this(SkillParameters.DEFAULT, Optional.empty());
    }

    /**
     * An empty library.
     *
     * @param embedder turns skills into vectors, and texts that are searched for; the caller closes it
     */
    public SkillLibrary(SkillParameters parameters, Optional<TextEmbedder> embedder) {
        consolidation = new Consolidation(Objects.requireNonNull(parameters, "parameters"));
        this.embedder = Objects.requireNonNull(embedder, "embedder");
    }

    /**
     * Learns from an episode. "Later" is what is observed later, whatever its time.
     *
     * @throws IllegalArgumentException if an episode of this id was observed before; nothing changes then
     */
    public void observe(Episode episode) {
        Objects.requireNonNull(episode, "episode");
        lock.writeLock().lock();
        try {
            consolidation.observe(episode);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** All skills in the order of their ids, demoted ones among them. */
    public List<Skill> skills() {
        return reading(
                () -> consolidation.skills.stream().map(consolidation::snapshot).toList());
    }

    /** The skill of this id, if there is one and it was not merged into another. */
    public Optional<Skill> skill(int id) {
        return reading(() -> consolidation.skills.stream()
                .filter(skill -> skill.id == id)
                .findFirst()
                .map(consolidation::snapshot));
    }

    /** How skills belong together. Takes time in pairs of skills and the episodes that both occur in. */
    public List<SkillLink> links() {
        return reading(() -> SkillLinks.of(consolidation));
    }

    /** Ids of all episodes that contain the steps of a skill, failed ones among them; empty if there is no such skill. */
    public List<String> episodesWith(int skill) {
        return reading(() -> consolidation.skills.stream()
                .filter(live -> live.id == skill)
                .flatMapToInt(live -> live.candidate.occurrences.stream())
                .mapToObj(episode -> consolidation.episodes.get(episode).id())
                .toList());
    }

    /** Number of episodes. */
    public int episodes() {
        return reading(consolidation.episodes::size);
    }

    /** Number of sequences that are or were tested. */
    public int candidates() {
        return reading(consolidation::candidates);
    }

    /**
     * Active skills by the cosine of their embeddings and the given one, nearest first, ties by id. A skill's embedding is that of its name
     * and of the contexts of its examples; it is computed when first searched, on the calling thread.
     *
     * @param embedding finite, of the embedder's dimension
     * @param k         at least 1
     * @throws IllegalStateException if there is no embedder
     */
    public List<SkillHit> search(float[] embedding, int k) {
        TextEmbedder model = embedder.orElseThrow(
                () -> new IllegalStateException(
                        "This library has no embedder, so its skills have no embeddings; give one to the constructor, or search by text"));
        if (embedding.length != model.dimension()) {
            throw new IllegalArgumentException("The embedding has " + embedding.length
                    + " coordinates; those of this library's embedder have " + model.dimension());
        }
        for (float x : embedding) {
            if (!Float.isFinite(x)) {
                throw new IllegalArgumentException("The embedding has the coordinate " + x + "; all must be finite");
            }
        }
        float[] query = embedding.clone();
        List<Skill> active = active();
        embeddings.keySet().retainAll(active.stream().map(SkillLibrary::text).collect(Collectors.toSet()));
        return best(active, k, skill -> cosine(query, embeddings.computeIfAbsent(text(skill), model::embed)));
    }

    /**
     * Active skills that a text is about, nearest first, ties by id. With an embedder, by the embedding of the text. Without, by
     * the share of the text's distinct words that are in the skill's name or in the contexts of its examples, letters in lower case; skills
     * with no common word are left out.
     *
     * @param k at least 1
     */
    public List<SkillHit> search(String text, int k) {
        if (embedder.isPresent()) {
            return search(embedder.get().embed(text), k);
        }
        Set<String> asked = words(text);
        return best(active(), k, skill -> {
                    Set<String> common = words(text(skill));
                    common.retainAll(asked);
                    return asked.isEmpty() ? 0 : (double) common.size() / asked.size();
                })
                .stream()
                .filter(hit -> hit.similarity() > 0)
                .toList();
    }

    private List<Skill> active() {
        return skills().stream()
                .filter(skill -> skill.state().status() == SkillStatus.ACTIVE)
                .toList();
    }

    private static List<SkillHit> best(List<Skill> skills, int k, ToDoubleFunction<Skill> similarity) {
        if (k < 1) {
            throw new IllegalArgumentException("Cannot find " + k + " skills; ask for at least 1");
        }
        return skills.stream()
                .map(skill -> new SkillHit(skill, similarity.applyAsDouble(skill)))
                .sorted(Comparator.comparingDouble(hit -> -hit.similarity()))
                .limit(k)
                .toList();
    }

    private static String text(Skill skill) {
        return skill.name()
                + skill.examples().stream()
                        .map(Episode::context)
                        .filter(context -> !context.isBlank())
                        .distinct()
                        .map(context -> ". " + context)
                        .collect(Collectors.joining());
    }

    private static Set<String> words(String text) {
        return NO_WORD.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double squareOfA = 0;
        double squareOfB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            squareOfA += (double) a[i] * a[i];
            squareOfB += (double) b[i] * b[i];
        }
        double lengths = Math.sqrt(squareOfA) * Math.sqrt(squareOfB);
        return lengths == 0 ? 0 : product / lengths;
    }

    /**
     * Saves the library. The file appears whole or not at all.
     *
     * @throws IOException if writing fails
     */
    public void save(Path file) throws IOException {
        RecordFile.save(file, Map.of(PART, this::write));
    }

    /**
     * Loads what {@link #save} saved. It observes all episodes again, which takes as long as it took before.
     *
     * @throws IndexFileException if the file cannot be used, by its kind
     * @throws IOException        if it is missing or unreadable
     */
    public static SkillLibrary load(Path file, Optional<TextEmbedder> embedder) throws IOException {
        return RecordFile.read(file).part(PART, in -> read(in, embedder));
    }

    /** As {@link #load(Path, Optional)} without an embedder. */
    public static SkillLibrary load(Path file) throws IOException {
        return load(file, Optional.empty());
    }

    /** Writes the library as a part of a file. */
    public void write(DataOutput out) throws IOException {
        lock.readLock().lock();
        try {
            SkillParameters parameters = consolidation.parameters;
            out.writeInt(FORMAT);
            out.writeInt(parameters.minSuccesses());
            out.writeInt(parameters.maxSteps());
            out.writeInt(parameters.constraints().minGap());
            out.writeInt(parameters.constraints().maxGap());
            out.writeInt(parameters.constraints().maxSpan());
            out.writeDouble(parameters.level());
            out.writeInt(consolidation.episodes.size());
            for (Episode episode : consolidation.episodes) {
                EpisodeFormat.write(out, episode);
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Reads what {@link #write} wrote, and no more.
     *
     * @throws IllegalArgumentException if it makes no sense
     */
    public static SkillLibrary read(DataInput in, Optional<TextEmbedder> embedder) throws IOException {
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "These skills have format version " + format + "; this program reads version " + FORMAT);
        }
        int minSuccesses = in.readInt();
        int maxSteps = in.readInt();
        SequenceConstraints constraints = new SequenceConstraints(in.readInt(), in.readInt(), in.readInt());
        SkillLibrary library =
                new SkillLibrary(new SkillParameters(minSuccesses, maxSteps, constraints, in.readDouble()), embedder);
        int count = EpisodeFormat.readCount(in, "episodes");
        for (int i = 0; i < count; i++) {
            library.observe(EpisodeFormat.read(in));
        }
        return library;
    }

    /** As {@link #read(DataInput, Optional)} without an embedder. */
    public static SkillLibrary read(DataInput in) throws IOException {
        return read(in, Optional.empty());
    }

    private <T> T reading(Supplier<T> reader) {
        lock.readLock().lock();
        try {
            return reader.get();
        } finally {
            lock.readLock().unlock();
        }
    }
}
