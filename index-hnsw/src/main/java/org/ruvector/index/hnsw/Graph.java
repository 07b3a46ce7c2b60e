package org.ruvector.index.hnsw;

/**
 * A layered graph of ordinals: all that the classes which walk and grow it see of it. Behind it may be native memory, a
 * mapped file or, elsewhere, plain arrays.
 *
 * <p>Links may be read while another thread changes them. A reader then sees some mixture of the old and the new links,
 * each of them a node of the graph, which does a search no harm.
 */
interface Graph {

    /** The node to start from, or −1 while the graph is empty. */
    int entryPoint();

    /** Makes a node the one to start from; −1 for none. */
    void entryPoint(int node);

    /** The highest layer on which a node has links. */
    int level(int node);

    /**
     * Copies a node's links on a layer that it is on.
     *
     * @param out has room for the most links that a node may have
     * @return how many there are
     */
    int links(int level, int node, int[] out);

    /** Replaces a node's links on a layer that it is on. */
    void setLinks(int level, int node, int[] links, int n);

    /** Keeps other threads from changing the node's links until {@link #unlock}. A thread holds at most one node. */
    void lock(int node);

    /** Ends what {@link #lock} began. */
    void unlock(int node);
}
