/** Other people's indexes behind {@link org.ruvector.bench.Contestant}, each with its own recommended settings. */
package org.ruvector.bench.peer;
