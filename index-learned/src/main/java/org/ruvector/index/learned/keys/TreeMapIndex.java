package org.ruvector.index.learned.keys;

import java.util.Map;
import java.util.TreeMap;

/**
 * The JDK's red-black tree, from each distinct key to its first position: what Java programs use today. Bytes are counted as 80
 * for each distinct key: 40 for its entry, 24 for a {@code Long} and 16 for an {@code Integer}.
 */
public final class TreeMapIndex implements KeyIndex {

    private static final long BYTES = 80;

    private final SortedKeys keys;
    private final TreeMap<Long, Integer> positions = new TreeMap<>();

    /** Puts the keys into a tree. */
    public TreeMapIndex(SortedKeys keys) {
        this.keys = keys;
        long[] codes = keys.codes();
        for (int i = 0; i < codes.length; i++) {
            if (i == 0 || codes[i] != codes[i - 1]) {
                positions.put(codes[i], i);
            }
        }
    }

    @Override
    public SortedKeys keys() {
        return keys;
    }

    @Override
    public int position(long code) {
        Map.Entry<Long, Integer> entry = positions.ceilingEntry(code);
        return entry == null ? keys.size() : entry.getValue();
    }

    @Override
    public long bytes() {
        return BYTES * positions.size();
    }

    @Override
    public String toString() {
        return "tree-map";
    }
}
