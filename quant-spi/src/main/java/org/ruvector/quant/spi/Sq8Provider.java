package org.ruvector.quant.spi;

/**
 * {@code sq8}: eight bits per coordinate, twelve bytes per vector besides. Parameter {@code per}: {@code vector} (default), equal steps
 * between each vector's least and greatest coordinate, or {@code dimension}, equal steps between the least and greatest value of
 * each coordinate in the sample. Distances use each vector's exact length, and a factor that removes the error along the vector.
 */
public final class Sq8Provider extends ScalarQuantization {

    /** For ServiceLoader. */
    public Sq8Provider() {
        super(8);
    }
}
