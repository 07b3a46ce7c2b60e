package org.ruvector.storage;

import java.util.Arrays;
import java.util.List;
import org.ruvector.api.Hit;

/**
 * The k nearest of what is offered, ties by id: a list until there are k, from then on a heap with the farthest on top.
 * Zero and negative zero are one distance; NaN, which sums of opposite infinities give, counts as infinitely far.
 *
 * <p>An offer takes {@code O(log k)} at most; 12 bytes for each that is kept, and room for up to twice as many. Belongs to one thread.
 */
public final class NearestHits {

    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private final int k;
    private final float cutoff;
    private long[] ids;
    private float[] distances;
    private int size;

    /**
     * Nothing yet.
     *
     * @param k      how many to keep at most, at least 1
     * @param cutoff what is farther is not kept
     */
    public NearestHits(int k, float cutoff) {
        this.k = k;
        this.cutoff = cutoff;
        int room = Math.min(k, 64);
        ids = new long[room];
        distances = new float[room];
    }

    /** What is farther is of no interest: the distance of the k-th nearest, the cut-off while there are fewer. */
    public float bound() {
        return size == k ? distances[0] : cutoff;
    }

    /** The distance of the k-th nearest; positive infinity while there are fewer. */
    public float kthDistance() {
        return size == k ? distances[0] : Float.POSITIVE_INFINITY;
    }

    /** Keeps it if it is among the k nearest. */
    public void offer(long id, float offered) {
        float distance = Float.isNaN(offered) ? Float.POSITIVE_INFINITY : offered + 0f;
        if (distance > bound()) {
            return;
        }
        if (size < k) {
            append(id, distance);
        } else if (distance < distances[0] || id < ids[0]) {
            siftDown(0, id, distance);
        }
    }

    /** The ids of what was kept, in no order. */
    public long[] ids() {
        return Arrays.copyOf(ids, size);
    }

    /** The distances of what was kept, in the order of {@link #ids()}. */
    public float[] distances() {
        return Arrays.copyOf(distances, size);
    }

    /** What was kept, nearest first. */
    public List<Hit> sorted() {
        Hit[] hits = new Hit[size];
        for (int i = 0; i < size; i++) {
            hits[i] = new Hit(ids[i], distances[i]);
        }
        Arrays.sort(hits);
        return List.of(hits);
    }

    private void append(long id, float distance) {
        if (size == ids.length) {
            int room = (int) Math.min(k, Math.min(2L * size, MAX_ARRAY));
            ids = Arrays.copyOf(ids, room);
            distances = Arrays.copyOf(distances, room);
        }
        ids[size] = id;
        distances[size] = distance;
        size++;
        if (size == k) {
            for (int i = k / 2 - 1; i >= 0; i--) {
                siftDown(i, ids[i], distances[i]);
            }
        }
    }

    /** Lets an entry sink from place {@code i}, whose own entry is overwritten. */
    private void siftDown(int i, long id, float distance) {
        int place = i;
        for (int child; (child = 2 * place + 1) > 0 && child < size; place = child) {
            if (child + 1 < size && farther(child + 1, ids[child], distances[child])) {
                child++;
            }
            if (!farther(child, id, distance)) {
                break;
            }
            ids[place] = ids[child];
            distances[place] = distances[child];
        }
        ids[place] = id;
        distances[place] = distance;
    }

    private boolean farther(int i, long id, float distance) {
        return distances[i] > distance || (distances[i] == distance && ids[i] > id);
    }
}
