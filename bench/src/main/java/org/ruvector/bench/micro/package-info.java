/**
 * Micro-benchmarks for JMH. JMH starts its forks on the class path, whatever this module runs on; {@link
 * org.ruvector.bench.micro.KernelBench} and {@link org.ruvector.bench.micro.SearchBench} see to it and read the results.
 */
package org.ruvector.bench.micro;
