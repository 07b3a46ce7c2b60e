/**
 * Micro-benchmarks for JMH. JMH starts its forks on the class path, whatever this module runs on; {@link
 * org.ruvector.bench.micro.Forks} sees to it; those named {@code …Bench} run them and read the results.
 */
package org.ruvector.bench.micro;
