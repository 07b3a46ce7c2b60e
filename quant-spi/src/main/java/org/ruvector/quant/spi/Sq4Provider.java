package org.ruvector.quant.spi;

/**
 * {@code sq4}: four bits per coordinate, twelve bytes per vector besides. Parameter {@code per}: {@code vector} (default), equal steps
 * between each vector's least and greatest coordinate, or {@code dimension}, equal steps between the least and greatest value of
 * each coordinate in the sample. Distances use each vector's exact length, and a factor that removes the error along the vector.
 */
public final class Sq4Provider extends ScalarQuantization {

    /** For ServiceLoader. */
    public Sq4Provider() {
        super(4);
    }
}
