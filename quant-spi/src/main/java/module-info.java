import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.quant.spi.BinaryProvider;
import org.ruvector.quant.spi.HyperplanesProvider;
import org.ruvector.quant.spi.ItqProvider;
import org.ruvector.quant.spi.NeuralHashProvider;
import org.ruvector.quant.spi.OpqProvider;
import org.ruvector.quant.spi.PqProvider;
import org.ruvector.quant.spi.RabitqProvider;
import org.ruvector.quant.spi.RotationalProvider;
import org.ruvector.quant.spi.Sq4Provider;
import org.ruvector.quant.spi.Sq8Provider;

/** Quantizers: short codes for vectors, and distances from queries to codes. */
module org.ruvector.quant.spi {
    requires transitive org.ruvector.api;
    requires commons.math3;
    requires org.ruvector.clustering;
    requires static jdk.incubator.vector;

    exports org.ruvector.quant.spi;

    provides QuantizerProvider with
            BinaryProvider,
            HyperplanesProvider,
            ItqProvider,
            NeuralHashProvider,
            OpqProvider,
            PqProvider,
            RabitqProvider,
            RotationalProvider,
            Sq4Provider,
            Sq8Provider;
}
