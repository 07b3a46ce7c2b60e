package org.ruvector.hypergraph.skills;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes and reads episodes. What is read goes through the constructors that everybody uses. */
final class EpisodeFormat {

    private EpisodeFormat() {}

    static void write(DataOutput out, Episode episode) throws IOException {
        Instant time = episode.time();
        writeText(out, episode.id());
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
        out.writeInt(episode.steps().size());
        for (Action step : episode.steps()) {
            writeText(out, step.name());
            out.writeInt(step.arguments().size());
            for (Map.Entry<String, String> argument : step.arguments().entrySet()) {
                writeText(out, argument.getKey());
                writeText(out, argument.getValue());
            }
        }
        out.writeBoolean(episode.outcome().success());
        out.writeDouble(episode.outcome().reward());
        out.writeDouble(episode.outcome().latencyMillis());
        writeText(out, episode.context());
    }

    static Episode read(DataInput in) throws IOException {
        String id = readText(in);
        Instant time = readTime(in);
        int count = readCount(in, "steps");
        List<Action> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = readText(in);
            int arguments = readCount(in, "arguments");
            Map<String, String> byName = new TreeMap<>();
            for (int j = 0; j < arguments; j++) {
                String argument = readText(in);
                if (byName.put(argument, readText(in)) != null) {
                    throw new IllegalArgumentException("Action '" + name + "' has two arguments '" + argument + "'");
                }
            }
            steps.add(new Action(name, byName));
        }
        Outcome outcome = new Outcome(in.readBoolean(), in.readDouble(), in.readDouble());
        return new Episode(id, time, steps, outcome, readText(in));
    }

    static int readCount(DataInput in, String what) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new IllegalArgumentException("There are " + count + " " + what + "; the number must be at least 0");
        }
        return count;
    }

    private static Instant readTime(DataInput in) throws IOException {
        long seconds = in.readLong();
        int nanos = in.readInt();
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(seconds + " s and " + nanos + " ns are no time", e);
        }
    }

    private static void writeText(DataOutput out, String text) throws IOException {
        out.writeInt(text.length());
        out.writeChars(text);
    }

    /** Allocates no more than there is to read, whatever length is claimed. */
    private static String readText(DataInput in) throws IOException {
        int length = readCount(in, "characters");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(in.readChar());
        }
        return text.toString();
    }
}
