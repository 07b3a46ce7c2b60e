package org.ruvector.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.Availability;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.RowKernel;
import org.ruvector.datasets.Datasets;
import org.yaml.snakeyaml.Yaml;

final class PluginsCommandTest {

    /** Kernels for a machine that nobody has. */
    private static final class QuantumKernels implements KernelProvider {
        @Override
        public String name() {
            return "quantum";
        }

        @Override
        public Availability availability() {
            return new Availability.Unusable("there are no qubits; buy some");
        }

        @Override
        public int priority() {
            return 1_000;
        }

        @Override
        public String describe() {
            return "quantum (1024 qubit)";
        }

        @Override
        public RowKernel<float[]> floats(Metric metric) {
            throw new AssertionError();
        }

        @Override
        public RowKernel<byte[]> bytes(Metric metric) {
            throw new AssertionError();
        }

        @Override
        public RowKernel<long[]> bits() {
            throw new AssertionError();
        }
    }

    private static final Session SESSION =
            new Session(() -> Plugins.load().with(new QuantumKernels()), Datasets::named, () -> false);

    @Test
    void all_kinds_are_listed_with_what_they_know() {
        String out = Run.in(SESSION, "plugins").succeeded().out();
        assertTrue(out.contains("org.ruvector.index.flat"), out);
        assertTrue(out.contains("hamming"), out);
        assertTrue(out.contains("minilm"), out);
        assertTrue(out.contains("no: there are no qubits; buy some"), out);
    }

    @Test
    void json_says_which_kernel_is_chosen() {
        List<Map<String, Object>> all =
                new Yaml().load(Run.in(SESSION, "plugins", "--json").succeeded().out());
        List<Object> chosen = all.stream()
                .filter(plugin -> Boolean.TRUE.equals(plugin.get("chosen")))
                .map(plugin -> plugin.get("name"))
                .toList();
        assertEquals(List.of(Plugins.load().kernel().name()), chosen);
        Map<String, Object> quantum = all.stream()
                .filter(plugin -> plugin.get("name").equals("quantum"))
                .findFirst()
                .orElseThrow();
        assertEquals(false, quantum.get("usable"));
        assertEquals(Set.of("kind", "name", "module", "usable", "reason", "about", "chosen"), quantum.keySet());
    }
}
