package org.ruvector.datasets;

import java.util.Arrays;
import java.util.Objects;

/**
 * Rows of integers, such as the neighbours in an {@code .ivecs} file.
 *
 * @param values  {@code rows · columns} integers, row-major; not copied, and not to be changed afterwards
 * @param columns integers per row, at least 1
 */
public record IntTable(int[] values, int columns) {

    /** Refuses values that are not a whole number of rows. */
    public IntTable {
        Objects.requireNonNull(values, "values");
        if (columns < 1) {
            throw new IllegalArgumentException("columns is " + columns + "; it must be at least 1");
        }
        if (values.length % columns != 0) {
            throw new IllegalArgumentException(
                    values.length + " integers are not a whole number of rows of " + columns);
        }
    }

    /** Number of rows. */
    public int rows() {
        return values.length / columns;
    }

    /** The integer in the given row and column, both counted from 0. */
    public int at(int row, int column) {
        return values[Math.toIntExact((long) row * columns + Objects.checkIndex(column, columns))];
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof IntTable other && columns == other.columns && Arrays.equals(values, other.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + columns;
    }

    @Override
    public String toString() {
        return "IntTable[" + rows() + " × " + columns + "]";
    }
}
