package org.ruvector.index.hnsw;

import org.ruvector.api.SearchRequest;
import org.ruvector.api.StopPolicy;
import org.ruvector.api.StopReason;

/** The time budget and the stop policy of one request. */
final class Limits implements SearchMonitor {
    private final long deadline;
    private final StopPolicy policy;
    private final int k;
    private final Candidates nearest;
    private StopReason reason = StopReason.CONVERGED;

    private Limits(long deadline, StopPolicy policy, int k) {
        this.deadline = deadline;
        this.policy = policy;
        this.k = k;
        this.nearest = policy == null ? null : Candidates.farthestFirst(16);
    }

    /** {@code null} if the request sets no limits, so that nothing is asked in vain. */
    static Limits of(SearchRequest request, long start) {
        SearchRequest.Effort effort = request.effort();
        if (effort.timeBudget() == null && effort.stopPolicy() == null) {
            return null;
        }
        long budget = effort.timeBudget() == null
                ? Long.MAX_VALUE / 2
                : Math.min(Long.MAX_VALUE / 2, java.util.concurrent.TimeUnit.NANOSECONDS.convert(effort.timeBudget()));
        return new Limits(start + budget, effort.stopPolicy(), request.k());
    }

    /** A search begins anew: what was found counts no more. */
    void restart() {
        if (nearest != null) {
            nearest.clear();
        }
    }

    @Override
    public void found(float distance) {
        if (nearest == null) {
            return;
        }
        long packed = Candidates.pack(distance, 0);
        if (nearest.size() < k) {
            nearest.push(packed);
        } else if (packed < nearest.top()) {
            nearest.replaceTop(packed);
        }
    }

    @Override
    public boolean stop(long hops, long scored, float candidate) {
        if (System.nanoTime() - deadline >= 0) {
            reason = StopReason.TIME_BUDGET;
            return true;
        }
        if (policy != null) {
            float kth = nearest.size() < k ? Float.POSITIVE_INFINITY : Candidates.distance(nearest.top());
            if (policy.stop(hops, scored, kth, candidate)) {
                reason = StopReason.POLICY;
                return true;
            }
        }
        return false;
    }

    /** Why {@link #stop} said so. */
    StopReason reason() {
        return reason;
    }
}
