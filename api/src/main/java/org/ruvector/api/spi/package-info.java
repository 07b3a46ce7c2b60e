/**
 * What a plugin implements: indexes, quantizers, scorers, distance kernels and text embedders. A provider is found with
 * {@link java.util.ServiceLoader}; declare it in {@code module-info.java} and in {@code META-INF/services}, so that users
 * of the module path and of the class path see the same plugins.
 */
package org.ruvector.api.spi;
