/**
 * The harness that measures recall, throughput, latency, build time and memory of anything that searches vectors, and the
 * reports it writes.
 */
package org.ruvector.bench;
