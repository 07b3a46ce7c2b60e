package org.ruvector.clustering;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.ruvector.api.BuildContext;
import org.ruvector.api.VectorRows;

/**
 * Which centroid is nearest to each of many points. Many long centroids are compared in groups that stay in the second-level cache
 * while several points pass by. Gives the bits of {@link Columns#nearest}.
 */
final class NearestCentroids {
    private static final int CHUNK = 1024;
    /** Points that pass by one group of centroids. */
    private static final int TOGETHER = 32;
    /** Coordinates of a group, 512 KiB. */
    private static final int GROUP = 1 << 17;

    private final Columns[] groups;
    private final int size;

    NearestCentroids(Columns centroids) {
        int d = centroids.dimension();
        size = Math.min(centroids.count(), Math.max(16, GROUP / d));
        groups = new Columns[(centroids.count() - 1) / size + 1];
        if (groups.length == 1) {
            groups[0] = centroids;
            return;
        }
        float[] all = centroids.toArray();
        for (int g = 0; g < groups.length; g++) {
            int to = Math.min(centroids.count(), (g + 1) * size);
            groups[g] = new Columns(Arrays.copyOfRange(all, g * size * d, to * d), d);
        }
    }

    /**
     * Finds them.
     *
     * @param nearest   receives the numbers of the centroids, of several that are nearest the first
     * @param distances receives the squared distances to them
     * @return how many of {@code nearest} changed
     */
    int find(VectorRows points, BuildContext context, int[] nearest, float[] distances) {
        AtomicInteger changes = new AtomicInteger();
        Chunks.each(points.count(), CHUNK, context.workers(), (from, to) -> {
            float[] together = new float[TOGETHER * points.dimension()];
            float[] toAll = new float[size];
            int changed = 0;
            for (int i = from; i < to; i += TOGETHER) {
                changed += find(points, i, Math.min(to, i + TOGETHER), together, toAll, nearest, distances);
            }
            changes.addAndGet(changed);
        });
        return changes.get();
    }

    private int find(
            VectorRows points, int from, int to, float[] together, float[] toAll, int[] nearest, float[] distances) {
        int d = points.dimension();
        MemorySegment.copy(points.segment(), VectorRows.FLOAT, from * points.stride(), together, 0, (to - from) * d);
        int[] before = Arrays.copyOfRange(nearest, from, to);
        for (int g = 0; g < groups.length; g++) {
            for (int i = from; i < to; i++) {
                int found = groups[g].nearest(together, (i - from) * d, toAll);
                if (g == 0 || toAll[found] < distances[i]) {
                    nearest[i] = g * size + found;
                    distances[i] = toAll[found];
                }
            }
        }
        int changed = 0;
        for (int i = from; i < to; i++) {
            changed += nearest[i] == before[i - from] ? 0 : 1;
        }
        return changed;
    }
}
