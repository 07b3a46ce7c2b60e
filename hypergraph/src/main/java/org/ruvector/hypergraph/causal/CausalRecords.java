package org.ruvector.hypergraph.causal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How schemas, links and observations are written. Counts are distrusted: what is read grows as it comes. */
final class CausalRecords {

    private CausalRecords() {}

    static void write(DataOutput out, CausalSchema schema) throws IOException {
        out.writeInt(schema.dimension());
        writeNames(out, schema.covariates());
        out.writeUTF(schema.index());
    }

    static CausalSchema readSchema(DataInput in) throws IOException {
        int dimension = in.readInt();
        List<String> covariates = readNames(in);
        return new CausalSchema(dimension, covariates, in.readUTF());
    }

    static void write(DataOutput out, EffectLedger.Made link) throws IOException {
        out.writeUTF(link.cause());
        out.writeUTF(link.effect());
        out.writeInt(link.after());
    }

    static EffectLedger.Made readLink(DataInput in) throws IOException {
        return new EffectLedger.Made(in.readUTF(), in.readUTF(), in.readInt());
    }

    static void write(DataOutput out, Observation observation) throws IOException {
        for (float x : observation.context()) {
            out.writeFloat(x);
        }
        for (double x : observation.covariates()) {
            out.writeDouble(x);
        }
        writeNames(out, observation.actions());
        out.writeInt(observation.outcomes().size());
        for (Map.Entry<String, Double> outcome : observation.outcomes().entrySet()) {
            out.writeUTF(outcome.getKey());
            out.writeDouble(outcome.getValue());
        }
        out.writeDouble(observation.latency());
        out.writeLong(observation.time());
    }

    static Observation readObservation(DataInput in, CausalSchema schema) throws IOException {
        float[] context = new float[schema.dimension()];
        for (int i = 0; i < context.length; i++) {
            context[i] = in.readFloat();
        }
        double[] covariates = new double[schema.covariates().size()];
        for (int i = 0; i < covariates.length; i++) {
            covariates[i] = in.readDouble();
        }
        List<String> names = readNames(in);
        Set<String> actions = new HashSet<>(names);
        if (actions.size() < names.size()) {
            throw new IllegalArgumentException("An observation names an action twice among " + names);
        }
        Map<String, Double> outcomes = new TreeMap<>();
        for (int left = readCount(in); left > 0; left--) {
            String name = in.readUTF();
            if (outcomes.put(name, in.readDouble()) != null) {
                throw new IllegalArgumentException("An observation has two outcomes '" + name + "'");
            }
        }
        return new Observation(context, covariates, actions, outcomes, in.readDouble(), in.readLong());
    }

    static int readCount(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new IllegalArgumentException("A count is " + count + "; it must be at least 0");
        }
        return count;
    }

    private static void writeNames(DataOutput out, Collection<String> names) throws IOException {
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }

    private static List<String> readNames(DataInput in) throws IOException {
        List<String> names = new ArrayList<>();
        for (int left = readCount(in); left > 0; left--) {
            names.add(in.readUTF());
        }
        return names;
    }
}
