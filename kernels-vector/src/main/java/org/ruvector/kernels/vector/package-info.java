/** SIMD distance kernels on {@code jdk.incubator.vector}. */
package org.ruvector.kernels.vector;
