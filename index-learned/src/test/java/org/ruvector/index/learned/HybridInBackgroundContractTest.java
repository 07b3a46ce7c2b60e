package org.ruvector.index.learned;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.testkit.ConcurrentUpdateContract;
import org.ruvector.testkit.Space;

/** Changes and searches on many threads while one more retrains as often as it can. */
final class HybridInBackgroundContractTest implements ConcurrentUpdateContract {

    @Override
    public IndexProvider provider() {
        return new HybridIndexProvider();
    }

    @Override
    public Plugins plugins() {
        return Plugins.none().with(new MlIndexProvider()).with(Plugins.load().index("flat"));
    }

    @Override
    public Parameters buildParameters() {
        return Parameters.parse("segment=ml-index,delta=flat,switch=0.01");
    }

    @Override
    public List<Space> spaces() {
        IndexProvider segment = new MlIndexProvider();
        return Space.of(segment.metrics(), segment.elementTypes());
    }

    @Override
    public BuildContext context() {
        return BuildContext.of(plugins()).on(ForkJoinPool.commonPool(), 1);
    }

    @Override
    public double recallFloor() {
        return 1;
    }
}
