/** Sequences of actions that succeeded often enough to be worth repeating. */
package org.ruvector.hypergraph.skills;
