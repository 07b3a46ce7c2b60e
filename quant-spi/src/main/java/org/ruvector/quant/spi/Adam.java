package org.ruvector.quant.spi;

/**
 * The optimizer Adam (D. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015) with its usual constants.
 *
 * @param parameters changed by {@link #update}
 * @param first      running means of the gradients
 * @param second     running means of their squares
 */
record Adam(float[][] parameters, float[][] first, float[][] second) {
    private static final float MEAN = 0.9f;
    private static final float SQUARES = 0.999f;
    private static final float LEAST = 1e-8f;

    static Adam of(float[][] parameters) {
        float[][] first = new float[parameters.length][];
        float[][] second = new float[parameters.length][];
        for (int i = 0; i < parameters.length; i++) {
            first[i] = new float[parameters[i].length];
            second[i] = new float[parameters[i].length];
        }
        return new Adam(parameters, first, second);
    }

    /** Updates one array of the parameters; {@code step} counts from 1. */
    void update(int array, float[] gradient, double rate, int step) {
        float scale = (float) (rate / (1 - Math.pow(MEAN, step)));
        float correction = (float) (1 / (1 - Math.pow(SQUARES, step)));
        float[] x = parameters[array];
        float[] m = first[array];
        float[] v = second[array];
        for (int i = 0; i < x.length; i++) {
            m[i] = MEAN * m[i] + (1 - MEAN) * gradient[i];
            v[i] = SQUARES * v[i] + (1 - SQUARES) * gradient[i] * gradient[i];
            x[i] -= scale * m[i] / ((float) Math.sqrt(v[i] * correction) + LEAST);
        }
    }
}
