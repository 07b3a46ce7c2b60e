/**
 * Micro-benchmarks for JMH. JMH starts its forks on the class path, whatever this module runs on; {@link
 * org.ruvector.bench.jmh.KernelBench} and {@link org.ruvector.bench.jmh.SearchBench} see to it and read the results.
 */
package org.ruvector.bench.jmh;
