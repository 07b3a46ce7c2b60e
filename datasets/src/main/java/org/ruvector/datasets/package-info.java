/**
 * The files that vector search research is done on. One class reads and writes one format:
 * {@link org.ruvector.datasets.TexmexVectors} ({@code .fvecs}, {@code .bvecs}, {@code .ivecs}),
 * {@link org.ruvector.datasets.Npy}, {@link org.ruvector.datasets.Idx} and
 * {@link org.ruvector.datasets.AnnBenchmarksHdf5}; {@link org.ruvector.datasets.VectorFiles} chooses by the file's
 * name. {@link org.ruvector.datasets.Datasets} prepares whole data sets by name, and
 * {@link org.ruvector.datasets.GroundTruth} computes the exact neighbours that recall is counted against.
 *
 * <p>Files are distrusted: nothing is allocated because a header says so, before the file's length was seen to agree.
 * What is wrong with a file is told by a {@link org.ruvector.datasets.DatasetException}.
 */
package org.ruvector.datasets;
